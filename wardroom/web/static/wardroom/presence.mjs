// Whether somebody is at this page. Before a sign-in ends for want of it, the page says so, and one
// press keeps it; typing keeps it by itself. All open pages of a browser know of one another.

const bar = document.getElementById("presence");
const text = bar.querySelector("p");
const button = bar.querySelector("button");
const ALONE = Number(bar.dataset.alone) * 1000;
const ENDS = Date.now() + Number(bar.dataset.left) * 1000;
const WARNING = Math.min(120_000, ALONE / 2);
const OFTEN = Math.min(300_000, ALONE / 6);
const others = "BroadcastChannel" in window ? new BroadcastChannel("wardroom-presence") : undefined;
let last = Date.now();
let asked = last;
let over = false;

const here = () => {
  last = Date.now();
  others?.postMessage(last);
};
if (others) others.onmessage = ({ data }) => (last = Math.max(last, data));

const ask = async () => {
  asked = Date.now();
  const answer = await fetch(bar.dataset.here, { redirect: "manual", cache: "no-store" }).catch(() => undefined);
  if (answer?.status === 200) here();
  else if (answer) over = true;
};

const say = (words, { press }) => {
  if (text.textContent !== words) text.textContent = words;
  button.hidden = !press;
  bar.hidden = words === "";
};

const at = (instant) => new Date(instant).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });

const look = () => {
  const now = Date.now();
  const alone = last + ALONE;
  if (over || now >= Math.min(alone, ENDS)) say("You are signed out. What you typed is still on this page: copy it before you sign in again.", { press: false });
  else if (ENDS - now < WARNING) say(`Your sign-in ends at ${at(ENDS)}. Save what you are writing.`, { press: false });
  else if (alone - now < WARNING) say(`Nobody was here for a while. You will be signed out at ${at(alone)}.`, { press: true });
  else say("", { press: false });
};

// Typing and pressing are told to the site now and then; a look alone is not.
for (const sign of ["input", "click", "keydown"]) {
  addEventListener(sign, () => !over && Date.now() - asked > OFTEN && ask(), { passive: true, capture: true });
}
button.addEventListener("click", () => ask().then(look));
document.addEventListener("visibilitychange", look);
here();
setInterval(look, Math.min(5000, WARNING / 4));

// Signing out clears what this browser keeps for work without a network. What still waits there is
// sent first; where that cannot be, one is asked.
const waitingHere = async () => {
  const names = ((await indexedDB.databases?.()) ?? []).map(({ name }) => name);
  const works = names.filter((name) => /^wardroom-(walk|door)-/.test(name));
  if (works.length === 0) return 0;
  const { sendOthers } = await import("./phone/sending.mjs");
  let left = 0;
  for (const name of works) left += await sendOthers(name);
  return left;
};

for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure) return;
    event.preventDefault();
    const left = await waitingHere().catch(() => 0);
    if (left && !confirm(`${left} of what was written on this device could not be sent to the office yet. Signing out throws it away. Sign out all the same?`)) return;
    form.dataset.sure = "yes";
    form.requestSubmit();
  });
}
