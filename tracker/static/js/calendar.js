// Marks days of a year by clicking; the lines beside it stay what is sent. Without this script the lines are typed.
(function () {
  "use strict";

  const marker = document.querySelector("[data-marker]");
  const lines = document.getElementById("lines");
  if (!marker || !lines) return;
  const note = marker.querySelector("[data-marker-note]");
  const name = document.getElementById("mark-name");
  const cells = Array.from(document.querySelectorAll("td[data-day]"));
  let stale = false;

  function dayOf(iso) {
    return new Date(iso + "T00:00:00Z");
  }

  function isWeekend(iso) {
    return [0, 6].includes(dayOf(iso).getUTCDay());
  }

  function written(iso, year) {
    const day = dayOf(iso);
    const short = day.getUTCMonth() + 1 + "月" + day.getUTCDate() + "日";
    return day.getUTCFullYear() === year ? short : day.getUTCFullYear() + "年" + short;
  }

  function spans(days, year) {
    const found = [];
    for (const iso of days) {
      const last = found[found.length - 1];
      if (last && dayOf(iso) - dayOf(last[1]) === 86400000) last[1] = iso;
      else found.push([iso, iso]);
    }
    return found
      .map(function (span) {
        return span[0] === span[1] ? written(span[0], year) : written(span[0], year) + "—" + written(span[1], year);
      })
      .join("、");
  }

  function rewrite() {
    const year = dayOf(cells[0].dataset.day).getUTCFullYear();
    const holidays = new Map();
    const earlier = Array.from(document.querySelectorAll("[data-earlier]")).map(function (each) {
      return { day: each.dataset.earlier, kind: each.dataset.kind, name: each.dataset.name };
    });
    const marked = cells.map(function (cell) {
      return { day: cell.dataset.day, kind: cell.dataset.kind, name: cell.dataset.name };
    });
    for (const each of earlier.concat(marked)) {
      if (each.kind !== "holiday" && each.kind !== "make_up") continue;
      if (!holidays.has(each.name)) holidays.set(each.name, { holiday: [], make_up: [] });
      holidays.get(each.name)[each.kind].push(each.day);
    }
    lines.value = Array.from(holidays, function (entry) {
      const parts = [];
      if (entry[1].holiday.length) parts.push(spans(entry[1].holiday, year) + " 放假");
      if (entry[1].make_up.length)
        parts.push(
          "调休上班 " +
            entry[1].make_up
              .map(function (iso) {
                return written(iso, year);
              })
              .join("、"),
        );
      return entry[0] + " " + parts.join("；");
    }).join("\n");
    lines.dispatchEvent(new CustomEvent("change", { bubbles: true }));
  }

  function show(cell) {
    const button = cell.querySelector("button");
    cell.className = "day-" + cell.dataset.kind + (cell.classList.contains("is-today") ? " is-today" : "");
    const word = { holiday: note.dataset.off, make_up: note.dataset.work }[cell.dataset.kind] || "";
    button.setAttribute("aria-label", [written(cell.dataset.day, 0), word, word && cell.dataset.name].join(" ").trim());
    button.title = word ? cell.dataset.name : "";
    button.dataset.mark = { holiday: note.dataset.offMark, make_up: note.dataset.workMark }[cell.dataset.kind] || "";
  }

  function mark(cell) {
    const wanted = marker.querySelector("input[name=mark]:checked").value;
    note.textContent = "";
    if (stale) {
      note.textContent = note.dataset.stale;
      return;
    }
    if (wanted !== "plain" && !name.value.trim()) {
      note.textContent = note.dataset.unnamed;
      name.focus();
      return;
    }
    if (wanted === "make_up" && !isWeekend(cell.dataset.day)) {
      note.textContent = note.dataset.weekday;
      return;
    }
    const plain = isWeekend(cell.dataset.day) ? "weekend" : "workday";
    cell.dataset.kind = wanted === "plain" ? plain : wanted;
    cell.dataset.name = wanted === "plain" ? "" : name.value.trim();
    show(cell);
    rewrite();
  }

  for (const cell of cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "day-button";
    button.textContent = String(dayOf(cell.dataset.day).getUTCDate());
    button.addEventListener("click", function () {
      mark(cell);
    });
    cell.replaceChildren(button);
    show(cell);
  }
  lines.addEventListener("input", function () {
    stale = true;
  });
  marker.hidden = false;
})();
