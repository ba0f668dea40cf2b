/**
 * The course of a session's score as shapes, on a field of 1000 × 100 units: time to the right, score upwards.
 *
 * @typedef {{time: number, score: number}} Point seconds, and the score 0 … 1
 */
export const field = { width: 1000, height: 100 };

/**
 * The smoothed course of a session file.
 *
 * @param {{frames: {timestamp: number, smoothed_confidence: number}[]}} record
 * @returns {Point[]}
 */
export function points(record) {
  return record.frames.map((frame) => ({ time: frame.timestamp, score: frame.smoothed_confidence }));
}

/** How long a session is, for the axis: to its last picture, scored or not. */
export function duration(record) {
  return Math.max(1, record.summary?.duration_seconds ?? 0, record.frames.at(-1)?.timestamp ?? 0, record.missed?.at(-1)?.timestamp ?? 0);
}

/**
 * The line as a path, parted by the gaps of the session.
 *
 * @param {Point[]} points
 * @param {number} duration seconds
 * @param {{start: number, end: number}[]} gaps stretches without a score
 */
export function path(points, duration, gaps = []) {
  let previous = null;
  return points.map((point) => {
    const parted = previous === null || gaps.some((gap) => gap.start >= previous.time && gap.end <= point.time);
    previous = point;
    return `${parted ? "M" : "L"}${round((field.width * point.time) / duration)} ${round(field.height * (1 - point.score))}`;
  }).join("");
}

/**
 * The point that holds at a moment: the last one before it, unless it is too long ago.
 *
 * @param {Point[]} points @param {number} seconds @param {number} [patience] seconds for which a point holds
 */
export function pointAt(points, seconds, patience = 6) {
  const point = points.findLast((one) => one.time <= seconds + 0.001);
  return point && seconds - point.time <= patience ? point : null;
}

/** Times for the axis: at most seven, at whole steps. @param {number} duration seconds */
export function ticks(duration) {
  const step = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].find((one) => duration / one <= 6) ?? 7200;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, index) => index * step);
}

/** Lower limits of the levels, best first. Source: ConfidenceLevel.threshold. */
const levels = [["Excellent", 80], ["Confident", 65], ["Moderate", 50], ["Nervous", 35], ["Anxious", 20], ["Very Anxious", 0]];

/** Whole points as they are shown; the level is that of the number shown. @param {number} score 0 … 1 */
export function shownScore(score) {
  const shown = Math.round(100 * score);
  const index = levels.findIndex(([, limit]) => shown >= limit);
  return { points: shown, level: levels[index][0], rank: index + 1 };
}

function round(value) { return Math.round(value * 10) / 10; }
