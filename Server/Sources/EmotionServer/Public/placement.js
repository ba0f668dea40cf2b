/**
 * Where a face belongs in the camera's picture: an oval about as large as a head, and whether a face is in it. What is
 * drawn over the live picture and what is judged are this one oval.
 *
 * @typedef {{width: number, height: number}} Size of the picture, in any unit
 */

/**
 * The oval in the picture's unit: its middle, and how far it reaches from there.
 *
 * @param {Size} size
 * @returns {{x: number, y: number, across: number, down: number}}
 */
export function oval({ width, height }) {
  const side = Math.min(width, height);
  const down = 0.35 * side;
  // In pictures that are higher than wide it lies above the middle, as people hold their telephones.
  return { x: width / 2, y: 0.42 * height + 0.08 * side, across: 0.76 * down, down };
}

/** The oval as a path that begins at its top. @param {Size} size */
export function ovalPath(size) {
  const { x, y, across, down } = oval(size);
  const half = (by) => `a${round(across)} ${round(down)} 0 0 1 0 ${round(by)}`;
  return `M${round(x)} ${round(y - down)}${half(2 * down)}${half(-2 * down)}z`;
}

/** So much of the oval's size may a face reach over its line. */
const tolerance = 1.08;

/**
 * What keeps a face out of the oval: it is in where the four ends of its box are.
 *
 * @param {[number, number, number, number]} box left, top, width and height
 * @param {Size} size of the picture, in the unit of the box
 * @returns {"too_close" | "off_center" | "little_headroom" | "much_headroom" | null} null where it is in the oval
 */
export function misplaced([left, top, width, height], size) {
  const { x, y, across, down } = oval(size);
  const aside = (left + width / 2 - x) / across;
  const lower = (top + height / 2 - y) / down;
  const [wide, high] = [width / 2 / across, height / 2 / down];
  const ends = [[aside - wide, lower], [aside + wide, lower], [aside, lower - high], [aside, lower + high]];
  if (ends.every(([right, below]) => Math.hypot(right, below) <= tolerance)) return null;
  if (Math.max(wide, high) > tolerance) return "too_close";
  if (Math.abs(aside) >= Math.abs(lower)) return "off_center";
  return lower < 0 ? "little_headroom" : "much_headroom";
}

function round(value) { return Math.round(100 * value) / 100; }
