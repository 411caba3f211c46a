/* What was typed and is not yet known to be saved. One save is under way at a time; it is sent again, word for word
 * and under the same key, until the server has answered for each of its fields; what is typed meanwhile waits. */
"use strict";

{
const AFTER_TYPING = 1200;
const FIRST_RETRY = 5;
const LAST_RETRY = 60;
const UNANSWERED = { field: "", message: "Chưa lưu được. Sửa lại hoặc bấm “Lưu ngay”." };

/* post(body) resolves to {status, data}, or rejects when no answer came; tell: what the page shows. */
class SaveQueue {
  constructor({ user, post, tell, newKey }) {
    Object.assign(this, { user, post, tell, newKey });
    this.fields = new Map();
    this.flight = null;
    this.tries = 0;
    this.stopped = null;
    this.again = false;
    this.flushing = [];
  }

  /* kind: texts or figures; base: the revision it was read with; value: a new object each time. */
  put(kind, code, base, value) {
    const field = this.fields.get(code) || { kind, base, held: "" };
    this.fields.set(code, field);
    field.value = value;
    if (field.held === "conflict") return this.show();
    Object.assign(field, { held: "", waits: true });
    if (!this.flight?.out) this.soon(AFTER_TYPING);
    this.show();
  }

  /* The person has seen both versions: his own goes over theirs, or theirs stays. */
  settle(code, base, isMine) {
    const field = this.fields.get(code);
    Object.assign(field, { base, held: "", waits: isMine });
    if (isMine) this.soon(0);
    this.show();
  }

  soon(milliseconds) {
    if (this.stopped || this.tries) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  /* The person asks for it: where the save under way fails, the next try does not wait. */
  resume() {
    this.stopped = null;
    this.again = Boolean(this.flight?.out);
    return this.send();
  }

  /* Resolves to whether everything typed is saved, once that can be said. */
  flush() {
    if (this.isClean) return Promise.resolve(true);
    const done = new Promise((resolve) => this.flushing.push(resolve));
    if (this.stopped) this.landed();
    else this.resume();
    return done;
  }

  get waiting() {
    return [...this.fields].filter(([, field]) => field.waits);
  }
  get held() {
    return [...this.fields.values()].filter((field) => field.held);
  }
  get isClean() {
    return !this.flight && !this.waiting.length && !this.held.length;
  }
  /* Whether the server has not yet said that it has what was typed. */
  isOpen(code) {
    const field = this.fields.get(code);
    return Boolean(field?.waits || field?.held);
  }
  baseOf(code) {
    return this.fields.get(code)?.base;
  }

  pack() {
    const waiting = this.waiting;
    if (!waiting.length) return null;
    const save = { key: this.newKey(), user: this.user, texts: {}, figures: {} };
    const sent = new Map();
    for (const [code, field] of waiting) {
      save[field.kind][code] = { ...field.value, base: field.base };
      sent.set(code, field.value);
    }
    return { body: JSON.stringify(save), sent };
  }

  async send() {
    clearTimeout(this.timer);
    if (this.stopped || this.flight?.out) return;
    this.flight ||= this.pack();
    if (!this.flight) return this.landed();
    this.again = false;
    this.flight.out = true;
    this.show();
    let answer = null;
    try {
      answer = await this.post(this.flight.body);
    } catch {
      /* No answer: the save may have been made or not; the same one again is harmless. */
    }
    this.flight.out = false;
    if (!answer || answer.status >= 500 || answer.status === 429) this.failed();
    else if (answer.data?.texts) this.land(answer.data);
    else this.stop(answer);
  }

  failed() {
    const seconds = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.tries);
    this.tries += 1;
    if (this.again) return this.send();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), seconds * 1000);
    this.tell.state("failed", seconds);
    this.landed();
  }

  stop(answer) {
    this.stopped = answer.data?.why ? { ...answer.data, hasMoved: answer.status === 409 } : { why: "refused", message: "" };
    /* What is refused as a whole was not made: its fields wait again, under another key. */
    if (this.stopped.why === "refused") this.flight = null;
    this.show();
    this.landed();
  }

  land(data) {
    const { sent } = this.flight;
    this.flight = null;
    this.tries = 0;
    for (const [code, value] of sent) {
      const field = this.fields.get(code);
      const saved = data[field.kind][code];
      const isCurrent = field.value === value;
      if (isCurrent) field.waits = false;
      if (saved) {
        field.base = saved.base;
        this.tell.saved(code, saved, value, isCurrent);
      } else if (data.conflicts[code]) {
        Object.assign(field, { held: "conflict", waits: false });
        this.tell.conflict(code, data.conflicts[code]);
      } else if (isCurrent) {
        field.held = "error";
        this.tell.wrong(code, data.errors[code] || UNANSWERED);
      }
    }
    this.tell.answered(data);
    if (this.waiting.length) this.soon(this.flushing.length ? 0 : AFTER_TYPING);
    this.show();
    this.landed();
  }

  landed() {
    if (!this.stopped && !this.tries && this.waiting.length) return;
    const isSaved = this.isClean;
    for (const resolve of this.flushing.splice(0)) resolve(isSaved);
  }

  show() {
    if (this.stopped) this.tell.state("stopped", this.stopped);
    else if (this.flight?.out) this.tell.state("saving");
    else if (this.tries) return;
    else if (this.held.length) this.tell.state("held", this.held);
    else this.tell.state(this.isClean ? "clean" : "dirty");
  }
}

globalThis.SaveQueue = SaveQueue;
}
