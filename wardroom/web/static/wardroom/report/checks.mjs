// What one step of the public form can be told at once, in the language of the page. The site
// checks all of it again; nobody has to come back over several steps for what is known here.

const MOST_BYTES = 20 * 1024 * 1024;

const MARKS = {
  "image/jpeg": (head) => head.startsWith("ffd8ff"),
  "image/png": (head) => head.startsWith("89504e47"),
  "image/webp": (head) => head.startsWith("52494646") && head.slice(16) === "57454250",
};

// What newer phones keep: a box named ftyp, and a brand of this list (documents/rules.py).
const PHONES = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"];

const isOfPhone = async (file) => {
  const head = await file.slice(4, 12).text();
  return head.startsWith("ftyp") && PHONES.includes(head.slice(4));
};

const isPicture = async (file) => {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  return MARKS[file.type]?.(Array.from(head, (byte) => byte.toString(16).padStart(2, "0")).join("")) ?? false;
};

// How many pictures the site holds for this form already, less those that are taken off.
const kept = (form) => form.querySelectorAll("[name=drop]:not(:checked)").length;

const ofPictures = async (form) => {
  const field = form.elements.pictures;
  const files = [...field.files];
  if (files.length + kept(form) > Number(form.dataset.most)) return [[field, "many_files"]];
  if (files.some((file) => file.size > MOST_BYTES)) return [[field, "large_file"]];
  if ((await Promise.all(files.map(isOfPhone))).some(Boolean)) return [[field, "phone_file"]];
  const pictures = await Promise.all(files.map(isPicture));
  return pictures.every(Boolean) ? [] : [[field, "bad_file"]];
};

const ofPlace = (form) => {
  const { place, spot, photo_spot: photo, place_sure: sure } = form.elements;
  if (!place.value.trim() && !spot.value && !photo.value) return [[place, "place_missing"]];
  const flaw = document.getElementById("place-known").dataset.flaw;
  return flaw && !(flaw === "place_unknown" && sure?.checked) ? [[place, flaw]] : [];
};

const isEmpty = (part) => {
  const fields = [...part.querySelectorAll("input, textarea, select")];
  return !fields.some((field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim()));
};

const ofWords = (form) => {
  const { said, topic_code: topic, pictures } = form.elements;
  const joins = form.querySelector("[name=me_too]:checked")?.value;
  const found = [];
  if (!said.value.trim() && !pictures.files.length && !kept(form) && !joins) found.push([said, "said_missing"]);
  if (!topic.value) found.push([topic, "choose"]);
  const asked = joins ? [] : [...form.querySelectorAll("[data-must]")].filter(isEmpty);
  return [...found, ...asked.map((part) => [part.querySelector("input, textarea, select"), "fill_in"])];
};

const ofPerson = (form) => {
  const { email, phone, consent } = form.elements;
  return (email.value.trim() || phone.value.trim()) && !consent.checked ? [[consent, "not_agreed"]] : [];
};

const CHECKS = { pictures: ofPictures, place: ofPlace, said: ofWords, consent: ofPerson };

const clear = (part) => {
  part.querySelectorAll("[data-told-here]").forEach((text) => text.remove());
  part.querySelectorAll(".field--error").forEach((field) => field.classList.remove("field--error"));
  part.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
};

const tell = (control, sentence) => {
  const field = control.closest(".field");
  const text = document.createElement("span");
  text.className = "field__error";
  text.id = `${control.id}_told`;
  text.dataset.toldHere = "";
  text.textContent = sentence;
  field.classList.add("field--error");
  field.querySelectorAll(".field__error").forEach((old) => old.remove());
  field.querySelector("legend, .field__label, .usa-checkbox__label").after(text);
  control.setAttribute("aria-invalid", "true");
  const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && document.getElementById(id));
  control.setAttribute("aria-describedby", [...new Set([...others, text.id])].join(" "));
};

// Whether a step can be left; what is wrong is said at its fields, and the first has the focus.
export const isSound = async (form, part) => {
  clear(part);
  const name = Object.keys(CHECKS).find((each) => part.querySelector(`[name=${each}]`));
  const found = name ? await CHECKS[name](form) : [];
  const sentences = JSON.parse(form.dataset.wrong);
  for (const [control, key] of found) tell(control, sentences[key]);
  found[0]?.[0].focus();
  return found.length === 0;
};
