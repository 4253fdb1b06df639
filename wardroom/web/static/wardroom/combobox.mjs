// A list of suggestions under a box, for the keyboard as for the mouse: the combobox pattern.

const WAIT = 200;

// ``look(signal)`` gives options as list items, or null for none; ``choose(option)`` takes one.
// The list hangs ``under`` the form of the box, or another part around it. ``none`` shows that
// nothing fits, where what is typed is of no use then.
export const combobox = (box, { id, label, counted, look, choose, under = box.form, none = false }) => {
  const list = document.createElement("ul");
  list.id = id;
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  const said = document.createElement("span");
  const whisper = (aloud = false) => { said.className = aloud ? "found found--none" : "hidden-visually"; };
  whisper();
  said.setAttribute("aria-live", "polite");
  under.append(list, said);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asked = null;
  let here = -1;
  const options = () => [...list.children];

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    whisper();
    here = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    const all = options();
    if (!all.length) return;
    here = (place + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === here)));
    box.setAttribute("aria-activedescendant", all[here].id);
    all[here].scrollIntoView({ block: "nearest" });
  };

  const show = (found) => {
    found.forEach((option, n) => {
      option.id = `${id}_${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
    });
    list.replaceChildren(...found);
    here = -1;
    box.removeAttribute("aria-activedescendant");
    said.textContent = found.length === 1 ? `1 ${counted}` : `${found.length || "No"} ${counted}s`;
    list.hidden = !found.length;
    whisper(none && !found.length);
    box.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const found = await look(asked.signal);
      if (found) show(found);
      else close();
    } catch (error) {
      // the line is down, where nobody typed on: the page works without suggestions
      if (error.name !== "AbortError") close();
    }
  };

  const take = (option) => {
    close();
    choose(option);
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    whisper();
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "Escape") whisper();
    if (list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") mark(here + 1);
    else if (event.key === "ArrowUp") mark(here < 0 ? -1 : here - 1);
    else if (event.key === "Enter" && here >= 0) take(options()[here]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  box.addEventListener("blur", close);
};

// The part of a page that holds its results; nothing where it cannot be had.
export const resultsOf = async (address, signal) => {
  const headers = { "HX-Request": "true", "HX-Target": "results" };
  const answer = await fetch(address, { credentials: "same-origin", headers, signal });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

// An option: what it is called, and a word about it.
export const optionOf = (title, about, data) => {
  const option = document.createElement("li");
  for (const [name, text] of [["found__title", title], ["found__about", about]]) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    option.append(part);
  }
  Object.assign(option.dataset, data);
  return option;
};

// What a page of choices offers to be filled in: each with what it is called and a word about it.
export const choicesOf = async (address, signal) => {
  const part = await resultsOf(address, signal);
  return part && [...part.querySelectorAll("[data-insert]")].map((row) =>
    optionOf(row.querySelector(".worklist__title").textContent, row.querySelector(".worklist__why").textContent, { insert: row.dataset.insert }),
  );
};
