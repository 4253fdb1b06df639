// What is around a walk or a door: how much waits to be sent, when it is sent, that the page opens
// without a network, and that nothing stays on the phone once the work is over.

import { sendAll, sendOthers } from "./sending.mjs";

const byId = (id) => document.getElementById(id);
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
let timer;
let wait = FIRST_WAIT;
let sender = () => {};
let others = 0;

const alarm = (text) => {
  byId("alarm").hidden = text === "";
  if (byId("alarm").textContent !== text) byId("alarm").textContent = text;
};

export const show = { alarm, soon: () => sender() };

// How much is left, for everybody to see; and what needs a person.
const drawWaiting = async (store, closed) => {
  const items = await store.waiting();
  const left = items.filter((item) => item.state === "waiting").length;
  const bar = byId("waiting");
  bar.textContent = `${left + others} waiting`;
  bar.dataset.state = left + others === 0 ? "sent" : navigator.onLine ? "sending" : "offline";
  byId("others").hidden = others === 0;
  byId("others").textContent = `${others} of these were written down by somebody else on this phone. They are sent in that person's name. If they stay, that person takes this page along on this phone again.`;
  const over = byId("over_text");
  over.textContent = left ? `${left} of what you wrote down still wait on this phone for a network. They stay here until they are sent.` : "All of it is with the office.";
  const odd = items.filter((item) => item.state !== "waiting");
  const sentences = [...new Set(odd.map((item) => item.sentence))];
  const kept = odd.length ? `${odd.length} could not be taken, and ${odd.length === 1 ? "stays" : "stay"} on this phone: ${sentences.join(" ")} Show this to the office.` : "";
  alarm([closed, kept].filter(Boolean).join(" "));
  return left;
};

const askForSync = async (work) => {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(work).catch(() => {});
};

// Tries now; where it does not work, again after twice as long, up to a minute.
export const watch = (store) => {
  let closed = "";
  const send = async () => {
    clearTimeout(timer);
    await drawWaiting(store, closed);
    const result = await sendAll(store, () => drawWaiting(store, closed));
    if (result) closed = result.closed;
    others = await sendOthers(store.work, store.named);
    const left = (await drawWaiting(store, closed)) + others;
    if (left === 0) {
      wait = FIRST_WAIT;
      return;
    }
    timer = setTimeout(send, closed ? LONGEST_WAIT : wait * (0.75 + Math.random() / 2));
    wait = result?.failed || others ? Math.min(wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    askForSync(store.work);
  };
  sender = send;
  addEventListener("online", () => {
    wait = FIRST_WAIT;
    send();
  });
  addEventListener("offline", () => drawWaiting(store, closed));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  return send();
};

// Keeps the page and its parts for when there is no network: this work's own, and nothing else.
const keepPage = async (work) => {
  const cache = await caches.open(work);
  const parts = [...document.querySelectorAll("link[href], script[src]")].map((part) => part.href || part.src);
  await cache.addAll([...new Set(parts)]);
  await cache.add(new Request(location.pathname, { credentials: "same-origin", redirect: "error" }));
  await navigator.serviceWorker.ready;
  document.body.dataset.kept = "";
  byId("until").textContent = `This page opens without a network now. ${byId("until").textContent}`;
};

// Whether the work is over and all of it delivered, so that it is let go of; else makes ready.
export const prepare = async (store, { token, ended }) => {
  const body = document.body.dataset;
  await store.note("where", { token, lines: body.lines, photographs: body.photographs });
  const over = ended || (await store.about("ended"));
  if (over && (await store.waiting()).length === 0) return true;
  navigator.storage?.persist?.();
  const registering = navigator.serviceWorker?.register(body.worker, { scope: location.pathname, type: "module" });
  registering?.then(() => navigator.onLine && keepPage(store.work)).catch((error) => console.warn("The page could not be kept:", error.message));
  return false;
};

// Lets go of what is this observer's; of the page, too, unless somebody else's still waits here.
export const letGoOfAll = async (store) => {
  others = await sendOthers(store.work, store.named);
  await drawWaiting(store, "");
  await store.clear();
  if (others) return false;
  const registration = await navigator.serviceWorker?.getRegistration(location.pathname);
  await registration?.unregister();
  await caches.delete(store.work);
  return true;
};
