/* Suggestions below the search in the bar: a combobox with a list. htmx fetches the list while one types; without
   script the form works as it is. Arrows move, Enter opens the marked one or sends the form, Esc closes. */
(() => {
  const form = document.querySelector(".find");
  const input = form?.querySelector("input");
  const list = form?.querySelector('[role="listbox"]');
  if (!input || !list) return;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  let at = -1;

  const mark = (next) => {
    const all = options();
    at = all.length ? (next + all.length + 1) % (all.length + 1) : -1;
    if (at === all.length) at = -1; // between the last and the first stands the field itself
    all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  show(false);

  list.addEventListener("htmx:afterSwap", () => {
    const said = list.querySelector("[data-said]");
    form.querySelector("[data-said-here]").textContent = said ? said.textContent : "";
    at = -1;
    show(document.activeElement === input && options().length > 0);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options().length) return;
      if (!open) show(true);
      mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? options().length - 1 : at - 1);
    } else if (event.key === "Enter" && open && at >= 0) options()[at].click();
    else if (event.key === "Escape" && open) show(false);
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", () => {
    show(false);
    window.htmx?.trigger(form, "htmx:abort"); // what is still under way would open the list again
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  input.addEventListener("focus", () => { if (options().length && input.value) show(true); });
  input.addEventListener("blur", () => show(false));
})();
