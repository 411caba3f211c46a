/* Looking a report over: a comment half written stays when another part is ticked, which loads the page anew.
 * It is kept for this tab alone and taken out again as soon as the page is there. */
"use strict";

{
const KEY = `danvan.review.${location.pathname}`;
const areas = () => [...document.querySelectorAll("form[data-comments-form] textarea")];

try {
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
  sessionStorage.removeItem(KEY);
  for (const area of areas()) {
    const words = kept[area.id];
    if (!words || area.value.trim()) continue;
    area.value = words;
    area.form.dataset.dirty = "1";
    const fold = area.closest("details");
    if (fold) fold.open = true;
  }
} catch {
  /* A browser that keeps nothing has nothing to give back. */
}

document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("#review-form, #unchanged-form")) return;
    const typed = areas().filter((area) => area.value.trim());
    try {
      sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(typed.map((area) => [area.id, area.value]))));
      for (const area of typed) delete area.form.dataset.dirty;
    } catch {
      /* Then the page asks, as it does before every loss. */
    }
  },
  true,
);
}
