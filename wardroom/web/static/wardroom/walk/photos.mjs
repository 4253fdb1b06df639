// A photograph as it leaves the phone: the picture byte for byte, in a container written anew
// without the place where it was taken, texts and second pictures, unless whoever walks lets it
// say that. The site does the same again, and trusts no phone.

import { bareExif, join } from "./exif.mjs";

const ALONE = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7]);
const JPEG_KEPT = { 0xe0: "JFIF\0", 0xe2: "ICC_PROFILE\0", 0xee: "Adobe" };
const EXIF_HEAD = "Exif\0\0";
const PNG_HEAD = "\x89PNG\r\n\x1a\n";
const PNG_KEPT = new Set("IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs tIME acTL fcTL fdAT".split(" "));
const WEBP_KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const SAYS_EXIF = 0x08;
const SAYS_XMP = 0x04;

const text = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const number = (value, little) => {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, little);
  return bytes;
};
const letters = (word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0));
const need = (good) => {
  if (!good) throw new RangeError("the picture breaks off");
};

const segment = (mark, bytes) => {
  if (mark === 0xe1 && text(bytes, 4, 6) === EXIF_HEAD) {
    const bare = bareExif(bytes.subarray(10));
    const length = Uint8Array.of((bare.length + 8) >> 8, (bare.length + 8) & 0xff);
    return bare.length ? join([Uint8Array.of(0xff, 0xe1), length, letters(EXIF_HEAD), bare]) : bare;
  }
  const kept = mark < 0xe0 || (JPEG_KEPT[mark] && text(bytes, 4, JPEG_KEPT[mark].length) === JPEG_KEPT[mark]);
  return kept ? bytes : new Uint8Array();
};

// Where the next marker stands that ends a run of coded pixels.
const afterScan = (bytes, from) => {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && !ALONE.has(next)) return at;
    at += next === 0xff ? 1 : 2;
  }
  throw new RangeError("the picture breaks off");
};

const jpeg = (bytes) => {
  const parts = [bytes.subarray(0, 2)];
  const view = viewOf(bytes);
  for (let at = 2; ; ) {
    need(bytes[at] === 0xff && at + 1 < bytes.length);
    const mark = bytes[at + 1];
    if (mark === 0xff) at += 1;
    else if (mark === 0xd9) return join([...parts, bytes.subarray(at, at + 2)]);
    else if (ALONE.has(mark)) {
      parts.push(bytes.subarray(at, at + 2));
      at += 2;
    } else {
      const end = at + 2 + view.getUint16(at + 2);
      need(end <= bytes.length && end >= at + 4);
      parts.push(segment(mark, bytes.subarray(at, end)));
      at = mark === 0xda ? afterScan(bytes, end) : end;
      if (mark === 0xda) parts.push(bytes.subarray(end, at));
    }
  }
};

const sum = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const png = (bytes) => {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; ; ) {
    const name = text(bytes, at + 4, 4);
    const end = at + 12 + viewOf(bytes).getUint32(at);
    need(end <= bytes.length);
    if (PNG_KEPT.has(name)) parts.push(bytes.subarray(at, end));
    else if (name === "eXIf") {
      const bare = bareExif(bytes.subarray(at + 8, end - 4));
      const named = join([letters(name), bare]);
      if (bare.length) parts.push(number(bare.length), named, number(sum(named)));
    }
    if (name === "IEND") return join(parts);
    at = end;
  }
};

const webp = (bytes) => {
  const view = viewOf(bytes);
  const whole = 8 + view.getUint32(4, true);
  need(whole <= bytes.length);
  const kept = [];
  for (let at = 12; at + 8 <= whole; ) {
    const name = text(bytes, at, 4);
    const size = view.getUint32(at + 4, true);
    need(at + 8 + size <= whole);
    const body = bytes.slice(at + 8, at + 8 + size);
    const bare = name === "EXIF" ? bareExif(text(body, 0, 6) === EXIF_HEAD ? body.slice(6) : body) : body;
    if (WEBP_KEPT.has(name) || (name === "EXIF" && bare.length)) kept.push([name, bare]);
    at += 8 + size + (size % 2);
  }
  const has = kept.some(([name]) => name === "EXIF");
  const parts = kept.flatMap(([name, body]) => {
    if (name === "VP8X") body[0] = (body[0] & ~(SAYS_EXIF | SAYS_XMP)) | (has ? SAYS_EXIF : 0);
    return [letters(name), number(body.length, true), body, new Uint8Array(body.length % 2)];
  });
  const out = join(parts);
  return join([letters("RIFF"), number(out.length + 4, true), letters("WEBP"), out]);
};

const writerFor = (bytes) => {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg;
  if (text(bytes, 0, 8) === PNG_HEAD) return png;
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP") return webp;
  return null;
};

// The bytes without the place; null for what is no JPEG, PNG or WebP, or breaks off.
const withoutPlace = (buffer) => {
  const bytes = new Uint8Array(buffer);
  try {
    return writerFor(bytes)?.(bytes) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const canBeTaken = (buffer) => writerFor(new Uint8Array(buffer)) !== null;

// A picture of another kind, such as HEIC, is drawn anew as a JPEG where this phone can read it.
const drawnAnew = async (file) => {
  try {
    const picture = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 })).arrayBuffer();
  } catch {
    return null;
  }
};

// What is kept of a picked file; null where it cannot be taken.
export const ready = async (file, { placeStays }) => {
  const bytes = await file.arrayBuffer();
  const asItIs = placeStays && canBeTaken(bytes) ? bytes : null;
  return asItIs ?? withoutPlace(bytes) ?? drawnAnew(file);
};
