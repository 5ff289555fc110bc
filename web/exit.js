// The way out. Order: cover the screen, drop what is in memory, lock, leave. GOV.UK's "exit this page" showed
// the way; here the page that is left takes no place in the history, and coming back shows a closed page.

const CLOSED = "notes-closed";
/** Milliseconds in which Shift must be pressed again. */
const PATIENCE = 5000;

const link = () => document.getElementById("exit");
const say = (text) => {
  const status = document.getElementById("exit-status");
  if (status) status.textContent = text;
};

/**
 * Where it is noted that the app was left in a hurry. What a tab stores for itself can be lost in Chromium when the
 * page is left for another site, so that is only for those of whom nothing is kept: they leave no trace.
 */
const place = () => (localStorage.getItem("notes") === null ? sessionStorage : localStorage);

export function isClosed() {
  try {
    return place().getItem(CLOSED) !== null;
  } catch {
    return "closed" in document.documentElement.dataset;
  }
}

function lock() {
  document.documentElement.dataset.closed = "";
  try {
    place().setItem(CLOSED, "1");
  } catch {
    // Without storage the attribute alone locks, as long as this page lives.
  }
}

function cover() {
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.setAttribute("role", "alert");
  ghost.textContent = link()?.dataset.covered ?? "";
  document.documentElement.append(ghost);
}

/** Leaves. `forget` drops everything that is held in memory. @param {() => void} forget */
function leave(forget) {
  const target = link()?.href;
  cover();
  const kept = ":not([type=radio], [type=checkbox], [type=hidden])";
  for (const field of document.querySelectorAll(`textarea, input${kept}`)) field.value = "";
  forget();
  lock();
  const installed = matchMedia("(display-mode: standalone)").matches;
  if (target && !installed) location.replace(target);
  else closedPage();
}

/** What one sees on coming back: nothing of what was here. */
export function closedPage() {
  if (document.querySelector("main.closed")) return;
  const words = link()?.dataset ?? {};
  const page = document.createElement("main");
  page.className = "closed";
  const title = document.createElement("h1");
  title.textContent = words.name ?? "";
  const text = document.createElement("p");
  text.textContent = words.closed ?? "";
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = words.open ?? "";
  open.addEventListener("click", () => {
    try {
      place().removeItem(CLOSED);
    } catch {
      // Nothing was stored.
    }
    location.reload();
  });
  page.append(title, text, open);
  document.body.replaceChildren(page);
  delete document.documentElement.dataset.closed;
  delete document.documentElement.dataset.waiting;
  document.querySelector(".ghost")?.remove();
}

/** Listens once per document. @param {() => void} forget */
export function watchExit(forget) {
  addEventListener("click", (event) => {
    const onExit = event.target instanceof Element && event.target.closest("#exit");
    if (!onExit || event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    leave(forget);
  });
  // A page that the browser had frozen and shows again.
  addEventListener("pageshow", () => {
    if (isClosed()) closedPage();
    else document.querySelector(".ghost")?.remove();
  });
  watchShift(forget);
}

/** Three single presses of Shift: no other key, no pointer, no composing in between. */
function watchShift(forget) {
  let presses = 0;
  let alone = false;
  let timer;

  const reset = () => {
    clearTimeout(timer);
    presses = 0;
    lights();
  };
  const lights = () => {
    const bulbs = link()?.querySelectorAll(".lights span") ?? [];
    bulbs.forEach((bulb, position) => bulb.classList.toggle("on", position < presses));
  };
  const spoil = () => {
    alone = false;
    if (presses > 0) reset();
  };
  const expire = () => {
    reset();
    say(link()?.dataset.timeout ?? "");
  };
  const press = () => {
    presses += 1;
    lights();
    clearTimeout(timer);
    const words = link()?.dataset ?? {};
    if (presses === 3) {
      say(words.going ?? "");
      reset();
      leave(forget);
      return;
    }
    say((presses === 1 ? words.two : words.one) ?? "");
    timer = setTimeout(expire, PATIENCE);
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.isComposing) return spoil();
    if (!event.repeat) alone = !(event.ctrlKey || event.altKey || event.metaKey);
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || event.shiftKey || !alone || link()?.dataset.shortcut !== "on") return;
    alone = false;
    press();
  });
  for (const kind of ["pointerdown", "click", "wheel"]) addEventListener(kind, spoil, { passive: true });
}
