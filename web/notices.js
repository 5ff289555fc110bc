// Telling this device that something waits: asks the browser for an address at which it can be woken, and gives it back.

/** Forms after which nothing is to come any more, once they are done: the vault is gone, or the space for two. */
const LAST = ["/leave", "/keep/erase"];

const isAble = () => "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

async function manager() {
  return (await navigator.serviceWorker.getRegistration("/"))?.pushManager;
}

/** Takes off the screen what has been said there: who sees this page knows. */
async function clearShown() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  for (const notice of (await registration?.getNotifications()) ?? []) notice.close();
}

/** A page has just been shown. */
export async function openNotices() {
  if (!isAble()) {
    document.getElementById("notices-unable")?.removeAttribute("hidden");
    return;
  }
  document.getElementById("notices")?.removeAttribute("hidden");
  const lost = document.getElementById("notices-lost");
  try {
    await clearShown();
    const known = lost && (await (await manager())?.getSubscription());
    if (lost && known?.endpoint !== lost.dataset.endpoint) lost.hidden = false;
  } catch {
    // The browser does not say.
  }
}

/** What the form needs of the browser; fails with words for the person. @returns {Promise<[string, string][]>} */
export async function askBrowser(form) {
  // The page is shown anew when the relay has answered, which it is not while somebody is in a form.
  document.activeElement?.blur();
  if (form.dataset.notices === "off") await giveBack();
  if (form.dataset.notices !== "on") return [];
  try {
    if ((await Notification.requestPermission()) !== "granted") throw new Error();
    const push = (await navigator.serviceWorker.ready).pushManager;
    return [["endpoint", (await subscribe(push, bytes(form.dataset.key))).endpoint]];
  } catch {
    throw new Error(form.dataset.failed);
  }
}

async function subscribe(push, applicationServerKey) {
  const wish = { userVisibleOnly: true, applicationServerKey };
  try {
    return await push.subscribe(wish);
  } catch (error) {
    // The relay had another key before.
    const old = await push.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return push.subscribe(wish);
  }
}

/** Nothing can wake this browser any more, whatever the relay still knows. */
async function giveBack() {
  try {
    await (await (await manager())?.getSubscription())?.unsubscribe();
  } catch {
    // There was none, or the browser has dropped it by itself.
  }
}

/** A form was sent to `path`, and the page at `here` was shown then. */
export async function afterForm(path, here) {
  if (LAST.includes(path) && here !== path && isAble()) await giveBack();
}
