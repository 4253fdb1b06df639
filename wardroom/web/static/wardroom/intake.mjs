// The intake: a click on the map chooses the place, and a suggested topic goes into the form.
// All of it works without: the place is typed, the topic chosen from the list.

const byId = (id) => document.getElementById(id);
const map = () => document.querySelector(".intake [data-map]");

document.addEventListener("map:pick", (event) => {
  const { latitude, longitude } = event.detail;
  const field = byId("in_point");
  if (!field) return;
  field.value = `${latitude.toFixed(6)},${longitude.toFixed(6)}`;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (event.target.name === "topic_pick") byId("in_topic_code").value = event.target.value;
});

document.addEventListener("htmx:afterSettle", () => {
  const here = byId("here")?.dataset;
  const root = map();
  if (root && here?.latitude && here.latitude !== root.dataset.latitude) {
    root.dataset.latitude = here.latitude;
    root.dataset.longitude = here.longitude;
    root.dispatchEvent(new CustomEvent("map:show"));
  }
  if (document.activeElement === document.body) byId(byId("in_said").value ? "results" : "in_said").focus();
});
