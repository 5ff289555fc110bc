// The draft desk while one writes: marks under the words, the margin, the walk from hint to hint.
import { morph } from "./morph.js";
import { parse } from "./policy.js";

/** Milliseconds of rest before a screen reader is told. */
const SAY_AFTER = 1200;

let shell;
let memory;
let marks = [];
let drawn = "";
let round = 0;
let liveTimer;
let sayTimer;

const $ = (id) => document.getElementById(id);
const draft = () => /** @type {HTMLTextAreaElement} */ ($("draft"));

/** Fields of the desk's form. @returns {[string, string][]} */
export function fields() {
  const genre = document.querySelector("#desk input[name=genre]:checked");
  return [["genre", genre?.value ?? "any"], ["partner", $("partner").value], ["text", draft().value]];
}

/** Listens once per document. */
export function watchDesk(theShell, theMemory) {
  shell = theShell;
  memory = theMemory;
  addEventListener("input", ({ target }) => {
    if (!target.closest?.("#desk")) return;
    memory.desk = fields();
    if (target === draft()) draw(shifted(drawn, draft().value));
    clearTimeout(liveTimer);
    liveTimer = setTimeout(check, target.type === "radio" ? 0 : shell.REST);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "F8" || !$("desk")) return;
    event.preventDefault();
    walk(event.shiftKey ? -1 : 1);
  });
  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-walk], [data-show]");
    if (button?.dataset.walk) walk(Number(button.dataset.walk));
    else if (button) go(Number(button.dataset.show));
  });
  document.addEventListener("selectionchange", () => {
    if ($("desk") && document.activeElement === draft()) atCaret();
  });
}

/** The desk has just been shown. */
export function openDesk() {
  if (!$("desk")) return;
  memory.desk = fields();
  marks = marksOf($("mirror"));
  draw(marks);
}

/** Looks at the draft; `extra` fields say what else is wanted. @param {[string, string][]} extra */
export async function check(extra = []) {
  const mine = ++round;
  const text = draft()?.value;
  if (text === undefined) return;
  const answer = await shell.live([...fields(), ...extra]);
  if (mine !== round || draft()?.value !== text) return;
  draw(answer.marks);
  const page = parse(`<section>${answer.margin}</section>`);
  const margin = $("margin");
  const wanted = page.querySelector("section");
  for (const { name, value } of margin.attributes) wanted.setAttribute(name, value);
  const hadFocus = margin.contains(document.activeElement) && document.activeElement !== margin;
  morph(margin, wanted);
  if (hadFocus && !margin.contains(document.activeElement)) margin.focus();
  atCaret();
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => say(answer.status), SAY_AFTER);
}

function say(text) {
  const status = $("status");
  if (status && status.textContent !== text) status.textContent = text;
}

/** Puts the marks under the words. */
function draw(newMarks) {
  const text = draft().value;
  marks = newMarks;
  drawn = text;
  const pieces = [];
  let from = 0;
  for (const { start, end, hint } of marks) {
    const first = Math.max(start, from);
    if (end <= first) continue;
    const mark = document.createElement("mark");
    mark.dataset.hint = String(hint);
    mark.textContent = text.slice(first, end);
    pieces.push(text.slice(from, first), mark);
    from = end;
  }
  $("mirror").replaceChildren(...pieces, `${text.slice(from)}\u200B`);
}

/** Marks moved along with an edit; a mark that was edited itself goes away until the next look. */
function shifted(before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const moved = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) {
      return [{ ...mark, start: mark.start + moved, end: mark.end + moved }];
    }
    return [];
  });
}

/** Marks that the core has drawn itself. */
function marksOf(mirror) {
  const found = [];
  let at = 0;
  for (const node of mirror.childNodes) {
    const length = node.textContent.length;
    if (node.nodeName === "MARK") found.push({ start: at, end: at + length, hint: Number(node.dataset.hint) });
    at += length;
  }
  return found;
}

/** Shows which hint belongs to the words under the caret. */
function atCaret() {
  const { selectionStart, selectionEnd } = draft();
  const here = marks.find((mark) => mark.start <= selectionStart && selectionEnd <= mark.end);
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.classList.toggle("current", here !== undefined && element.dataset.hint === String(here.hint));
  }
}

/** Goes to the next hint, or the one before. */
function walk(direction) {
  if (marks.length === 0) return;
  const now = document.querySelector("article.hint.current")?.dataset.hint;
  const from = now ? Number(now) : direction > 0 ? 0 : marks.length + 1;
  go(((from - 1 + direction + marks.length) % marks.length) + 1);
}

function go(hint) {
  const mark = marks.find((mark) => mark.hint === hint);
  if (!mark) return;
  draft().focus();
  draft().setSelectionRange(mark.start, mark.end);
  atCaret();
  const card = $(`hint-${hint}`);
  document.querySelector(`#mirror mark[data-hint="${hint}"]`)?.scrollIntoView({ block: "center" });
  say(card?.dataset.said ?? "");
}
