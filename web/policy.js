// The only place where a string becomes HTML or the address of a script (Trusted Types).
const allowed = new Set();

const rules = {
  createHTML: (html) => html,
  createScriptURL: (address) => {
    if (!allowed.has(address)) throw new TypeError("this script is not one of ours");
    return address;
  },
};
const policy = globalThis.trustedTypes?.createPolicy("amends", rules) ?? rules;

/** Parses a page of the core. @param {string} html @returns {Document} */
export function parse(html) {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}

/** Address of one of our own scripts. @param {string} file @param {string} base */
export function ownScript(file, base) {
  const address = new URL(file, base).href;
  allowed.add(address);
  return policy.createScriptURL(address);
}
