// 台账: cells are moved through with the arrows, changed in place and saved one by one; a block from Excel is pasted.
// Without this script every cell that can be changed is a link to the form that does the same.
(function () {
  "use strict";

  const table = document.querySelector("table[data-ledger]");
  if (!table) return;
  const words = table.dataset;
  const said = document.querySelector("[data-ledger-said]");
  const pasting = document.querySelector("form[data-ledger-paste]");
  const heads = Array.from(table.tHead.rows[0].cells);
  const rows = Array.from(table.tBodies[0].rows);
  const editors = new Map();
  const queues = new Map();
  let current = null;

  function say(text) {
    said.textContent = text;
  }

  function headOf(cell) {
    return heads[cell.cellIndex].dataset;
  }

  function canEdit(cell) {
    return Boolean(pasting) && cell.classList.contains("can-edit");
  }

  // One stop for the tabulator: the cell one is in; links within are followed with Enter.
  table.setAttribute("role", "grid");
  for (const row of rows) {
    for (const cell of row.cells) {
      cell.tabIndex = -1;
      for (const link of cell.querySelectorAll("a")) link.tabIndex = -1;
    }
  }

  function select(cell, focus) {
    if (current) current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
    if (!focus) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function at(rowStep, columnStep) {
    const row = rows.indexOf(current.parentElement) + rowStep;
    const column = current.cellIndex + columnStep;
    return rows[row] && rows[row].cells[column] ? rows[row].cells[column] : null;
  }

  function neighbour(cell, step) {
    const editable = rows.flatMap((row) => Array.from(row.cells).filter(canEdit));
    return editable[editable.indexOf(cell) + step] || null;
  }

  function fieldFor(cell, text) {
    const head = headOf(cell);
    const row = cell.parentElement;
    let field;
    if (head.kind === "choice") {
      const lists = Array.from(document.querySelectorAll("template[data-choices='" + head.code + "']"));
      const list = lists.find((each) => !each.dataset.organ || each.dataset.organ === row.dataset.organ);
      field = document.importNode(list.content, true).querySelector("select");
      let chosen = Array.from(field.options).find((option) => option.text === text);
      if (!chosen) {
        chosen = new Option(text || words.empty, text);
        field.prepend(chosen);
      }
      field.value = chosen.value;
    } else {
      field = document.createElement(head.kind === "text" && !("personal" in head) ? "textarea" : "input");
      field.value = "personal" in head ? "" : text;
      if ("personal" in head) field.placeholder = text ? text + " · " + words.keep : "";
    }
    field.autocomplete = "off";
    field.setAttribute("aria-label", heads[cell.cellIndex].textContent.trim() + " " + row.cells[0].textContent.trim());
    return field;
  }

  function edit(cell, typed) {
    if (editors.has(cell)) {
      editors.get(cell).field.focus();
      return;
    }
    const link = cell.querySelector("a");
    const text = link.textContent === words.empty ? "" : link.textContent;
    const field = fieldFor(cell, text);
    const editor = { cell, link, field, began: field.value, sent: null, fault: null, saving: false };
    editors.set(cell, editor);
    select(cell, false);
    cell.classList.remove("was-saved");
    cell.classList.add("is-editing");
    cell.replaceChildren(field);
    if (typed !== undefined && field.tagName !== "SELECT") field.value = typed;
    field.focus();
    if (field.select) field.select();
    say(words.edit);
    field.addEventListener("keydown", (event) => onKeyInField(event, editor));
    field.addEventListener("blur", function () {
      if (document.hasFocus() && field.value !== editor.sent) commit(editor, false);
    });
  }

  function close(editor, focus) {
    if (!editors.delete(editor.cell)) return;
    editor.cell.classList.remove("is-editing", "is-saving");
    editor.cell.replaceChildren(editor.link);
    if (focus) select(editor.cell, true);
  }

  function complain(editor, text) {
    if (editor.fault) editor.fault.remove();
    const fault = document.createElement("span");
    fault.className = "cell-fault";
    fault.id = "ledger-fault-" + String(rows.indexOf(editor.cell.parentElement)) + "-" + String(editor.cell.cellIndex);
    fault.textContent = text;
    editor.cell.append(fault);
    editor.field.setAttribute("aria-invalid", "true");
    editor.field.setAttribute("aria-describedby", fault.id);
    editor.fault = fault;
    say(text);
  }

  async function send(editor) {
    const row = editor.cell.parentElement;
    const body = new URLSearchParams({
      csrf_token: pasting.elements.namedItem("csrf_token").value,
      version: row.dataset.version,
      value: editor.field.value,
    });
    const address = row.dataset.change + headOf(editor.cell).code;
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    const type = response.headers.get("Content-Type") || "";
    if (!type.startsWith("application/json")) return { fault: words.notSent };
    return response.json();
  }

  async function save(editor, focus) {
    const row = editor.cell.parentElement;
    let answer;
    try {
      answer = await send(editor);
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure; // no connection
      answer = { fault: words.notSent };
    }
    editor.saving = false;
    editor.field.readOnly = false;
    editor.cell.classList.remove("is-saving");
    if (answer.version !== undefined) row.dataset.version = String(answer.version);
    if (answer.fault) {
      if (answer.shown !== undefined) editor.link.textContent = answer.shown || words.empty;
      const now = answer.shown === undefined ? "" : " " + words.now + (answer.shown || words.empty) + " " + words.again;
      complain(editor, answer.fault + now);
      return;
    }
    editor.link.textContent = answer.shown || words.empty;
    close(editor, focus && document.activeElement === editor.field);
    editor.cell.classList.add("was-saved");
    say(answer.said);
  }

  // Cells of one row are saved one after the other, each with the version the one before left.
  function commit(editor, focus) {
    if (!editors.has(editor.cell) || editor.saving) return;
    if (editor.field.value === editor.began && !editor.fault) {
      close(editor, focus);
      say("");
      return;
    }
    editor.saving = true;
    editor.sent = editor.field.value;
    editor.field.readOnly = true;
    editor.cell.classList.add("is-saving");
    say(words.saving);
    const row = editor.cell.parentElement;
    const before = queues.get(row) || Promise.resolve();
    queues.set(row, before.then(() => save(editor, focus)));
  }

  function onKeyInField(event, editor) {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      if (editor.saving) return;
      close(editor, true);
      say(words.cancelled);
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      commit(editor, true);
    } else if (event.key === "Tab") {
      const next = neighbour(editor.cell, event.shiftKey ? -1 : 1);
      if (!next) return;
      event.preventDefault();
      commit(editor, false);
      edit(next);
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  table.tBodies[0].addEventListener("keydown", function (event) {
    const cell = event.target.closest("td, th");
    if (!cell || event.target !== cell || event.ctrlKey || event.metaKey || event.altKey) return;
    select(cell, false);
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = at(step[0], step[1]);
      if (next) select(next, true);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const cells = cell.parentElement.cells;
      select(cells[event.key === "Home" ? 0 : cells.length - 1], true);
    } else if (event.key === "Enter" || event.key === "F2") {
      const link = cell.querySelector("a");
      event.preventDefault();
      event.stopPropagation();
      if (canEdit(cell)) edit(cell);
      else if (link && event.key === "Enter") link.click();
      else say(headOf(cell).why || words.closed);
    }
  });

  table.tBodies[0].addEventListener("click", function (event) {
    const cell = event.target.closest("td, th");
    if (!cell || editors.has(cell) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!canEdit(cell)) {
      if (!event.target.closest("a")) select(cell, true);
      return;
    }
    event.preventDefault();
    if (current === cell && document.activeElement === cell) edit(cell);
    else select(cell, true);
  });

  // A press would take the focus before the click can tell whether the cell had it already.
  table.tBodies[0].addEventListener("mousedown", function (event) {
    const link = event.target.closest("a");
    if (link && canEdit(link.parentElement)) event.preventDefault();
  });

  table.tBodies[0].addEventListener("dblclick", function (event) {
    const cell = event.target.closest("td");
    if (cell && canEdit(cell)) edit(cell);
  });

  document.addEventListener("paste", function (event) {
    const cell = document.activeElement;
    if (!pasting || !cell || !table.tBodies[0].contains(cell) || !cell.matches("td, th")) return;
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (!text) return;
    event.preventDefault();
    if (!/[\t\n]/.test(text)) {
      if (canEdit(cell)) edit(cell, text);
      else say(headOf(cell).why || words.closed);
      return;
    }
    pasting.elements.namedItem("at").value = cell.parentElement.dataset.case;
    pasting.elements.namedItem("cell").value = headOf(cell).code || heads[1].dataset.code;
    pasting.elements.namedItem("block").value = text;
    pasting.submit();
  });

  window.addEventListener("beforeunload", function (event) {
    const open = Array.from(editors.values()).some((editor) => editor.field.value !== editor.began);
    if (open) event.preventDefault();
  });

  if (rows.length) select(rows[0].cells[Math.min(1, rows[0].cells.length - 1)], false);
})();
