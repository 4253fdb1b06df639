// The public form: one screen at a time, and what is known of it while it is filled in.
// All of it works without: it is one long form then, with a button that looks things up. The
// site holds the photographs of a form that stays open; they come first here.

import { isSound } from "./checks.mjs";
import { placeOf } from "./place.mjs";

const PARTS = ["place-known", "words-known", "known"];
const LOOKED_UP = new Set(["place", "spot", "said", "topic_code"]);
const WAIT = 500;

// Shows one part of the form, and says which of how many it is. A part is left when it is sound.
const stepper = (form, settled) => {
  const parts = [...form.querySelectorAll("[data-part]")];
  const way = form.querySelector("[data-way]");
  const [back, next, at] = ["back", "next", "at"].map((name) => form.querySelector(`[data-${name}]`));
  let here = 0;
  const show = (n, focus = true) => {
    here = Math.max(0, Math.min(n, parts.length - 1));
    parts.forEach((part, k) => part.toggleAttribute("hidden", k !== here));
    back.hidden = here === 0;
    next.hidden = here === parts.length - 1;
    at.textContent = form.dataset.step.replace("{n}", here + 1).replace("{of}", parts.length);
    const heading = parts[here].querySelector("h2");
    heading.tabIndex = -1;
    if (focus) {
      heading.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
  };
  const partOf = (element) => parts.findIndex((part) => part.contains(element));
  way.hidden = false;
  back.addEventListener("click", () => show(here - 1));
  const sound = async (part) => {
    await settled();
    return isSound(form, part);
  };
  const leave = async () => {
    const from = here;
    if ((await sound(parts[from])) && here === from) show(from + 1);
  };
  next.addEventListener("click", leave);
  let checked = false;
  form.addEventListener("submit", (event) => {
    if (checked || event.defaultPrevented) return;
    event.preventDefault();
    const send = async () => {
      // A form that is still being submitted cannot be submitted again: wait for the next turn.
      await new Promise((turn) => setTimeout(turn));
      for (const [n, part] of parts.entries()) {
        part.removeAttribute("hidden");
        if (!(await sound(part))) return show(n, false);
        part.toggleAttribute("hidden", n !== here);
      }
      checked = true;
      form.requestSubmit(event.submitter);
    };
    send();
  });
  form.addEventListener("keydown", (event) => {
    const line = event.target instanceof HTMLInputElement && !["submit", "button", "file"].includes(event.target.type);
    if (event.key !== "Enter" || !line || here === parts.length - 1) return;
    event.preventDefault();
    leave();
  });
  document.querySelector(".error-summary")?.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.hash?.slice(1) ?? "");
    if (!target || partOf(target) < 0) return;
    event.preventDefault();
    show(partOf(target), false);
    target.focus();
  });
  const wrong = form.querySelector(".field--error");
  show(wrong ? Math.max(0, partOf(wrong)) : 0, false);
};

// Asks the site what it knows of what is filled in, and puts that in its places.
const looker = (form) => {
  let timer = 0;
  let asked = 0;
  let looking = Promise.resolve();
  const look = async () => {
    asked += 1;
    const mine = asked;
    const data = new FormData(form);
    data.delete("pictures");
    data.delete("sum");
    data.delete("drop");
    data.set("look", "1");
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of PARTS) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      fresh?.querySelectorAll("[data-take]").forEach((part) => part.removeAttribute("hidden"));
      if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
    }
  };
  form.addEventListener("input", (event) => {
    if (!LOOKED_UP.has(event.target.name)) return;
    if (event.target.name === "place") {
      form.elements.spot.value = "";
      if (form.elements.place_sure) form.elements.place_sure.checked = false;
    }
    clearTimeout(timer);
    timer = setTimeout(now, WAIT);
  });
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    looking = look().catch(() => {});
    return looking;
  };
  return {
    choose: (latitude, longitude, name = "spot") => {
      form.elements[name].value = `${latitude.toFixed(6)},${longitude.toFixed(6)}`;
      now();
    },
    settled: () => (timer ? now() : looking),
  };
};

const start = (form) => {
  form.querySelectorAll("[data-without]").forEach((part) => part.setAttribute("hidden", ""));
  form.querySelector("[data-part]").before(form.querySelector("[data-first]"));
  const { choose, settled } = looker(form);
  form.addEventListener("click", (event) => {
    const taken = event.target.closest("[data-take]")?.dataset.take;
    if (!taken) return;
    form.elements.topic_code.value = taken;
    form.elements.topic_code.focus();
    form.elements.topic_code.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("map:pick", (event) => choose(event.detail.latitude, event.detail.longitude));
  const button = form.querySelector("[data-here]");
  if (navigator.geolocation) {
    button.hidden = false;
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => choose(coords.latitude, coords.longitude)));
  }
  form.elements.pictures.addEventListener("change", async (event) => {
    const [first] = event.target.files;
    const place = first ? await placeOf(first) : null;
    form.elements.photo_spot.value = "";
    if (!place) return;
    const note = document.createElement("p");
    note.className = "note";
    note.setAttribute("role", "status");
    note.textContent = form.dataset.placed;
    event.target.closest(".field").append(note);
    choose(place.latitude, place.longitude, "photo_spot");
  });
  stepper(form, settled);
  form.setAttribute("data-ready", "");
};

document.querySelectorAll("form[data-told]").forEach(start);
