/* Pickers of units and people: a text field becomes a combobox with a list (WAI-ARIA). The form says where to
   ask (data-unit-url, data-person-url), the field what (data-pick). Without it, a plain text field. */
(() => {
  const WAIT = 150; // milliseconds after the last letter
  let made = 0;

  const enhance = (input) => {
    const form = input.closest("form");
    const url = form?.dataset[`${input.dataset.pick}Url`];
    if (!url || input.getAttribute("role") === "combobox") return;
    made += 1;
    const list = document.createElement("ul");
    list.id = `options-${made}`;
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector(`label[for="${input.id}"]`)?.firstChild?.textContent.trim() || "");
    list.hidden = true;
    const more = document.createElement("p");
    more.className = "options-more small soft";
    more.hidden = true;
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    const frame = document.createElement("div");
    frame.className = "combo";
    const held = document.activeElement === input;
    input.replaceWith(frame);
    frame.append(input, list, more, said);
    if (held) input.focus();
    input.removeAttribute("list");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
      autocomplete: "off", spellcheck: "false" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

    let timer = 0;
    let asked = 0;
    let at = -1;
    const options = () => [...list.children];
    const close = () => {
      clearTimeout(timer);
      asked += 1;
      list.hidden = true;
      more.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const go = (to) => {
      const all = options();
      if (!all.length) return;
      at = (to + all.length) % all.length;
      all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      input.value = option.dataset.value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (answer) => {
      list.replaceChildren(...answer.options.map((one, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.value = one.value;
        const label = document.createElement("span");
        label.textContent = one.label;
        const note = document.createElement("span");
        note.className = "small soft";
        note.textContent = one.note;
        item.append(label, note);
        return item;
      }));
      at = -1;
      const [first, ...others] = answer.options;
      const chosen = !others.length && first?.value === input.value.trim(); // nothing left to choose
      list.hidden = !first || chosen;
      if (!list.hidden) list.scrollIntoView({ block: "nearest" });
      more.textContent = answer.options.length ? answer.more : answer.said;
      more.hidden = !more.textContent;
      said.textContent = answer.said;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };
    const ask = async (then) => {
      asked += 1;
      const turn = asked;
      try {
        const answer = await fetch(`${url}?q=${encodeURIComponent(input.value)}`, { headers: { Accept: "application/json" } });
        if (!answer.ok || turn !== asked) return;
        const told = await answer.json();
        if (turn !== asked) return;
        show(told);
        then?.();
      } catch { /* typed by hand then; the server reads it */ }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (!input.value.trim()) { close(); return; }
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const down = event.key === "ArrowDown";
        if (open) go(down ? at + 1 : Math.max(at, 0) - 1);
        else ask(() => { if (!event.altKey) go(down ? 0 : -1); });
      } else if (event.key === "Enter" && open && at >= 0) {
        event.preventDefault();
        choose(options()[at]);
      } else if (event.key === "Escape" && (open || !more.hidden)) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab" && open && at >= 0) choose(options()[at]);
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) choose(option);
    });
  };

  const all = (root) => root.querySelectorAll("input[data-pick]").forEach(enhance);
  all(document);
  document.addEventListener("htmx:afterSwap", (event) => all(event.detail.target));
})();
