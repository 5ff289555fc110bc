// Keeps the files of the app for use without a network, and takes over a new version when nobody is in the middle of
// something: no form was begun, no vault is open.
import { ownScript } from "./policy.js";

let registration;
let isDirty = false;
let takingOver = false;

const isBusy = () => isDirty || document.getElementById("idle") !== null;

/** Whether something was written or chosen on this page. */
export const isBegun = () => isDirty;

/** A page has just been shown: nothing is begun on it. */
export function openUpdate() {
  isDirty = false;
  takeOver();
}

function takeOver() {
  if (!registration?.waiting || takingOver || isBusy()) return;
  takingOver = true;
  registration.waiting.postMessage("take-over");
}

/** Listens once per document. */
export function watchUpdate() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const { serviceWorker } = navigator;
  const wasControlled = Boolean(serviceWorker.controller);
  addEventListener("input", () => {
    isDirty = true;
  });
  serviceWorker.addEventListener("controllerchange", () => {
    // Another tab may have asked for it while somebody writes here: the files of this version stay for this page.
    if (wasControlled && !isBusy()) location.reload();
  });
  serviceWorker
    .register(ownScript("/sw.js", import.meta.url), { scope: "/", updateViaCache: "none" })
    .then((registered) => {
      registration = registered;
      registered.addEventListener("updatefound", () => {
        registered.installing?.addEventListener("statechange", takeOver);
      });
      takeOver();
    })
    .catch(() => {});
}
