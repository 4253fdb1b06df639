// First results under the search box while somebody types. Enter without a choice searches in full.

import { combobox, optionOf, resultsOf } from "./combobox.mjs";

const LEAST = 2;
const MOST = 8;
const box = document.querySelector("form[data-find] input[type=search]");

const optionIn = (row) => {
  const link = row.querySelector("a.worklist__title");
  const about = [row.querySelector(".tag"), row.querySelector(".found__why")]
    .map((place) => place?.textContent.trim())
    .filter(Boolean)
    .join(" · ");
  return optionOf(link.textContent, about, { href: link.getAttribute("href") });
};

const look = async (signal) => {
  const words = box.value.trim();
  if (words.length < LEAST) return null;
  const address = `${box.form.getAttribute("action")}?q=${encodeURIComponent(words)}`;
  const part = await resultsOf(address, signal);
  return part && [...part.querySelectorAll(".worklist > li")].slice(0, MOST).map(optionIn);
};

if (box) {
  const choose = (option) => location.assign(option.dataset.href);
  combobox(box, { id: "found", label: "First results", counted: "result", look, choose, none: true });
}
