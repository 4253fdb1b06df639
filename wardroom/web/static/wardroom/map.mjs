// The one map: outlines and circles for candidates or what is open, drawn from our own GeoJSON.
// A page works without it: the list beside the map says the same.

const TONES = {
  undecided: "#1a4480", watch: "#c05600", designate: "#146947", refuse: "#71767a",
  issue: "#c05600", persistent_location: "#146947",
};
const SHADES = { never: "#41245a", silent: "#b3452c", behind: "#e8b04a", met: "#8fc29a", no_plan: "#c9cdd2" };
const SHADED = ["has", "shade"];
const AREA = ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], true, false];
const WAY = ["match", ["geometry-type"], ["LineString", "MultiLineString"], true, false];

const worded = (text, tag = "p", name = "") => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
};

const bounds = (features) => {
  const box = [180, 90, -180, -90];
  const take = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else part.forEach(take);
  };
  features.forEach((feature) => feature.geometry && take(feature.geometry.coordinates));
  return box[0] <= box[2] ? [[box[0], box[1]], [box[2], box[3]]] : null;
};

const load = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
};

const style = (streets, credit) => {
  const made = {
    version: 8,
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": "#f1f3f6" } }],
  };
  if (streets) {
    made.sources.streets = { type: "raster", tiles: [streets], tileSize: 256, attribution: credit };
    made.layers.push({ id: "streets", type: "raster", source: "streets", paint: { "raster-saturation": -0.7, "raster-opacity": 0.6 } });
  }
  return made;
};

// How a ward is called: as the feed says, or with its code in the words of the page.
const wardName = (named) => {
  const [before, after] = (named ?? "").split("{code}");
  return named ? ["concat", before, ["get", "code"], after ?? ""] : ["get", "name"];
};

// The words of the map's own buttons where the page is in another language.
const wordsOf = (want) =>
  want.close
    ? { locale: { "NavigationControl.ZoomIn": want.zoomIn, "NavigationControl.ZoomOut": want.zoomOut, "Popup.Close": want.close } }
    : {};

const drawOutlines = (map, wards, chosen, streets, named) => {
  const mine = chosen ? ["==", ["get", "code"], chosen] : true;
  map.addSource("wards", { type: "geojson", data: wards });
  map.addLayer({ id: "wards-fill", type: "fill", source: "wards", paint: { "fill-color": ["case", mine, "#ffffff", "#e6e9ee"], "fill-opacity": streets ? 0.35 : 1 } });
  map.addLayer({ id: "wards-line", type: "line", source: "wards", paint: { "line-color": ["case", mine, "#565c65", "#a9aeb1"], "line-width": 1.2 } });
  map.addLayer({
    id: "wards-name",
    type: "symbol",
    source: "wards",
    layout: { "text-field": wardName(named), "text-size": 13, "text-font": ["Public Sans Web"] },
    paint: { "text-color": "#565c65", "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
  });
};

const drawCandidates = (map, library, points) => {
  map.addSource("candidates", { type: "geojson", data: points });
  map.addLayer({ id: "area", type: "line", source: "candidates", filter: ["all", AREA, ["!", SHADED]], paint: { "line-color": TONES.undecided, "line-width": 2.5 } });
  const tone = ["match", ["get", "state"], ...Object.entries(TONES).flat(), TONES.undecided];
  map.addLayer({
    id: "candidates",
    type: "circle",
    source: "candidates",
    filter: ["all", ["!", AREA], ["!", WAY]],
    layout: { "circle-sort-key": ["-", 0, ["coalesce", ["get", "rank"], 0]] },
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["coalesce", ["get", "episodes"], 8], 3, 5, 12, 9, 30, 15],
      "circle-color": tone,
      "circle-opacity": 0.85,
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 1.5,
    },
  });
  map.on("mouseenter", "candidates", () => map.getCanvas().classList.add("is-pointing"));
  map.on("mouseleave", "candidates", () => map.getCanvas().classList.remove("is-pointing"));
  map.on("click", "candidates", (event) => {
    const { properties, geometry } = event.features[0];
    tell(map, library, properties, geometry.coordinates);
  });
};

// What a circle or an area is, with the way to its page.
const tell = (map, library, properties, where) => {
  const box = document.createElement("div");
  const link = worded(properties.rank ? `${properties.rank}. ${properties.label}` : properties.label, "a");
  link.href = properties.href;
  box.append(link);
  if (properties.text) {
    const text = worded(properties.text, "div");
    if (properties.lang) text.lang = properties.lang;
    box.append(text);
  }
  box.append(worded(properties.summary, "div", "small"));
  new library.Popup({ maxWidth: "280px", focusAfterOpen: true }).setLngLat(where).setDOMContent(box).addTo(map);
};

// Districts, each shaded by how it stands; the names of the wards stay readable above them.
const drawShades = (map, library) => {
  const shade = ["match", ["get", "shade"], ...Object.entries(SHADES).flat(), SHADES.no_plan];
  map.addLayer({ id: "shades", type: "fill", source: "candidates", filter: SHADED, paint: { "fill-color": shade, "fill-opacity": 0.8 } }, "wards-line");
  map.addLayer({ id: "shades-line", type: "line", source: "candidates", filter: SHADED, paint: { "line-color": "#ffffff", "line-width": 1 } }, "wards-line");
  map.on("click", "shades", (event) => tell(map, library, event.features[0].properties, event.lngLat));
};

// The stops of a walk, numbered in their order, with the way between them.
const drawWalk = (map) => {
  map.addLayer({ id: "way", type: "line", source: "candidates", filter: WAY, paint: { "line-color": TONES.undecided, "line-width": 2, "line-dasharray": [2, 1.5] } }, "candidates");
  map.addLayer({
    id: "numbers",
    type: "symbol",
    source: "candidates",
    filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["to-string", ["get", "rank"]], "text-size": 12, "text-font": ["Public Sans Web"], "text-allow-overlap": true, "text-ignore-placement": true },
    paint: { "text-color": "#ffffff" },
  });
};

const mark = (map, [longitude, latitude]) => {
  const data = { type: "Point", coordinates: [longitude, latitude] };
  if (map.getSource("here")) map.getSource("here").setData(data);
  else {
    map.addSource("here", { type: "geojson", data });
    map.addLayer({ id: "here", type: "circle", source: "here", paint: { "circle-radius": 9, "circle-color": TONES.undecided, "circle-stroke-color": "#ffffff", "circle-stroke-width": 3 } });
  }
};

// The ring of a circle of so many meters around a point, as degrees.
const ringAround = ([longitude, latitude], meters) => {
  const up = meters / 111195;
  const across = up / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, n) => {
    const turn = (n % 64) * (Math.PI / 32);
    return [longitude + across * Math.cos(turn), latitude + up * Math.sin(turn)];
  });
};

const drawCircle = (map, here, meters) => {
  map.addSource("circle", { type: "geojson", data: { type: "Polygon", coordinates: [ringAround(here, meters)] } });
  map.addLayer({ id: "circle-fill", type: "fill", source: "circle", paint: { "fill-color": TONES.undecided, "fill-opacity": 0.15 } });
  map.addLayer({ id: "circle-line", type: "line", source: "circle", paint: { "line-color": TONES.undecided, "line-width": 2, "line-dasharray": [2, 1] } });
};

// A place is chosen by a click, or by Enter in the middle; the page says what becomes of it.
const letPick = (root, map) => {
  const pick = ({ lng, lat }) => {
    mark(map, [lng, lat]);
    root.dispatchEvent(new CustomEvent("map:pick", { bubbles: true, detail: { latitude: lat, longitude: lng } }));
  };
  map.getCanvas().classList.add("is-pointing");
  map.on("click", (event) => pick(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    pick(map.getCenter());
  });
  const show = () => {
    const { latitude, longitude } = root.dataset;
    if (!latitude) return;
    mark(map, [Number(longitude), Number(latitude)]);
    map.easeTo({ center: [Number(longitude), Number(latitude)], zoom: Math.max(map.getZoom(), 13), duration: 0 });
  };
  root.addEventListener("map:show", show);
};

const start = async (root) => {
  const want = root.dataset;
  const library = await import(want.library);
  const [wards, points] = await Promise.all([load(want.outlines), want.points ? load(want.points) : null]);
  const here = want.latitude ? [Number(want.longitude), Number(want.latitude)] : null;
  const chosen = wards.features.filter((ward) => ward.properties.code === want.ward);
  const areas = (points?.features ?? []).filter((feature) => /Polygon/.test(feature.geometry?.type));
  const frame = bounds("walk" in want && points.features.length ? points.features : chosen.length ? chosen : areas.length ? areas : wards.features);
  const map = new library.Map({
    container: root.querySelector(".map__canvas"),
    style: style(want.streets, want.streetsCredit),
    attributionControl: want.streets ? { compact: true } : false,
    cooperativeGestures: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    ...wordsOf(want),
    ...(here && !("within" in want) ? { center: here, zoom: want.radius ? 16.5 : points ? 16 : 11.5 } : frame ? { bounds: frame, fitBoundsOptions: { padding: "walk" in want ? 40 : 24, maxZoom: 16 } } : {}),
  });
  map.scrollZoom.disable();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  await new Promise((done) => map.once("load", done));
  drawOutlines(map, wards, want.ward, want.streets, want.named);
  if (here && want.radius) drawCircle(map, here, Number(want.radius));
  if (here) mark(map, here);
  if (points) drawCandidates(map, library, points);
  if (here && "within" in want) map.moveLayer("here");
  if (areas.some((area) => area.properties.shade)) drawShades(map, library);
  if ("walk" in want) drawWalk(map);
  if ("pick" in want) letPick(root, map);
  map.once("idle", () => root.setAttribute("data-ready", ""));
};

const look = (within) => {
  for (const root of within.querySelectorAll("[data-map]:not([data-begun])")) {
    const fold = root.closest("details:not([open])");
    if (fold) {
      fold.addEventListener("toggle", () => look(fold), { once: true });
      continue;
    }
    root.setAttribute("data-begun", "");
    start(root).catch((error) => {
      root.setAttribute("data-failed", "");
      console.warn("The map could not start:", error.message);
    });
  }
};

look(document);
document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement ?? document));
