// What a walk keeps on the phone, for each observer apart: what somebody wrote down is sent with
// the pass of whoever wrote it, whoever opens the page next. The outbox is only ever added to; a
// line leaves it when the site has echoed its key and its hash, and not before.

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const over = (change) =>
  new Promise((resolve, reject) => {
    change.oncomplete = resolve;
    change.onerror = change.onabort = () => reject(change.error);
  });

export const sha256 = async (bytes) => {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Stores that were kept before observers were told apart have the walk's name alone.
const nameOfAll = (walk) => `wardroom-walk-${walk}`;
const nameOf = (walk, observer) => `${nameOfAll(walk)}-${observer}`;

// The names of all that this phone keeps of a walk, whoever wrote it.
export const storesOf = async (walk) => {
  const names = ((await indexedDB.databases?.()) ?? []).map(({ name }) => name);
  return names.filter((name) => name === nameOfAll(walk) || name.startsWith(nameOf(walk, "")));
};

const open = (name) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
    request.result.createObjectStore("stops", { keyPath: "stop" });
    request.result.createObjectStore("about", { keyPath: "name" });
  };
  return done(request);
};

export const openNamed = async (walk, named) => {
  const base = await open(named);
  base.onversionchange = () => base.close();
  const read = async (name, key) => done(base.transaction(name).objectStore(name).get(key));
  const change = (...names) => base.transaction(names, "readwrite", { durability: "strict" });

  return {
    walk,
    named,
    waiting: () => done(base.transaction("outbox").objectStore("outbox").getAll()),
    stops: () => done(base.transaction("stops").objectStore("stops").getAll()),
    about: async (name) => (await read("about", name))?.value,

    async note(name, value) {
      const work = change("about");
      work.objectStore("about").put({ name, value });
      await over(work);
    },

    // A photograph goes into the outbox as soon as it is taken; its stop remembers its key.
    async keepPhoto(stop, use, photo) {
      const work = change("outbox", "stops");
      work.objectStore("outbox").add({ kind: "photo", state: "waiting", ...photo });
      const stops = work.objectStore("stops");
      const before = (await done(stops.get(stop))) ?? { stop };
      stops.put({ ...before, [use]: [...(before[use] ?? []), photo.key] });
      await over(work);
    },

    // A line takes the next number of this phone, in the same change that keeps it.
    async keepLine(stop, line, after) {
      const work = change("outbox", "stops", "about");
      const about = work.objectStore("about");
      const series = (await done(about.get("series")))?.value ?? { id: crypto.randomUUID(), last: 0 };
      series.last += 1;
      about.put({ name: "series", value: series });
      work.objectStore("outbox").add({ kind: "line", state: "waiting", series: series.id, number: series.last, ...line });
      const stops = work.objectStore("stops");
      const before = (await done(stops.get(stop))) ?? { stop };
      stops.put({ ...before, ...after(before) });
      await over(work);
    },

    async noteAt(stop, note) {
      const work = change("stops");
      const stops = work.objectStore("stops");
      stops.put({ ...((await done(stops.get(stop))) ?? { stop }), note });
      await over(work);
    },

    async mark(n, state, sentence) {
      const work = change("outbox");
      const outbox = work.objectStore("outbox");
      const item = await done(outbox.get(n));
      if (item) outbox.put({ ...item, state, sentence });
      await over(work);
    },

    async letGo(n) {
      const work = change("outbox");
      work.objectStore("outbox").delete(n);
      await over(work);
    },

    close: () => base.close(),

    async clear() {
      base.close();
      await done(indexedDB.deleteDatabase(named));
    },
  };
};

// This observer's own store. The one of before is theirs if its pass was; `passes` are the hashes
// of all that this observer ever had for the walk.
export const openStore = async (walk, observer, passes) => {
  const before = nameOfAll(walk);
  if ((await storesOf(walk)).includes(before)) {
    const store = await openNamed(walk, before);
    const token = (await store.about("where"))?.token ?? "";
    if (passes.includes(await sha256(new TextEncoder().encode(token)))) return store;
    store.close();
  }
  return openNamed(walk, nameOf(walk, observer));
};
