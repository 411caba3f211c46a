/* Staff pages: menus, tabs, dialogs, questions before a step, leaving with unsaved changes. Everything works without it. */
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Menus: Escape and a click elsewhere close them. */
const menus = all("details[data-menu]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const open = menus.filter((menu) => menu.open);
  for (const menu of open) menu.open = false;
  open.find((menu) => menu.contains(document.activeElement))?.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());
document.querySelector("[data-focus]")?.focus();

/* Tabs: a list of links to panels becomes a tab list; arrows, Home and End move. */
function makeTabs(group) {
  const list = group.querySelector(".tabs__list");
  const tabs = all("a", list);
  const panelOf = (tab) => document.getElementById(tab.hash.slice(1));
  const choose = (chosen, focus) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      panelOf(tab).hidden = tab !== chosen;
    }
    if (focus) chosen.focus();
  };
  list.setAttribute("role", "tablist");
  tabs.forEach((tab, index) => {
    const panel = panelOf(tab);
    tab.parentElement.setAttribute("role", "presentation");
    tab.setAttribute("role", "tab");
    tab.id ||= `${panel.id}-tab`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      choose(tab);
    });
    tab.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = tabs.length - 1;
      const next = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index || last + 1, Home: 0, End: last }[event.key];
      if (event.key === " ") choose(tab);
      else if (next === undefined) return;
      else choose(tabs[event.key === "ArrowLeft" ? next - 1 : next], true);
      event.preventDefault();
    });
  });
  choose(tabs.find((tab) => tab.hash === location.hash) || tabs[0]);
}
all("[data-tabs]").forEach(makeTabs);

/* Dialogs: the link to #id opens it; without this file :target does. */
for (const opener of all("[data-open-dialog]")) {
  const dialog = document.getElementById(opener.hash.slice(1));
  if (!dialog?.showModal) continue;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  const open = (event) => {
    event.preventDefault();
    dialog.showModal();
  };
  opener.addEventListener("click", open);
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") open(event);
  });
}
for (const closer of all("[data-close-dialog]")) {
  closer.addEventListener("click", (event) => {
    const dialog = closer.closest("dialog");
    if (!dialog.open) return;
    event.preventDefault();
    dialog.close();
  });
}

/* Unsaved changes: a guarded form asks before its page is left. */
const guarded = all("form[data-guard]");
const LEAVE = "Còn thay đổi chưa lưu. Rời trang?";
let leaving = false;
const isDirty = () => !leaving && guarded.some((form) => form.dataset.dirty);
for (const form of guarded) {
  form.addEventListener("input", () => (form.dataset.dirty = "1"));
  form.addEventListener("change", () => (form.dataset.dirty = "1"));
}
addEventListener("beforeunload", (event) => {
  if (isDirty()) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target === "_blank" || link.hasAttribute("download")) return;
  if (link.origin + link.pathname + link.search === location.origin + location.pathname + location.search) return;
  if (!isDirty()) return;
  if (confirm(LEAVE)) leaving = true;
  else event.preventDefault();
});

/* Forms: ask where a question is given, send once. */
const release = () => {
  leaving = false;
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
  }
};
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  const leave = isDirty() && !guarded.includes(form) && LEAVE;
  if (form.dataset.sent || (question && !confirm(question)) || (leave && !confirm(leave))) {
    event.preventDefault();
    return;
  }
  leaving = true;
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  setTimeout(() => {
    for (const button of all("button:not([type=button])", form)) button.setAttribute("aria-disabled", "true");
  });
  setTimeout(release, 10000); /* an answer that never came must not lock the form */
});
addEventListener("pageshow", release);

/* Signing out leaves no copy of the person's unsaved words on this machine (js/editor/keeping.js); another's are not his. */
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.getAttribute("action")?.endsWith("/dang-xuat/")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`danvan.${event.target.dataset.user}.`)) localStorage.removeItem(key);
    sessionStorage.clear();
  } catch {
    /* A browser that keeps nothing has nothing to forget. */
  }
});
