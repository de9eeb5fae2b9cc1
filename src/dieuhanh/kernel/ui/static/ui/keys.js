/* Keys: / search, j k move in a list, x tick a row, Enter open (the focused link does it), i why this date, Esc close,
   [ fold the side, ? help; data-key="g" on a link or button gives it the key g.
   Never while a field has focus or a modifier is held, so Vietnamese input methods are safe; single letters can be
   switched off in the help dialog (WCAG 2.1.4). */
(() => {
  const FIELD = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
  const off = () => { try { return localStorage.getItem("dh-keys") === "off"; } catch { return false; } };

  const rows = () => [...document.querySelectorAll("[data-list] [data-row]")]
    .filter((row) => row.querySelector("a") && row.offsetParent !== null);

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const marked = now < 0 ? all.findIndex((row) => row.classList.contains("here")) : now;
    const next = all[Math.min(Math.max(marked + step, 0), all.length - 1)];
    all.forEach((row) => row.classList.toggle("here", row === next));
    const link = next.querySelector("[data-open]") || next.querySelector("a");
    link.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const why = () => {
    const row = rows().find((one) => one.contains(document.activeElement)) || document.querySelector("[data-row].here");
    (row || document).querySelector("[data-key-why]")?.click();
  };

  const tick = () => {
    const row = rows().find((one) => one.contains(document.activeElement)) || document.querySelector("[data-row].here");
    row?.querySelector('input[type="checkbox"]')?.click();
  };

  const escape = () => {
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return true; }
    if (location.hash === "#functions") { location.hash = "main"; return true; }
    const parts = [...document.querySelectorAll("[data-part]")];
    const part = parts.find((one) => one.contains(document.activeElement)) || parts.at(-1);
    if (!part) return false;
    if (window.dieuhanh.closePart(part)) return true;
    const link = part.querySelector("a[data-close][href]");
    if (link) link.click();
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    const inField = event.target.closest?.(FIELD);
    if (event.key === "Escape") {
      if (inField && inField.closest(".find")) inField.blur();
      else if (escape()) event.preventDefault();
      return;
    }
    if (inField || off()) return;
    if (event.key === "/") document.querySelector(".find input")?.focus();
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x") tick();
    else if (event.key === "i") why();
    else if (event.key === "[") window.dieuhanh.toggleSide();
    else if (event.key === "?") document.getElementById("keys")?.showModal();
    else {
      const act = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!act) return;
      act.click();
    }
    event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-keys-switch]");
    if (!box) return;
    box.checked = !off();
    box.addEventListener("change", () => {
      try { localStorage.setItem("dh-keys", box.checked ? "on" : "off"); } catch { /* holds for this page */ }
    });
  });
})();
