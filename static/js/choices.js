/* Choosing rows: one button ticks all boxes of its group, or none. Everything works without it. */
"use strict";

for (const group of document.querySelectorAll("[data-choices]")) {
  const button = group.querySelector("[data-choose-all]");
  if (!button) continue;
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const words = button.firstChild;
  const rename = () => (words.textContent = boxes.every((box) => box.checked) ? "Bỏ chọn tất cả" : "Chọn tất cả");
  button.addEventListener("click", () => {
    const wanted = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = wanted;
    rename();
  });
  group.addEventListener("change", rename);
  rename();
}
