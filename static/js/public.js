/* Public pages: menus, printing, copying the address. Everything works without it. */
"use strict";

const menus = document.querySelectorAll("details[data-menu]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

/** Copies text; over plain http the browser has no clipboard, so a selection stands in. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("copy");
}

for (const button of document.querySelectorAll("[data-copy-link]")) {
  button.addEventListener("click", async () => {
    const status = document.querySelector("[data-copy-status]");
    let words = "Đã sao chép liên kết";
    try {
      await copy(button.dataset.copyLink || location.href.split("#")[0]);
    } catch {
      words = "Chưa sao chép được. Chọn địa chỉ trên thanh trình duyệt rồi sao chép";
    }
    button.focus();
    if (status) status.textContent = words;
  });
}
