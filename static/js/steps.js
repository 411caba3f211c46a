/* Steps of a report: the question above the button repeats what was entered; a text can be copied. All of it works without. */
"use strict";

(() => {
  for (const echo of document.querySelectorAll("[data-mirror]")) {
    const field = document.getElementById(echo.dataset.mirror);
    if (!field) continue;
    const repeat = () => (echo.textContent = field.value.trim() || "…");
    field.addEventListener("input", repeat);
    repeat();
  }

  for (const list of document.querySelectorAll("[data-count-checked]")) {
    const count = document.getElementById(list.dataset.countChecked);
    if (!count) continue;
    /* Words that the page suggested do not tick a part; those that the person wrote do. */
    const chosen = (row) => {
      const words = row.querySelector("[type=text]")?.value.trim();
      return row.querySelector("[type=checkbox]").checked || (words && words !== row.querySelector("[type=hidden]")?.value);
    };
    const recount = () => {
      const number = [...list.children].filter(chosen).length;
      count.textContent = number || !count.dataset.none ? `${number} phần` : count.dataset.none;
    };
    list.addEventListener("input", recount);
    recount();
  }

  for (const button of document.querySelectorAll("[data-copy-from]")) {
    const text = document.getElementById(button.dataset.copyFrom);
    const status = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      text.select();
      let copied = false;
      try {
        await navigator.clipboard.writeText(text.value);
        copied = true;
      } catch {
        copied = document.execCommand("copy"); /* pages without https have no clipboard */
      }
      status.textContent = copied ? "Đã sao chép" : "Chưa sao chép được. Bấm Ctrl+C để sao chép đoạn đã chọn";
    });
  }
})();
