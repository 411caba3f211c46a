/* Editor of a part: moving between cells, numbers as they are written here, Ctrl+S, F8. Everything works without it. */
"use strict";

{
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = find("form[data-save-form]");
const status = find("[data-save-status]");

/* What became of the last save: changed words until the server answers. */
const UNSAVED = "Có thay đổi chưa lưu";
function showUnsaved() {
  if (!status || find("span", status).textContent.startsWith(UNSAVED)) return;
  status.dataset.state = "dirty";
  find("span", status).textContent = UNSAVED;
  const use = find("use", status);
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#pencil"));
}
form?.addEventListener("input", showUnsaved);

function save() {
  const button = find("button[data-save]");
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
  (wrong.find(isAfter) || wrong[0])?.focus();
}
for (const button of findAll("[data-next-error]")) button.addEventListener("click", goToNextError);

/* Words of the text, as they are typed. */
for (const counter of findAll("[data-count-words]")) {
  const text = document.getElementById(counter.dataset.countWords);
  text?.addEventListener("input", () => {
    const words = text.value.trim().split(/\s+/).filter(Boolean).length;
    counter.textContent = words.toLocaleString("vi-VN");
  });
}

/* --- figures --------------------------------------------------------------------------------------- */

const cells = findAll(".figure-cell > input");
const rowOf = (cell) => cell.closest("tr");
const stateOf = (cell) => find("select", cell.parentElement);
const changeOf = (cell) => rowOf(cell).lastElementChild;
const PLAIN = /^(\D*?)(\d{1,12}|\d{1,3}(?:[. ]\d{3})+)(,\d+)?$/u;

/** “1743” and “1 743” become “1.743”; what is anything else stays as it was typed. */
function formatted(text) {
  const found = PLAIN.exec(text.trim().replaceAll("\u00a0", " "));
  if (!found) return text;
  const digits = found[2].replace(/[. ]/g, "").replace(/^0+(?=\d)/, "");
  return found[1] + digits.replace(/\B(?=(\d{3})+$)/g, ".") + (found[3] || "");
}

function touched(cell) {
  cell.closest(".figure-cell").dataset.save = "pending";
  changeOf(cell).textContent = "";
  if (form) form.dataset.dirty = "1";
  showUnsaved();
}

/** Fill cells downward with a column copied from a sheet; returns how many. */
function paste(start, text) {
  const values = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t")[0].trim());
  values.forEach((value, step) => {
    const cell = cells[start + step];
    if (!cell) return;
    cell.value = formatted(value);
    stateOf(cell).value = "";
    touched(cell);
  });
  return Math.min(values.length, cells.length - start);
}

cells.forEach((cell, place) => {
  let before = { value: cell.value, state: stateOf(cell).value };
  cell.addEventListener("focus", () => {
    before = { value: cell.value, state: stateOf(cell).value };
    cell.select();
  });
  cell.addEventListener("input", () => {
    if (cell.value.trim()) stateOf(cell).value = "";
    touched(cell);
  });
  cell.addEventListener("change", () => {
    cell.value = formatted(cell.value);
  });
  cell.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (step) {
      event.preventDefault();
      cells[place + step]?.focus();
    } else if (event.key === "Escape") {
      cell.value = before.value;
      stateOf(cell).value = before.state;
      cell.select();
    }
  });
  cell.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const count = paste(place, text);
    if (status) find("span", status).textContent = `${UNSAVED}. Đã dán ${count} số`;
  });
});

/* “Không phát sinh” has no number beside it; “Chưa có số liệu” asks for its reason. */
for (const state of findAll(".figure-cell > select")) {
  state.addEventListener("change", () => {
    const row = rowOf(state);
    const cell = find("input", state.parentElement);
    if (state.value && cell) cell.value = "";
    if (cell) touched(cell);
    if (state.value !== "no_data") return;
    const folded = find("details", row);
    if (folded) folded.open = true;
    find(`[name="gc_${state.name.slice(3)}"]`)?.focus();
  });
}

/* --- after signing in again ---------------------------------------------------------------------------- */

/* Signing in changes the safety token: fetch the present one before sending. */
for (const typed of findAll("form[data-fresh-token]")) {
  typed.addEventListener("submit", async (event) => {
    if (typed.dataset.fresh) return;
    event.preventDefault();
    typed.dataset.fresh = "1";
    try {
      const answer = await fetch(typed.dataset.freshToken, { credentials: "same-origin", headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = find("input[name=csrfmiddlewaretoken]", page);
      if (token) find("input[name=csrfmiddlewaretoken]", typed).value = token.value;
    } catch {
      /* Without an answer the form goes as it is; the server says what is wrong. */
    }
    typed.requestSubmit();
  });
}
}
