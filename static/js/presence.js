/* Who else has this part open: asked every 20 seconds, only while the page is seen. And: help beside the text comes when it is asked for. */
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
const place = document.querySelector("[data-help-place]");
function fetchHelp(then) {
  const script = document.createElement("script");
  script.src = place.dataset.helpPlace;
  script.addEventListener("load", then);
  script.addEventListener("error", () => {
    script.remove();
    place.hidden = false;
    place.querySelector("[data-help-state]").textContent = "Chưa lấy được. Thử lại sau.";
    document.addEventListener("click", first);
  });
  document.head.append(script);
}
function first(event) {
  const tool = event.target.closest?.("[data-help-tool]");
  if (!tool || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.removeEventListener("click", first);
  fetchHelp(() => tool.click());
}
if (place) {
  if (location.hash.startsWith("#cho-")) fetchHelp();
  else document.addEventListener("click", first);
}
if (line) {
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
}
