// Exif data written anew with the camera's own words alone: maker, exposure, clock. What is not
// in the lists, such as a position, a maker's notes or a comment, is left out. The site does the
// same to whatever comes in, in wardroom/fieldwork/rules/photographs.py, by the same lists.

const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 };
const SHORT_TEXT = 64;
const EXIF_IFD = 0x8769;
const FIRST_TAGS = new Set([0x010f, 0x0110, 0x0112, 0x011a, 0x011b, 0x0128, 0x0132, 0x0213]);
const EXIF_TAGS = new Set([
  0x829a, 0x829d, 0x8822, 0x8827, 0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9101, 0x9201, 0x9202, 0x9203, 0x9204, 0x9207, 0x9209, 0x920a, 0x9290, 0x9291, 0x9292, 0xa001, 0xa002, 0xa003, 0xa402, 0xa403,
  0xa405, 0xa406,
]);

// The entries of one directory: tag, kind, count and bytes.
const tagsAt = (tiff, little, at) => {
  const found = new Map();
  if (!at) return found;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  for (let n = 0; n < view.getUint16(at, little); n += 1) {
    const entry = at + 2 + 12 * n;
    const [tag, kind, count] = [view.getUint16(entry, little), view.getUint16(entry + 2, little), view.getUint32(entry + 4, little)];
    const size = (SIZES[kind] ?? 0) * count;
    const where = size <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    const good = size > 0 && size <= SHORT_TEXT && where + size <= tiff.length;
    if (good && !found.has(tag)) found.set(tag, { kind, count, value: tiff.slice(where, where + size) });
  }
  return found;
};

// One directory that stands at this offset, its longer values right behind it.
const directory = (entries, little, at) => {
  const rows = [...entries].sort(([a], [b]) => a - b);
  const head = 2 + 12 * rows.length + 4;
  const longer = rows.reduce((sum, [, { value }]) => sum + (value.length > 4 ? value.length + (value.length % 2) : 0), 0);
  const out = new Uint8Array(head + longer);
  const view = new DataView(out.buffer);
  view.setUint16(0, rows.length, little);
  let behind = head;
  rows.forEach(([tag, { kind, count, value }], n) => {
    const entry = 2 + 12 * n;
    view.setUint16(entry, tag, little);
    view.setUint16(entry + 2, kind, little);
    view.setUint32(entry + 4, count, little);
    if (value.length <= 4) return out.set(value, entry + 8);
    view.setUint32(entry + 8, at + behind, little);
    out.set(value, behind);
    behind += value.length + (value.length % 2);
    return undefined;
  });
  return out;
};

const number = (value, little) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, little);
  return bytes;
};

const only = (entries, tags) => new Map([...entries].filter(([tag]) => tags.has(tag)));

const written = (little, first, inner) => {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  if (inner.size === 0) return [head, directory(first, little, 8)];
  const pointer = (at) => new Map([...first, [EXIF_IFD, { kind: 4, count: 1, value: number(at, little) }]]);
  const behind = 8 + directory(pointer(0), little, 8).length;
  return [head, directory(pointer(behind), little, 8), directory(inner, little, behind)];
};

export const join = (parts) => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

// Empty where nothing is left, or where the data cannot be read.
export const bareExif = (tiff) => {
  try {
    const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
    const little = view.getUint16(0) === 0x4949;
    if (view.getUint16(2, little) !== 42) return new Uint8Array();
    const first = tagsAt(tiff, little, view.getUint32(4, little));
    const pointer = first.get(EXIF_IFD);
    const inner = pointer?.kind === 4 && pointer.count === 1 ? tagsAt(tiff, little, new DataView(pointer.value.buffer).getUint32(0, little)) : new Map();
    const [kept, deeper] = [only(first, FIRST_TAGS), only(inner, EXIF_TAGS)];
    return kept.size || deeper.size ? join(written(little, kept, deeper)) : new Uint8Array();
  } catch (error) {
    if (error instanceof RangeError) return new Uint8Array();
    throw error;
  }
};
