// The core lives in a program on the same computer: ask it by fetch, on loopback only.

/** Words for when the program does not answer. */
const stopped = () => new Error(document.getElementById("exit")?.dataset.stopped ?? "");

async function send(method, path, fields) {
  const form = new URLSearchParams(fields);
  const query = method === "GET" && form.size > 0 ? `?${form}` : "";
  const body = method === "POST" ? form : undefined;
  const answer = await fetch(path + query, { method, body, redirect: "error" }).catch(() => {
    throw stopped();
  });
  if (answer.status === 403) throw stopped();
  return answer;
}

/** Milliseconds of rest before the draft is looked at. */
export const REST = 150;

/** @returns {Promise<string>} a whole page */
export async function page(method, path, fields) {
  return (await send(method, path, fields)).text();
}

/** @returns {Promise<{marks: {start: number, end: number, hint: number}[], margin: string, status: string}>} */
export async function live(fields) {
  return (await send("POST", "/live", fields)).json();
}

/** Nothing secret is held on this side. */
export function stop() {}
