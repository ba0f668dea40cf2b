import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { duration, points as pointsOf, scale, scoreAt, shownScore } from "../../../Sources/EmotionServer/Public/curve.js";
import { place, segments } from "../../../Sources/EmotionServer/Public/recording.js";

const points = [{ time: 0, score: 1 }, { time: 2, score: 0.5 }, { time: 10, score: 0 }];

test("the course is the one that the report draws, on the report's axis", () => {
  const summary = { duration_seconds: 9.5, time_series: { timestamps: [0, 2], course: [0.5, 0.75], smoothed_confidence: [0.1, 0.2], confidence_score: [0, 1] } };
  assert.deepEqual(pointsOf({ summary }), [{ time: 0, score: 0.5 }, { time: 2, score: 0.75 }]);
  assert.equal(duration({ summary }), 9.5);
  assert.equal(duration({ summary: { duration_seconds: 0 } }), 1);
});

test("a scale has a line at both its ends and where each level begins", () => {
  assert.deepEqual(scale, [100, 80, 65, 50, 35, 20, 0]);
  const source = readFileSync(new URL("../../../../Sources/InterviewAnalysis/Scoring/ConfidenceLevel.swift", import.meta.url), "utf8");
  const thresholds = [...source.matchAll(/case \.\w+: (0\.\d+)/g)].map((match) => Math.round(100 * Number(match[1])));
  assert.deepEqual(scale.slice(1), thresholds);
});

test("a moment has the score of the line at its place, and none in a gap", () => {
  assert.equal(scoreAt(points, 0), 1);
  assert.equal(scoreAt(points, 1), 0.75);
  assert.equal(scoreAt(points, 6), 0.25);
  assert.equal(scoreAt(points, 6, [{ start: 2, end: 10 }]), null);
  assert.equal(scoreAt(points, 2, [{ start: 2, end: 10 }]), 0.5);
  assert.equal(scoreAt(points, 12), 0);
  assert.equal(scoreAt(points, 14), null);
  assert.equal(scoreAt([{ time: 4, score: 1 }], 2), null);
  assert.equal(scoreAt([], 3), null);
});

test("a score is shown in whole points, with the level of the number shown", () => {
  assert.deepEqual(shownScore(0.646), { points: 65, level: "Confident", rank: 2 });
  assert.deepEqual(shownScore(0.644), { points: 64, level: "Moderate", rank: 3 });
  assert.equal(shownScore(0).level, "Very Anxious");
});

test("pieces of a recording join in their order, and a segment without its beginning is left out", async () => {
  const piece = (segment, index, start, text) => ({ segment, index, start, type: "video/webm", blob: new Blob([text]) });
  const joined = segments([piece(2, 1, 9, "d"), piece(0, 1, 0, "b"), piece(2, 0, 9, "c"), piece(0, 0, 0, "a"), piece(1, 3, 5, "x")]);
  assert.deepEqual(await Promise.all(joined.map(async ({ start, blob }) => [start, await blob.text()])), [[0, "ab"], [9, "cd"]]);
});

test("a second of the session is found in its segment", () => {
  const parts = [{ start: 0 }, { start: 9 }];
  assert.deepEqual(place(parts, 4), { index: 0, offset: 4 });
  assert.deepEqual(place(parts, 12), { index: 1, offset: 3 });
  assert.deepEqual(place([{ start: 2 }], 1), { index: 0, offset: 0 });
  assert.equal(place([], 1).index, -1);
});
