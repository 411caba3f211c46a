/* Help beside the text of a part: its script comes when it is asked for. */
"use strict";

{
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
}
