/* What a page does beside its links and forms: open and close parts in place, move the focus after a swap, say
   when a request failed. Everything works without it, by whole pages. */
(() => {
  const root = document.documentElement;
  const openers = new WeakMap(); // the place that was filled -> the element that asked for it

  const focusOn = (part) => {
    const aim = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
    (aim || part.querySelector('[aria-invalid="true"]'))?.focus();
  };

  const say = (words) => {
    const place = document.getElementById("messages");
    if (!place || !words) return;
    const line = document.createElement("p");
    line.className = "message";
    line.dataset.level = "error";
    line.textContent = words;
    place.replaceChildren(line);
  };

  const closePart = (part) => {
    const place = part.closest("[data-place]") || part.parentElement;
    const opener = openers.get(place);
    if (!opener) return false;
    const back = part.querySelector("a[data-close]")?.getAttribute("href");
    place.replaceChildren();
    openers.delete(place);
    opener.setAttribute("aria-expanded", "false");
    if (back && new URL(back, location.href).href !== location.href) {
      history.pushState({ htmx: true }, "", back);
    }
    opener.focus();
    return true;
  };

  const toggleSide = () => {
    if (document.body.dataset.rail === "always") {
      document.body.classList.toggle("rail");
      return;
    }
    if (root.dataset.side === "rail") delete root.dataset.side; else root.dataset.side = "rail";
    try { localStorage.setItem("dh-side", root.dataset.side || ""); } catch { /* holds for this page */ }
  };

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const close = on("[data-close]");
    if (close) {
      const dialog = close.closest("dialog");
      if (dialog) dialog.close();
      else if (close.closest("[data-part]") && closePart(close.closest("[data-part]"))) event.preventDefault();
    }
    const dialogName = on("[data-dialog]")?.dataset.dialog;
    if (dialogName) document.getElementById(dialogName)?.showModal();
    const toggle = on("[data-toggle]");
    if (toggle) {
      const shown = document.getElementById(toggle.dataset.toggle)?.classList.toggle("open");
      toggle.setAttribute("aria-expanded", String(Boolean(shown)));
    }
    const reveal = on("[data-reveal]");
    if (reveal) {
      const field = document.getElementById(reveal.dataset.reveal);
      field.type = field.type === "password" ? "text" : "password";
      reveal.setAttribute("aria-pressed", String(field.type === "text"));
    }
    if (on("[data-print]")) print();
    if (on("[data-side-toggle]")) toggleSide();
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const { target, requestConfig } = event.detail;
    const asker = requestConfig?.elt;
    if (asker?.hasAttribute("aria-expanded")) {
      const before = openers.get(target);
      if (before && before !== asker) before.setAttribute("aria-expanded", "false");
      openers.set(target, asker);
      asker.setAttribute("aria-expanded", "true");
    }
    if (target.isConnected) focusOn(target);
    else if (target.id) focusOn(document.getElementById(target.id) || document.body);
    // On a phone the sheet lies over the text: the sentence of the figure stays visible above it.
    const sheet = target.querySelector(".reading .panel");
    if (sheet && asker && getComputedStyle(sheet).position === "fixed"
        && sheet.getBoundingClientRect().top < asker.getBoundingClientRect().bottom) {
      asker.scrollIntoView({ block: "start" });
    }
  });
  const messages = () => document.getElementById("messages")?.dataset || {};
  document.addEventListener("htmx:sendError", () => say(messages().offline));
  document.addEventListener("htmx:timeout", () => say(messages().offline));
  document.addEventListener("htmx:responseError", (event) =>
    say(event.detail.xhr?.status === 401 ? messages().ended : messages().failed));

  // The line under the bar comes by style alone; after two seconds words say it too.
  const SLOW = 2000;
  const waits = new Map(); // request -> its timer
  const words = () => document.querySelector(".wait-words");
  document.addEventListener("htmx:beforeRequest", (event) => {
    const timer = setTimeout(() => { if (words()) words().textContent = words().dataset.words; }, SLOW);
    waits.set(event.detail.xhr, timer);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    clearTimeout(waits.get(event.detail.xhr));
    waits.delete(event.detail.xhr);
    if (!waits.size && words()) words().textContent = "";
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (location.hash) return;
    const first = [...document.querySelectorAll('[data-focus-first], main [aria-invalid="true"]')];
    first.find((one) => !one.closest("[data-still]"))?.focus(); // a page that only shows faults stays at its top
  });

  window.dieuhanh = { closePart, toggleSide, say };
})();
