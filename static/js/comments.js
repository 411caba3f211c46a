/* Comments beside a text: sent without leaving the page, so that nothing typed beside them is lost. Everything works without it. */
"use strict";

(() => {
  const OVER = "Phiên làm việc đã hết hạn. Đăng nhập ở thẻ mới rồi bấm lại; góp ý vừa nhập vẫn còn trên màn hình.";
  const AWAY = "Chưa gửi được. Kiểm tra mạng rồi bấm lại; góp ý vừa nhập vẫn còn trên màn hình.";
  const boxOf = (form) => form.closest("[data-comments]");
  let tokenIsOld = false;

  function say(box, words) {
    const line = box.querySelector("[data-comments-failed]");
    line.hidden = !words;
    line.textContent = words;
  }

  /* Signing in again changes the safety token: read the present one from the list of the same part. */
  async function freshToken(form) {
    const list = form.querySelector("[name=phan]")?.value || boxOf(form).dataset.comments;
    const base = form.action.replace(/gop-y\/.*$/, "gop-y/");
    const answer = await fetch(`${base}?phan=${encodeURIComponent(list)}`, { headers: { "X-Comments": "1" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]");
    if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
  }

  const waiting = (list) => list.querySelectorAll("article:not(.comment--settled)").length;

  function showCount(box, more) {
    const count = Number(box.dataset.open || 0);
    const bar = document.querySelector("[data-comments-waiting]");
    if (bar) {
      const left = Number(/\d+/.exec(bar.textContent)) + more;
      bar.hidden = left < 1;
      bar.lastElementChild.textContent = `Còn ${left} góp ý chưa xử lý`;
    }
    for (const place of document.querySelectorAll(`[data-comments-count="${CSS.escape(box.dataset.comments)}"]`)) {
      place.textContent = count ? ` (${count})` : "";
    }
    const status = document.querySelector(".part-nav [aria-current] .part-nav__status--comment > span");
    if (status) status.textContent = count ? `${count} góp ý` : "Đã sửa xong";
    /* Those that waited above the text. */
    for (const link of document.querySelectorAll('.editor__fields > .comment a[href^="#gop-y-"]')) {
      const comment = document.getElementById(link.hash.slice(1));
      if (!comment || comment.matches(".comment--settled")) link.closest(".comment").remove();
    }
  }

  async function send(form, submitter) {
    const box = boxOf(form);
    say(box, "");
    try {
      if (tokenIsOld) await freshToken(form);
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter), headers: { "X-Comments": "1" } });
      tokenIsOld = answer.status === 401 || answer.status === 403;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector("[data-comments]");
      if (answer.redirected || tokenIsOld || !list) {
        say(box, tokenIsOld || answer.redirected ? OVER : AWAY);
        return;
      }
      const typed = [...box.querySelectorAll("textarea")].filter((field) => field.form !== form && field.value.trim());
      for (const one of box.querySelectorAll("form")) delete one.dataset.dirty;
      const more = waiting(list) - waiting(box);
      box.replaceWith(list);
      for (const field of typed) {
        const again = document.getElementById(field.id);
        if (!again) continue;
        again.value = field.value;
        again.closest("details").open = true;
      }
      showCount(list, more);
      (list.querySelector("[aria-invalid=true]") || list.querySelector("[data-focus]"))?.focus();
    } catch {
      say(box, AWAY);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-comments-form]")) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    send(form, event.submitter).finally(() => delete form.dataset.sending);
  });

  /* The exact place: a figure's cell gets the focus, a comment in a closed tab is shown; of paragraphs knows editor/text.js. */
  function goTo(hash) {
    const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!place) return;
    const panel = place.closest(".tabs__panel[hidden]");
    if (panel) document.getElementById(panel.getAttribute("aria-labelledby"))?.click();
    if (place.matches("input, textarea, .comment")) {
      place.focus();
      place.select?.();
      place.scrollIntoView({ block: "center" });
    }
  }
  addEventListener("hashchange", () => goTo(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-place], a[data-answer]");
    if (link?.matches("[data-answer]")) {
      event.preventDefault();
      goTo(link.hash);
      const answer = document.querySelector(`${link.hash} details`);
      answer.open = true;
      answer.querySelector("textarea").focus();
    } else if (link && link.pathname === location.pathname && link.hash === location.hash) goTo(link.hash);
  });
  goTo(location.hash);

  /* A comment on the table is about the cell that was in use. */
  let lastCell = "";
  document.addEventListener("focusin", (event) => {
    const cell = /^ct_(.+)$/.exec(event.target.name || "");
    if (cell) lastCell = cell[1];
    if (event.target.matches("[data-figure-code]") && !event.target.value) event.target.value = lastCell;
  });
})();
