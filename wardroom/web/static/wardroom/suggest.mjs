// Suggestions under each box that names the page of its choices. What is typed can be sent as it
// stands; a suggestion that is taken is filled in whole.

import { choicesOf, combobox } from "./combobox.mjs";

const LEAST = 2;

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const { suggest, suggestLabel, suggestCounted } = box.dataset;
  box.removeAttribute("list"); // the browser's own list would lie over ours
  combobox(box, {
    id: `${box.id}_found`,
    label: suggestLabel,
    counted: suggestCounted,
    under: box.parentElement,
    look: (signal) => {
      const words = box.value.trim();
      return words.length < LEAST ? null : choicesOf(`${suggest}?q=${encodeURIComponent(words)}`, signal);
    },
    choose: (option) => {
      box.value = option.dataset.insert;
    },
  });
}
