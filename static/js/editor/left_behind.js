/* A part that is locked: what the person typed there and this machine still keeps is shown, to be copied or put away. */
"use strict";

{
const { find, make, button } = editor;
const STATES = { none: "Không phát sinh", no_data: "Chưa có số liệu" };
const place = find("[data-left-behind]");
const { user, report, part } = place.dataset;
const copies = new Copies(user, report);
const wordsOf = (text) => text.replace(/[^\p{L}\d]/gu, "");
const inWords = ({ code, value }) => value.text ?? `${code}: ${value.value || STATES[value.state] || ""} ${value.note}`.trim();

/* Of the table every cell is kept by itself; they are shown together. */
const all = copies.leftOf((code, value) => (value.text === undefined ? "SL" : code) === part);
const shown = find(".prose")?.textContent ?? "";
const isStored = ({ value }) => value.text !== undefined && wordsOf(value.text) === wordsOf(shown);
const drop = (some) => some.forEach(({ code, key }) => copies.drop(code, key));
drop(all.filter(isStored));
const left = all.filter((one) => !isStored(one));
if (part === "SL" && left.length) show(left);
else left.forEach((one) => show([one]));

function show(some) {
  const at = new Date(Math.max(...some.map((one) => one.at)));
  const [day, hour] = at.toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).split(", ");
  const box = make("section", "", { className: "message message--warn" });
  const title = `Máy này còn nội dung chưa lưu lúc ${hour} ngày ${day}`;
  box.setAttribute("aria-label", title);
  const words = make("div");
  const area = make("textarea", "", { readOnly: true, rows: 5, value: some.map(inWords).join("\n") });
  area.setAttribute("aria-label", title);
  const said = make("span");
  said.setAttribute("role", "status");
  const actions = make("div", "", { className: "actions" });
  actions.append(
    button("Sao chép", async () => {
      area.select();
      const isCopied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false) || document.execCommand("copy");
      said.textContent = isCopied ? "Đã sao chép" : "Chưa sao chép được. Bấm Ctrl+C để sao chép đoạn đã chọn";
    }),
    button("Bỏ", () => {
      drop(some);
      box.remove();
    }),
    said,
  );
  words.append(make("p", `${title}. Phần này đang khoá nên chưa lưu được; sao chép để dùng, hoặc bỏ.`), area, actions);
  box.append(words);
  place.append(box);
}
}
