// A photograph as it leaves the phone: byte for byte, but without the place where it was taken,
// unless whoever walks lets it say that.

const GPS = 0x8825;
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 };

// Where the Exif data of a JPEG begin and end; none where there are no such data.
const exifOf = (view) => {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 4 < view.byteLength; ) {
    const mark = view.getUint16(at);
    if (mark >> 8 !== 0xff || mark === 0xffda) return null;
    const length = view.getUint16(at + 2);
    const end = Math.min(at + 2 + length, view.byteLength);
    if (mark === 0xffe1 && end - at > 18 && view.getUint32(at + 4) === 0x45786966) return { start: at + 10, end };
    at += 2 + length;
  }
  return null;
};

const wipe = (view, exif, little, directory) => {
  const count = view.getUint16(directory, little);
  for (let n = 0; n < count; n += 1) {
    const entry = directory + 2 + 12 * n;
    if (entry + 12 > exif.end) break;
    const size = (SIZES[view.getUint16(entry + 2, little)] ?? 1) * view.getUint32(entry + 4, little);
    const at = exif.start + view.getUint32(entry + 8, little);
    if (size > 4 && at + size <= exif.end) for (let b = 0; b < size; b += 1) view.setUint8(at + b, 0);
    for (let b = 0; b < 12; b += 1) view.setUint8(entry + b, 0);
  }
  view.setUint16(directory, 0, little);
};

export const withoutPlace = (buffer) => {
  const view = new DataView(buffer);
  const exif = exifOf(view);
  if (!exif) return buffer;
  try {
    const little = view.getUint16(exif.start) === 0x4949;
    const first = exif.start + view.getUint32(exif.start + 4, little);
    const count = view.getUint16(first, little);
    for (let n = 0; n < count; n += 1) {
      const entry = first + 2 + 12 * n;
      if (view.getUint16(entry, little) === GPS) wipe(view, exif, little, exif.start + view.getUint32(entry + 8, little));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return buffer;
};
