// Hands in what waits, in the order in which it was kept: a photograph before the line that
// names it. Used by the page and by its service worker; the site takes each thing once.

import { openNamed, storesOf } from "./store.mjs";

const PATIENCE = { line: 20_000, photo: 120_000 };
const GIVE_UP_AFTER = 2;

const post = (item, { token, lines, photographs }) => {
  const headers = { "X-Phone-Pass": token, ...(item.place ? { "X-Phone-Place": "stays" } : {}) };
  const plain = { method: "POST", credentials: "omit", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE[item.kind]) };
  if (item.kind === "photo") {
    const address = photographs.replace("00000000-0000-0000-0000-000000000000", item.key);
    return fetch(address, { ...plain, body: item.blob, headers: { ...headers, "X-Phone-Sha256": item.sha256, "Content-Type": "application/octet-stream" } });
  }
  const { key, series, number, sha256, body } = item;
  const said = JSON.stringify({ key, series, number, sha256, body, sent_at: new Date().toISOString() });
  return fetch(lines, { ...plain, body: said, headers: { ...headers, "Content-Type": "application/json" } });
};

// What the site said to one thing: taken, clash, refused, closed (the pass), or again (later).
const answerOf = async (item, where) => {
  let answer;
  let said;
  try {
    answer = await post(item, where);
    said = await answer.json();
  } catch {
    return { word: "again" };
  }
  if (answer.ok && said.key === item.key && said.sha256 === item.sha256) return { word: "taken", ended: said.ended };
  if (answer.status === 409) return { word: "clash", sentence: said.sentence };
  if (answer.status === 403) return { word: "closed", sentence: said.sentence };
  if ((answer.status === 422 && said.code !== "damaged") || answer.status === 413) return { word: "refused", sentence: said.sentence };
  return { word: "again" };
};

const sendInTurn = async (store, told) => {
  const where = await store.about("where");
  const result = { left: 0, failed: false, closed: "", ended: await store.about("ended") };
  if (!where) return result;
  let failures = 0;
  for (const item of await store.waiting()) {
    if (item.state !== "waiting") continue;
    const { word, sentence, ended } = await answerOf(item, where);
    if (word === "taken") {
      await store.letGo(item.n);
      failures = 0;
      if (ended !== undefined) await store.note("ended", (result.ended = ended));
    } else if (word === "clash" || word === "refused") await store.mark(item.n, word, sentence);
    else if (word === "closed") result.closed = sentence;
    else failures += 1;
    await told?.();
    if (result.closed || failures >= GIVE_UP_AFTER) break;
  }
  result.failed = failures > 0;
  result.left = (await store.waiting()).filter((item) => item.state === "waiting").length;
  return result;
};

// One sender at a time, in whatever page or worker; a second one finds nothing to do.
export const sendAll = (store, told) => {
  if (!navigator.locks) return sendInTurn(store, told);
  return navigator.locks.request(store.named, { ifAvailable: true }, (lock) => (lock ? sendInTurn(store, told) : null));
};

// Hands in what others wrote down on this phone, each with the pass of whoever wrote it; how much
// of it is left. What is over and delivered is let go of.
export const sendOthers = async (work, own = "") => {
  const names = (await storesOf(work)).filter((name) => name !== own);
  let left = 0;
  for (const name of names) {
    const store = await openNamed(work, name);
    await sendAll(store);
    const items = await store.waiting();
    left += items.filter((item) => item.state === "waiting").length;
    if (items.length === 0 && (await store.about("ended"))) await store.clear();
    else store.close();
  }
  return left;
};
