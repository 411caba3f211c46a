/* Forms with files (form[data-upload]): real progress and a way to stop. Without this file they are sent as any other. */
"use strict";

(() => {
  const SHOW_AFTER = 1000;
  const TOO_LARGE = "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại";
  const SIGNED_OUT = "Phiên làm việc đã hết hạn. Đăng nhập ở thẻ mới rồi bấm lại; nội dung vừa nhập vẫn còn trên màn hình.";
  const FAILED = "Chưa tải lên được. Kiểm tra mạng rồi bấm lại";
  const part = (form, name) => form.querySelector(`[data-upload-${name}]`);
  const addressOf = (form) => new URL(form.getAttribute("action") || "", location.href).href;
  const chosen = (form) => [...form.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
  const isTooLarge = (input) => [...input.files].some((file) => file.size > Number(input.dataset.maxBytes || Infinity));

  function say(form, words) {
    part(form, "box").hidden = true;
    part(form, "said").textContent = words;
  }

  /* Once a second, so that the words can be read. */
  function progressOf(form) {
    const started = Date.now();
    let told = 0;
    return (event) => {
      const now = Date.now();
      const whole = event.loaded === event.total;
      if (!event.lengthComputable || now - started < SHOW_AFTER || (now - told < 1000 && !whole)) return;
      told = now;
      const percent = Math.floor((event.loaded / event.total) * 100);
      const seconds = Math.ceil((((now - started) / event.loaded) * (event.total - event.loaded)) / 1000);
      part(form, "box").hidden = false;
      part(form, "bar").value = percent;
      part(form, "words").textContent = whole ? "Đã gửi xong, đang kiểm tra tệp" : `Đang tải lên ${percent}% · còn khoảng ${seconds} giây`;
    };
  }

  /* The same form as the server sent it back, with what is wrong; the chosen files stay chosen. */
  function showAgain(form, html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const index = [...document.querySelectorAll("form[data-upload]")].indexOf(form);
    const answer = form.id ? page.getElementById(form.id) : page.querySelectorAll("form[data-upload]")[index];
    if (!answer) return false;
    for (const input of chosen(form)) {
      const place = answer.querySelector(`input[type=file][name="${CSS.escape(input.name)}"]`);
      if (place && !place.hasAttribute("aria-invalid")) place.files = input.files;
    }
    form.replaceWith(answer);
    start(answer);
    const target = answer.querySelector(".error-summary, [aria-invalid=true]");
    if (target && !target.matches("input, select, textarea")) target.tabIndex = -1;
    target?.focus();
    return true;
  }

  function go(form, address) {
    form.dataset.dirty = "";
    const page = address.split("#")[0];
    if (page === location.href.split("#")[0]) location.replace(page); /* an anchor would only scroll */
    else location.assign(address);
  }

  /* Signing in elsewhere changes the safety token: the next press takes the present one from this page's address. */
  async function refresh(form) {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form[data-upload] input[name=csrfmiddlewaretoken]");
    if (token) form.querySelector("input[name=csrfmiddlewaretoken]").value = token.value;
  }

  function finish(form, request) {
    if (request.status === 401) {
      form.dataset.signedOut = "1";
      say(form, SIGNED_OUT);
      return;
    }
    const next = request.getResponseHeader("X-Location");
    if (next) go(form, new URL(next, location.href).href);
    else if (request.status < 400 && request.responseURL !== addressOf(form)) go(form, request.responseURL);
    else if (request.status >= 500 || !showAgain(form, request.responseText)) say(form, `Chưa tải lên được (mã ${request.status}). Bấm lại; nếu vẫn lỗi, báo người quản trị`);
  }

  function send(form, submitter) {
    const request = new XMLHttpRequest();
    const done = (act) => () => {
      delete form.dataset.uploading;
      act();
    };
    form.dataset.uploading = "1";
    say(form, "");
    request.upload.addEventListener("progress", progressOf(form));
    request.addEventListener("load", done(() => finish(form, request)));
    request.addEventListener("error", done(() => say(form, FAILED)));
    request.addEventListener("abort", done(() => say(form, "Đã huỷ tải lên")));
    part(form, "cancel").onclick = () => request.abort();
    request.open("POST", addressOf(form));
    request.setRequestHeader("X-Upload", "1");
    const data = new FormData(form);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    request.send(data);
  }

  /* Choosing a file: in our words whatever the browser's language; the whole box takes a click or a dropped file. */
  function name(input) {
    const [box, button, words] = ["span", "label", "span"].map((tag) => document.createElement(tag));
    const tell = () => (words.textContent = [...input.files].map((file) => file.name).join(", ") || "Chưa có tệp nào");
    box.className = "file-pick";
    Object.assign(button, { className: "button button--small", htmlFor: input.id, textContent: "Chọn tệp" });
    button.ariaHidden = words.ariaHidden = "true";
    input.before(box);
    box.append(button, words, input);
    input.addEventListener("change", tell);
    tell();
  }

  function start(form) {
    form.querySelectorAll("input[type=file]").forEach(name);
    form.addEventListener("submit", (event) => {
      const files = chosen(form);
      if (!files.length || !part(form, "box")) return;
      const question = event.submitter?.dataset.confirm || form.dataset.confirm;
      event.preventDefault();
      if (form.dataset.uploading || (question && !confirm(question))) return;
      if (files.some(isTooLarge)) {
        say(form, TOO_LARGE);
        return;
      }
      if (!form.dataset.signedOut) {
        send(form, event.submitter);
        return;
      }
      delete form.dataset.signedOut;
      const again = () => send(form, event.submitter);
      refresh(form).then(again, again);
    });
  }
  document.querySelectorAll("form[data-upload]").forEach(start);
})();
