// Holds the core. Every question brings what the device remembers; nothing is kept here between two of them.
import init, { App } from "./amends_wasm.js";

const random = crypto.getRandomValues(new Uint8Array(32));
const ready = init().then(() => new App(random));

addEventListener("message", async ({ data }) => {
  const { id, kind, method, path, fields, state, today, language } = data;
  try {
    const app = await ready;
    const answer =
      kind === "live"
        ? app.live(JSON.stringify(fields), state, today, language)
        : app.handle(method, path, JSON.stringify(fields), state, today, language);
    postMessage({ id, ...JSON.parse(answer) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
});
