// A form that is begun is kept in the vault while one writes, so that nothing that was written is lost.

/** Milliseconds of rest before it is kept. */
const REST = 1000;

let shell;
let unsaved;
let timer;
/** The form with something that is not kept yet. @type {HTMLFormElement | undefined} */
let begun;
let running = Promise.resolve();

/** Keeps what is not kept yet, and waits for it. */
function keep() {
  clearTimeout(timer);
  const form = begun;
  begun = undefined;
  if (form?.isConnected) {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    running = running
      .then(() => shell.page("POST", form.dataset.keep, fields))
      .then((answer) => answer.unsaved && unsaved())
      .catch(() => {});
  }
  return running;
}

/** Nothing more is kept of a form that is being sent; waits for what is on its way. */
export function settle() {
  clearTimeout(timer);
  begun = undefined;
  return running;
}

function onInput({ target }) {
  const form = target instanceof Element ? target.closest("form[data-keep]") : null;
  if (!form) return;
  begun = form;
  clearTimeout(timer);
  timer = setTimeout(keep, REST);
}

/** Listens once per document. `theUnsaved` says that something could not be kept. */
export function watchKeep(theShell, theUnsaved) {
  shell = theShell;
  unsaved = theUnsaved;
  addEventListener("input", onInput);
  addEventListener("change", onInput);
  addEventListener("notes-save", ({ detail }) => detail.push(keep()));
}
