// Around the vault: shows what is typed, prints, says that it is working, warns before the vault locks by itself.

/** Milliseconds before locking at which it is said. */
const WARNING = 60_000;
/** Milliseconds between two signs of life. */
const PULSE = 20_000;

let shell;
let lock;
let last = Date.now();
let told = last;

/** Milliseconds without use after which the vault locks; nothing while none is open. */
function limit() {
  const minutes = Number(document.getElementById("idle")?.dataset.minutes);
  return minutes > 0 ? minutes * 60_000 : undefined;
}

/** Somebody pressed a key or touched the page. After a long sleep of the device it is too late. */
function touch() {
  const now = Date.now();
  if (now - last >= (limit() ?? Infinity)) return look();
  last = now;
  warn(false);
  if (limit() !== undefined && now - told > PULSE) {
    told = now;
    shell.stay();
  }
}

function warn(on) {
  const box = document.getElementById("idle");
  if (!box || box.hidden === !on) return;
  box.hidden = !on;
  box.textContent = on ? box.dataset.text : "";
}

function look() {
  const most = limit();
  if (most === undefined) return;
  const idle = Date.now() - last;
  if (idle >= most) {
    last = Date.now();
    lock();
  } else warn(idle >= most - Math.min(WARNING, most / 2));
}

/** Everything that writes saves what it has, and this waits for it: `event.detail.push(promise)`. */
export async function saveAll() {
  const waits = [];
  dispatchEvent(new CustomEvent("notes-save", { detail: waits }));
  await Promise.allSettled(waits);
}

/** A page has just been shown. */
export function openDoor() {
  last = Date.now();
}

/** Says that slow work goes on, until the answer is there. @returns {() => void} */
export function working(button) {
  const text = button?.dataset.working;
  if (button) button.disabled = true;
  const status = document.getElementById("status");
  let note;
  if (text) {
    note = document.createElement("span");
    note.className = "working";
    note.textContent = text;
    button.after(note);
    if (status) status.textContent = text;
  }
  return () => {
    note?.remove();
    if (button) button.disabled = false;
    if (text && status?.textContent === text) status.textContent = "";
  };
}

function onClick({ target }) {
  const button = target instanceof Element ? target.closest("[data-reveal], [data-print]") : null;
  if (!button) return;
  if ("print" in button.dataset) return print();
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  const words = button.textContent;
  button.textContent = button.dataset.hide;
  button.dataset.hide = words;
}

/** Listens once per document. `theLock` locks the vault. */
export function watchDoor(theShell, theLock) {
  shell = theShell;
  lock = theLock;
  addEventListener("click", onClick);
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input"]) {
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}
