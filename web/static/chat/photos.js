// Photos before they are sent. The original goes where it can, because it may say where it was taken.

const SHRINK_OVER = 8 * 1024 * 1024;
const LIMIT = 20 * 1024 * 1024;
const LONGEST_SIDE = 2560;
const THUMBNAIL_SIDE = 320;
const EXIF_HEAD = 256 * 1024;

/** A file that is no photo, or too big; `key` is the sentence that says so. */
export class PhotoProblem extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** {blob, thumbnail}: what to send, and a small picture of it (null if this browser cannot draw it). */
export async function prepare(file) {
  if (!file.size) throw new PhotoProblem("chat.photo.empty");
  if (!file.type.startsWith("image/") && !/\.hei[cf]$/iu.test(file.name)) throw new PhotoProblem("chat.photo.none");
  const bitmap = await createImageBitmap(file).catch(() => null);
  const blob = bitmap && file.size > SHRINK_OVER ? await shrunk(file, bitmap) : file;
  if (blob.size > LIMIT) throw new PhotoProblem("chat.photo.big");
  const thumbnail = bitmap && drawn(bitmap, THUMBNAIL_SIDE).toDataURL("image/jpeg", 0.6);
  bitmap?.close();
  return { blob, thumbnail };
}

/** The photo as JSON can carry it. */
export function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function drawn(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function shrunk(file, bitmap) {
  const canvas = drawn(bitmap, LONGEST_SIDE);
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
  if (!small) return file;
  const exif = upright(exifOf(new Uint8Array(await file.slice(0, EXIF_HEAD).arrayBuffer())));
  // The canvas forgets where the photo was taken: give it back, right after the two bytes of "start".
  return exif ? new Blob([small.slice(0, 2), exif, small.slice(2)], { type: "image/jpeg" }) : small;
}

/** The EXIF segment of a JPEG (marker, length and all), or null. */
export function exifOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const end = at + 2 + view.getUint16(at + 2);
    const isExif = bytes[at + 1] === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return end <= bytes.length ? bytes.slice(at, end) : null;
    if (bytes[at + 1] === 0xda) return null;
    at = end;
  }
  return null;
}

/** The same EXIF with orientation "upright": the canvas has turned the picture already. */
export function upright(segment) {
  if (!segment) return null;
  const view = new DataView(segment.buffer);
  const start = 10;
  const little = view.getUint16(start) === 0x4949;
  try {
    const directory = start + view.getUint32(start + 4, little);
    const entries = view.getUint16(directory, little);
    for (let index = 0; index < entries; index += 1) {
      const entry = directory + 2 + index * 12;
      if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
    }
    return segment;
  } catch {
    return null;
  }
}
