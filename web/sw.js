// Keeps the files of the app so that it works without a network. It never sees or keeps a word of a draft:
// only the files listed here are stored, under the version of this build.
const VERSION = "__VERSION__";
const FILES = ["__FILES__"];
const SHELL = "/";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)));
});

// A new version waits until a page says that nobody is in the middle of something.
addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(skipWaiting());
});

// The files of the version before stay: a page of it may still be open.
addEventListener("activate", (event) => {
  const drop = (names) => names.filter((name) => name !== VERSION).slice(0, -1);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(drop(names).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

// Something waits. Whatever came with it is not looked at: the words are always these, and there is one notice at most.
addEventListener("push", (event) => {
  event.waitUntil(registration.showNotification("__NOTICE_TITLE__", { body: "__NOTICE_TEXT__", tag: "notes" }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});

/** The page that is open, or else the door. */
async function openApp() {
  const [open] = await clients.matchAll({ type: "window" });
  if (open) await open.focus();
  else await clients.openWindow("/#door");
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.endsWith(".amdl")) {
    event.respondWith(keptOrFetched(event));
    return;
  }
  const wanted = request.mode === "navigate" ? SHELL : address.pathname;
  event.respondWith(keptOf(wanted).then((kept) => kept ?? fetch(request)));
});

/** A file of this version, or else of the one before. */
async function keptOf(wanted) {
  return (await caches.match(wanted, { cacheName: VERSION })) ?? (await caches.match(wanted));
}

/** The weights of the learned model are not among the first files; they are kept once they were asked for. */
async function keptOrFetched(event) {
  const { request } = event;
  const kept = await caches.match(request, { cacheName: VERSION }).catch(() => undefined);
  if (kept) return kept;
  const answer = await fetch(request);
  // Where there is no room to keep them, they are there for now.
  if (answer.ok) event.waitUntil(keep(request, answer.clone()).catch(() => {}));
  return answer;
}

async function keep(request, answer) {
  const cache = await caches.open(VERSION);
  await cache.put(request, answer);
}
