import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checks, faultCount, judge } from "../../../Sources/EmotionServer/Public/picture-check.js";
import { entry } from "../../../Sources/EmotionServer/Public/text.js";

const analysis = (framing = [], quality = [], faces = 1) => ({
  face_detected: true, faces: Array(faces).fill({ face_detected: true }), framing: { issues: framing }, quality: { issues: quality },
});

test("a face in its place passes every check", () => {
  assert.deepEqual(judge(analysis()), { face: null, light: null, distance: null, framing: null, tilt: null });
});

test("findings stand under their headings, the gravest first", () => {
  const judgement = judge(analysis(["too_far", "off_center", "too_dark"], ["low_contrast", "cut_off", "tilted"]));
  assert.deepEqual(judgement, { face: null, light: "too_dark", distance: "too_far", framing: "cut_off", tilt: "tilted" });
  assert.equal(faultCount(judgement), 4);
});

test("without a face nothing else is judged", () => {
  const judgement = judge({ face_detected: false, faces: [{ face_detected: false }], framing: null, quality: null });
  assert.equal(judgement.face, "no_face");
  assert.equal(judgement.light, undefined);
  assert.equal(faultCount(judgement), 1);
});

test("a second person is told of", () => {
  assert.equal(judge(analysis([], [], 2)).face, "several_faces");
});

test("framing is judged by the oval that is shown", () => {
  const size = { width: 160, height: 90 };
  assert.equal(judge({ ...analysis(), face_box: [65, 25, 30, 40] }, size).framing, null);
  assert.equal(judge({ ...analysis(), face_box: [90, 25, 30, 40] }, size).framing, "off_center");
  assert.equal(judge({ ...analysis(), face_box: [50, 5, 60, 80] }, size).distance, "too_close");
  assert.equal(judge({ ...analysis(["too_far"]), face_box: [75, 38, 10, 14] }, size).distance, "too_far");
});

test("every finding of the service has a heading and words", () => {
  const contract = JSON.parse(readFileSync(new URL("../../../Sources/EmotionServer/openapi.json", import.meta.url)));
  const { Quality, Framing } = contract.components.schemas;
  const findings = [...Quality.properties.issues.items.enum, ...Framing.properties.issues.items.enum, "no_face", "several_faces"];
  for (const finding of findings) {
    assert.ok(Object.values(checks).flat().includes(finding), finding);
    if (finding !== "too_small") assert.equal(typeof entry(`setup.advice.${finding}`), "string", finding);
  }
});
