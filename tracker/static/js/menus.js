// Closes an open menu with Escape or a click elsewhere, and opens the form an address such as #act-accept points to.
(function () {
  "use strict";

  const menus = Array.from(document.querySelectorAll("details.menu"));

  document.addEventListener("click", function (event) {
    menus.forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus.filter(function (menu) {
      return menu.open;
    }).forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  function reveal() {
    const target = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "nearest" });
  }

  window.addEventListener("hashchange", reveal);
  reveal();

  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
