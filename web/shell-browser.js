// The core lives in a worker of this page. What is remembered lies in this browser's storage.
import { ownScript } from "./policy.js";

const NAME = "notes";
const waiting = new Map();
let worker;
let count = 0;

function start() {
  worker = new Worker(ownScript("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if (data.error) return reject?.(new Error(data.error));
    if (data.state !== undefined) remember(data.state);
    resolve?.(data);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error());
    waiting.clear();
  });
}

function remembered() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

function remember(state) {
  try {
    if (state) localStorage.setItem(NAME, state);
    else localStorage.removeItem(NAME);
  } catch {
    // Storage is switched off or full: the app works on, and remembers nothing.
  }
}

function ask(kind, method, path, fields) {
  if (!worker) start();
  const id = ++count;
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    const language = navigator.language ?? "";
    worker.postMessage({ id, kind, method, path, fields, today, language, state: remembered() });
  });
}

/** Milliseconds of rest before the draft is looked at. */
export const REST = 0;

/** @returns {Promise<string>} a whole page */
export async function page(method, path, fields) {
  return (await ask("page", method, path, fields)).html;
}

/** @returns {Promise<{marks: {start: number, end: number, hint: number}[], margin: string, status: string}>} */
export async function live(fields) {
  return (await ask("live", "POST", "/live", fields)).live;
}

/** Whether this browser remembers anything; if not, the page that came first is the right one. */
export function isKnown() {
  if (!worker) start();
  return remembered() !== "";
}

/** Drops the worker with everything it holds in memory. */
export function stop() {
  worker?.terminate();
  worker = undefined;
  waiting.clear();
}

/** Keeps the files of the app for use without a network. */
export function keepOffline() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  navigator.serviceWorker.register(ownScript("/sw.js", import.meta.url), { scope: "/" }).catch(() => {});
}
