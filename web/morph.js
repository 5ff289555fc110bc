// Changes a piece of the page into another one, keeping focus, caret and what is being typed.

/** @param {Element} from what stands there @param {Element} to what shall stand there */
export function morph(from, to) {
  copyAttributes(from, to);
  if (from instanceof HTMLTextAreaElement) return copyValue(from, to);
  const keyed = new Map([...from.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const match = wanted.id ? keyed.get(wanted.id) : at && !at.id && alike(at, wanted) ? at : undefined;
    if (!match) {
      from.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (match === at) at = at.nextSibling;
    else from.insertBefore(match, at);
    if (match.nodeType === Node.ELEMENT_NODE) morph(match, wanted);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

/** @param {Element} from @param {Element} to */
export function copyAttributes(from, to) {
  const own = new Set(["open", "data-script", "data-closed"]);
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !own.has(name)) from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !own.has(name)) from.setAttribute(name, value);
  }
  if (from instanceof HTMLInputElement && from !== document.activeElement) {
    from.checked = to.hasAttribute("checked");
  }
}

function copyValue(from, to) {
  if (from !== document.activeElement && from.value !== to.value) from.value = to.value;
}
