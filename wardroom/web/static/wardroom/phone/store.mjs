// What a piece of work, such as one walk or one door, keeps on the phone, for each observer apart:
// what somebody wrote down is sent with the pass of whoever wrote it, whoever opens the page next.
// The outbox is only ever added to; a line leaves it when the site has echoed its key and its
// hash, and not before. A stop is what is written about: a place on a walk, a guest at a door.

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

// Stores that were kept before observers were told apart have the work's name alone.
const nameOf = (work, observer) => `${work}-${observer}`;

// The names of all that this phone keeps of a piece of work, whoever wrote it.
export const storesOf = async (work) => {
  const names = ((await indexedDB.databases?.()) ?? []).map(({ name }) => name);
  return names.filter((name) => name === work || name.startsWith(nameOf(work, "")));
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

export const openNamed = async (work, named) => {
  const base = await open(named);
  base.onversionchange = () => base.close();
  const read = async (name, key) => done(base.transaction(name).objectStore(name).get(key));
  const change = (...names) => base.transaction(names, "readwrite", { durability: "strict" });

  return {
    work,
    named,
    waiting: () => done(base.transaction("outbox").objectStore("outbox").getAll()),
    stops: () => done(base.transaction("stops").objectStore("stops").getAll()),
    about: async (name) => (await read("about", name))?.value,

    async note(name, value) {
      const kept = change("about");
      kept.objectStore("about").put({ name, value });
      await over(kept);
    },

    // A photograph goes into the outbox as soon as it is taken; its stop remembers its key.
    async keepPhoto(stop, use, photo) {
      const kept = change("outbox", "stops");
      kept.objectStore("outbox").add({ kind: "photo", state: "waiting", ...photo });
      const stops = kept.objectStore("stops");
      const before = (await done(stops.get(stop))) ?? { stop };
      stops.put({ ...before, [use]: [...(before[use] ?? []), photo.key] });
      await over(kept);
    },

    // A line takes the next number of this phone, in the same change that keeps it.
    async keepLine(stop, line, after) {
      const kept = change("outbox", "stops", "about");
      const about = kept.objectStore("about");
      const series = (await done(about.get("series")))?.value ?? { id: crypto.randomUUID(), last: 0 };
      series.last += 1;
      about.put({ name: "series", value: series });
      kept.objectStore("outbox").add({ kind: "line", state: "waiting", series: series.id, number: series.last, ...line });
      const stops = kept.objectStore("stops");
      const before = (await done(stops.get(stop))) ?? { stop };
      stops.put({ ...before, ...after(before) });
      await over(kept);
    },

    async noteAt(stop, note) {
      const kept = change("stops");
      const stops = kept.objectStore("stops");
      stops.put({ ...((await done(stops.get(stop))) ?? { stop }), note });
      await over(kept);
    },

    async mark(n, state, sentence) {
      const kept = change("outbox");
      const outbox = kept.objectStore("outbox");
      const item = await done(outbox.get(n));
      if (item) outbox.put({ ...item, state, sentence });
      await over(kept);
    },

    async letGo(n) {
      const kept = change("outbox");
      kept.objectStore("outbox").delete(n);
      await over(kept);
    },

    close: () => base.close(),

    async clear() {
      base.close();
      await done(indexedDB.deleteDatabase(named));
    },
  };
};

// This observer's own store. The one of before is theirs if its pass was; `passes` are the hashes
// of all that this observer ever had for the work.
export const openStore = async (work, observer, passes) => {
  if ((await storesOf(work)).includes(work)) {
    const store = await openNamed(work, work);
    const token = (await store.about("where"))?.token ?? "";
    if (passes.includes(await sha256(new TextEncoder().encode(token)))) return store;
    store.close();
  }
  return openNamed(work, nameOf(work, observer));
};
