// A walk on a phone. Everything is kept on the phone first and handed in whenever there is a
// network; the page never waits for it.

import { openStore, sha256 } from "../phone/store.mjs";
import { ONE_PRESS, byId, inTurn, lineOf, say } from "../phone/writing.mjs";
import { letGoOfAll, prepare, show, watch } from "../phone/keeping.mjs";
import { ready } from "./photos.mjs";

const sheet = JSON.parse(document.body.dataset.sheet);
const WORDS = { fixed: "Fixed", partly: "Partly fixed", not_fixed: "Not fixed", cannot_determine: "Could not tell", trouble: "New trouble" };
const RANDOM_WORDS = { ...WORDS, fixed: "Nothing wrong here" };
const MOST_SHOTS = 4;
const MOST_BYTES = 20 * 1024 * 1024;
const NO_PICTURE = "This file cannot be taken. Set the camera to write JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible) and photograph it again.";
const HERE = { enableHighAccuracy: true, timeout: 6000, maximumAge: 30_000 };

const view = { at: 0, busy: false, finding: "", kept: new Map(), shown: new Map() };
let store;

const stopNow = () => sheet.stops[view.at];
const keptOf = (stop) => view.kept.get(stop.id) ?? {};
const foundAt = (stop) => keptOf(stop).found ?? stop.found;
const wordsAt = (stop) => (stop.random ? RANDOM_WORDS : WORDS)[foundAt(stop)];
// A picture that cannot be taken is said at the camera.
const refused = (text) => {
  for (const id of ["no_picture", "no_trouble_picture"]) {
    byId(id).hidden = text === "";
    byId(id).textContent = text;
  }
};


const reread = async () => {
  view.kept = new Map((await store.stops()).map((row) => [row.stop, row]));
};

const distance = (meters) => (meters < 400 ? `${Math.round(meters / 15.24) * 50} feet` : `${(meters / 1609.344).toFixed(1)} miles`);

const drawShots = (list, keys) => {
  list.replaceChildren(
    ...keys.map((key, n) => {
      const item = document.createElement("li");
      const address = view.shown.get(key);
      const image = document.createElement(address ? "img" : "span");
      if (address) {
        image.src = address;
        image.alt = `Photograph ${n + 1}`;
      } else image.textContent = `Photo ${n + 1}`;
      item.append(image);
      return item;
    }),
  );
};

const drawAll = () => {
  byId("stops").replaceChildren(
    ...sheet.stops.map((stop, n) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "usa-button usa-button--unstyled";
      button.textContent = `${stop.label}${foundAt(stop) ? `: ${wordsAt(stop)}` : ""}`;
      button.addEventListener("click", () => {
        byId("all").open = false;
        goTo(n);
      });
      item.append(button);
      return item;
    }),
  );
};

const drawStop = () => {
  const stop = stopNow();
  byId("turn").textContent = `Stop ${stop.position} of ${sheet.stops.length}`;
  byId("reason").textContent = stop.reason;
  byId("place").textContent = stop.label;
  byId("what").textContent = stop.what === stop.label ? "" : stop.what;
  byId("look").replaceChildren(...stop.look.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  byId("way").textContent = stop.leg ? `About ${distance(stop.leg)} ${stop.way} from the stop before` : "";
  byId("already").hidden = !foundAt(stop);
  byId("already").textContent = foundAt(stop) ? `Written down: ${wordsAt(stop)}. Press again to correct it; both stay.` : "";
  for (const key of byId("findings").querySelectorAll("button")) {
    key.hidden = stop.random && ["partly", "not_fixed"].includes(key.dataset.finding);
    key.textContent = (stop.random ? RANDOM_WORDS : WORDS)[key.dataset.finding];
  }
  byId("ratings").hidden = !view.finding;
  byId("findings").hidden = !!view.finding;
  byId("before").disabled = view.at === 0;
  byId("after").disabled = view.at === sheet.stops.length - 1;
  drawShots(byId("shots"), keptOf(stop).shots ?? []);
};

const part = (name) => {
  for (const id of ["stop", "trouble", "over"]) byId(id).hidden = id !== name;
  byId("steps").hidden = byId("all").hidden = name === "trouble";
};

const goTo = (n, { focus = true } = {}) => {
  view.at = n;
  view.finding = "";
  byId("note").value = keptOf(stopNow()).note ?? "";
  byId("note_fold").open = byId("note").value !== "";
  refused("");
  part("stop");
  drawStop();
  drawAll();
  scrollTo(0, 0);
  if (focus) byId("place").focus();
};

const goOn = (said) => {
  const order = [...sheet.stops.keys()].map((n) => (view.at + 1 + n) % sheet.stops.length);
  const next = order.find((n) => !foundAt(sheet.stops[n]));
  say(said);
  if (next !== undefined) return goTo(next);
  part("over");
  byId("turn").textContent = `All ${sheet.stops.length} stops seen`;
  drawAll();
  byId("over_title").focus();
  return undefined;
};

const photograph = (input, use, list) => {
  const [file] = input.files;
  input.value = "";
  const stop = stopNow();
  return file && inTurn(() => keepPhotograph(file, stop, use, list));
};

const keepPhotograph = async (file, stop, use, list) => {
  refused("");
  if ((keptOf(stop)[use] ?? []).length >= MOST_SHOTS) return refused(`${MOST_SHOTS} photographs are enough for one stop.`);
  if (file.size > MOST_BYTES) return refused("This picture is larger than 20 MB. Set the camera to a smaller size.");
  const place = byId("keep_place").checked;
  const sent = await ready(file, { placeStays: place });
  if (sent === null) return refused(NO_PICTURE);
  const key = crypto.randomUUID();
  const blob = new Blob([sent]);
  await store.keepPhoto(stop.id, use, { key, blob, place, sha256: await sha256(sent) });
  view.shown.set(key, URL.createObjectURL(blob));
  await reread();
  if (stop === stopNow()) drawShots(list, keptOf(stop)[use]);
  say("The photograph is kept on this phone.");
  show.soon();
};

const keepFinding = (finding, rating) => {
  const stop = stopNow();
  if (view.busy) return undefined;
  view.busy = true;
  return inTurn(() => keepLineOf(stop, finding, rating)).finally(() => (view.busy = false));
};

const keepLineOf = async (stop, finding, rating) => {
  const { shots = [] } = keptOf(stop);
  const line = await lineOf({ kind: "finding", stop: stop.id, finding, rating, note: byId("note").value.trim(), photos: shots });
  await store.keepLine(stop.id, line, () => ({ found: finding, shots: [], note: "" }));
  await reread();
  navigator.vibrate?.(30);
  goOn(`Stop ${stop.position}: ${(stop.random ? RANDOM_WORDS : WORDS)[finding]}. Kept on this phone.`);
  show.soon();
};

const whereNow = () =>
  new Promise((resolve) => {
    if (!byId("position").checked || !navigator.geolocation) return resolve(null);
    const found = ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, consent: true });
    return navigator.geolocation.getCurrentPosition(found, () => resolve(null), HERE);
  });

const keepTrouble = (rating) => {
  const stop = stopNow();
  if (view.busy) return undefined;
  view.busy = true;
  return inTurn(() => keepTroubleAt(stop, rating)).finally(() => (view.busy = false));
};

const keepTroubleAt = async (stop, rating) => {
  const topic = byId("topic").value;
  byId("trouble_error").hidden = topic !== "";
  byId("trouble_error").textContent = topic ? "" : "Choose what it is.";
  if (!topic) return byId("topic").focus();
  const { newShots = [] } = keptOf(stop);
  const said = { kind: "trouble", stop: stop.id, finding: "", rating, note: byId("trouble_note").value.trim(), topic, photos: newShots };
  const line = await lineOf({ ...said, position: await whereNow() });
  const found = (before) => ({ newShots: [], ...(stop.random && !before.found ? { found: "trouble" } : {}) });
  await store.keepLine(stop.id, line, found);
  await reread();
  byId("trouble").reset();
  if (stop.random) goOn("New trouble. Kept on this phone.");
  else {
    goTo(view.at);
    say("New trouble. Kept on this phone.");
  }
  show.soon();
};

const ratingKeys = (box, press, from) => {
  for (const [number, words] of sheet.ratings.filter(([n]) => n >= from)) {
    const key = document.createElement("button");
    key.type = "button";
    key.className = "usa-button usa-button--outline";
    key.append(Object.assign(document.createElement("strong"), { textContent: number }), ` ${words}`);
    key.addEventListener("click", ({ detail }) => detail > ONE_PRESS || press(number));
    box.insertBefore(key, box.querySelector(".phone__back"));
  }
};

const listen = () => {
  byId("findings").addEventListener("click", ({ target, detail }) => {
    const finding = target.closest("button")?.dataset.finding;
    if (!finding || detail > ONE_PRESS) return;
    if (finding === "fixed") keepFinding(finding, 1);
    else if (finding === "cannot_determine") keepFinding(finding, null);
    else {
      view.finding = finding;
      drawStop();
      byId("ratings").querySelector("button").focus();
    }
  });
  ratingKeys(byId("ratings"), (rating) => keepFinding(view.finding, rating), 2);
  byId("another").addEventListener("click", () => goTo(view.at));
  ratingKeys(byId("trouble_ratings"), keepTrouble, 2);
  byId("topic").append(...sheet.topics.map(([code, name]) => new Option(name, code)));
  byId("camera").addEventListener("change", ({ target }) => photograph(target, "shots", byId("shots")));
  byId("trouble_camera").addEventListener("change", ({ target }) => photograph(target, "newShots", byId("trouble_shots")));
  byId("trouble").addEventListener("submit", (event) => event.preventDefault());
  byId("note").addEventListener("change", async () => {
    await store.noteAt(stopNow().id, byId("note").value);
    await reread();
  });
  byId("new").addEventListener("click", () => {
    part("trouble");
    byId("trouble_near").textContent = `Near stop ${stopNow().position}, ${stopNow().label}`;
    drawShots(byId("trouble_shots"), keptOf(stopNow()).newShots ?? []);
    scrollTo(0, 0);
    byId("trouble_title").focus();
  });
  byId("back").addEventListener("click", () => goTo(view.at));
  byId("before").addEventListener("click", () => goTo(view.at - 1));
  byId("after").addEventListener("click", () => goTo(view.at + 1));
};

const start = async () => {
  if (!globalThis.isSecureContext) return show.alarm("Walking with a phone needs the site's secure address (https). Print the walk instead.");
  store = await openStore(`wardroom-walk-${sheet.walk}`, sheet.observer, sheet.passes);
  byId("writer").textContent = `${sheet.name} writes on this phone now.`;
  if (await prepare(store, sheet)) {
    part("over");
    byId("steps").hidden = byId("all").hidden = true;
    byId("over_title").textContent = "This walk is over";
    const all = await letGoOfAll(store);
    byId("over_text").textContent = all ? "All of it was delivered. Nothing of it is left on this phone." : "All that you wrote down was delivered. What somebody else wrote down here still waits for a network.";
    return byId("over_title").focus();
  }
  await reread();
  for (const { kind, key, blob } of await store.waiting()) if (kind === "photo") view.shown.set(key, URL.createObjectURL(blob));
  listen();
  byId("until").textContent = `What you write down can be sent until ${new Date(sheet.until).toLocaleDateString("en-US", { dateStyle: "long" })}. Nothing is lost after that: take the walk on this phone again.`;
  const first = sheet.stops.findIndex((stop) => !foundAt(stop));
  if (first >= 0) goTo(first, { focus: false });
  else goOn("");
  return watch(store);
};

start().catch((error) => {
  show.alarm("This phone cannot keep a walk. Print it instead, and write what you see on its page.");
  console.warn("The walk could not start:", error.message);
});
