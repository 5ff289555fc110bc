// Holds the core and, while a vault is open, its keys. What is remembered comes with every question; what was
// written into the vault is on the disk before the answer leaves.
import init, { App } from "./amends_wasm.js";
import { load, open, refresh, write } from "./depot.js";
import { Line } from "./line.js";

/** Name of the lock that only one tab has: the one with the open vault. */
const LOCK = "notes";
/** Milliseconds to wait for it: a tab that was just closed lets go of it a little later. */
const PATIENCE = 1500;
/** Pages that tell whether a relay is there. */
const TOGETHER = ["/pair", "/devices", "/hand-over", "/notices"];
/** Milliseconds after the page should have locked the vault itself. */
const LATER = 90_000;

const random = crypto.getRandomValues(new Uint8Array(64));
const ready = start();
let letGo;
let state = "";
let used = Date.now();
let queue = Promise.resolve();
let line;

async function start() {
  const [canKeep] = await Promise.all([open(), init()]);
  const app = new App(random, canKeep);
  app.canKeep = canKeep;
  if (canKeep) await load(app, false);
  line = new Line(app, keep, inTurn, () => postMessage({ came: true }));
  return app;
}

/** Gets the lock, or says that another tab has it. */
function getLock() {
  if (letGo || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = () =>
      new Promise((done) => {
        letGo = done;
        resolve(true);
      });
    navigator.locks.request(LOCK, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(() => resolve(false));
  });
}

function releaseLock() {
  letGo?.();
  letGo = undefined;
}

/** Before the core is asked: has it what is kept, and may it change it? */
async function prepare(app, method, path) {
  if (!app.canKeep || app.isOpen()) return;
  const atDoor = path.startsWith("/door") || path.startsWith("/keep");
  if (method === "POST" && atDoor) {
    const mine = await getLock();
    app.setBusy(!mine);
    await refresh(app, mine);
  } else {
    app.setBusy(false);
    await refresh(app, false);
  }
  const { persisted, estimate } = navigator.storage ?? {};
  const lasting = await persisted?.call(navigator.storage).catch(() => undefined);
  const sizes = await estimate?.call(navigator.storage).catch(() => undefined);
  app.setStorage(lasting, sizes?.usage, sizes?.quota);
}

/** After it: what was changed is written down. Says whether it was. */
async function keep(app) {
  if (!app.canKeep) return true;
  let kept = true;
  try {
    await write(app);
  } catch {
    kept = false;
    await load(app, true);
  }
  if (!app.isOpen()) releaseLock();
  return kept;
}

async function page(app, { id, question, files }) {
  const { method, path } = question;
  await prepare(app, method, path);
  // Only these pages wait for the answer: with a bad network, all others come at once.
  if (app.isOpen() && TOGETHER.some((part) => path.startsWith(part))) await line.find();
  app.nameRelay();
  if (method === "POST" && path === "/guest") await asGuest(app, question);
  for (const { field, bytes } of files ?? []) app.addFile(field, new Uint8Array(bytes));
  const answer = JSON.parse(app.handle(JSON.stringify(question)));
  if (!(await keep(app))) return { id, unsaved: true };
  if (answer.file) answer.file.bytes = app.takeFile().buffer;
  if (path.startsWith("/desk") || answer.html?.includes(" data-live")) fetchModel(app);
  if (app.isOpen() && app.wantsLine()) line.find().then(() => line.poke());
  else line.close();
  return { id, ...answer };
}

/** A guest with a link: one question to the place where this app came from. */
async function asGuest(app, { fields, now }) {
  const link = fields.find(([name]) => name === "link")?.[1];
  const body = link && app.guestAsk(link);
  if (!body?.length) return;
  const asked = fetch("/v1/call", { method: "POST", body, signal: AbortSignal.timeout(20_000) });
  const answer = await asked.then((found) => (found.ok ? found.arrayBuffer() : undefined)).catch(() => undefined);
  app.guestAnswer(new Uint8Array(answer ?? 0), now);
}

// The learned model is large and never needed: it is fetched when a page opens whose boxes the checks read, before
// anybody writes. The rules read alone until it is here; then the page is told, so that it looks again.
let model;
function fetchModel(app) {
  model ??= fetch(new URL("./en.amdl", import.meta.url))
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error())))
    .then((weights) => app.addModel(new Uint8Array(weights)) && postMessage({ readsMore: true }))
    .catch(() => {
      // The next such page asks again.
      model = undefined;
    });
}

/** One after another: an answer leaves before the next question is looked at. */
function inTurn(work) {
  queue = queue.then(work, work);
  return queue;
}

addEventListener("message", async ({ data }) => {
  used = Date.now();
  if (data.kind === "stay") return;
  state = data.question.state;
  try {
    const app = await ready;
    if (data.kind === "live") {
      postMessage({ id: data.id, ...JSON.parse(app.live(JSON.stringify(data.question))) });
      return;
    }
    const answer = await inTurn(() => page(app, data));
    postMessage(answer, answer.file ? [answer.file.bytes] : []);
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});

// The page warns and locks by itself; this is for when it does not.
setInterval(async () => {
  const app = await ready;
  if (!app.isOpen() || Date.now() - used < app.idleMinutes(state) * 60_000 + LATER) return;
  await inTurn(() => {
    app.lock(Date.now());
    return keep(app);
  });
}, 15_000);
