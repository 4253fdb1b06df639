// First results under the search box while somebody types. Enter without a choice searches in full.

const WAIT = 200;
const LEAST = 2;
const MOST = 8;
const PART = { "HX-Request": "true", "HX-Target": "results" };
const form = document.querySelector("form[data-find]");
const box = form?.querySelector("input[type=search]");

// The part of the search page that holds the results, each as an option of the list.
const optionsIn = (text) => {
  const part = new DOMParser().parseFromString(text, "text/html");
  return [...part.querySelectorAll(".worklist > li")].slice(0, MOST).map((row, n) => {
    const option = document.createElement("li");
    const title = document.createElement("span");
    const about = document.createElement("span");
    const link = row.querySelector("a.worklist__title");
    title.className = "found__title";
    title.textContent = link.textContent;
    about.className = "found__about";
    about.textContent = [row.querySelector(".tag"), row.querySelector(".found__why")]
      .map((place) => place?.textContent.trim())
      .filter(Boolean)
      .join(" · ");
    option.id = `found_${n}`;
    option.dataset.href = link.getAttribute("href");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(title, about);
    return option;
  });
};

const start = () => {
  const list = document.createElement("ul");
  list.id = "found";
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "First results");
  const said = document.createElement("span");
  said.className = "hidden-visually";
  said.setAttribute("aria-live", "polite");
  form.append(list, said);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asked = null;
  let here = -1;
  const options = () => [...list.querySelectorAll("[data-href]")];

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    here = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const all = options();
    if (!all.length) return;
    here = (place + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === here)));
    box.setAttribute("aria-activedescendant", all[here].id);
    all[here].scrollIntoView({ block: "nearest" });
  };

  const look = async () => {
    const words = box.value.trim();
    if (words.length < LEAST) return close();
    asked?.abort();
    asked = new AbortController();
    const address = `${form.getAttribute("action")}?q=${encodeURIComponent(words)}`;
    const how = { credentials: "same-origin", headers: PART, signal: asked.signal };
    try {
      const answer = await fetch(address, how);
      if (!answer.ok || answer.redirected) return close();
      list.replaceChildren(...optionsIn(await answer.text()));
    } catch {
      return undefined; // somebody typed on, or the line is down: the full search is there
    }
    here = -1;
    box.removeAttribute("aria-activedescendant");
    const many = options().length;
    said.textContent = many === 1 ? "1 result" : `${many || "No"} results`;
    list.hidden = many === 0;
    box.setAttribute("aria-expanded", String(many > 0));
    return undefined;
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      choose(here + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      choose(here < 0 ? -1 : here - 1);
    } else if (event.key === "Enter" && here >= 0) {
      event.preventDefault();
      location.assign(options()[here].dataset.href);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-href]");
    if (option) location.assign(option.dataset.href);
  });
  box.addEventListener("blur", close);
};

if (box) start();
