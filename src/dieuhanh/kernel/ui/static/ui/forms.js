/* Forms: what is typed is kept every few seconds, one click sends once, files land where they belong. Without
   it a form is sent and answered as ever; the server keeps to "once" by itself. */
(() => {
  const WAIT = 2000; // milliseconds after the last change
  const AGAIN = 15000; // after a failure
  const words = () => document.getElementById("messages")?.dataset || {};
  const state = new WeakMap(); // form -> { timer, dirty, busy, sent }
  const of = (form) => {
    if (!state.has(form)) state.set(form, { timer: 0, dirty: false, busy: false, sent: false });
    return state.get(form);
  };

  // Signing in again in another window changes the token; the cookie has the one that counts.
  const token = (form) => {
    const field = form.elements.csrfmiddlewaretoken;
    const fresh = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    if (field && fresh) field.value = fresh.slice("csrftoken=".length);
    return field ? field.value : "";
  };

  const tell = (form, said, level) => {
    const place = form.querySelector("[data-said]");
    if (!place) return;
    place.textContent = said;
    if (level) place.dataset.level = level; else delete place.dataset.level;
  };

  const body = (form) => {
    const all = new FormData(form);
    const keeps = (form.elements.form_keeps?.value || "").split(" ").filter(Boolean);
    const sent = new URLSearchParams();
    const refused = keeps.some((one) => {
      const [name, value] = one.split("=");
      return value !== undefined && all.has(name) && all.get(name) !== value;
    });
    sent.set("csrfmiddlewaretoken", token(form));
    sent.set("form_address", form.dataset.address);
    for (const name of ["form_key", "form_keeps", "form_title"]) sent.set(name, form.elements[name].value);
    for (const one of keeps) {
      if (one.includes("=")) {
        const name = one.split("=")[0];
        if (refused) sent.set(name, all.get(name));
      } else if (!refused) all.getAll(one).forEach((value) => { if (typeof value === "string") sent.append(one, value); });
    }
    return sent;
  };

  const later = (form, wait) => {
    const now = of(form);
    clearTimeout(now.timer);
    now.timer = setTimeout(() => save(form), wait);
  };

  const save = async (form, leaving = false) => {
    const now = of(form);
    clearTimeout(now.timer);
    if (!form.isConnected || now.sent || !now.dirty) return;
    if (now.busy && !leaving) { later(form, WAIT); return; }
    now.busy = true;
    now.dirty = false;
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST", body: body(form), redirect: "manual", keepalive: leaving,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) tell(form, (await answer.json()).said);
      else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        tell(form, words().ended, "error");
      } else {
        const told = await answer.json().catch(() => ({}));
        tell(form, told.said || words().failed, "error");
      }
    } catch {
      now.dirty = true;
      tell(form, words().offline, "error");
      later(form, AGAIN);
    } finally {
      now.busy = false;
    }
  };

  const changed = (event) => {
    const form = event.target.closest?.("form[data-save]");
    if (!form || event.target.matches('input[type="file"], input[type="password"]')) return;
    of(form).dirty = true;
    later(form, WAIT);
  };
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);

  const leave = () => document.querySelectorAll("form[data-save]").forEach((form) => save(form, true));
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-form]");
    if (!form || event.defaultPrevented || form.hasAttribute("hx-post")) return;
    const now = of(form);
    if (now.sent) { event.preventDefault(); return; }
    clearTimeout(now.timer);
    token(form);
    now.sent = true;
    setTimeout(() => { now.sent = false; }, 8000); // the answer did not come: let it be tried again
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-form]").forEach((form) => { of(form).sent = false; });
  });

  // The back button brings what was typed and asks for the page anew: the key it was sent under comes back with it.
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const keys = [...document.querySelectorAll("form[data-form]")].map((form, n) => {
    const field = form.elements.form_key;
    if (back && history.state?.formKeys?.[n]) field.value = history.state.formKeys[n];
    return field.value;
  });
  if (keys.length) history.replaceState({ ...history.state, formKeys: keys }, "");

  // Files ------------------------------------------------------------------------------------------
  const FILE = 'input[type="file"]:not([disabled])';
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const places = () => [...document.querySelectorAll(FILE)].map((one) => one.closest(".field") || one);
  const mark = (on) => places().forEach((one) => one.classList.toggle("drop-here", on));
  let quiet = 0;

  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy"; // "none" would keep the drop, and its sentence, from us
    mark(true);
    clearTimeout(quiet);
    quiet = setTimeout(() => mark(false), 600); // no further event: it was carried out of the window
  });

  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    clearTimeout(quiet);
    const place = places().find((one) => one.contains(event.target));
    if (!place) {
      mark(places().length > 0);
      setTimeout(() => mark(false), 4000);
      window.dieuhanh.say(places().length ? words().drop : words().dropNone);
      return;
    }
    mark(false);
    const field = place.matches(FILE) ? place : place.querySelector(FILE);
    const files = new DataTransfer();
    [...event.dataTransfer.files].slice(0, field.multiple ? undefined : 1).forEach((one) => files.items.add(one));
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
})();
