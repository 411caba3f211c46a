/* Help beside the text of a part: preview, letters to mend, figures to insert. Each changes the text only by a click. */
"use strict";

{
const place = document.querySelector("[data-help-place]");
const form = document.getElementById("part-form");
const text = form?.querySelector("textarea.narrative");
const state = place?.querySelector("[data-help-state]");
const piece = place?.querySelector("[data-help-piece]");
const OVER = "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình.";
const FAILED = "Chưa lấy được. Thử lại sau.";

/** Write into the text as a person would, so that Ctrl+Z takes it back and the page saves it. */
function write(start, end, words) {
  text.focus();
  text.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, start, end, "end");
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Where the words stand that were found, the nearest to where they stood; -1 when they are gone. */
function whereIs(found, start) {
  if (text.value.startsWith(found, start)) return start;
  const before = text.value.lastIndexOf(found, start);
  const after = text.value.indexOf(found, start);
  if (before < 0 || after < 0) return Math.max(before, after);
  return start - before <= after - start ? before : after;
}

function take(button) {
  const row = button.closest("li");
  const start = whereIs(row.dataset.found, Number(row.dataset.start));
  if (start < 0) {
    state.textContent = "Chỗ này không còn trong phần lời.";
  } else {
    write(start, start + row.dataset.found.length, row.dataset.suggested);
    const moved = row.dataset.suggested.length - row.dataset.found.length;
    for (const later of piece.querySelectorAll("li[data-start]")) {
      if (Number(later.dataset.start) > Number(row.dataset.start)) later.dataset.start = Number(later.dataset.start) + moved;
    }
    state.textContent = `Đã thay “${row.dataset.found}” bằng “${row.dataset.suggested}”.`;
  }
  const next = row.nextElementSibling || row.previousElementSibling;
  row.remove();
  (next?.querySelector("[data-take]") || place.querySelector("[data-help-close]")).focus();
}

function find(query) {
  const words = query.toLocaleLowerCase("vi");
  for (const row of piece.querySelectorAll("[data-row]")) row.hidden = !row.textContent.toLocaleLowerCase("vi").includes(words);
  for (const group of piece.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-row]:not([hidden])");
}

async function show(tool) {
  place.hidden = false;
  state.textContent = "";
  const options = { headers: { "X-Piece": "1" }, redirect: "manual", credentials: "same-origin" };
  if (tool.formAction && tool.localName === "button") Object.assign(options, { method: "POST", body: new FormData(form) });
  try {
    const answer = await fetch(tool.href || tool.formAction, options);
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Error(OVER);
    if (!answer.ok) throw new Error(FAILED);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    piece.replaceChildren(...page.body.childNodes);
    for (const hidden of piece.querySelectorAll("[data-find], [data-acts]")) hidden.hidden = false;
    (piece.querySelector("input[type=search]") || piece.querySelector("h2"))?.focus();
    place.scrollIntoView({ block: "nearest" });
  } catch (error) {
    piece.replaceChildren();
    state.textContent = error.message === OVER ? OVER : FAILED;
  }
}

function close() {
  place.hidden = true;
  place.opener?.focus();
}

if (place && text) {
  document.addEventListener("click", (event) => {
    const tool = event.target.closest?.("[data-help-tool]");
    if (!tool || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    place.opener = tool;
    show(tool);
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-take]")) take(button);
    if (button?.matches("[data-insert]")) {
      write(text.selectionStart, text.selectionEnd, button.dataset.insert);
      state.textContent = `Đã chèn ${button.dataset.insert}.`;
    }
    if (button?.matches("[data-help-close]")) close();
  });
  place.addEventListener("input", (event) => {
    event.stopPropagation();
    if (event.target.type === "search") find(event.target.value);
  });
  place.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "search") event.preventDefault();
    if (event.key === "Escape" && !event.target.value) close();
  });
  /* A link to a place in the text, “#cho-120-126”, leads there. */
  const [, start, end] = /^#cho-(\d+)-(\d+)$/.exec(location.hash) || [];
  if (start) {
    text.focus();
    text.setSelectionRange(Number(start), Number(end));
  }
}
}
