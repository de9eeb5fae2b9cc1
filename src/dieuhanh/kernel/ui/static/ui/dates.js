/* Date fields (data-day): the weekday under the field, and a small calendar that knows the days off of our own
   working calendar (data-month-url of the form). Typing 15/6/2024 always works; without this it is plain text. */
(() => {
  const months = new Map(); // "2024-06" of an address -> promise of its days
  const DAY = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/;
  let made = 0;

  const read = (text) => {
    const found = DAY.exec(text);
    return found && { day: Number(found[1]), month: `${found[3]}-${found[2].padStart(2, "0")}` };
  };
  const monthOf = (url, month) => {
    const key = `${url}?thang=${month}`;
    if (!months.has(key)) {
      months.set(key, fetch(key, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : null))
        .catch(() => { months.delete(key); return null; }));
    }
    return months.get(key);
  };
  const shifted = (month, by) => {
    const [year, number] = month.split("-").map(Number);
    const all = year * 12 + number - 1 + by;
    return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, "0")}`;
  };
  const node = (name, attributes = {}, text = "") => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    if (text) one.textContent = text;
    return one;
  };

  const enhance = (input) => {
    const form = input.closest("form");
    const url = form?.dataset.monthUrl;
    if (!url || input.closest(".day-field")) return;
    made += 1;
    const held = document.activeElement === input;
    const frame = node("div", { class: "day-field" });
    const label = form.querySelector(`label[for="${input.id}"]`)?.firstChild?.textContent.trim() || "";
    const words = form.dataset;
    const button = node("button", { type: "button", class: "iconbtn", "aria-haspopup": "dialog", "aria-expanded": "false",
      "aria-label": `${words.calendarLabel}: ${label}` });
    button.append(document.getElementById("calendar-icon").content.cloneNode(true));
    const said = node("p", { class: "day-said small soft", role: "status", id: `day-said-${made}` });
    const popup = node("div", { class: "month", role: "dialog", "aria-label": `${words.calendarLabel}: ${label}` });
    popup.hidden = true;
    input.replaceWith(frame);
    frame.append(input, button, popup, said);
    if (held) input.focus();

    const tell = async () => {
      const typed = read(input.value);
      const month = typed && await monthOf(url, typed.month);
      const day = month && month.month === typed.month && month.days[typed.day - 1];
      said.textContent = day ? day.said : "";
      if (day?.off) said.dataset.off = ""; else delete said.dataset.off;
    };

    const close = (back = true) => {
      popup.hidden = true;
      popup.replaceChildren();
      button.setAttribute("aria-expanded", "false");
      if (back) button.focus();
    };
    const choose = (value) => {
      input.value = value;
      close(false);
      input.focus();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      tell();
    };

    const open = async (asked, wanted) => {
      const month = await monthOf(url, asked);
      if (!month) return;
      const chosen = read(input.value);
      const current = chosen?.month === month.month ? chosen.day : 0;
      const today = read(month.today);
      const first = wanted || current || (today.month === month.month ? today.day : 1);
      const focus = Math.min(Math.max(first, 1), month.days.length);
      const head = node("div", { class: "month-head" });
      const step = (by, text) => {
        const one = node("button", { type: "button", class: "iconbtn", "aria-label": text }, by < 0 ? "‹" : "›");
        one.addEventListener("click", () => open(shifted(month.month, by), focus).then(() =>
          popup.querySelectorAll(".month-head button")[by < 0 ? 0 : 1]?.focus()));
        return one;
      };
      head.append(step(-1, words.monthBefore), node("strong", { "aria-live": "polite" }, month.title), step(1, words.monthAfter));
      const table = node("table", { role: "grid", "aria-label": month.title });
      const heads = node("tr");
      month.weekdays.forEach((one) => heads.append(node("th", { scope: "col" }, one)));
      const top = node("thead");
      top.append(heads);
      const rows = node("tbody");
      const cells = [...Array(month.before).fill(null), ...month.days];
      for (let at = 0; at < cells.length; at += 7) {
        const row = node("tr");
        for (let n = at; n < at + 7; n += 1) {
          const day = cells[n];
          const cell = node("td");
          if (day) {
            const number = n - month.before + 1;
            const one = node("button", { type: "button", tabindex: number === focus ? "0" : "-1", "data-n": number,
              "aria-label": `${number}, ${day.said}, ${month.title}`, title: day.said }, String(number));
            if (day.off) one.dataset.off = "";
            if (day.value === month.today) one.setAttribute("aria-current", "date");
            if (number === current) one.setAttribute("aria-pressed", "true");
            one.addEventListener("click", () => choose(day.value));
            cell.append(one);
          }
          row.append(cell);
        }
        rows.append(row);
      }
      table.append(top, rows);
      popup.replaceChildren(head, table);
      popup.hidden = false;
      popup.scrollIntoView({ block: "nearest" });
      button.setAttribute("aria-expanded", "true");
      popup.querySelector(`[data-n="${focus}"]`).focus();
      popup.dataset.month = month.month;
      popup.dataset.length = month.days.length;
    };

    const now = () => read(input.value)?.month || "";
    button.addEventListener("click", () => (popup.hidden ? open(now()) : close()));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); open(now()); }
    });
    popup.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); return; }
      const here = Number(event.target.dataset.n);
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
      const length = Number(popup.dataset.length);
      if (!here) return;
      if (by) {
        event.preventDefault();
        const to = here + by;
        if (to >= 1 && to <= length) {
          event.target.tabIndex = -1;
          const next = popup.querySelector(`[data-n="${to}"]`);
          next.tabIndex = 0;
          next.focus();
        } else if (to > length) open(shifted(popup.dataset.month, 1), to - length);
        else {
          const before = shifted(popup.dataset.month, -1);
          monthOf(url, before).then((month) => month && open(before, month.days.length + to));
        }
      } else if (event.key === "PageUp" || event.key === "PageDown") {
        event.preventDefault();
        open(shifted(popup.dataset.month, event.key === "PageUp" ? -1 : 1), here);
      }
    });
    document.addEventListener("mousedown", (event) => {
      if (!popup.hidden && !frame.contains(event.target)) close(false);
    });
    frame.addEventListener("focusout", (event) => {
      if (!popup.hidden && event.relatedTarget && !frame.contains(event.relatedTarget)) close(false);
    });
    input.addEventListener("input", tell);
    input.addEventListener("change", tell);
    tell();
  };

  const all = (root) => root.querySelectorAll("input[data-day]").forEach(enhance);
  all(document);
  document.addEventListener("htmx:afterSwap", (event) => all(event.detail.target));
})();
