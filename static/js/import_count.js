/* How many parts and rows of a file will be saved, told again at each choice. Without it the page says what was chosen
   when it was made. */
"use strict";

for (const line of document.querySelectorAll("[data-count]")) {
  const form = document.getElementById("import-choices");
  const [taken, left] = line.querySelectorAll("b");
  const isTaken = {
    cach_: (field) => field.name.startsWith("cach_") && field.checked && field.value !== "bo",
    chon: (field) => (field.name === "chon" && field.checked && !field.disabled) || (field.name.startsWith("chi_tieu_") && field.value),
  }[line.dataset.count];
  const count = () => {
    const now = [...form.elements].filter(isTaken).length;
    taken.textContent = now.toLocaleString("vi");
    left.textContent = (Number(line.dataset.of) - now).toLocaleString("vi");
  };
  form.addEventListener("change", count);
  count();
}
