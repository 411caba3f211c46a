// The framework's look-up fields have no name for a screen reader: they take that of their label.
(() => {
  "use strict";

  const BEFORE = "select2-";
  const AFTER = "-container";

  function name(shown) {
    const field = shown.id.slice(BEFORE.length, -AFTER.length);
    const label = field && document.querySelector(`label[for="${CSS.escape(field)}"]`);
    if (label) {
      shown.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
    }
  }

  // They come whenever the framework gets to it: after the page, and with every row that is added.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof Element) {
          node.querySelectorAll(".select2-selection__rendered").forEach(name);
        }
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
