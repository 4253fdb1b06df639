// Where a photograph was taken, as far as it says so itself. It is read in the browser alone;
// the site takes the place out of whatever picture comes in.

const HEAD = 256 * 1024;
const [EXIF, GPS] = [0xffe1, 0x8825];
const [SOUTH, LATITUDE, WEST, LONGITUDE] = [1, 2, 3, 4];

const entries = (view, at, little) => {
  const found = new Map();
  for (let n = 0; n < view.getUint16(at, little); n += 1) found.set(view.getUint16(at + 2 + 12 * n, little), at + 2 + 12 * n);
  return found;
};

// Degrees, minutes and seconds, each as one number over another.
const degrees = (view, entry, little) => {
  const at = view.getUint32(entry + 8, little);
  const part = (n) => view.getUint32(at + 8 * n, little) / view.getUint32(at + 8 * n + 4, little);
  return part(0) + part(1) / 60 + part(2) / 3600;
};

const inTiff = (view) => {
  const little = view.getUint16(0) === 0x4949;
  const pointer = entries(view, view.getUint32(4, little), little).get(GPS);
  if (pointer === undefined) return null;
  const gps = entries(view, view.getUint32(pointer + 8, little), little);
  if (!gps.has(LATITUDE) || !gps.has(LONGITUDE)) return null;
  const sign = (tag, letter) => (gps.has(tag) && String.fromCharCode(view.getUint8(gps.get(tag) + 8)) === letter ? -1 : 1);
  const place = {
    latitude: sign(SOUTH, "S") * degrees(view, gps.get(LATITUDE), little),
    longitude: sign(WEST, "W") * degrees(view, gps.get(LONGITUDE), little),
  };
  return Number.isFinite(place.latitude) && Number.isFinite(place.longitude) ? place : null;
};

// The latitude and longitude of a JPEG, or null.
export const placeOf = async (file) => {
  const buffer = await file.slice(0, HEAD).arrayBuffer();
  const view = new DataView(buffer);
  try {
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const exif = view.getUint16(at) === EXIF && view.getUint32(at + 4) === 0x45786966;
      if (exif) return inTiff(new DataView(buffer, at + 10));
      if (view.getUint16(at) === 0xffda) return null;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
};
