/* The text of one part as the saving script sees it; both versions side by side when somebody else saved it. */
"use strict";

{
const { make, button, compare } = editor;

/* The paragraphs that differ, word by word: what only the typed version has, what only the saved one. */
const MARKS = { in: ["ins", "[thêm: "], out: ["del", "[bỏ: "] };
function differences(lines) {
  const made = make("div");
  made.append(make("h3", "Chỗ khác nhau"));
  for (const runs of lines) {
    const line = make("p");
    for (const [kind, words] of runs) {
      const [tag, label] = MARKS[kind] || ["span", ""];
      const run = make(tag, words);
      if (label) {
        run.prepend(make("span", label, { className: "visually-hidden" }));
        run.append(make("span", "]", { className: "visually-hidden" }));
      }
      line.append(run);
    }
    made.append(line);
  }
  return made;
}

class TextPart {
  kind = "texts";
  joining = "Chép vào cuối ô để ghép";

  constructor(form) {
    const { noi_dung: area, id_xong: done, base_revision: base, base_hash: hash } = form.elements;
    Object.assign(this, { form, area, done, revision: base, hash, code: form.dataset.part });
    this.codes = [this.code];
    /* What is stored, as far as this page knows. */
    this.stored = "dirty" in form.dataset ? null : this.read();
  }
  codeOf(element) {
    return element === this.area || element === this.done ? this.code : "";
  }
  read() {
    return { text: this.area.value, done: this.done.checked };
  }
  base() {
    return Number(this.revision.value) || 0;
  }
  write(_code, value) {
    this.area.value = value.text;
    this.done.checked = value.done;
    this.area.dispatchEvent(new Event("input"));
  }
  joined({ text }) {
    return { text: `${this.area.value.trimEnd()}\n\n${text}`, done: this.done.checked };
  }
  isUnsavedAtFirst() {
    return "dirty" in this.form.dataset;
  }
  saved(_code, row, value) {
    this.revision.value = row.base;
    this.hash.value = row.hash;
    this.stored = value;
    this.say("");
    this.versions?.remove();
    if (value.done) editor.showPart("Đã xong", "done", "check");
    else editor.showPart(value.text.trim() ? "Đang soạn" : "Chưa soạn");
  }
  wrong(_code, error) {
    this.say(error.message);
  }
  say(message) {
    this.message?.remove();
    this.area.removeAttribute("aria-invalid");
    this.area.removeAttribute("aria-describedby");
    if (!message) return;
    this.message = make("p", message, { className: "field__error", id: "text-error" });
    this.area.after(this.message);
    this.area.setAttribute("aria-invalid", "true");
    this.area.setAttribute("aria-describedby", "text-error");
  }
  conflict(code, theirs, choose) {
    const mine = this.read();
    this.versions?.remove();
    /* Who changed no word has no version of his own: theirs stays, with his tick. */
    if (mine.text === this.stored?.text) {
      this.write(code, { text: theirs.text, done: mine.done === this.stored.done ? theirs.done : mine.done });
      this.back?.remove();
      this.back = make("p", `Nội dung trên trang đã thay bằng bản đã lưu ${theirs.whose}, lúc ${theirs.at}.`, { className: "under-field", role: "status" });
      this.area.after(this.back);
      return choose(true);
    }
    const versions = compare(["Bản vừa nhập", mine.text], [`Bản đã lưu ${theirs.whose}, lúc ${theirs.at}`, theirs.text]);
    const settle = (isMine) => {
      this.versions.remove();
      choose(isMine);
      this.area.focus();
    };
    const actions = make("div", "", { className: "actions" });
    actions.append(
      button("Lưu bản vừa nhập", () => settle(true), "button button--small button--primary"),
      button("Chép bản kia vào cuối ô để ghép", () => {
        this.write(code, this.joined(theirs));
        actions.firstChild.textContent = "Lưu bản ghép";
        this.area.focus();
      }),
      button(`Giữ bản ${theirs.whose}`, () => {
        const typed = this.read();
        this.write(code, theirs);
        this.saved(code, theirs, theirs);
        settle(false);
        this.offerBack(code, typed);
      }),
    );
    const title = make("h2", "Hai bản của phần này", { id: "two-versions", tabIndex: -1 });
    const body = make("div", "", { className: "card__body" });
    this.versions = make("section", "", { className: "card" });
    this.versions.setAttribute("aria-labelledby", "two-versions");
    body.append(title, make("p", theirs.message), versions);
    if (theirs.lines?.length) body.append(differences(theirs.lines));
    body.append(actions);
    this.versions.append(body);
    this.form.before(this.versions);
  }
  /* Nothing that was typed is gone by one wrong press. */
  offerBack(code, typed) {
    this.back?.remove();
    this.back = make("p", "Đã bỏ bản vừa nhập. ", { className: "under-field" });
    this.back.append(
      button("Hoàn tác", () => {
        this.back.remove();
        this.write(code, typed);
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
        this.area.focus();
      }),
    );
    this.area.after(this.back);
  }
  answered() {}
}

globalThis.TextPart = TextPart;

/* The paragraph of a comment is marked in the text (#p2-17: the second one, comment 17). Where paragraphs were put before it
 * or it was mended, it is the one that has most words of those that were commented on; where it is gone, the comment says
 * what it was. */
function goToParagraph() {
  const [, number, comment] = /^#p(\d+)(?:-(\d+))?$/.exec(location.hash) || [];
  if (!number) return;
  const area = document.querySelector("textarea.narrative");
  const said = document.getElementById(`gop-y-${comment}`);
  const wordsOf = (line) => new Set(line.toLowerCase().match(/[\p{L}\d]+/gu));
  const asked = [...wordsOf(said?.dataset.quote || "")];
  const lines = [...area.value.normalize().matchAll(/^.*\S.*$/gm)].map((found, place) => {
    const words = wordsOf(found[0]);
    const both = asked.filter((word) => words.has(word)).length;
    return { found, away: Math.abs(place + 1 - number), like: both / Math.max(asked.length, words.size, 1) };
  });
  const [best] = lines.sort((one, other) => other.like - one.like || one.away - other.away);
  if (asked.length && !(best?.like >= 0.3)) return location.replace(`#${said.id}`);
  area.focus();
  if (!best) return;
  area.setSelectionRange(best.found.index, best.found.index + best.found[0].length);
  area.scrollTop = (area.scrollHeight * best.found.index) / area.value.length - 60;
}
addEventListener("hashchange", goToParagraph);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("a[data-place]")?.href === location.href) goToParagraph();
});
goToParagraph();
}
