// Keeps the results on this page up to date. Without it the page shows what was counted when it was loaded.
"use strict";

(() => {
  const table = document.querySelector("table[data-live]");
  if (!table || !table.dataset.live || !window.EventSource) {
    return;
  }
  let stream = null;

  const show = (event) => {
    const { rows, total, whole } = JSON.parse(event.data);
    for (const { choice, votes, share, bar, leading } of rows) {
      const row = table.querySelector(`tr[data-choice="${choice}"]`);
      if (row) {
        row.className = leading ? "leading" : "trailing";
        row.querySelector(".part").setAttribute("width", bar);
        row.cells[1].textContent = votes;
        row.cells[2].textContent = share;
      }
    }
    const sum = table.tFoot.rows[0].cells;
    sum[1].textContent = total;
    sum[2].textContent = whole;
    const unvoted = document.getElementById("unvoted");
    if (unvoted) {
      unvoted.hidden = rows.some((row) => row.leading);
    }
  };

  // A page that nobody looks at needs no connection.
  const follow = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(table.dataset.live);
      stream.onmessage = show;
      stream.onerror = () => {
        // The browser tries again by itself after a cut, but not after an answer that is no stream.
        if (stream?.readyState === EventSource.CLOSED) {
          stream = null;
          setTimeout(follow, 5000 + 5000 * Math.random());
        }
      };
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
