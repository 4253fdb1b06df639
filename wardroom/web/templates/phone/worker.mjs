{% load static %}// The service worker of one walk or door: its page opens without a network, and what waits is sent.
import { sendOthers } from "{% get_static_prefix %}wardroom/phone/sending.mjs";

const WORK = "{{ work }}";
const PATIENCE = 4000;
const PAGE = "{{ page }}";
// The names that change with the release stand beside those that are asked for: so a new release
// is another worker.
const PARTS = [{% for part in parts %}
  "{% get_static_prefix %}{{ part }}", // {% static part %}{% endfor %}
];

// After a new release: all parts and the page anew, or, where one cannot be had, all as before.
const renew = async () => {
  if (!(await caches.has(WORK))) return;
  const page = new Request(PAGE, { cache: "reload", credentials: "same-origin", redirect: "error" });
  const parts = PARTS.map((address) => new Request(address, { cache: "reload" }));
  const cache = await caches.open(WORK);
  await cache.addAll([...parts, page]).catch(() => {});
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(renew().then(() => self.clients.claim())));

// Looks without making an empty cache: once the work is let go of, nothing of it comes back.
const kept = (address) => caches.match(address, { cacheName: WORK, ignoreVary: true });

// The page as the site has it now; one that was kept where the site does not answer, answers
// slowly, or wants somebody to sign in first.
const page = async (request) => {
  const address = new URL(request.url).pathname;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: patience.signal });
    const good = answer.ok && answer.type === "basic" && !answer.redirected;
    if (good && (await caches.has(WORK))) await (await caches.open(WORK)).put(address, answer.clone());
    return good ? answer : ((await kept(address)) ?? answer);
  } catch (error) {
    const before = await kept(address);
    if (before) return before;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

// The parts of the page: kept ones at once.
const part = async (request) => (await kept(request.url)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(part(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === WORK) event.waitUntil(sendOthers(WORK));
});
