/**
 * Writes a ZIP archive without compression: recordings are compressed already, and the rest is small.
 *
 * Names are UTF-8; files and the archive stay below 4 GiB.
 * Source: APPNOTE.TXT 6.3.10, PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
 */

/**
 * @param {{name: string, content: Blob}[]} files
 * @param {Date} [date] of all files
 * @returns {Promise<Blob>}
 */
export async function zip(files, date = new Date()) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, content } of files) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const encodedName = new TextEncoder().encode(name);
    const common = fields([
      [2, 20], [2, 0x0800], [2, 0], [2, dosTime(date)], [2, dosDate(date)],
      [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, encodedName.length], [2, 0],
    ]);
    const header = [fields([[4, 0x04034b50]]), common, encodedName];
    directory.push(fields([[4, 0x02014b50], [2, 20]]), common, fields([[2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), encodedName);
    // The content goes in as it came, not as the bytes that were read: a browser may keep a large one on disk.
    parts.push(...header, content);
    offset += lengthOf(header) + bytes.length;
  }
  const end = fields([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, lengthOf(directory)], [4, offset], [2, 0]]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum of ZIP and PNG. @param {Uint8Array} bytes */
export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ table[(value ^ byte) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
}

/** Little-endian whole numbers, each with its size in bytes. */
function fields(values) {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function lengthOf(parts) { return parts.reduce((sum, part) => sum + part.length, 0); }
function dosTime(date) { return (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1); }
function dosDate(date) { return ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate(); }
