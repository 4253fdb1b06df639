{% load static %}// The service worker of one walk: its page opens without a network, and what waits is sent.
import { openStore } from "{% get_static_prefix %}wardroom/walk/store.mjs";
import { sendAll } from "{% get_static_prefix %}wardroom/walk/sending.mjs";

const WALK = {{ walk_id|stringformat:"d" }};
const CACHE = `wardroom-walk-${WALK}`;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page as the site has it now; one that was kept where the site does not answer, answers
// slowly, or wants somebody to sign in first.
const page = async (request) => {
  const cache = await caches.open(CACHE);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: patience.signal });
    if (answer.ok && answer.type === "basic" && !answer.redirected) {
      await cache.put(new URL(request.url).pathname, answer.clone());
      return answer;
    }
    return (await cache.match(new URL(request.url).pathname, { ignoreVary: true })) ?? answer;
  } catch (error) {
    const kept = await cache.match(new URL(request.url).pathname, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

// The parts of the page: kept ones at once. They have other names when they change.
const part = async (request) => (await (await caches.open(CACHE)).match(request.url, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(part(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === CACHE) event.waitUntil(openStore(WALK).then((store) => sendAll(store)));
});
