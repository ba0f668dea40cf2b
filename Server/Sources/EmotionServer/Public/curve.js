/**
 * The course of a session's score in time.
 *
 * @typedef {{time: number, score: number}} Point seconds, and the score 0 … 1
 */

/**
 * The course of a session file, as its report draws it.
 *
 * @param {{summary: {time_series: {timestamps: number[], course: number[]}}}} record
 * @returns {Point[]}
 */
export function points({ summary: { time_series: series } }) {
  return series.timestamps.map((time, index) => ({ time, score: series.course[index] }));
}

/** How long the time axis of a session's report is, in seconds. Source: TimeScale. */
export function duration({ summary: { duration_seconds: seconds } }) { return seconds > 0 ? seconds : 1; }

/**
 * The point that holds at a moment: the last one before it, unless it is too long ago.
 *
 * @param {Point[]} points @param {number} seconds @param {number} [patience] seconds for which a point holds
 */
export function pointAt(points, seconds, patience = 6) {
  const point = points.findLast((one) => one.time <= seconds + 0.001);
  return point && seconds - point.time <= patience ? point : null;
}

/** Lower limits of the levels, best first. Source: ConfidenceLevel.threshold. */
const levels = [["Excellent", 80], ["Confident", 65], ["Moderate", 50], ["Nervous", 35], ["Anxious", 20], ["Very Anxious", 0]];

/** Scores at which a scale has its lines: both its ends, and where a level begins. */
export const scale = [100, ...levels.map(([, limit]) => limit)];

/** Whole points as they are shown; the level is that of the number shown. @param {number} score 0 … 1 */
export function shownScore(score) {
  const shown = Math.round(100 * score);
  const index = levels.findIndex(([, limit]) => shown >= limit);
  return { points: shown, level: levels[index][0], rank: index + 1 };
}
