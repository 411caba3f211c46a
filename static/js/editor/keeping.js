/* Copies of unsaved words on this machine, by person, report and field; removed when saved and on signing out. */
"use strict";

{
const PREFIX = "danvan.";
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
    this.prefix = `${PREFIX}${user}.${report}.`;
  }
  get isShared() {
    return attempt(() => localStorage.getItem(SHARED)) === "1";
  }
  set isShared(yes) {
    attempt(() => (yes ? localStorage.setItem(SHARED, "1") : localStorage.removeItem(SHARED)));
    if (yes) Copies.forget();
  }
  keep(code, value, base) {
    if (!this.isShared) attempt(() => localStorage.setItem(this.prefix + code, JSON.stringify({ value, base, at: Date.now() })));
  }
  read(code) {
    return attempt(() => JSON.parse(localStorage.getItem(this.prefix + code)));
  }
  drop(code) {
    attempt(() => localStorage.removeItem(this.prefix + code));
  }
  static forget() {
    attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)));
  }
}

globalThis.Copies = Copies;
}
