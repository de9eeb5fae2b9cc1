/* The number beside the bell, kept up to date while the page is looked at. Without it, and without the stream,
   the number is that of the moment the page was made. */
(() => {
  const bell = document.querySelector("[data-live]");
  const count = bell?.querySelector("[data-live-count]");
  const at = bell?.dataset.live;
  if (!count || !at || !window.EventSource) return;
  const address = at.startsWith(":") ? `${location.protocol}//${location.hostname}${at}/live/` : at;
  let stream = null;

  const close = () => { stream?.close(); stream = null; };
  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(address, { withCredentials: true });
    stream.addEventListener("unread", (event) => { count.textContent = event.data === "0" ? "" : event.data; });
    stream.addEventListener("gone", close);
  };

  // A browser keeps few connections to a host: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  open();
})();
