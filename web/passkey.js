// Asks the device for the secret of a passkey (WebAuthn with the PRF extension). The secret goes to the core at once.

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

let known;

/** Whether this browser and device can do it. */
async function isThere() {
  try {
    const can = await PublicKeyCredential.getClientCapabilities?.();
    if (can && "extension:prf" in can) return can["extension:prf"];
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

/** A page has just been shown. */
export async function openPasskey() {
  if (!document.getElementById("passkey")) return;
  known ??= isThere();
  if (await known) document.getElementById("passkey")?.removeAttribute("hidden");
}

/** What the form needs from the device; fails with words for the person. @returns {Promise<[string, string][]>} */
export async function askDevice(form) {
  try {
    return form.dataset.passkey === "make" ? await make() : await use(form.dataset);
  } catch {
    throw new Error(form.dataset.failed);
  }
}

async function make() {
  const salt = random(32);
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Notes" },
      user: { id: random(16), name: "Notes", displayName: "Notes" },
      challenge: random(32),
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const id = hex(made.rawId);
  // Some devices give the secret only when they are asked for the second time.
  const first = made.getClientExtensionResults().prf?.results?.first;
  const secret = first ? hex(first) : await secretOf(id, hex(salt));
  return [["id", id], ["salt", hex(salt)], ["secret", secret]];
}

async function use({ id, salt }) {
  return [["secret", await secretOf(id, salt)]];
}

async function secretOf(id, salt) {
  const given = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: bytes(id) }],
      userVerification: "required",
      extensions: { prf: { eval: { first: bytes(salt) } } },
    },
  });
  return hex(given.getClientExtensionResults().prf.results.first);
}
