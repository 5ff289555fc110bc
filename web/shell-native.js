// The core lives in a program on the same computer: ask it by fetch, on loopback only.

/** Words for when the program does not answer. */
const stopped = () => new Error(document.getElementById("exit")?.dataset.stopped ?? "");

async function send(method, path, fields, files = []) {
  const query = method === "GET" && fields.length > 0 ? `?${new URLSearchParams(fields)}` : "";
  const body = method === "POST" ? bodyOf(fields, files) : undefined;
  const headers = { "x-script": "1" };
  const answer = await fetch(path + query, { method, body, headers, redirect: "error" }).catch(() => {
    throw stopped();
  });
  if (answer.status === 403) throw stopped();
  return answer;
}

function bodyOf(fields, files) {
  if (files.length === 0) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of [...fields, ...files]) form.append(name, value);
  return form;
}

/** Milliseconds of rest before the draft is looked at. */
export const REST = 150;

/**
 * @param {[string, string][]} fields @param {[string, File][]} [files]
 * @returns {Promise<{html: string, path: string, file?: {name: string, media_type: string, bytes: ArrayBuffer}}>}
 */
export async function page(method, path, fields, files) {
  const answer = await send(method, path, fields, files);
  const name = /filename="([\w.-]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  const shown = answer.headers.get("x-shown") ?? path;
  if (!name) return { html: await answer.text(), path: shown };
  const media_type = answer.headers.get("content-type") ?? "";
  return { html: "", path: shown, file: { name, media_type, bytes: await answer.arrayBuffer() } };
}

/** @returns {Promise<{marks: {start: number, end: number, hint: number}[], margin: string, status: string}>} */
export async function live(fields) {
  return (await send("POST", "/live", fields)).json();
}

/** Somebody is there. */
export function stay() {
  fetch("/stay", { method: "POST" }).catch(() => {});
}

/** Files stay until they are erased. */
export function persist() {}

/** Locks the vault of the program, whatever becomes of this page. */
export function stop() {
  navigator.sendBeacon("/door/lock", new URLSearchParams());
}
