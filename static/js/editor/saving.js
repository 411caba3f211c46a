/* Saving while somebody types: fields, states in words, the server, copies on this machine, leaving the page. */
"use strict";

{
const { find, make, button, compare } = editor;
const SMALL_ENOUGH = 60_000; /* beyond, a browser refuses to finish a request after the page is gone */
const LONGEST_WAIT = 20_000;
const COPY_AFTER = 300;
const LEAVING_WAIT = 3000;
const ICONS = { saved: "check", saving: "refresh", dirty: "pencil", failed: "error", offline: "offline" };

/* The line in the bar that says what became of what was typed. */
class Status {
  constructor(line) {
    this.line = line;
    this.words = find("span", line);
    this.sprite = find("use", line)?.getAttribute("href").replace(/#.*/, "");
  }
  say(state, words, actions = []) {
    if (this.line.dataset.state === state && this.words.textContent === words) return;
    this.line.dataset.state = state;
    this.words.textContent = words;
    find("use", this.line)?.setAttribute("href", `${this.sprite}#${ICONS[state] || "warning"}`);
    const hadFocus = this.line.contains(document.activeElement);
    for (const old of this.line.querySelectorAll("button, a")) old.remove();
    this.line.append(...actions);
    if (hadFocus && !actions.length) editor.goBack();
  }
}

const form = find("form[data-autosave]");
const line = find("[data-save-status]");
if (form && line) start();

function start() {
  const { autosave: address, user, report } = form.dataset;
  const status = new Status(line);
  const part = form.elements.goc ? new FiguresPart(form, (body, to) => post(body, to)) : new TextPart(form);
  const copies = new Copies(user, report);
  let token = form.elements.csrfmiddlewaretoken.value;
  let lastSaved = line.dataset.state === "saved" ? status.words.textContent : "";
  let isPassing = false;

  /* --- the server -------------------------------------------------------------------------------------- */

  const ask = async (body, to = address) => {
    const answer = await fetch(to, {
      method: body ? "POST" : "GET",
      body,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      credentials: "same-origin",
      redirect: "error",
      keepalive: new Blob([body]).size < SMALL_ENOUGH,
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    return { status: answer.status, data: await answer.json().catch(() => null) };
  };
  /* Signing in changes the token; the page goes on only for the person for whom it was made. */
  async function freshToken() {
    const answer = await ask();
    if (answer.status === 200) {
      token = answer.data.token;
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    }
    return answer;
  }
  async function post(body, to) {
    const answer = await ask(body, to);
    if (answer.data?.why !== "token") return answer;
    const fresh = await freshToken();
    return fresh.status === 200 ? ask(body, to) : fresh;
  }

  /* --- what is told ------------------------------------------------------------------------------------ */

  const tell = {
    saved(code, row, value, isCurrent) {
      part.saved(code, row, value, isCurrent);
      if (isCurrent) copies.drop(code);
    },
    wrong: (code, error) => part.wrong(code, error),
    conflict(code, theirs) {
      conflictWords = theirs.message;
      if (offered) offered.hidden = true; /* one question at a time */
      part.conflict(code, theirs, (isMine) => {
        if (isMine) queue.put(part.kind, code, theirs.base, part.read(code));
        else copies.drop(code);
        queue.settle(code, theirs.base, isMine);
        if (offered) offered.hidden = false;
      });
    },
    answered(data) {
      lastSaved = data.saved;
      part.answered(data);
    },
    state: (name, detail) => STATES[name](detail),
  };
  let conflictWords = "";
  let offered = null;
  let delay = 0;
  const now = () => queue.resume();
  const STATES = {
    clean: () => status.say(lastSaved ? "saved" : "dirty", lastSaved || "Chưa lưu lần nào"),
    dirty: () => status.say("dirty", "Có thay đổi chưa lưu"),
    saving: () => status.say("saving", "Đang lưu…"),
    failed(seconds = delay) {
      delay = seconds;
      copy();
      const isAway = navigator.onLine === false;
      const kept = uncopied.size ? ". Nội dung vừa nhập vẫn còn trên màn hình" : ", giữ tạm trên máy này";
      status.say(isAway ? "offline" : "failed", isAway ? `Mất kết nối${kept}` : `Chưa lưu được, thử lại sau ${seconds} giây`, [button("Thử lại", now, "")]);
    },
    held(held) {
      if (held.some((field) => field.held === "conflict")) return status.say("conflict", conflictWords);
      status.say("failed", part.kind === "texts" ? `Chưa lưu được. ${part.message.textContent.split(". ")[0]}` : `${held.length} ô chưa lưu`);
    },
    stopped({ why, message, hasMoved }) {
      const words = message || "Chưa lưu được. Nội dung vừa nhập còn trên trang này; sao lại rồi tải lại trang.";
      /* A report that went on meanwhile takes no more; loaded again, the page keeps the words to be copied (left_behind.js). */
      if (why === "refused") return status.say("failed", words, [hasMoved ? make("a", "Tải lại trang", { href: "" }) : button("Thử lại", now, "")]);
      const link = make("a", "Đăng nhập ở thẻ mới", { href: form.dataset.signIn, target: "_blank", rel: "noopener" });
      status.say("session", words, [link, " ", button("Đã đăng nhập, lưu tiếp", now, "")]);
    },
  };
  const queue = new SaveQueue({ user: Number(user), post, tell, newKey: () => crypto.getRandomValues(new Uint32Array(4)).join("-") });
  const show = queue.show.bind(queue);
  queue.show = () => {
    show();
    if (queue.isClean && !otherFields()) delete form.dataset.dirty;
    else form.dataset.dirty = "1";
  };
  /* Fields of the form that go only with the whole of it. */
  const otherFields = () => ["dc_ma", "dc_so", "dc_ly_do"].some((name) => form.elements[name]?.value) || Boolean(find("[name^=giu_]", form));

  /* --- typing ------------------------------------------------------------------------------------------ */

  let copying = 0;
  /* What this machine does not hold as it was typed. */
  const uncopied = new Set();
  function copy() {
    clearTimeout(copying);
    copying = 0;
    for (const code of uncopied) if (!queue.isOpen(code) || copies.keep(code, part.read(code), queue.baseOf(code))) uncopied.delete(code);
  }
  const copyAndSay = () => (queue.tries && !queue.flight?.out ? STATES.failed() : copy());
  function typed(code) {
    queue.put(part.kind, code, part.base(code), part.read(code));
    if (part.show) part.show(code, "pending");
    uncopied.add(code);
    copying ||= setTimeout(copyAndSay, COPY_AFTER);
  }
  form.addEventListener("input", (event) => {
    const code = part.codeOf(event.target);
    if (code && !event.isComposing) typed(code);
  });
  form.addEventListener("compositionend", (event) => {
    const code = part.codeOf(event.target);
    if (code) typed(code);
  });
  form.addEventListener("change", (event) => {
    const code = part.codeOf(event.target);
    if (code && event.target.matches("select, [type=checkbox]")) typed(code);
    else if (queue.fields.get(code)?.waits) queue.fields.get(code).value = part.read(code);
    queue.soon(0);
    queue.show();
  });

  /* --- going on ---------------------------------------------------------------------------------------- */

  const unsaved = () => part.codes.filter((code) => part.isUnsavedAtFirst(code) && !queue.fields.has(code));
  async function saveNow() {
    for (const code of part.kind === "texts" && !queue.fields.has(part.code) ? part.codes : unsaved()) typed(code);
    if (queue.stopped || queue.tries) now();
    await queue.flush();
  }
  /* Whether the page may be left by a button of the form; where not, the bar says why. Wrong figures go along and come back. */
  function mayGo() {
    const { stopped, tries, flight, waiting, held } = queue;
    if (stopped || tries || flight || waiting.length) return false;
    if (part.kind === "texts" && held.length) return find("#two-versions, [aria-invalid]").focus();
    if (navigator.onLine) return true;
    return status.say("offline", "Mất kết nối. Nội dung đã lưu; bấm lại khi có mạng");
  }
  const pass = (act) => {
    isPassing = true;
    act();
    isPassing = false;
  };
  form.addEventListener("submit", async (event) => {
    if (isPassing) return;
    const pressed = event.submitter;
    const goesOn = pressed?.name || otherFields();
    if (queue.isClean && goesOn && navigator.onLine) return;
    event.preventDefault();
    await saveNow();
    if (goesOn && mayGo()) pass(() => form.requestSubmit(pressed));
  });
  /* A link, or another form, waits for what was typed a moment ago; where that cannot be saved, the page asks as always. */
  function goAfterSaving(event, act) {
    event.preventDefault();
    event.stopPropagation();
    copy();
    Promise.race([queue.flush(), new Promise((resolve) => setTimeout(resolve, LEAVING_WAIT))]).then(() => act());
  }
  document.addEventListener(
    "submit",
    (event) => {
      const { target, submitter } = event;
      if (isPassing || queue.isClean || target === form || target.matches("[data-comments-form]")) return;
      goAfterSaving(event, () => pass(() => target.requestSubmit(submitter)));
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (isPassing || !link || queue.isClean || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.target === "_blank" || link.hasAttribute("download") || link.getAttribute("href").startsWith("#") || link.getAttribute("role") === "tab" || (link.pathname.endsWith("/so/") && editor.isBeside())) return;
      goAfterSaving(event, () => {
        /* A cell that could not be saved would be missing from the check. */
        if (!("check" in link.dataset && queue.held.length && editor.goToNextError())) pass(() => link.click());
      });
    },
    true,
  );
  const leave = () => {
    copy();
    if (!queue.tries) queue.send();
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else wake();
  });
  /* After sleep, after the network was away, after signing in elsewhere. */
  async function wake() {
    if (queue.stopped?.why === "session" || queue.stopped?.why === "other_user") {
      const fresh = await freshToken().catch(() => null);
      if (fresh?.status === 200 && fresh.data.user === Number(user)) now();
    } else if (queue.tries) now();
    else queue.show();
  }
  addEventListener("online", wake);
  addEventListener("focus", wake);

  /* --- the copy on this machine ------------------------------------------------------------------------ */

  const shared = find("[data-shared-machine]");
  if (shared) {
    const box = find("input", shared);
    shared.hidden = false;
    box.checked = copies.isShared;
    box.addEventListener("change", () => {
      copies.isShared = box.checked;
      for (const code of queue.fields.keys()) uncopied.add(code);
      copyAndSay();
    });
  }
  const json = (value) => JSON.stringify(value).normalize();
  if (form.dataset.dirty) for (const code of part.kind === "texts" ? part.codes : []) typed(code);
  let left = copies.leftOf((code) => part.codes.includes(code));
  offer();
  /* Of each field the newest; what older pages left is asked about afterwards. */
  function offer() {
    const isHidden = offered?.hidden;
    offered?.remove();
    left = left.filter(({ code, key, value }) => {
      if (json(value) !== json(part.read(code))) return true;
      if (!queue.isOpen(code)) copies.drop(code, key);
      return false;
    });
    const kept = left.filter(({ code }, place) => left.findIndex((one) => one.code === code) === place);
    if (!kept.length) return;
    const onPage = () => json(kept.map(({ code }) => part.read(code)));
    const seen = onPage();
    const at = new Date(Math.max(...kept.map((copied) => copied.at)));
    /* British days are written as ours: 05/02/2026. */
    const [day, hour] = at.toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).split(", ");
    offered = make("section", "", { className: "message message--warn", tabIndex: -1 });
    offered.hidden = isHidden;
    offered.setAttribute("aria-label", "Nội dung chưa lưu trên máy này");
    const words = make("div");
    words.append(make("p", `Máy này còn nội dung chưa lưu lúc ${hour} ngày ${day}. Khôi phục hay bỏ?`));
    /* What was changed since then is not put away by one press. */
    const changed = kept.filter(({ code, base }) => base !== part.base(code) || queue.fields.has(code));
    const say = (code, { text, value, state, note }) => text ?? `${code}: ${value || (state && find(`[name=tt_${code}] [value=${state}]`).text)} ${note}`;
    const list = (value) => changed.map((copied) => say(copied.code, value(copied))).join("\n");
    if (changed.length) words.append(make("p", "Sau đó nội dung có thay đổi:"), compare(["Trên máy này", list(({ value }) => value)], ["Trên trang này", list(({ code }) => part.read(code))]));
    const end = (act) => () => {
      /* What is on the page is what was compared. */
      if (seen === onPage()) {
        left = left.filter((copied) => !kept.includes(copied));
        for (const copied of kept) act(copied);
      }
      offer();
      offered.focus();
    };
    const drop = ({ code, key }) => copies.drop(code, key);
    const restore = ({ code, key, value }) => {
      part.write(code, value);
      typed(code);
      copy();
      if (!uncopied.size) copies.drop(code, key);
      queue.soon(0);
    };
    const actions = make("div", "", { className: "actions" });
    actions.append(button("Khôi phục", end(restore), `button button--small${changed.length ? "" : " button--primary"}`));
    if (changed.length && part.joining) actions.append(button(part.joining, end((copied) => restore({ ...copied, value: part.joined(copied.value) }))));
    actions.append(button("Bỏ", end(drop)));
    words.append(actions);
    offered.append(words);
    form.before(offered);
  }
  /* Saved, thrown away, or typed on, in another tab. */
  addEventListener("storage", ({ key, newValue }) => {
    const place = left.findIndex((copied) => copied.key === key);
    if (place < 0) return;
    if (newValue) Object.assign(left[place], JSON.parse(newValue));
    else left.splice(place, 1);
    offer();
  });
}
}
