// Lists by keyboard: j and k move, Enter opens, / goes to the search. The whole row opens with a click.
(function () {
  "use strict";

  const rows = Array.from(document.querySelectorAll("tr[data-href]"));
  let at = -1;

  function open(row, elsewhere) {
    if (elsewhere) window.open(row.dataset.href, "_blank", "noopener");
    else window.location.assign(row.dataset.href);
  }

  function go(step) {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("is-current");
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].classList.add("is-current");
    const link = rows[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }

  rows.forEach(function (row, index) {
    row.addEventListener("click", function (event) {
      if (event.target.closest("a, button, input, label, select, summary")) return;
      if (String(window.getSelection())) return;
      open(row, event.ctrlKey || event.metaKey);
    });
    row.addEventListener("focusin", function () {
      if (at >= 0) rows[at].classList.remove("is-current");
      at = index;
      row.classList.add("is-current");
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "Enter" && at >= 0 && !event.target.closest("a, button, summary")) open(rows[at], false);
  });

  // A choice in the filter line takes effect at once; its button remains for those without scripts.
  document.querySelectorAll("form[data-filters] select").forEach(function (select) {
    select.addEventListener("change", function () {
      select.form.requestSubmit();
    });
  });
})();
