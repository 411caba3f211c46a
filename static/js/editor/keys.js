/* What the editor's scripts share; the list of parts, F8, Ctrl+S, words counted. */
"use strict";

{
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, text = "", values = {}) => {
  const element = Object.assign(document.createElement(tag), values);
  element.textContent = text;
  return element;
};
const button = (words, act, className = "button button--small") => {
  const made = make("button", words, { type: "button", className });
  made.addEventListener("click", act);
  return made;
};
/* Versions side by side: pairs of heading and text. */
const compare = (...versions) => {
  const made = make("div", "", { className: "compare" });
  for (const [title, text] of versions) {
    const box = make("div");
    box.append(make("h3", title), make("p", text || "(trống)", { className: "plain-text" }));
    made.append(box);
  }
  return made;
};
/* The panel stands beside the form only where there is room for it. */
const isBeside = () => find(".editor__panel").getBoundingClientRect().left >= find("#part-form").getBoundingClientRect().right;
const goBack = () => lastUsed.focus();
globalThis.editor = { find, findAll, make, button, compare, isBeside, goBack, showPart, goToNextError: () => goToNext('[aria-invalid="true"]') };

function save() {
  const button = find("button[data-save]");
  const form = button?.form || find("form[data-save-form]");
  if (form && button) form.requestSubmit(button);
}
addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  } else if (event.key === "F8") {
    event.preventDefault();
    editor.goToNextError();
  }
});

/* The list of parts opens at the present part. */
const parts = find(".part-nav");
const present = parts && find("[aria-current]", parts);
if (present) {
  const list = find("details", parts);
  list.scrollTop = present.offsetTop - list.offsetTop - list.clientHeight / 3;
}

/* How far this part is: in the list, folded and open, and among those that are done. */
let wasDone = find("#id_xong")?.defaultChecked ?? /^(\d+)\/\1$/.test(find(".sticky-bar b")?.textContent);
function showPart(words, kind = "", icon = "") {
  const place = present && find(".part-nav__status", present);
  if (!place) return;
  if (kind === "error" || !place.matches(".part-nav__status--comment")) {
    place.className = `part-nav__status part-nav__status--${kind}`;
    place.replaceChildren(make("span", words, { className: kind === "done" ? "visually-hidden" : "" }));
    if (icon) {
      const drawn = find("[data-save-status] svg").cloneNode(true);
      const use = find("use", drawn);
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
      place.prepend(drawn);
    }
    find("summary > span", parts).textContent = `${find("span", present).textContent} – ${words}`;
  }
  const bar = find("#parts-done");
  const isDone = kind === "done";
  if (!bar || isDone === wasDone) return;
  wasDone = isDone;
  bar.value += isDone ? 1 : -1;
  find("label[for=parts-done]").textContent = `Đã xong ${bar.value}/${bar.max} phần`;
  if (find("#id_xong")) find(".sticky-bar b").textContent = `${bar.value}/${bar.max}`;
}

/* The next wrong field after the one that was last in use, around the end; whether there is one. */
let lastUsed = document.body;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("input, select, textarea")) lastUsed = event.target;
});
function goToNext(selector) {
  const wrong = findAll(selector);
  const isAfter = (field) => lastUsed.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = wrong.find(isAfter) || wrong[0];
  const folded = next?.closest("details");
  if (folded) folded.open = true;
  next?.focus();
  return Boolean(next);
}
find("[data-next-error]")?.addEventListener("click", editor.goToNextError);
find("[data-warnings]")?.addEventListener("click", () => goToNext("[data-warning]"));

/* Words of the text, as they are typed. */
for (const counter of findAll("[data-count-words]")) {
  const text = document.getElementById(counter.dataset.countWords);
  const count = () => {
    const words = text.value.trim().split(/\s+/).filter(Boolean).length;
    counter.textContent = words.toLocaleString("vi-VN");
  };
  text?.addEventListener("input", count);
}
}
