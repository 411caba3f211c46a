/* Who else has this part open: asked every 20 seconds, only while the page is seen. */
"use strict";

{
const line = document.querySelector("[data-presence]");
const EVERY = 20000;

async function ask() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!token || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(line.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
    if (!answer.ok) return;
    const { words } = await answer.json();
    if (line.textContent !== words) line.textContent = words;
  } catch {
    line.textContent = "";
  }
}
if (line) {
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
}
