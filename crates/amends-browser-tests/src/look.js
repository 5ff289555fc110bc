// What can be seen on a page and measured: each function gives lines about what is wrong.
const LOCATED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^='-'])";
const round = Math.round;
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen");
const named = (element) => {
  const words = (element.textContent || element.name || "").trim().slice(0, 40);
  const place = element.id || element.className || element.getAttribute("href") || element.type || "";
  return `<${element.localName} ${place}> ${words}`;
};

/** Everything that the keyboard must come to; of a group of radio buttons, one. */
function stops() {
  const groups = new Set();
  const all = [...document.querySelectorAll(LOCATED)].filter((element) => shown(element) && !element.disabled);
  return all.filter((element) => {
    if (element.type !== "radio") return true;
    const group = element.form?.id + element.form?.getAttribute("action") + element.name;
    const isFirst = !groups.has(group);
    groups.add(group);
    return isFirst;
  });
}

/** The frame: one heading, a dull title, the way out within reach wherever one is. */
function frame() {
  const wrong = [];
  const heads = [...document.querySelectorAll("h1")].filter(shown);
  if (heads.length !== 1) wrong.push(`${heads.length} main headings`);
  if (document.title !== document.getElementById("exit")?.dataset.name) wrong.push(`title ${document.title}`);
  for (const where of [0, document.documentElement.scrollHeight]) {
    scrollTo(0, where);
    const place = document.getElementById("exit").getBoundingClientRect();
    const seen = document.elementFromPoint((place.left + place.right) / 2, (place.top + place.bottom) / 2);
    if (!seen?.closest("#exit")) wrong.push(`the way out is not there at ${where}`);
  }
  scrollTo(0, 0);
  if (document.querySelector("[tabindex]:not([tabindex='-1'], [tabindex='0'])")) wrong.push("an order of its own");
  if (document.querySelector("[style], [onclick], [draggable=true], input[type=range]")) wrong.push("style, drag or script");
  return wrong;
}

/** Nothing sticks out to the side, and no words are cut off. */
function width() {
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const all = [...document.querySelectorAll("body *")].filter(shown);
  const out = (element) => {
    const place = element.getBoundingClientRect();
    const hidden = element.closest(".scroll, svg, .unseen, .skip") !== null;
    return !hidden && place.width > 0 && (place.right > wide + 1 || place.left < -1);
  };
  wrong.push(...all.filter(out).slice(0, 3).map((element) => {
    const place = element.getBoundingClientRect();
    return `sticks out to ${round(place.left)}..${round(place.right)} of ${wide}: ${named(element)}`;
  }));
  if (document.documentElement.scrollWidth > wide && wrong.length === 0) wrong.push("scrolls sideways");
  const cut = (element) => {
    const style = getComputedStyle(element);
    const hides = (kind) => kind === "hidden" || kind === "clip";
    const over = (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
    return over && element.clientWidth > 1 && !element.matches("textarea, select, input, svg, svg *");
  };
  wrong.push(...all.filter(cut).slice(0, 3).map((element) => `cut off: ${named(element)}`));
  return wrong;
}

/** Where one can hit an element: with its label. */
function target(element) {
  let { left, right, top, bottom } = element.getBoundingClientRect();
  for (const label of element.labels ?? []) {
    const place = label.getBoundingClientRect();
    if (place.width === 0 || element.matches("textarea, select, [type=text], [type=password]")) continue;
    [left, right] = [Math.min(left, place.left), Math.max(right, place.right)];
    [top, bottom] = [Math.min(top, place.top), Math.max(bottom, place.bottom)];
  }
  return { element, left, right, top, bottom };
}

/** Targets of 24 pixels, or as far apart (WCAG 2.5.8); links within a sentence are let be. */
function targets() {
  const within = (element) => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, label, legend, h2, h3");
    return block && block.textContent.trim().length > element.textContent.trim().length + 2;
  };
  const all = stops().filter((element) => !element.matches(".skip")).map(target);
  const small = all.filter(({ element, left, right, top, bottom }) =>
    (right - left < 23.5 || bottom - top < 23.5) && !within(element));
  const near = ({ element, left, right, top, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return all.find((other) => {
      if (other.element === element || other.element.contains(element) || element.contains(other.element)) return false;
      const dx = Math.max(other.left - x, 0, x - other.right);
      const dy = Math.max(other.top - y, 0, y - other.bottom);
      return Math.hypot(dx, dy) < 11.5;
    });
  };
  return small.filter(near).slice(0, 4).map((one) =>
    `small, ${round(one.right - one.left)} x ${round(one.bottom - one.top)}, near ${named(near(one).element)}: ${named(one.element)}`);
}

/** Everything that takes the focus is seen then, from above and from below, with a line around it. */
function focus() {
  const wrong = [];
  const exit = document.querySelector(".exit-bar");
  const bar = exit.getBoundingClientRect();
  const painted = getComputedStyle(exit).backgroundColor !== "rgba(0, 0, 0, 0)";
  const look = (element) => {
    element.focus();
    if (document.activeElement !== element) return;
    // The name lies on the bar, not under it.
    const lies = element.closest(".name") !== null;
    const place = element.getBoundingClientRect();
    const [left, right] = [Math.max(place.left, 0), Math.min(place.right, innerWidth)];
    const [top, bottom] = [Math.max(place.top, 0), Math.min(place.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) return wrong.push(`not in view: ${named(element)}`);
    // Of a sheet to write on, the middle: the browser shows the line that one writes.
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const points = element.localName === "textarea" || place.height > innerHeight / 3 ? [middle] : [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
    for (const [x, y] of points) {
      const seen = document.elementFromPoint(x, y);
      const under = painted && !lies && x > bar.left && x < bar.right && y > bar.top && y < bar.bottom;
      const cover = under ? exit : seen?.closest(".exit, .margin, #idle, #unsaved, .beside");
      if (cover && !cover.contains(element)) return wrong.push(`covered by ${named(cover)}: ${named(element)}`);
    }
    const ring = [element, element.closest(".paper"), element.parentElement].some((one) => {
      const style = one && getComputedStyle(one);
      return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    if (!ring) wrong.push(`no line around it: ${named(element)}`);
  };
  const all = stops();
  scrollTo(0, 0);
  all.forEach(look);
  all.reverse().forEach(look);
  document.activeElement?.blur();
  scrollTo(0, 0);
  return [...new Set(wrong)].slice(0, 4);
}

/** Begins to note what the keyboard comes to. */
function watchKeys() {
  window.come = new Set();
  window.note ??= addEventListener("focusin", (event) => window.come.add(event.target)) ?? true;
  const dates = document.querySelectorAll("input:is([type=date], [type=time], [type=datetime-local])").length;
  return stops().length + 5 * dates + 6;
}

/** What it did not come to. */
function missed() {
  const come = [...window.come];
  const reached = (element) => come.includes(element)
    || (element.type === "radio" && come.some((other) => other.name === element.name && other.type === "radio"));
  return stops().filter((element) => !reached(element)).slice(0, 5).map((element) => `not by keyboard: ${named(element)}`);
}

/** Nothing moves for people who asked for that. */
function motion() {
  const moves = (element) => {
    const style = getComputedStyle(element);
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0);
    return long(style.transitionDuration) || long(style.animationDuration) || style.scrollBehavior === "smooth";
  };
  return [...document.querySelectorAll("html, body *")].filter(moves).slice(0, 3).map((element) => `moves: ${named(element)}`);
}

/** With the colors of the system, every control has an edge. */
function edges() {
  const fields = "button, .main-button, select, textarea, .exit, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])";
  const bare = (element) => {
    const one = element.closest(".letter.writing") ?? element.closest(".paper") ?? element;
    const style = getComputedStyle(one);
    const flat = style.borderBlockStartStyle === "none" || parseFloat(style.borderBlockStartWidth) < 1;
    return (flat && !element.matches(".place")) || style.borderBlockStartColor === style.backgroundColor || style.color === style.backgroundColor;
  };
  return [...document.querySelectorAll(fields)].filter((element) => shown(element) && bare(element))
    .slice(0, 3).map((element) => `no edge: ${named(element)}`);
}

/** Opens everything that can be opened. */
function unfold() {
  for (const part of document.querySelectorAll("details")) part.open = true;
  return [];
}

/** Text further apart, as WCAG 1.4.12 wants it to be possible. */
function spread(on) {
  window.apart ??= new CSSStyleSheet();
  window.apart.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    + "word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
  document.adoptedStyleSheets = on ? [window.apart] : [];
  return [];
}

/** Sends the form of a tool with a mistake: numbers that are too large, and nothing chosen; words only where these are wrong. */
function blunder() {
  const form = document.getElementById("tool");
  if (!form) return ["closed"];
  const all = [...form.elements].filter((control) => control.name && control.type !== "hidden" && control.localName !== "button");
  const free = (control) => all.some((other) => other.name === control.name && other.value === "");
  const strict = all.some((control) => ["number", "date", "time", "datetime-local"].includes(control.type)
    || (control.type === "radio" && !free(control)));
  for (const control of all) {
    if (["radio", "checkbox"].includes(control.type)) control.checked = false;
    else if (control.type === "number") control.value = "99999";
    else if (control.matches("textarea, [type=text]")) control.value = strict ? "Words of my own." : "";
    else control.value = "";
  }
  window.typed = all.map((control) => [control.name, control.type, control.value]).filter(([, type]) => !["radio", "checkbox"].includes(type));
  form.dataset.before = "";
  form.querySelector("button[value=send]").click();
  return [];
}

/** After a mistake: said once, with the focus on it and to readers; each field with what to do; nothing typed is lost. */
function mistake() {
  const wrong = [];
  const said = [...document.querySelectorAll("#tool [role=alert]")];
  if (said.length !== 1) wrong.push(`${said.length} reports`);
  if (said[0] && document.activeElement !== said[0]) wrong.push(`the focus is on ${named(document.activeElement)}`);
  if (!document.getElementById("status").textContent.trim()) wrong.push("nothing is announced");
  for (const link of document.querySelectorAll("#tool section.problem a")) {
    const place = document.getElementById(link.getAttribute("href").slice(1));
    if (!place || !shown(place)) wrong.push(`leads nowhere: ${named(link)}`);
    const ids = (place?.getAttribute("aria-describedby") ?? "").split(" ");
    const words = ids.map((id) => document.getElementById(id)).filter((one) => one?.matches(".wrong"));
    if (words.length !== 1 || !words[0].textContent.trim()) wrong.push(`says nothing at its field: ${named(link)}`);
    if (place?.matches("input, select, textarea") && place.getAttribute("aria-invalid") !== "true") wrong.push(`not marked: ${named(place)}`);
  }
  for (const [name, , value] of window.typed) {
    const now = document.querySelector(`#tool [name="${CSS.escape(name)}"]`);
    if (now?.value !== value) wrong.push(`lost in ${name}: ${value}`);
  }
  return wrong;
}
