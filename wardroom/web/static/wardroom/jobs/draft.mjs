// Keeps a draft as one goes: what was typed a few seconds after the last key, a file at once.
// Without this script the button "Save" does the same.

const AFTER = 2500;

const start = (form) => {
  const note = form.querySelector("[data-saved]");
  let timer = 0;
  let sending = false;

  const keep = async () => {
    timer = 0;
    const typed = new FormData(form);
    typed.delete("resume");
    typed.set("do", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed });
      note.textContent = answer.ok ? note.dataset.saved : note.dataset.unsaved;
    } catch {
      note.textContent = note.dataset.unsaved;
    }
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    note.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length || sending) return;
    form.requestSubmit(form.querySelector("[value=save]"));
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sending) event.preventDefault();
    sending = true;
  });
  globalThis.addEventListener("pageshow", () => {
    sending = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      keep();
    }
  });
};

document.querySelectorAll("form[data-draft]").forEach(start);
