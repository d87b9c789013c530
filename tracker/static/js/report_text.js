// 正文: figures stand in the preview while one types; without this script the button beneath does the same.
(function () {
  "use strict";

  const form = document.querySelector("form[data-values]");
  if (!form) return;
  const values = new Map(Object.entries(JSON.parse(form.dataset.values)));

  function filled(text) {
    return text.replace(/[｛{]{2}\s*([^{}｛｝\n]+?)\s*[}｝]{2}/g, function (written, name) {
      return values.has(name) ? values.get(name) : written;
    });
  }

  function line(text, quiet) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    if (quiet) paragraph.className = "quiet";
    return paragraph;
  }

  for (const place of form.querySelectorAll("[data-preview]")) {
    const field = form.elements.namedItem(place.dataset.preview);
    field.addEventListener("input", function () {
      const lines = filled(field.value).split("\n").map((text) => text.trim()).filter(Boolean);
      place.replaceChildren(...(lines.length ? lines.map((text) => line(text)) : [line(place.dataset.empty, true)]));
    });
  }
})();
