// Counts the minutes that are left, beside the time of day that always stands there. Nothing moves between two minutes, and
// only the end is said aloud.

const MINUTE = 60_000;

/** The first end that is still to come, and how many are over. */
function next(box, now) {
  const ends = box.dataset.until.split(" ").map(Number);
  const over = ends.filter((end) => end <= now).length;
  return { end: ends[over], over };
}

function words(box, left) {
  const minutes = Math.ceil(left / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const fill = (text, number) => text.replace("#", String(number));
  const short = rest === 1 ? box.dataset.one : fill(box.dataset.many, rest);
  if (hours === 0) return left < MINUTE ? box.dataset.last : short;
  const long = hours === 1 ? box.dataset.hour : fill(box.dataset.hours, hours);
  return rest === 0 ? long : `${long} ${short}`;
}

function show(box, now) {
  const { end, over } = next(box, now);
  const text = end === undefined ? box.dataset.end : words(box, end - now);
  let place = box.querySelector(".left");
  if (!place) {
    place = document.createElement("span");
    place.className = "left";
    place.setAttribute("aria-hidden", "true");
    box.append(" ", place);
  }
  if (place.textContent !== text) place.textContent = text;
  const before = Number(box.dataset.over ?? over);
  box.dataset.over = String(over);
  const status = document.getElementById("status");
  if (over > before && status) status.textContent = box.dataset.end;
}

function look() {
  const now = Date.now();
  for (const box of document.querySelectorAll("[data-until]")) show(box, now);
}

/** Listens once per document. */
export function watchTimer() {
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}

/** A page has just been shown. */
export const openTimer = look;
