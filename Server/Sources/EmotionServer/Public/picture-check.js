/**
 * What is right and wrong with a person's place before the camera, from one answer of the service.
 *
 * The service judges (its limits are those of the session's report), and the page whether the face is in the oval that it
 * shows; here the findings are put under five headings.
 */
import { misplaced } from "./placement.js";

/** The headings in the order in which they are shown, each with the findings that belong to it, the gravest first. */
export const checks = {
  face: ["no_face", "several_faces", "blurred"],
  light: ["too_dark", "too_bright", "low_contrast"],
  distance: ["too_far", "too_small", "too_close"],
  framing: ["cut_off", "off_center", "little_headroom", "much_headroom"],
  tilt: ["turned_aside", "tilted"],
};

/**
 * Judges an answer of `POST /analyze/facial`.
 *
 * @param {{face_detected: boolean, face_box?: number[] | null, faces?: {face_detected: boolean}[], quality?: {issues: string[]} | null, framing?: {issues: string[]} | null}} analysis
 * @param {import("./placement.js").Size} size of the picture that was analysed
 * @returns {Record<keyof typeof checks, string | null | undefined>} null where a check is good, the finding where it is
 *   not, and undefined where nothing can be said, since no face was found
 */
export function judge(analysis, size) {
  const found = new Set([...(analysis.framing?.issues ?? []), ...(analysis.quality?.issues ?? [])]);
  if (!analysis.face_detected) found.add("no_face");
  else if (analysis.face_box) found.add(misplaced(analysis.face_box, size));
  if ((analysis.faces ?? []).filter((face) => face.face_detected).length > 1) found.add("several_faces");
  return Object.fromEntries(Object.entries(checks).map(([check, findings]) => [
    check,
    !analysis.face_detected && check !== "face" ? undefined : findings.find((finding) => found.has(finding)) ?? null,
  ]));
}

/** How many checks found something. @param {ReturnType<typeof judge>} judgement */
export function faultCount(judgement) {
  return Object.values(judgement).filter((finding) => typeof finding === "string").length;
}
