// Nothing typed is lost: long forms are kept in this tab while they are being written, and leaving asks first.
// Kept in sessionStorage only: it ends with the tab, so personal data does not stay on a shared machine.
(function () {
  "use strict";

  const PREFIX = "draft:";
  const UNSENT = new Set(["password", "file", "hidden", "submit", "button"]);

  function fieldsOf(form) {
    return Array.from(form.elements).filter(function (element) {
      return element.name && !UNSENT.has(element.type);
    });
  }

  function read(form) {
    return fieldsOf(form).map(function (field) {
      const chosen = field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
      return [field.name, field.type === "radio" ? field.value : "", chosen];
    });
  }

  function write(form, kept) {
    const fields = fieldsOf(form);
    kept.forEach(function (item) {
      const match = fields.find(function (field) {
        return field.name === item[0] && (field.type !== "radio" || field.value === item[1]);
      });
      if (!match) return;
      if (match.type === "checkbox" || match.type === "radio") match.checked = item[2];
      else match.value = item[2];
      match.dispatchEvent(new Event("input", { bubbles: true }));
      match.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function keyOf(form) {
    return PREFIX + window.location.pathname + "#" + (form.dataset.draft || form.id || form.getAttribute("action") || "");
  }

  function offer(form, key, kept, initial) {
    const notice = document.createElement("div");
    notice.className = "draft-notice";
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = form.dataset.draftFound;
    notice.append(text);
    [[form.dataset.draftRestore, kept], [form.dataset.draftDrop, null]].forEach(function (choice) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet btn-small";
      button.textContent = choice[0];
      button.addEventListener("click", function () {
        if (choice[1]) write(form, choice[1]);
        else window.sessionStorage.removeItem(key);
        notice.remove();
        const first = fieldsOf(form)[0];
        if (first) first.focus();
      });
      notice.append(button);
    });
    if (JSON.stringify(kept) !== initial) form.prepend(notice);
  }

  function guard(form) {
    const key = keyOf(form);
    const initial = JSON.stringify(read(form));
    let changed = false;
    const keep = form.hasAttribute("data-draft");
    if (keep) {
      const kept = window.sessionStorage.getItem(key);
      // A form that has just been sent and came back with faults holds what was typed: there is nothing to restore.
      if (kept && key !== sent) offer(form, key, JSON.parse(kept), initial);
      if (kept && key === sent) window.sessionStorage.setItem(key, initial);
    }
    form.addEventListener("input", function () {
      const now = JSON.stringify(read(form));
      changed = now !== initial;
      if (!keep) return;
      if (changed) window.sessionStorage.setItem(key, now);
      else window.sessionStorage.removeItem(key);
    });
    form.addEventListener("submit", function () {
      changed = false;
      if (keep) window.sessionStorage.setItem(PREFIX + "sent", key);
    });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  }

  // A form was sent from this tab and the answer is a page that says it was done: its draft has served.
  const sent = window.sessionStorage.getItem(PREFIX + "sent");
  if (sent && document.querySelector("[data-done]")) window.sessionStorage.removeItem(sent);
  if (sent) window.sessionStorage.removeItem(PREFIX + "sent");

  // Signing out clears what this tab kept.
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", function () {
      Object.keys(window.sessionStorage).filter(function (key) {
        return key.startsWith(PREFIX);
      }).forEach(function (key) {
        window.sessionStorage.removeItem(key);
      });
    });
  }

  document.querySelectorAll("form[data-guard], form[data-draft]").forEach(guard);
})();
