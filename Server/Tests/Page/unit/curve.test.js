import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, path, pointAt, shownScore, ticks } from "../../../Sources/EmotionServer/Public/curve.js";
import { place, segments } from "../../../Sources/EmotionServer/Public/recording.js";

const points = [{ time: 0, score: 1 }, { time: 2, score: 0.5 }, { time: 10, score: 0 }];

test("the line runs from left to right, higher scores higher, and is parted by gaps", () => {
  assert.equal(path(points, 10), "M0 0L200 50L1000 100");
  assert.equal(path(points, 10, [{ start: 2, end: 10 }]), "M0 0L200 50M1000 100");
});

test("a moment has the point before it, unless that is long ago", () => {
  assert.equal(pointAt(points, 3), points[1]);
  assert.equal(pointAt(points, 9), null);
  assert.equal(pointAt([], 3), null);
});

test("a score is shown in whole points, with the level of the number shown", () => {
  assert.deepEqual(shownScore(0.646), { points: 65, level: "Confident", rank: 2 });
  assert.deepEqual(shownScore(0.644), { points: 64, level: "Moderate", rank: 3 });
  assert.equal(shownScore(0).level, "Very Anxious");
});

test("an axis has at most seven times, at whole steps", () => {
  for (const seconds of [1, 20, 47, 180, 1000, 14400, 100000]) {
    const times = ticks(seconds);
    assert.equal(times[0], 0);
    assert.ok(times.at(-1) <= seconds);
    if (seconds <= 43200) assert.ok(times.length <= 7, `${seconds}: ${times}`);
  }
});

test("a session lasts to its last picture, scored or not", () => {
  assert.equal(duration({ frames: [{ timestamp: 4 }], missed: [{ timestamp: 9 }], summary: { duration_seconds: 4 } }), 9);
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
