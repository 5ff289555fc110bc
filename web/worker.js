// Holds the core. Every question brings what the device remembers; nothing is kept here between two of them.
import init, { App } from "./amends_wasm.js";

const random = crypto.getRandomValues(new Uint8Array(32));
const ready = init().then(() => new App(random));

// The learned model is large and never needed: it is fetched when the desk opens, before anybody writes, and
// the rules read alone until it is here.
let model;
function fetchModel(app) {
  model ??= fetch(new URL("./en.amdl", import.meta.url))
    .then((answer) => (answer.ok ? answer.arrayBuffer() : undefined))
    .then((weights) => weights && app.addModel(new Uint8Array(weights)))
    .catch(() => {});
}

addEventListener("message", async ({ data }) => {
  const { id, kind, method, path, fields, state, today, language } = data;
  try {
    const app = await ready;
    const answer =
      kind === "live"
        ? app.live(JSON.stringify(fields), state, today, language)
        : app.handle(method, path, JSON.stringify(fields), state, today, language);
    postMessage({ id, ...JSON.parse(answer) });
    if (kind === "page" && path.startsWith("/desk")) fetchModel(app);
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
});
