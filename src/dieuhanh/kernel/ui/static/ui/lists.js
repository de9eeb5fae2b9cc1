/* Lists of registers: tick all rows of the page, ask the server what can be done with what is ticked, send the filter
   when a unit was picked. Without it the boxes and the button below the list lead to a page that says the same. */
(() => {
  const WAIT = 150; // milliseconds after the last box
  let timer = 0;
  let asked = 0;

  const boxes = (form) => [...form.querySelectorAll('[data-row] input[type="checkbox"]')];

  const refresh = (form) => {
    const all = boxes(form);
    const ticked = all.filter((box) => box.checked);
    const whole = form.querySelector("[data-pick-all]");
    if (whole) {
      whole.checked = ticked.length > 0 && ticked.length === all.length;
      whole.indeterminate = ticked.length > 0 && ticked.length < all.length;
    }
    clearTimeout(timer);
    asked += 1;
    if (!ticked.length) return;
    const turn = asked;
    timer = setTimeout(async () => {
      const query = new URLSearchParams(ticked.map((box) => [box.name, box.value]));
      query.set("o", "thanh");
      try {
        const answer = await fetch(`${form.getAttribute("action")}?${query}`, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || answer.redirected || turn !== asked) return;
        const bar = form.querySelector(".many");
        const told = await answer.text();
        if (turn === asked) bar.innerHTML = told;
      } catch { /* the button that was there leads to the same */ }
    }, WAIT);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-chooser]");
    if (form) {
      if (event.target.matches("[data-pick-all]")) boxes(form).forEach((box) => { box.checked = event.target.checked; });
      refresh(form);
    }
    // A picker says "change" itself when a unit was chosen from its list.
    const filters = event.target.closest("form[data-send-on-change]");
    if (filters && event.target.matches("[data-pick]") && !event.isTrusted) filters.requestSubmit();
  });
  document.addEventListener("reset", (event) => {
    const form = event.target.closest("[data-chooser]");
    if (form) setTimeout(() => { refresh(form); form.querySelector("[data-row] [data-open]")?.focus(); });
  });
  // A browser that comes back to the page may have kept the ticks.
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-chooser]").forEach(refresh));
})();
