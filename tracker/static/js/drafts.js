// Nothing typed is lost: long forms save by themselves while they are being written, and leaving asks first.
// Twice: in this tab at once (sessionStorage, ends with the tab), and on the server a moment later, for this person.
(function () {
  "use strict";

  const PREFIX = "draft:";
  const QUIET_MS = 1500;
  const UNSENT = new Set(["password", "file", "submit", "button"]);
  const OWN = new Set(["csrf_token", "version", "once", "draft_page", "draft_form", "step"]);

  function fieldsOf(form) {
    return Array.from(form.elements).filter(function (element) {
      if (!element.name || UNSENT.has(element.type) || OWN.has(element.name)) return false;
      return element.type !== "hidden" || form.hasAttribute("data-draft-rebuild");
    });
  }

  function read(form) {
    return fieldsOf(form).map(function (field) {
      const ticked = field.type === "checkbox" || field.type === "radio";
      return [field.name, ticked ? field.value : "", ticked ? field.checked : field.value];
    });
  }

  function fieldFor(fields, item) {
    return fields.find(function (field) {
      const ticked = field.type === "checkbox" || field.type === "radio";
      return field.name === item[0] && (!ticked || field.value === item[1]);
    });
  }

  function write(form, kept) {
    const fields = fieldsOf(form);
    kept.forEach(function (item) {
      const match = fieldFor(fields, item);
      if (!match) return;
      if (match.type === "checkbox" || match.type === "radio") match.checked = item[2];
      else match.value = item[2];
      match.dispatchEvent(new Event("input", { bubbles: true }));
      match.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function hide(form, name, value) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }

  // A form whose fields follow from what was chosen is drawn anew by the server, from what was typed.
  function drawAnew(form, kept) {
    const fresh = document.createElement("form");
    fresh.method = "post";
    fresh.hidden = true;
    ["csrf_token", "version"].forEach(function (name) {
      if (form.elements[name]) hide(fresh, name, form.elements[name].value);
    });
    kept.forEach(function (item) {
      if (item[2] === true) hide(fresh, item[0], item[1]);
      else if (item[2] !== false) hide(fresh, item[0], item[2]);
    });
    hide(fresh, "step", form.dataset.draftRebuild);
    document.body.append(fresh);
    fresh.submit();
  }

  function placeOf(form) {
    return { page: form.dataset.draftPage || window.location.pathname, form: form.dataset.draft };
  }

  function post(form, address, fields) {
    const body = new URLSearchParams(Object.assign({ csrf_token: form.elements.csrf_token.value }, fields));
    return fetch(address, { method: "POST", body: body, redirect: "error" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  function guard(form) {
    const initial = JSON.stringify(read(form));
    let changed = false;
    form.addEventListener("input", function () {
      changed = JSON.stringify(read(form)) !== initial;
    });
    form.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
    return {
      initial: function () { return initial; },
      settle: function () { changed = false; },
    };
  }

  function keep(form, guarded) {
    const place = placeOf(form);
    const key = PREFIX + place.page + "#" + place.form;
    const words = form.dataset;
    const line = document.createElement("p");
    line.className = "draft-state";
    line.setAttribute("role", "status");
    form.append(line);
    hide(form, "draft_page", place.page);
    hide(form, "draft_form", place.form);
    let timer = 0;
    let onServer = false;

    function save() {
      timer = 0;
      const now = JSON.stringify(read(form));
      if (now === guarded.initial()) return;
      post(form, "/drafts", Object.assign({ content: now }, place)).then(function (said) {
        onServer = Boolean(said.at);
        line.textContent = said.at ? words.draftSaved.replace("…", said.at) : words.draftHere;
      }).catch(function () {
        line.textContent = words.draftHere;
      });
    }

    form.addEventListener("input", function () {
      const now = JSON.stringify(read(form));
      if (now !== guarded.initial()) window.sessionStorage.setItem(key, now);
      else window.sessionStorage.removeItem(key);
      if (timer) window.clearTimeout(timer);
      timer = window.setTimeout(save, QUIET_MS);
    });
    form.addEventListener("submit", function () {
      // What is sent needs no draft: leaving the page must not save it after the server has thrown it away.
      if (timer) window.clearTimeout(timer);
      timer = 0;
      window.sessionStorage.setItem(PREFIX + "sent", key);
    });
    window.addEventListener("pagehide", function () {
      if (timer) save();
    });

    function offer(found) {
      if (found.content === guarded.initial()) return;
      const notice = document.createElement("div");
      notice.className = "draft-notice";
      notice.setAttribute("role", "status");
      const text = document.createElement("p");
      text.textContent = found.at ? words.draftFound.replace("…", found.at) : words.draftFoundHere;
      notice.append(text);
      function choice(label, act) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-quiet btn-small";
        button.textContent = label;
        button.addEventListener("click", act);
        notice.append(button);
      }
      choice(words.draftRestore, function () {
        const kept = JSON.parse(found.content);
        const fields = fieldsOf(form);
        const whole = kept.every(function (item) { return fieldFor(fields, item); });
        if (!whole && words.draftRebuild) {
          guarded.settle();
          drawAnew(form, kept);
          return;
        }
        write(form, kept);
        notice.remove();
        const first = fields.find(function (field) { return field.type !== "hidden"; });
        if (first) first.focus();
      });
      choice(words.draftDrop, function () {
        window.sessionStorage.removeItem(key);
        if (found.at || onServer) post(form, "/drafts/drop", place).catch(function () {});
        notice.remove();
      });
      for (let part = form.parentElement; part; part = part.parentElement) {
        if (part.tagName === "DETAILS") part.open = true;
      }
      form.prepend(notice);
    }

    return { place: place, key: key, offer: offer };
  }

  // A form was sent from this tab and the answer is a page that says it was done: its draft has served.
  const sent = window.sessionStorage.getItem(PREFIX + "sent");
  if (sent && document.querySelector("[data-done]")) window.sessionStorage.removeItem(sent);
  if (sent) window.sessionStorage.removeItem(PREFIX + "sent");

  // Signing out clears what this tab kept; what the server keeps waits for the same person.
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", function () {
      Object.keys(window.sessionStorage).filter(function (key) {
        return key.startsWith(PREFIX);
      }).forEach(function (key) {
        window.sessionStorage.removeItem(key);
      });
    });
  }

  const kept = [];
  document.querySelectorAll("form[data-guard], form[data-draft]").forEach(function (form) {
    const guarded = guard(form);
    if (form.dataset.draft && form.elements.csrf_token) kept.push(keep(form, guarded));
  });

  // A form that has just been sent and came back with faults holds what was typed: there is nothing to restore.
  const open = kept.filter(function (each) { return each.key !== sent; });
  open.forEach(function (each) {
    const here = window.sessionStorage.getItem(each.key);
    if (here) each.offer({ content: here, at: "" });
  });
  new Set(open.map(function (each) { return each.place.page; })).forEach(function (page) {
    fetch("/drafts?page=" + encodeURIComponent(page), { redirect: "error" }).then(function (answer) {
      return answer.ok ? answer.json() : { drafts: [] };
    }).then(function (said) {
      said.drafts.forEach(function (draft) {
        const match = open.find(function (each) { return each.place.page === page && each.place.form === draft.form; });
        if (match && !window.sessionStorage.getItem(match.key)) match.offer(draft);
      });
    }).catch(function () {});
  });
})();
