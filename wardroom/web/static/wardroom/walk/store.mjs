// What a walk keeps on the phone. The outbox is only ever added to; a line leaves it when the
// site has echoed its key and its hash, and not before.

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

const nameOf = (walk) => `wardroom-walk-${walk}`;

const open = (walk) => {
  const request = indexedDB.open(nameOf(walk), 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
    request.result.createObjectStore("stops", { keyPath: "stop" });
    request.result.createObjectStore("about", { keyPath: "name" });
  };
  return done(request);
};

export const openStore = async (walk) => {
  const base = await open(walk);
  base.onversionchange = () => base.close();
  const read = async (name, key) => done(base.transaction(name).objectStore(name).get(key));
  const change = (...names) => base.transaction(names, "readwrite", { durability: "strict" });

  return {
    walk,
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

    async clear() {
      base.close();
      await done(indexedDB.deleteDatabase(nameOf(walk)));
    },
  };
};
