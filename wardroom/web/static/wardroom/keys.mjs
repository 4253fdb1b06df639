// Keys for those who want them; every page works without. "?" says which there are.

const OFF = "wardroom-keys-off";
const KEYS = [
  ["c", "Write a line"],
  ["/", "Search"],
  ["j, k or arrows", "The next row, the one before"],
  ["Enter", "Open the row"],
  ["d", "Done or approve"],
  ["x", "Tick the row"],
  ["?", "This list"],
];
const isOff = () => localStorage.getItem(OFF) === "yes";
const ROW = ".day tbody tr, .table--picks tbody tr";
const typing = (place) => place.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
const rows = () => [...document.querySelectorAll(ROW)];
let dialog = null;

const made = (tag, text = "") => {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
};

const help = () => {
  if (!dialog) {
    dialog = made("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-label", "Keys");
    const list = made("dl");
    const here = [...document.querySelectorAll("main [aria-keyshortcuts]")];
    const own = here.map((place) => [place.getAttribute("aria-keyshortcuts"), place.textContent.trim()]);
    for (const [key, what] of [...KEYS, ...own]) list.append(made("dt", key), made("dd", what));
    const label = made("label", " Use these keys");
    const box = made("input");
    box.type = "checkbox";
    box.checked = !isOff();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "no" : "yes"));
    label.prepend(box);
    const close = made("button", "Close");
    close.className = "usa-button";
    close.addEventListener("click", () => dialog.close());
    dialog.append(made("h2", "Keys"), list, label, close);
    document.body.append(dialog);
  }
  dialog.showModal();
};

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
