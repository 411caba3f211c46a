/* Follows a job: asks every second how far it is, and shows the whole page again once it has ended.
   Without this file the link “Tải lại trang” does. */
"use strict";

(() => {
  const card = document.querySelector("[data-job]");
  if (!card) return;
  const status = card.querySelector("[data-job-status] .badge");
  const box = card.querySelector("[data-job-progress]");
  const doing = card.querySelector("[data-job-doing]");
  const bar = box.querySelector("progress");
  const FIRST = 700;
  const LONGEST = 15000;
  let pause = FIRST;

  const show = (job) => {
    const icon = status.querySelector("svg");
    if (status.textContent.trim() !== job.state) status.replaceChildren(...(icon ? [icon, job.state] : [job.state]));
    box.hidden = !job.doing;
    doing.textContent = job.doing;
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
    } else bar.removeAttribute("value");
  };

  const ask = async () => {
    try {
      const answer = await fetch(card.dataset.job, { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.type === "opaqueredirect" || answer.status === 404) return; /* signed out: the page says so when it is loaded again */
      if (!answer.ok) throw new Error(answer.status);
      const job = await answer.json();
      if (job.ended) {
        location.reload();
        return;
      }
      show(job);
      pause = document.hidden ? 5000 : FIRST;
    } catch {
      pause = Math.min(pause * 2, LONGEST); /* no answer: ask more and more seldom */
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
})();
