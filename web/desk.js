// Boxes that the checks read while one writes - on the draft desk, and in forms: marks under the words, the margin,
// the walk from hint to hint.
import { morph } from "./morph.js";
import { parse } from "./policy.js";

/** Milliseconds of rest before a screen reader is told. */
const SAY_AFTER = 1200;

let shell;
let memory;
/** Places of the hints: number of the box, from where to where, number of the hint. */
let marks = [];
/** The words that each box had when its marks were drawn. @type {string[]} */
let drawn = [];
let round = 0;
let liveTimer;
let sayTimer;

const $ = (id) => document.getElementById(id);
/** The form whose boxes are read; a page has one at most. @returns {HTMLFormElement | null} */
const form = () => document.querySelector("#desk, form[data-live]");
/** @returns {HTMLTextAreaElement[]} */
const boxes = () => [...(form()?.querySelectorAll(".paper textarea") ?? [])];
const mirrorOf = (box) => box.closest(".paper").querySelector(".mirror");
const words = () => boxes().map((box) => box.value);

/** Fields of the form. @returns {[string, string][]} */
export function fields() {
  return [...new FormData(form())].filter(([, value]) => typeof value === "string");
}

function remember() {
  if ($("desk")) memory.desk = fields();
}

/** Listens once per document. */
export function watchDesk(theShell, theMemory) {
  shell = theShell;
  memory = theMemory;
  addEventListener("input", ({ target }) => {
    if (!form()?.contains(target)) return;
    remember();
    const box = boxes().indexOf(target);
    if (box >= 0) redraw(box, shifted(box, target.value));
    clearTimeout(liveTimer);
    liveTimer = setTimeout(check, target.type === "radio" ? 0 : shell.REST);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "F8" || !form()) return;
    event.preventDefault();
    walk(event.shiftKey ? -1 : 1);
  });
  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-walk], [data-show]");
    if (button?.dataset.walk) walk(Number(button.dataset.walk));
    else if (button) go(Number(button.dataset.show));
  });
  document.addEventListener("selectionchange", () => {
    if (boxes().includes(document.activeElement)) atCaret();
  });
}

/** A page has just been shown. */
export function openDesk() {
  clearTimeout(liveTimer);
  round += 1;
  if (!form()) return;
  remember();
  draw(boxes().flatMap((box, field) => marksOf(mirrorOf(box), field)));
}

/** The checks see more than before: what stands there is looked at again. */
export function lookAgain() {
  if (words().some(Boolean)) check().catch(() => {});
}

/** Looks at the words; `extra` fields say what else is wanted. @param {[string, string][]} extra */
export async function check(extra = []) {
  const mine = ++round;
  const before = words();
  if (!$("margin") || before.length === 0) return;
  const answer = await shell.live([...fields(), ...extra]);
  const now = words();
  if (mine !== round || before.length !== now.length || before.some((text, box) => text !== now[box])) return;
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

/** Puts the marks under the words of all boxes. */
function draw(newMarks) {
  marks = newMarks;
  boxes().forEach((_, box) => redraw(box, marks.filter((mark) => mark.field === box)));
}

/** Puts marks under the words of one box. */
function redraw(field, own) {
  const box = boxes()[field];
  const text = box.value;
  marks = [...marks.filter((mark) => mark.field !== field), ...own].sort((one, next) => one.hint - next.hint);
  drawn[field] = text;
  const pieces = [];
  let from = 0;
  for (const { start, end, hint } of own) {
    const first = Math.max(start, from);
    if (end <= first) continue;
    const mark = document.createElement("mark");
    mark.dataset.hint = String(hint);
    mark.textContent = text.slice(first, end);
    pieces.push(text.slice(from, first), mark);
    from = end;
  }
  mirrorOf(box).replaceChildren(...pieces, `${text.slice(from)}\u200B`);
}

/** Marks of a box moved along with an edit; a mark that was edited itself goes away until the next look. */
function shifted(field, after) {
  const before = drawn[field] ?? "";
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const moved = after.length - before.length;
  return marks.filter((mark) => mark.field === field).flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) {
      return [{ ...mark, start: mark.start + moved, end: mark.end + moved }];
    }
    return [];
  });
}

/** Marks that the core has drawn itself. */
function marksOf(mirror, field) {
  const found = [];
  let at = 0;
  for (const node of mirror.childNodes) {
    const length = node.textContent.length;
    if (node.nodeName === "MARK") found.push({ field, start: at, end: at + length, hint: Number(node.dataset.hint) });
    at += length;
  }
  return found;
}

/** Shows which hint belongs to the words under the caret. */
function atCaret() {
  const field = boxes().indexOf(document.activeElement);
  const { selectionStart, selectionEnd } = boxes()[field] ?? {};
  const isHere = (mark) => mark.field === field && mark.start <= selectionStart && selectionEnd <= mark.end;
  const here = marks.find(isHere);
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
  const box = boxes()[mark.field];
  box.closest("details")?.setAttribute("open", "");
  box.focus();
  box.setSelectionRange(mark.start, mark.end);
  atCaret();
  const card = $(`hint-${hint}`);
  mirrorOf(box).querySelector(`mark[data-hint="${hint}"]`)?.scrollIntoView({ block: "center" });
  say(card?.dataset.said ?? "");
}
