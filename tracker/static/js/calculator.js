// 期限计算器: asks for the same address as the button does while one types, and puts the answer beside what was typed.
// Without this script the button does the same.
(function () {
  "use strict";

  const form = document.querySelector("form[data-calculator]");
  if (!form) return;
  const list = form.querySelector("[data-rows]");
  const template = form.querySelector("[data-row-template]");
  const add = form.querySelector("[data-add]");
  const NUMBERED = ["id", "name", "for", "aria-describedby", "value"];

  function rowsOf(root) {
    return Array.from(root.querySelectorAll("[data-rows] > [data-row]"));
  }

  function isFilled(row) {
    const kind = row.querySelector("select");
    return kind.value !== "" || Array.from(row.querySelectorAll("input")).some(function (field) {
      return field.value.trim() !== "";
    });
  }

  // Rows that say something come first in the numbering, as the server numbers them.
  function renumber() {
    const rows = rowsOf(form);
    rows.filter(isFilled).concat(rows.filter((row) => !isFilled(row))).forEach(function (row, index) {
      const number = String(index + 1);
      for (const element of row.querySelectorAll("[id], [name], [for]")) {
        for (const name of NUMBERED) {
          const value = element.getAttribute(name);
          if (value && name !== "value") element.setAttribute(name, value.replace(/^e\d+-/, "e" + number + "-"));
        }
        if (element.matches("[data-remove]")) element.value = number;
      }
      for (const text of row.querySelectorAll("legend, [data-remove] span")) {
        text.textContent = text.textContent.replace(/\d+/, number);
      }
    });
  }

  function address() {
    const asked = new URL(form.action, window.location.href);
    for (const [name, value] of new FormData(form)) {
      const row = name.match(/^e(\d+)-/);
      const filled = !row || isFilled(form.elements.namedItem("e" + row[1] + "-kind").closest("[data-row]"));
      if (filled && String(value).trim() !== "") asked.searchParams.append(name, String(value).trim());
    }
    return asked;
  }

  function putRemarks(here, there) {
    const place = here.querySelector("[data-remarks]");
    const said = there ? there.querySelector("[data-remarks]") : null;
    place.replaceChildren(...(said ? said.cloneNode(true).childNodes : []));
    for (const field of here.querySelectorAll("input, select")) {
      const answered = there && field.name ? there.querySelector("[name='" + field.name + "']") : null;
      if (answered && answered.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  function put(answer) {
    for (const part of answer.querySelectorAll("[data-result]")) {
      const place = document.querySelector("[data-result='" + part.dataset.result + "']");
      if (!place) continue;
      const open = Array.from(place.querySelectorAll("details")).map((details) => details.open);
      place.replaceChildren(...document.importNode(part, true).childNodes);
      place.querySelectorAll("details").forEach(function (details, index) {
        if (open[index]) details.open = true;
      });
    }
    const head = answer.querySelector("form[data-calculator]");
    const receipt = form.querySelector("[data-head]");
    if (receipt) putRemarks(receipt, head.querySelector("[data-head]"));
    if (!list) return;
    const answered = rowsOf(answer);
    rowsOf(form).filter(isFilled).forEach((row, index) => putRemarks(row, answered[index]));
    rowsOf(form).filter((row) => !isFilled(row)).forEach((row) => putRemarks(row, null));
  }

  let latest = "";
  async function ask() {
    if (list) renumber();
    const asked = address();
    latest = asked.href;
    document.body.classList.add("calculator-busy");
    try {
      const response = await fetch(asked, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const text = await response.text();
      if (latest !== asked.href) return; // typed on meanwhile
      const answer = new DOMParser().parseFromString(text, "text/html");
      if (!answer.querySelector("form[data-calculator]")) return; // signed out meanwhile: the button says so
      put(answer);
      window.history.replaceState(null, "", response.url);
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure; // no connection: the button will say the same
    } finally {
      if (latest === asked.href) document.body.classList.remove("calculator-busy");
    }
  }

  let waiting = 0;
  function askSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 350);
  }

  function addRow() {
    const rows = rowsOf(form);
    let last = rows[rows.length - 1];
    if (!last || isFilled(last)) {
      if (rows.length >= Number(list.dataset.most)) return;
      list.append(document.importNode(template.content, true));
      renumber();
      last = list.lastElementChild;
    }
    last.querySelector("select").focus();
  }

  form.addEventListener("input", askSoon);
  form.addEventListener("change", askSoon);
  if (!list) return;
  for (const button of form.querySelectorAll("[data-no-script]")) button.hidden = true;
  add.hidden = false;
  add.addEventListener("click", addRow);
  form.addEventListener("click", function (event) {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    if (next) next.querySelector("select").focus();
    else addRow();
    ask();
  });
})();
