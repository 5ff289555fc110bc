// The core lives in a worker of this page. What is remembered lies in this browser's storage.
import { ownScript } from "./policy.js";

const NAME = "notes";
const waiting = new Map();
let worker;
let came = () => {};
let readsMore = () => {};
let count = 0;

function start() {
  worker = new Worker(ownScript("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    if (data.came) return came();
    if (data.readsMore) return readsMore();
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if (data.error) {
      // What broke off in the middle is not to be trusted: a new worker reads what is kept.
      stop();
      return reject?.(new Error());
    }
    if (data.state !== undefined) remember(data.state);
    resolve?.(data);
  });
  worker.addEventListener("error", stop);
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

async function ask(kind, method, path, fields, chosen = []) {
  if (!worker) start();
  const id = ++count;
  const now = new Date();
  const question = {
    method,
    path,
    fields,
    state: remembered(),
    now: now.getTime(),
    offset: -now.getTimezoneOffset(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    language: navigator.language ?? "",
  };
  const files = await Promise.all(
    chosen.map(async ([field, file]) => ({ field, bytes: await file.arrayBuffer() })),
  );
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    const moved = files.map(({ bytes }) => bytes);
    worker.postMessage({ id, kind, question, files }, moved);
  });
}

/** Milliseconds of rest before the draft is looked at. */
export const REST = 0;

/**
 * @param {[string, string][]} fields @param {[string, File][]} [files]
 * @returns {Promise<{html: string, path: string, unsaved?: true, file?: {name: string, media_type: string, bytes: ArrayBuffer}}>}
 */
export function page(method, path, fields, files) {
  return ask("page", method, path, fields, files);
}

/** @returns {Promise<{marks: {start: number, end: number, hint: number}[], margin: string, status: string}>} */
export async function live(fields) {
  return (await ask("live", "POST", "/live", fields)).live;
}

/** Calls back when something came from the other person or another device. @param {() => void} heard */
export function listen(heard) {
  came = heard;
}

/** Calls back when the checks see more than before. @param {() => void} heard */
export function whenReadingMore(heard) {
  readsMore = heard;
}

/** Somebody is there. */
export function stay() {
  worker?.postMessage({ kind: "stay" });
}

/** Asks the browser to keep what is kept until it is erased. */
export function persist() {
  navigator.storage?.persist?.().catch(() => {});
}

/** Whether this browser remembers anything; if not, the page that came first is the right one. */
export function isKnown() {
  if (!worker) start();
  return remembered() !== "";
}

/** Drops the worker with everything it holds in memory, keys first of all. */
export function stop() {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new Error());
  waiting.clear();
}
