// What every page that writes on a phone needs: its parts by name, a word for those who do not
// see it, one thing after another, and a line that names itself and what it says.

import { sha256 } from "./store.mjs";

export const ONE_PRESS = 1; // the second half of a double press would land on what comes next
export const byId = (id) => document.getElementById(id);
export const say = (text) => (byId("said").textContent = text);

// Two quick presses or pictures see what the first of them did.
let before = Promise.resolve();
export const inTurn = (work) => {
  before = before.then(work, work);
  return before;
};

export const lineOf = async (said) => {
  const body = JSON.stringify({ ...said, seen_at: new Date().toISOString() });
  return { key: crypto.randomUUID(), body, sha256: await sha256(new TextEncoder().encode(body)) };
};
