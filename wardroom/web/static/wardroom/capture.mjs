// Names under the capture line while @person, #topic or /place is typed. The line is sent as it
// stands: a suggestion that is taken only fills the name in.

import { choicesOf, combobox } from "./combobox.mjs";

const NAME = /(^|\s)([@#/])(?:"([^"]{0,120})|([^\s@#!$"/,;:?()]{0,120}))$/;
const box = document.getElementById("capture_line");

// What is left of the name behind the cursor: up to its closing quote, or else the letters up to
// the next blank or stop.
const BARE = /^[^\s@#!$"/,;:?()]*\s*/;
const QUOTED = /^[^"@#/]*"\s*/;

// The name that is being typed at the cursor: where it begins, its sign and its letters.
const typed = () => {
  const before = box.value.slice(0, box.selectionStart);
  const found = NAME.exec(before);
  if (!found) return null;
  const [all, blank, sign, quoted, bare] = found;
  return { begin: before.length - all.length + blank.length, sign, quoted: quoted !== undefined, words: (quoted ?? bare).replaceAll("_", " ").trim() };
};

const look = async (signal) => {
  const name = typed();
  if (!name) return null;
  const query = new URLSearchParams({ sign: name.sign, q: name.words });
  return choicesOf(`${box.dataset.names}?${query}`, signal);
};

const choose = (option) => {
  const name = typed();
  if (!name) return;
  const behind = box.value.slice(box.selectionStart);
  const after = behind.replace(name.quoted && QUOTED.test(behind) ? QUOTED : BARE, "");
  const begin = `${box.value.slice(0, name.begin)}${option.dataset.insert} `;
  box.value = begin + after;
  box.setSelectionRange(begin.length, begin.length);
};

if (box) combobox(box, { id: "capture_names", label: "Names that fit", counted: "name", look, choose });
