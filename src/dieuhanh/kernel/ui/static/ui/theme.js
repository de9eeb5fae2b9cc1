/* Light or dark, before the first paint: loaded in <head> without defer. Three choices: light, dark, or what
   the system says, which is kept as no choice. */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
    } catch { /* storage is off: the choice holds for this page */ }
  };
  const fromSystem = () => (system.matches ? "dark" : "light");
  const show = (theme) => { root.dataset.bsTheme = theme; };

  root.dataset.js = "";
  show(recall("dh-theme") || fromSystem());
  if (recall("dh-side") === "rail") root.dataset.side = "rail";

  system.addEventListener("change", () => { if (!recall("dh-theme")) show(fromSystem()); });
  const mark = () => {
    const chosen = recall("dh-theme") || "system";
    document.querySelectorAll("button[data-theme]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.theme === chosen));
    });
  };
  const choose = (theme) => {
    store("dh-theme", theme === "system" ? null : theme);
    show(theme === "system" ? fromSystem() : theme);
    mark();
  };
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme]");
    if (button) choose(button.dataset.theme);
    else if (event.target.closest("[data-theme-toggle]")) {
      choose(root.dataset.bsTheme === "dark" ? "light" : "dark");
    }
  });
})();
