/* What the console's lists do in the browser: telling how they are sorted, selecting rows. */
"use strict";

(() => {
  /* How many rows are selected, told and counted on the buttons. */
  const countSelected = (form) => {
    const rows = [...form.querySelectorAll("[data-selects=row]")];
    const count = rows.filter((row) => row.checked).length;
    const all = form.querySelector("[data-selects=all]");
    all.checked = count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
    rows.forEach((row) => row.closest("tr").classList.toggle("chosen", row.checked));
    const bar = form.querySelector(".selected");
    const told = count === 0 ? bar.dataset.none : count === 1 ? bar.dataset.one : bar.dataset.many;
    bar.querySelector("[role=status]").textContent = told.replace("#", count);
    for (const button of bar.querySelectorAll("button")) {
      const label = button.querySelector(".ui-button-text") || button;
      button.dataset.label ??= label.textContent;
      label.textContent = count === 0 ? button.dataset.label : `${button.dataset.label} (${count})`;
      button.disabled = count === 0;
    }
  };

  const startSelecting = (form) => {
    form.addEventListener("change", (event) => {
      if (event.target.dataset.selects === "all") {
        form.querySelectorAll("[data-selects=row]").forEach((row) => (row.checked = event.target.checked));
      }
      countSelected(form);
    });
    countSelected(form);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("th:has(.sort)").forEach((head) => {
      const by = head.querySelector(".sort:not([data-sorted=none])");
      head.setAttribute("aria-sort", by ? by.dataset.sorted : "none");
    });
    document.querySelectorAll("form:has([data-selects=all])").forEach(startSelecting);
    if (window.matchMedia("(max-width: 72rem)").matches) {
      document.querySelectorAll(".filters details").forEach((filters) => (filters.open = false));
    }
  });
})();
