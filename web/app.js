// The page script: brings links and forms to the core and shows its answers, all in one history entry.
import { check, lookAgain, openDesk, watchDesk } from "./desk.js";
import { openDoor, saveAll, watchDoor, working } from "./door.js";
import { closedPage, isClosed, watchExit } from "./exit.js";
import { settle, watchKeep } from "./keep.js";
import { copyAttributes, morph } from "./morph.js";
import { afterForm, askBrowser, openNotices } from "./notices.js";
import { askDevice, openPasskey } from "./passkey.js";
import { parse } from "./policy.js";
import * as browserShell from "./shell-browser.js";
import * as nativeShell from "./shell-native.js";
import { openTimer, watchTimer } from "./timer.js";
import { isBegun, openUpdate, watchUpdate } from "./update.js";

const shell = document.documentElement.dataset.shell === "browser" ? browserShell : nativeShell;
/** What lives as long as this page: the draft on the desk. Nothing of it is stored. */
let memory = {};
let here = "/";
/** How many questions to the core have no answer yet, and whether something came while one had none. */
let asked = 0;
let isStale = false;

function forget() {
  memory.desk = undefined;
  shell.stop();
  document.body.replaceChildren(document.querySelector(".exit-bar") ?? "");
}

/** Shows an answer. A locked page stays covered, whatever asked for it. */
function render(html, path, { anchor, wasSent } = {}) {
  if (isClosed()) return closedPage();
  const page = parse(html);
  const main = document.getElementById("main");
  const wanted = page.getElementById("main");
  const samePage = path === here;
  here = path;
  copyAttributes(document.documentElement, page.documentElement);
  if (samePage) {
    morph(document.body, page.body);
  } else {
    main.replaceChildren();
    morph(document.body, page.body);
  }
  openDesk();
  openDoor();
  openPasskey();
  openTimer();
  fillLink();
  if (shell === browserShell) {
    openUpdate();
    openNotices();
  }
  const first = samePage ? main.querySelector("[data-focus]") : main.querySelector("h1");
  const report = document.querySelector("main [role=alert]");
  // Whoever sent a form from far down sees what came of it, wherever the page says so.
  const isFar = report && (samePage || (first && first.compareDocumentPosition(report) & Node.DOCUMENT_POSITION_FOLLOWING));
  const outcome = wasSent && isFar && !(samePage && first) ? report : undefined;
  const goal = (anchor && document.getElementById(anchor)) || outcome || first;
  if (!samePage && !anchor) scrollTo(0, 0);
  if (goal) jump(goal, { toTop: goal === first && !samePage });
  else if (!document.activeElement || document.activeElement === document.body) wanted && main.focus();
  if (report) document.getElementById("status").textContent = report.textContent;
}

function jump(goal, { toTop } = {}) {
  if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
  goal.focus({ preventScroll: true });
  // The heading of a new page stands below what is said first.
  if (toTop) scrollTo(0, 0);
  else goal.scrollIntoView({ block: "start" });
}

function failed(error) {
  const words = document.getElementById("exit")?.dataset ?? {};
  const status = document.getElementById("status");
  const notice = document.createElement("p");
  notice.className = "problem";
  notice.id = "failed";
  notice.textContent = error?.message || words.failed || "";
  document.getElementById("failed")?.remove();
  document.getElementById("main")?.prepend(notice);
  jump(notice);
  if (status) status.textContent = notice.textContent;
}

async function go(method, path, fields, { anchor, files } = {}) {
  asked += 1;
  try {
    // Coming back to the desk: bring the words that are still in memory.
    const back = method === "GET" && path === "/desk" && memory.desk?.some(([name, value]) => name === "text" && value);
    const [way, sent] = back ? ["POST", [...memory.desk, ...fields]] : [method, fields];
    const answer = await shell.page(way, path, sent, files);
    if (answer.unsaved) return unsaved();
    if (answer.file) return await save(answer.file);
    render(answer.html, answer.path.split("?")[0], { anchor, wasSent: method === "POST" });
  } catch (error) {
    failed(error);
  } finally {
    asked -= 1;
    if (isStale && asked === 0) came();
  }
}

/** Something came: a page that nobody is working on is shown anew. */
function came() {
  // Who is on the way to another page is not brought back to this one.
  isStale = asked > 0;
  if (isStale) return;
  const main = document.getElementById("main");
  const busy = document.activeElement?.closest("form, dialog") || main?.querySelector("form[data-keep], form[data-live], #desk, [data-held]");
  if (!busy && !isBegun() && !isClosed()) go("GET", here, []);
}

/** A link of an invitation, or of a guest, was opened: it is taken out of the address, and put where it is asked for. Or this page was
 * opened because something waits: the door is shown. */
function takeLink() {
  if (location.hash === "#door") {
    history.replaceState(null, "", "/");
    return "/door";
  }
  const goal = [["#1.", "/pair/join"], ["#g1.", "/guest"]].find(([start]) => location.hash.startsWith(start))?.[1];
  if (!goal) return undefined;
  memory.link = location.href;
  memory.goal = goal;
  history.replaceState(null, "", "/");
  return goal;
}

function fillLink() {
  const field = document.querySelector(":is(form[action='/pair/join'], form[action='/devices/join'], form[action='/door/device'], form[action='/guest']) input[name=link]");
  if (!field || !memory.link) return;
  field.value = memory.link;
  memory.link = memory.goal = undefined;
}

/** Nothing was written down: the form stays as it is. */
function unsaved() {
  const box = document.getElementById("unsaved");
  if (!box) return;
  box.textContent = box.dataset.text;
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}

/** Gives a file to the person, then shows the page anew. */
async function save({ name, media_type, bytes }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: media_type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  await go("GET", here, []);
}

/** Locks the vault by itself, after everything that is being written was saved. */
async function lockIdle() {
  await saveAll();
  await go("POST", "/door/lock", [["idle", "yes"]]);
}

function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || event.defaultPrevented || event.button !== 0 || link.id === "exit") return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.href, location.href);
  if (address.origin !== location.origin) {
    // Pages of others open beside this one, so that no draft is lost.
    if (address.protocol === "https:") link.target = "_blank";
    return;
  }
  event.preventDefault();
  const anchor = address.hash.slice(1);
  const within = link.getAttribute("href").startsWith("#") || (address.pathname === here && anchor);
  const goal = within && document.getElementById(anchor);
  if (goal) jump(goal);
  else saveAll().then(() => go("GET", address.pathname, [...address.searchParams], { anchor }));
}

async function onSubmit(event) {
  const form = event.target;
  event.preventDefault();
  const button = event.submitter;
  const entries = [...new FormData(form)];
  const fields = entries.filter(([, value]) => typeof value === "string");
  const files = entries.filter(([, value]) => typeof value !== "string" && value.size > 0);
  const extra = button?.name ? [[button.name, button.value]] : [];
  const looks = form.id === "desk" ? !["keep", "forget"].includes(button?.name) : button?.name === "not-here";
  if (looks && (form.id === "desk" || "live" in form.dataset)) {
    check(extra).catch(failed);
    return;
  }
  if ("lasting" in form.dataset) shell.persist();
  const done = working(button);
  const asks = (form.dataset.passkey && askDevice) || (form.dataset.notices && askBrowser);
  if (asks) {
    try {
      extra.push(...(await asks(form)));
    } catch (error) {
      done();
      return failed(error);
    }
  }
  if ("keep" in form.dataset) await settle();
  if ("lock" in form.dataset) await saveAll();
  // The address stands in the attribute: a field may be named "action".
  const path = new URL(form.getAttribute("action") ?? "", location.href).pathname;
  await go(form.method.toUpperCase(), path, [...fields, ...extra], { files });
  if (shell === browserShell) await afterForm(path, here);
  // Who pressed the button before the page of their link had come is brought there.
  if (path === "/start" && memory.goal) await go("GET", memory.goal, []);
  done();
}

watchExit(forget);
if (isClosed()) {
  closedPage();
} else {
  addEventListener("click", onClick);
  addEventListener("submit", onSubmit);
  watchDesk(shell, memory);
  watchKeep(shell, unsaved);
  watchDoor(shell, lockIdle);
  watchTimer();
  if (shell === browserShell) {
    watchUpdate();
    shell.listen(came);
    shell.whenReadingMore(lookAgain);
    const invited = takeLink();
    if (invited || shell.isKnown()) {
      here = "";
      go("GET", invited ?? "/", []);
    }
  } else {
    here = location.pathname;
    openDesk();
  }
}
