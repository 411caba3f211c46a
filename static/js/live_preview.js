/* A form with a preview (form[data-live-preview]): every change shows in [data-preview]. Without this file “Xem thử” does it. */
"use strict";

for (const form of document.querySelectorAll("form[data-live-preview]")) {
  let waiting = 0;
  let sent = 0;

  async function show() {
    const number = ++sent;
    const data = new FormData(form);
    data.append("act", "preview");
    try {
      const answer = await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-preview]");
      if (number !== sent || !fresh) return;
      document.querySelector("[data-preview]").replaceWith(fresh);
      form.elements.seen.value = page.querySelector("form[data-live-preview]").elements.seen.value;
    } catch {
      /* Without an answer the preview stays as it is; the button still asks for it. */
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
}
