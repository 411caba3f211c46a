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
globalThis.editor = { find, findAll, make, button };

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
    goToNextError();
  }
});

/* The list of parts opens at the present part. */
const parts = find(".part-nav");
const present = parts && find("[aria-current]", parts);
if (present) parts.scrollTop = present.offsetTop - parts.offsetTop - parts.clientHeight / 3;

/* The next wrong field after the one that was last in use, around the end. */
let lastUsed = document.body;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("input, select, textarea")) lastUsed = event.target;
});
function goToNextError() {
  const wrong = findAll('[aria-invalid="true"]');
  const isAfter = (field) => lastUsed.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = wrong.find(isAfter) || wrong[0];
  const folded = next?.closest("details");
  if (folded) folded.open = true;
  next?.focus();
}
for (const button of findAll("[data-next-error]")) button.addEventListener("click", goToNextError);

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
