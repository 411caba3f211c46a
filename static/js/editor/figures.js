/* The table of figures: cells, blocks from a sheet, what the server says of each row.
 * A field is written by the script only while nobody is in it. */
"use strict";

{
const { find, findAll, make, button } = editor;
const PLAIN = /^(\D*?)(\d{1,12}|\d{1,3}(?:[. ]\d{3})+)(,\d+)?$/u;
/* A year on top may be a header. */
const PLAIN_COLUMN = /^(?!20\d\d\n)[\d., \u00a0\n]+$/;
const SPRITE = find("[data-save-status] use")?.getAttribute("href").replace(/#.*/, "");

/* “1743” and “1 743” become “1.743”; anything else stays as it was typed. */
function formatted(text) {
  const found = PLAIN.exec(text.trim().replaceAll("\u00a0", " "));
  if (!found) return text;
  const digits = found[2].replace(/[. ]/g, "").replace(/^0+(?=\d)/, "");
  return found[1] + digits.replace(/\B(?=(\d{3})+$)/g, ".") + (found[3] || "");
}

class FiguresPart {
  kind = "figures";

  constructor(form, post) {
    this.form = form;
    this.post = post;
    this.hidden = form.elements.goc;
    this.bases = new Map(this.hidden.value.split(" ").filter(Boolean).map((word) => {
      const [code, revision, mark] = word.split(".");
      return [code, { revision: Number(revision), mark }];
    }));
    this.rows = new Map(findAll(".figures--form tbody tr:not(.figures__group, .figures__note)", form).map((row) => [row.cells[0].textContent.trim(), row]));
    this.cells = findAll(".figure-cell > :is(input, textarea)", form);
    this.codes = this.cells.map((cell) => cell.name.slice(3));
    for (const cell of this.cells) this.addState(cell);
    this.said = new Map();
    this.later = new Map();
    this.hasBelow = form.querySelector("thead tr").cells.length > 6;
    this.cells.forEach((cell, place) => this.enliven(cell, place));
    for (const link of findAll("td:first-child > a", form)) link.addEventListener("click", (event) => this.openIndicator(event, link));
    for (const state of findAll(".figure-cell > select", form)) state.addEventListener("change", () => this.stateChosen(state));
  }
  /* Without a script the field itself offers the two. */
  addState(cell) {
    if (!cell.list) return;
    const code = cell.name.slice(3);
    const state = make("select", "", { name: `tt_${code}` });
    state.setAttribute("aria-label", `Loại giá trị ${code}`);
    for (const [words, value] of [["Số", ""], ["Không phát sinh", "none"], ["Chưa có số liệu", "no_data"]]) {
      const isChosen = value && cell.value === words;
      state.append(new Option(words, value, isChosen, isChosen));
      if (isChosen) cell.value = "";
    }
    cell.removeAttribute("list");
    cell.after(state);
  }
  field(prefix, code) {
    return this.form.elements[prefix + code];
  }
  codeOf(element) {
    return /^(ct|tt|gc)_/.test(element.name || "") ? element.name.slice(3) : "";
  }
  read(code) {
    const value = (prefix) => this.field(prefix, code)?.value ?? "";
    return { value: formatted(value("ct_")), state: value("tt_"), note: value("gc_") };
  }
  base(code) {
    return this.bases.get(code)?.revision || 0;
  }
  write(code, value) {
    for (const [prefix, name] of [["ct_", "value"], ["tt_", "state"], ["gc_", "note"]]) {
      const field = this.field(prefix, code);
      if (field) field.value = value[name];
    }
  }
  isUnsavedAtFirst(code) {
    return this.mark(code)?.dataset.save === "failed";
  }
  mark(code) {
    return this.field("ct_", code)?.closest(".figure-cell");
  }
  show(code, state) {
    const mark = this.mark(code);
    if (mark) mark.dataset.save = state;
  }

  /* --- what the server says ---------------------------------------------------------------------------- */

  saved(code, row, value, isCurrent) {
    this.bases.set(code, { revision: row.base, mark: row.mark });
    this.hidden.value = [...this.bases].map(([name, base]) => `${name}.${base.revision}.${base.mark}`).join(" ");
    if (!isCurrent) return;
    this.said.delete(code);
    this.show(code, row.value || row.state ? "saved" : "");
    const field = this.field("ct_", code);
    if (!field || (field.value === row.value && this.field("tt_", code).value === row.state)) return;
    const rewrite = () => {
      if (this.read(code).value === value.value) Object.assign(field, { value: row.value }) && (this.field("tt_", code).value = row.state);
    };
    if (document.activeElement === field) this.later.set(field, rewrite);
    else rewrite();
  }
  wrong(code, error) {
    this.said.set(code, error);
    this.show(code, "failed");
    if (error.field === "gc_") this.openNote(code);
    this.paint(code);
    this.count();
  }
  conflict(code, theirs, choose) {
    const act = (isMine) => {
      this.said.delete(code);
      if (!isMine) {
        this.write(code, theirs);
        this.saved(code, theirs, theirs, true);
      }
      choose(isMine);
      this.paint(code);
      this.count();
      this.field("ct_", code)?.focus();
    };
    this.wrong(code, { field: "ct_", message: `${theirs.changed}: ${theirs.shown}${theirs.note ? ` (${theirs.note})` : ""}.`, act, shown: theirs.shown });
  }
  answered(data) {
    if (!data.table) return;
    this.findings = data.table.findings;
    for (const [code, words] of Object.entries(data.table.rows)) {
      const row = this.rows.get(code);
      if (!row) continue;
      row.lastElementChild.textContent = words.change;
      if ("own" in words && !this.field("ct_", code)) row.cells[4].textContent = words.own;
      if ("total" in words && this.hasBelow) (find("a", row.cells[6]) || row.cells[6]).textContent = words.total;
    }
    for (const code of this.rows.keys()) this.paint(code);
    const bar = find(".sticky-bar b");
    if (bar) bar.textContent = data.table.filled;
    this.count();
  }
  paint(code) {
    const said = this.said.get(code);
    const isNote = said?.field === "gc_";
    /* What is found is about the stored value, not about one that could not be saved. */
    const found = (!said || isNote) && this.findings?.[code] || [];
    const lines = said ? [["error", said.message]] : [];
    for (const [level, text] of found) lines.push([level === "hard" ? "error" : "warn", text]);
    if (!this.findings && !said) return;
    const box = this.box(code, lines.length > 0);
    if (box) {
      for (const old of findAll(".is-error, .is-warn, .actions", box)) old.remove();
      box.prepend(...lines.map(([kind, text]) => make("p", text, { className: `is-${kind}` })));
      if (said?.act) box.append(this.choice(said));
    }
    const isWrong = lines.some(([kind]) => kind === "error") && !isNote;
    const field = this.field("ct_", code);
    const set = (element, name, yes, value = "true") => element && (yes ? element.setAttribute(name, value) : element.removeAttribute(name));
    set(field, "aria-invalid", isWrong);
    set(field, "data-warning", !isWrong && lines.length, "");
    set(field, "aria-describedby", lines.length, `note-${code}`);
    set(this.field("gc_", code), "aria-invalid", isNote);
  }
  box(code, wanted) {
    const there = document.getElementById(`note-${code}`);
    const row = this.rows.get(code);
    if (there) {
      const made = there.closest("tr[data-live]");
      if (wanted || !made) return there;
      made.remove();
      row.classList.remove("figures__row--noted");
      return null;
    }
    if (!wanted) return null;
    const box = this.noteBelow(row);
    box.id = `note-${code}`;
    box.closest("tr").dataset.live = "";
    row.classList.add("figures__row--noted");
    return box;
  }
  noteBelow(row) {
    const line = make("tr", "", { className: "figures__note" });
    const cell = make("td", "", { colSpan: this.hasBelow ? 7 : 5 });
    const box = make("div");
    cell.append(box);
    line.append(make("td"), cell);
    row.after(line);
    return box;
  }
  choice(said) {
    const actions = make("div", "", { className: "actions" });
    actions.append(
      button("Lưu số vừa nhập", () => said.act(true)),
      button(`Giữ số đã lưu: ${said.shown}`, () => said.act(false)),
    );
    return actions;
  }
  count() {
    const errors = findAll('[aria-invalid="true"]', this.form).length;
    const warnings = findAll("[data-warning]", this.form).length;
    const next = find("[data-next-error]");
    if (next) {
      next.classList.toggle("sticky-bar__errors", errors > 0);
      next.disabled = !errors;
      find("span", next).textContent = errors ? `${errors} lỗi` : "Không có lỗi";
      find("use", next)?.setAttribute("href", `${SPRITE}#${errors ? "error" : "check"}`);
    }
    const line = find("[data-warnings]");
    if (line) {
      line.hidden = !warnings;
      find("span", line).textContent = `${warnings} cảnh báo`;
    }
    const [filled, asked] = find(".sticky-bar b").textContent.split("/");
    if (errors) editor.showPart(`${errors} lỗi`, "error", "error");
    else if (filled === asked) editor.showPart("Đã xong", "done", "check");
    else editor.showPart(filled === "0" ? "Chưa soạn" : "Đang soạn");
    document.title = document.title.replace(/^(\(\d+ lỗi\) )?/, errors ? `(${errors} lỗi) ` : "");
  }

  async openIndicator(event, link) {
    const panel = find("[data-indicator]");
    if (!panel || !editor.isBeside() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const code = link.textContent.trim();
    const answer = await fetch(`${link.href}?manh=1`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const title = find("h3", panel);
    title.textContent = `${code}. ${find("th", this.rows.get(code)).firstChild.textContent.trim()}`;
    find("div", panel).replaceChildren(...page.body.childNodes);
    const back = find("p:last-child > a", panel);
    back.href = `#ct-${code}`;
    back.onclick = (pressed) => {
      pressed.preventDefault();
      panel.hidden = true;
      (this.field("ct_", code) || link).focus();
    };
    panel.hidden = false;
    title.focus();
  }

  /* --- typing ------------------------------------------------------------------------------------------ */

  enliven(cell, place) {
    const state = () => this.field("tt_", cell.name.slice(3));
    cell.inputMode ||= cell.matches("input") ? "decimal" : "text";
    let before = null;
    cell.addEventListener("focus", () => {
      before = { value: cell.value, state: state().value };
      cell.select();
    });
    cell.addEventListener("input", () => {
      if (cell.value.trim()) state().value = "";
      this.rows.get(cell.name.slice(3)).lastElementChild.textContent = "";
    });
    cell.addEventListener("change", () => {
      if (cell.matches("input")) cell.value = formatted(cell.value);
    });
    cell.addEventListener("blur", () => {
      this.later.get(cell)?.();
      this.later.delete(cell);
    });
    cell.addEventListener("paste", (event) => this.paste(event, place));
    if (cell.matches("textarea")) return;
    cell.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
      if (step) {
        event.preventDefault();
        this.cells[place + step]?.focus();
      } else if (event.key === "Escape" && before && before.value + before.state !== cell.value + state().value) {
        cell.value = before.value;
        state().value = before.state;
        cell.dispatchEvent(new Event("input", { bubbles: true }));
        cell.select();
      }
    });
  }
  stateChosen(state) {
    const code = state.name.slice(3);
    if (state.value) this.field("ct_", code).value = "";
    this.rows.get(code).lastElementChild.textContent = "";
    if (state.value === "no_data") this.openNote(code, true);
  }
  openNote(code, andGo) {
    const field = this.field("gc_", code);
    const folded = field?.closest("details");
    if (folded) folded.open = true;
    if (andGo) field?.focus();
  }
  /* One column of plain numbers goes downward; of any other block the server says which value belongs where. */
  async paste(event, place) {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!text.includes("\t") && (!text.includes("\n") || event.target.matches("textarea"))) return;
    event.preventDefault();
    const lines = text.split("\n");
    if (PLAIN_COLUMN.test(text) && lines.every((_, step) => this.cells[place + step]?.matches("input"))) {
      const typed = lines.map((value, step) => [this.codes[place + step], { value: formatted(value), state: "" }]);
      return this.fill(place, { cells: Object.fromEntries(typed.filter(([, { value }]) => value.trim())), left: [] });
    }
    const answer = await this.post(JSON.stringify({ text, at: this.codes[place] }), this.form.dataset.paste).catch(() => null);
    const message = answer?.data?.message || "Chưa dán: mất kết nối với máy chủ. Dán lại sau.";
    this.fill(place, answer?.data?.cells ? answer.data : { cells: {}, left: [message] });
  }
  fill(place, { cells, left }) {
    const before = [];
    const put = (code, value) => {
      this.write(code, value);
      this.field("ct_", code).dispatchEvent(new Event("input", { bubbles: true }));
    };
    for (const [code, value] of Object.entries(cells)) {
      const old = this.read(code);
      before.push([code, old]);
      put(code, { ...value, note: value.note || old.note });
    }
    this.pasted?.remove();
    const cell = this.cells[place];
    const row = cell.closest("tr");
    const note = row.nextElementSibling;
    const box = this.noteBelow(note?.matches(".figures__note") ? note : row);
    const line = this.pasted = box.closest("tr");
    const actions = make("div", "", { className: "actions" });
    const end = (act) => () => {
      line.remove();
      act?.();
      cell.focus();
    };
    /* A block that went to the wrong place has overwritten good figures. */
    if (before.length) {
      actions.append(button("Hoàn tác dán", end(() => before.forEach((one) => put(...one)))));
      box.append(make("p", `Đã dán ${before.length} số`));
    }
    actions.append(button("Đóng", end()));
    box.setAttribute("role", "alert");
    box.append(...left.map((said) => make("p", said, { className: "is-warn" })), actions);
  }
}

globalThis.FiguresPart = FiguresPart;
}
