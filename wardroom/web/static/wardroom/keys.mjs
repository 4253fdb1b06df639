// Keys for those who want them; every page works without. "?" opens the list that the page holds.

const OFF = "wardroom-keys-off";
const isOff = () => localStorage.getItem(OFF) === "yes";
const ROW = ".day tbody tr, .table--picks tbody tr";
const typing = (place) => place.closest("input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]");
const rows = () => [...document.querySelectorAll(ROW)];
const dialog = document.getElementById("keys");
const useThem = dialog.querySelector("[type=checkbox]");

const help = () => {
  useThem.checked = !isOff();
  dialog.showModal();
};
useThem.addEventListener("change", () => localStorage.setItem(OFF, useThem.checked ? "no" : "yes"));

const step = (by) => {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
  row.tabIndex = -1;
  row.focus();
  return true;
};

const inRow = (what) => {
  const row = document.activeElement.closest?.(ROW);
  const found = row?.querySelector(what);
  found?.click();
  return Boolean(found);
};

const focus = (id) => {
  const field = document.getElementById(id);
  field?.focus();
  return Boolean(field);
};

// What a page offers by a key of its own: a fold opens on its first field, a link is followed.
const ofPage = (key) => {
  if (!/^[a-z]$/.test(key)) return false;
  const place = document.querySelector(`main [aria-keyshortcuts="${key}"]`);
  if (place?.matches("summary")) {
    place.parentElement.open = true;
    place.parentElement.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  } else place?.click();
  return Boolean(place);
};

const DO = {
  c: () => focus("capture_line"),
  "/": () => focus("search_words") || focus("find_line"),
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => document.activeElement.matches(ROW) && step(1),
  ArrowUp: () => document.activeElement.matches(ROW) && step(-1),
  Enter: () => document.activeElement.matches(ROW) && inRow("a.cell__main"),
  d: () => inRow("[data-key=d]"),
  x: () => inRow(".is-pick input"),
};

// Who opens "Log a contact" goes on typing: the words are the next thing wanted.
document.addEventListener("click", (event) => {
  const fold = event.target.closest("summary")?.parentElement;
  if (fold) setTimeout(() => fold.open && fold.querySelector(":scope > form textarea")?.focus());
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    help();
  } else if (!isOff() && (DO[event.key]?.() || ofPage(event.key))) event.preventDefault();
});
