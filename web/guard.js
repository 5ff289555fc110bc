// Runs before anything is shown: covers a page that was left in a hurry, and takes over size and colors.
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  try {
    const place = localStorage.getItem("notes") === null ? sessionStorage : localStorage;
    if (place.getItem("notes-closed")) root.dataset.closed = "";
    const kept = root.dataset.shell === "browser" && JSON.parse(localStorage.getItem("notes") ?? "null");
    if (kept) {
      root.dataset.waiting = "";
      root.dataset.size = kept.settings?.size ?? "normal";
      root.dataset.theme = kept.settings?.theme ?? "system";
    }
  } catch {
    // Storage can be switched off; then there is nothing to take over.
  }
})();
