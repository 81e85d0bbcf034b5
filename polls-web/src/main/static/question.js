/* What the console's pages about questions do in the browser: moving choices, warning, looking for news. */
"use strict";

(() => {
  /* The form: the rows of choices come, go and move. */
  const startChoices = (table) => {
    const rows = table.tBodies[0];
    const fieldset = table.closest("fieldset");
    const teller = fieldset.querySelector("[data-tells=choices]");
    const template = fieldset.querySelector("template");

    const number = () =>
      [...rows.rows].forEach((row, place) => {
        row.querySelector("[name=choice]").setAttribute("aria-label", table.dataset.name.replace("#", place + 1));
        row.querySelector("[data-choice=up]").disabled = place === 0;
        row.querySelector("[data-choice=down]").disabled = place === rows.rows.length - 1;
      });

    const move = (row, button, before) => {
      rows.insertBefore(row, before);
      number();
      (button.disabled ? row.querySelector("[name=choice]") : button).focus();
      teller.textContent = teller.dataset.moved.replace("#", row.sectionRowIndex + 1);
    };

    fieldset.addEventListener("click", (event) => {
      const button = event.target.closest("[data-choice]");
      if (!button) {
        return;
      }
      const row = button.closest("tr");
      switch (button.dataset.choice) {
        case "add":
          rows.append(template.content.cloneNode(true));
          number();
          rows.lastElementChild.querySelector("[name=choice]").focus();
          break;
        case "up":
          move(row, button, row.previousElementSibling);
          break;
        case "down":
          move(row, button, row.nextElementSibling.nextElementSibling);
          break;
        case "remove": {
          const next = row.nextElementSibling || row.previousElementSibling;
          row.remove();
          number();
          (next ? next.querySelector("[name=choice]") : fieldset.querySelector("[data-choice=add]")).focus();
          teller.textContent = teller.dataset.removed;
          break;
        }
      }
    });

    /* In a field, Enter goes on to the next choice instead of saving a poll that is half written. */
    rows.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.name !== "choice") {
        return;
      }
      event.preventDefault();
      const next = event.target.closest("tr").nextElementSibling;
      if (next) {
        next.querySelector("[name=choice]").focus();
      } else {
        fieldset.querySelector("[data-choice=add]")?.click();
      }
    });

    if (window.jQuery?.fn.sortable) {
      window.jQuery(rows).sortable({ axis: "y", handle: ".grip", update: number });
    }
    number();
  };

  /* The form: leaving it with something typed and not saved asks first. */
  const startWarning = (form) => {
    const written = () =>
      JSON.stringify([...new FormData(form)].filter(([name]) => !/^(jakarta|primefaces)\./.test(name)));
    const begun = form.dataset.unsaved === "true" ? null : written();
    let leaving = false;
    form.addEventListener("submit", (event) => (leaving = !event.submitter?.dataset.elsewhere));
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && written() !== begun) {
        event.preventDefault();
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.choice-table").forEach(startChoices);
    document.querySelectorAll("form.question-form").forEach(startWarning);
    document.querySelector(".question-form [aria-invalid=true]")?.focus();
  });

  /* The results: nobody looks at a page in the background, nor at one left alone for half an hour. Asking for news stops
     then, and goes on when somebody is back. Only news that is asked for while somebody is there keeps the session. */
  const LEFT_ALONE = 30 * 60 * 1000;
  const STILL_THERE = 60 * 1000;
  let leaving;
  let resting;

  const setUsed = (used) => {
    const field = document.querySelector("[id=live] [name=used]");
    if (field) {
      field.value = used;
    }
  };

  const stopLooking = () => {
    clearTimeout(leaving);
    window.PrimeFaces?.widgets.results?.stop();
  };

  const goOnLooking = () => {
    const teller = document.querySelector("[data-tells=still]");
    if (!teller || document.hidden) {
      return;
    }
    setUsed(true);
    clearTimeout(resting);
    resting = setTimeout(() => setUsed(false), STILL_THERE);
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      stopLooking();
      teller.textContent = teller.dataset.still;
    }, LEFT_ALONE);
    // PrimeFaces may make it, started, only after this page has loaded.
    const poll = window.PrimeFaces?.widgets.results;
    if (poll && !poll.isActive()) {
      teller.textContent = "";
      poll.start();
    }
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? stopLooking() : goOnLooking()));
  window.addEventListener("load", goOnLooking);
  for (const use of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(use, goOnLooking, { passive: true });
  }
})();
