// The small sum that keeps machines out: find a number whose hash begins as the page asks.
// It runs while somebody fills in the form. Where a browser cannot do it, the form is sent
// without, and fewer forms are taken from there.

const AT_ONCE = 256;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");

const hashed = async (data, rounds) => {
  let made = data;
  for (let round = 0; round < rounds; round += 1) made = new Uint8Array(await crypto.subtle.digest("SHA-256", made));
  return made;
};

// The sum as the site reads it: the challenge with the number that was found.
export const worked = async (challenge) => {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const head = new Uint8Array([...bytes(salt), ...bytes(nonce)]);
  for (let first = 0; first < 0xffffffff; first += AT_ONCE) {
    const found = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, n) => {
        const data = new Uint8Array(head.length + 4);
        data.set(head);
        new DataView(data.buffer).setUint32(head.length, first + n);
        return hex((await hashed(data, Math.max(1, cost))).slice(0, keyLength));
      }),
    );
    const at = found.findIndex((key) => key.startsWith(keyPrefix));
    if (at >= 0) return btoa(JSON.stringify({ challenge, solution: { counter: first + at, derivedKey: found[at] } }));
  }
  return "";
};

// Does the sum of a form, and lets the form wait for it where it is sent before.
const start = (form) => {
  const field = form.querySelector("[data-sum]");
  if (!field || !globalThis.crypto?.subtle) return;
  let done = false;
  let waiting = false;
  const sum = worked(JSON.parse(field.dataset.sum)).then(
    (answer) => {
      field.value = answer;
      done = true;
    },
    () => {
      done = true;
    },
  );
  form.addEventListener("submit", (event) => {
    if (done) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    const by = event.submitter;
    const note = form.querySelector("[data-working]");
    if (note) note.hidden = false;
    sum.then(() => form.requestSubmit(by));
  });
};

document.querySelectorAll("form[data-worked]").forEach(start);
