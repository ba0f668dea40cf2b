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

/** For so many seconds after the last point its score still holds. */
const patience = 3;

/**
 * The score that the curve shows at a moment: on the line between two points, unless a gap parts them.
 *
 * @param {Point[]} points @param {number} seconds @param {{start: number, end: number}[]} gaps stretches without a score
 * @returns {number | null} 0 … 1
 */
export function scoreAt(points, seconds, gaps = []) {
  const before = points.findLast((point) => point.time <= seconds + 0.001);
  const after = points.find((point) => point.time >= seconds - 0.001);
  if (!before) return null;
  if (!after) return seconds - before.time <= patience ? before.score : null;
  if (after.time <= before.time) return before.score;
  if (gaps.some((gap) => gap.start >= before.time - 0.001 && gap.end <= after.time + 0.001)) return null;
  return before.score + ((after.score - before.score) * (seconds - before.time)) / (after.time - before.time);
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
