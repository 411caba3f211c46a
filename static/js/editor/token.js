/* A page that holds what was typed: signing in changes the safety token, so the present one is fetched before sending. */
"use strict";

for (const typed of document.querySelectorAll("form[data-fresh-token]")) {
  typed.addEventListener("submit", async (event) => {
    if (typed.dataset.fresh) return;
    event.preventDefault();
    typed.dataset.fresh = "1";
    try {
      const answer = await fetch(typed.dataset.freshToken, { credentials: "same-origin", headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("input[name=csrfmiddlewaretoken]");
      if (token) typed.querySelector("input[name=csrfmiddlewaretoken]").value = token.value;
    } catch {
      /* Without an answer the form goes as it is; the server says what is wrong. */
    }
    typed.requestSubmit();
  });
}
