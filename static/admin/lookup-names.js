// The framework's look-up fields have no name for a screen reader: they take that of their label.
(() => {
  "use strict";

  const ENDING = "-container";

  function name(area) {
    for (const shown of area.querySelectorAll(".select2-selection__rendered")) {
      const field = shown.id.slice("select2-".length, -ENDING.length);
      const label = document.querySelector(`label[for="${CSS.escape(field)}"]`);
      if (label) {
        shown.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
      }
    }
  }

  window.addEventListener("load", () => name(document));
  document.addEventListener("formset:added", (event) => setTimeout(name, 0, event.target));
})();
