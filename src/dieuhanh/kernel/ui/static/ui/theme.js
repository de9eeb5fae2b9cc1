/* Light or dark, before the first paint: loaded in <head> without defer. The theme follows the system until
   the person chooses; choosing what the system says gives the choice back to the system. */
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
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    store("dh-theme", next === fromSystem() ? null : next);
    show(next);
  });
})();
