// The door of an event on a phone. Everybody who comes in is kept on the phone first and handed in
// whenever there is a network; the page never waits for it.

import { openStore } from "../phone/store.mjs";
import { letGoOfAll, prepare, show, watch } from "../phone/keeping.mjs";
import { ONE_PRESS, byId, inTurn, lineOf, say } from "../phone/writing.mjs";

const sheet = JSON.parse(document.body.dataset.sheet);
const LANGUAGES = new Map(sheet.languages);
const OFTEN = 60_000;
const isOver = () => sheet.ended || Date.now() >= Date.parse(sheet.closes_at);

let store;
let written = new Map();

const reread = async () => {
  written = new Map((await store.stops()).map((row) => [row.stop, row]));
};

// Who is here: what this phone wrote stands before what the site said as the page was opened.
const here = () => {
  const own = [...written.values()].filter((row) => row.here).map((row) => row.language);
  const rest = sheet.came.filter(({ guest, key }) => !written.has(guest) && !written.has(key));
  return [...own, ...rest.map(({ language }) => language)];
};

const isHere = (guest) => written.get(guest.id)?.here ?? sheet.came.some((row) => row.guest === guest.id);

const drawHeads = () => {
  const heads = new Map();
  for (const language of here()) heads.set(language, (heads.get(language) ?? 0) + 1);
  byId("count").textContent = `${here().length} here`;
  const most = [...heads].sort(([, a], [, b]) => b - a);
  byId("heads").textContent = most.map(([code, number]) => `${LANGUAGES.get(code) ?? code} ${number}`).join(" · ") || "Nobody yet.";
};

const button = (words, name, press, look = "usa-button--outline") => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `usa-button ${look}`;
  made.append(words, Object.assign(document.createElement("span"), { className: "hidden-visually", textContent: `: ${name}` }));
  made.addEventListener("click", ({ detail }) => detail > ONE_PRESS || press());
  return made;
};

const row = (name, came, ...buttons) => {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("span"), { textContent: came ? `${name}: here` : name }), ...buttons);
  return item;
};

const guestRow = (guest) => {
  if (!isHere(guest)) return row(guest.name, false, button("Here", guest.name, () => checkIn(guest), ""));
  const own = written.get(guest.id)?.here;
  return row(guest.name, true, ...(own ? [button("Undo", guest.name, () => undo(guest.id))] : []));
};

const drawGuests = () => {
  const wanted = byId("find").value.trim().toLowerCase();
  const found = sheet.guests.filter(({ name, id }) => name.toLowerCase().includes(wanted) && !written.get(id)?.walked);
  byId("guests").replaceChildren(...found.map(guestRow));
  byId("nobody").hidden = found.length > 0;
  const walked = [...written.values()].filter((each) => each.walked && each.here).reverse();
  byId("walked").replaceChildren(...walked.map(({ stop, name }) => row(name, true, button("Undo", name, () => undo(stop)))));
  byId("walked_part").hidden = walked.length === 0;
};

const draw = async (said) => {
  await reread();
  drawHeads();
  drawGuests();
  if (said) say(said);
};

// The press is done once the phone has kept it; sending goes on by itself.
const keep = (stop, said, after, words) =>
  inTurn(async () => {
    const line = await lineOf(said);
    await store.keepLine(stop ?? line.key, line, () => after(line));
    navigator.vibrate?.(30);
    await draw(words);
    show.soon();
  });

const checkIn = ({ id, name, language }) =>
  keep(id, { kind: "here", guest: id }, ({ key }) => ({ key, name, language, here: true }), `${name} is here. Kept on this phone.`).then(() => byId("find").focus());

const undo = (stop) => {
  const { key, name } = written.get(stop);
  return keep(stop, { kind: "undo", of: key }, () => ({ here: false }), `${name} is not here. Kept on this phone.`);
};

const fault = (id, sentence) => {
  byId(`${id}_error`).hidden = sentence === "";
  byId(`${id}_error`).textContent = sentence;
  byId(id).setAttribute("aria-invalid", String(sentence !== ""));
  return sentence !== "";
};

// The first field that cannot be kept as it is, if any.
const firstFault = () => {
  const wrong = [fault("email", byId("email").validity.typeMismatch ? "This is not an e-mail address." : ""), fault("name", byId("name").value.trim() ? "" : "Write the name.")];
  return wrong[1] ? "name" : wrong[0] ? "email" : "";
};

const walkIn = async (event) => {
  event.preventDefault();
  const wrong = firstFault();
  if (wrong) {
    if (wrong === "email") byId("reach").open = true;
    return byId(wrong).focus();
  }
  const text = (id) => byId(id).value.trim();
  const [name, language] = [text("name"), text("language")];
  const said = { kind: "guest", name, phone: text("phone"), email: text("email"), consent: byId("consent").checked, language };
  byId("walk_in").reset();
  byId("reach").open = false;
  byId("name").focus();
  return keep(null, said, ({ key }) => ({ key, name, language, here: true, walked: true }), `${name} is here. Kept on this phone.`);
};

const letGo = async () => {
  byId("door").hidden = byId("below").hidden = true;
  byId("over").hidden = false;
  const all = await letGoOfAll(store);
  byId("over_text").textContent = all ? "All of it was delivered. Nothing of it is left on this phone." : "All that you wrote down was delivered. What somebody else wrote down here still waits for a network.";
  byId("over_title").focus();
};

// Once it is over and delivered, an open page lets go by itself.
const lookAgain = async () => {
  if (isOver() && (await store.waiting()).length === 0) location.reload();
};

const listen = () => {
  byId("language").append(...sheet.languages.map(([code, name]) => new Option(name, code)));
  byId("walk_in").addEventListener("submit", walkIn);
  byId("find").addEventListener("input", drawGuests);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookAgain());
  setInterval(lookAgain, OFTEN);
};

const start = async () => {
  if (!globalThis.isSecureContext) return show.alarm("The door on a phone needs the site's secure address (https). Use the door's page, or a paper sheet.");
  store = await openStore(`wardroom-door-${sheet.event}`, sheet.observer, sheet.passes);
  byId("writer").textContent = `${sheet.name} writes on this phone now.`;
  if (await prepare(store, { token: sheet.token, ended: isOver() })) return letGo();
  listen();
  byId("until").textContent = `What you write down can be sent until ${new Date(sheet.until).toLocaleDateString("en-US", { dateStyle: "long" })}. Nothing is lost after that: take the door on this phone again.`;
  await draw();
  byId("door").hidden = false;
  return watch(store);
};

start().catch((error) => {
  show.alarm("This phone cannot keep the door. Use the door's page, or a paper sheet.");
  console.warn("The door could not start:", error.message);
});
