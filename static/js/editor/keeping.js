/* Copies of unsaved words on this machine, by person, report, field and page: what one page has saved says nothing of
 * what another holds. Removed when saved and on signing out. */
"use strict";

{
const SHARED = "danvan-may-dung-chung";

/* A browser may refuse to keep anything, or be full. */
const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

class Copies {
  constructor(user, report) {
    this.own = `danvan.${user}.`;
    this.prefix = `${this.own}${report}.`;
    this.page = `#${Math.random()}`;
  }
  get isShared() {
    return attempt(() => localStorage.getItem(SHARED)) === "1";
  }
  set isShared(yes) {
    attempt(() => (yes ? localStorage.setItem(SHARED, "1") : localStorage.removeItem(SHARED)));
    if (yes) attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(this.own)).forEach((key) => localStorage.removeItem(key)));
  }
  /* Whether it is kept. */
  keep(code, value, base) {
    return !this.isShared && attempt(() => !localStorage.setItem(this.prefix + code + this.page, JSON.stringify({ value, base, at: Date.now() })));
  }
  /* What other pages have left of the fields that are asked for, the newest first. */
  leftOf(isAsked) {
    const keys = attempt(() => Object.keys(localStorage)) || [];
    const left = keys.filter((key) => key.startsWith(this.prefix)).map((key) => ({ key, code: key.slice(this.prefix.length).split("#")[0], ...attempt(() => JSON.parse(localStorage[key])) }));
    return left.filter(({ code, value }) => value && isAsked(code, value)).sort((one, other) => other.at - one.at);
  }
  drop(code, key = this.prefix + code + this.page) {
    attempt(() => localStorage.removeItem(key));
  }
}

globalThis.Copies = Copies;
}
