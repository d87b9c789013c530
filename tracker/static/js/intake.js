// Registration: shows the fields of the chosen channel and the due date while a day is typed. The page works without.
(function () {
  "use strict";

  const form = document.querySelector("form[data-intake]");
  if (!form) return;

  // Enter moves nobody's half-filled form to the register.
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    if (!["submit", "button", "file"].includes(event.target.type)) event.preventDefault();
  });

  const due = form.querySelector("[data-due]");
  if (!due) return;
  for (const button of form.querySelectorAll("[data-no-script]")) button.hidden = true;

  function channel() {
    const chosen = form.querySelector("input[name=channel]:checked");
    return chosen ? chosen.value : "";
  }

  function arrange() {
    const chosen = channel();
    for (const part of form.querySelectorAll("[data-channels]")) {
      part.hidden = !part.dataset.channels.split(" ").includes(chosen);
      const label = part.dataset.labels && JSON.parse(part.dataset.labels)[chosen];
      const shown = label && part.querySelector("label");
      if (shown) shown.firstChild.nodeValue = label + " ";
      if (part.dataset.requiredIn !== undefined) {
        part.classList.toggle("is-required", part.dataset.requiredIn.split(" ").includes(chosen));
      }
    }
  }

  async function preview() {
    const address = new URL(form.dataset.duePreview, window.location.href);
    for (const name of ["channel", "signed_on", "arrived_on", "taken_in_on", "confirmed_on"]) {
      const field = name === "channel" ? null : form.elements.namedItem(name);
      address.searchParams.set(name, field ? field.value : channel());
    }
    const asked = address.search;
    due.dataset.asked = asked;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!response.ok || response.redirected) return; // signed out meanwhile: the server says so on submit
      const answer = await response.json();
      if (due.dataset.asked !== asked) return;
      for (const line of due.querySelectorAll("span")) line.remove();
      for (const text of answer.lines) {
        const line = document.createElement("span");
        line.textContent = text;
        due.append(line);
      }
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure; // no connection: the server says the same on submit
    }
  }

  let waiting = 0;
  function previewSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(preview, 250);
  }

  form.addEventListener("input", function (event) {
    if (["channel", "organ_id"].includes(event.target.name)) arrange();
    if (event.target.name === "channel" || /_on$/.test(event.target.name || "")) previewSoon();
  });
  form.addEventListener("change", function (event) {
    if (event.target.name === "channel") {
      arrange();
      previewSoon();
    }
  });
  arrange();
  preview();
})();
