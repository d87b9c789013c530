// Shows weekday and working day beside a date field as it is typed. Without this script the field works just the same.
(function () {
  "use strict";

  function noteOf(field) {
    return document.getElementById(field.dataset.dateNote);
  }

  function show(field, answer) {
    const note = noteOf(field);
    if (!note) return;
    note.textContent = answer.text || "";
    note.classList.toggle("is-off", answer.workday === false);
  }

  async function preview(field) {
    const typed = field.value.trim();
    if (!typed) {
      show(field, {});
      return;
    }
    const address = new URL(field.dataset.datePreview, window.location.href);
    address.searchParams.set("text", typed);
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!response.ok || response.redirected) return; // signed out meanwhile: the server says so on submit
      const answer = await response.json();
      if (field.value.trim() === typed) show(field, answer);
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure; // no connection: the server will say the same on submit
    }
  }

  for (const field of document.querySelectorAll("input[data-date-preview]")) {
    let waiting = 0;
    field.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(preview, 250, field);
    });
    if (field.value) preview(field);
  }
})();
