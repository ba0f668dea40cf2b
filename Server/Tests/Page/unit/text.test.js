import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ServiceError } from "../../../Sources/EmotionServer/Public/api.js";
import { clockText, entry, fill, refusalText, t } from "../../../Sources/EmotionServer/Public/text.js";
import { texts } from "../../../Sources/EmotionServer/Public/texts.js";

const folder = new URL("../../../Sources/EmotionServer/Public/", import.meta.url);
const sources = ["", "views/"].flatMap((part) => readdirSync(new URL(part || ".", folder))
  .filter((name) => name.endsWith(".js") && name !== "texts.js").map((name) => readFileSync(new URL(part + name, folder), "utf8")));

/** Every path in the table that leads to a text, with plural forms as one. */
function paths(value, prefix = "") {
  if (typeof value === "string" || Array.isArray(value) || typeof value.other === "string") return [prefix];
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, prefix ? `${prefix}.${name}` : name));
}

test("every text that the page asks for is there", () => {
  const asked = sources.flatMap((source) => [...source.matchAll(/\b(?:t|entry)\("([^"]+)"/g)].map((match) => match[1]));
  assert.ok(asked.length > 100, `only ${asked.length} texts were found in the sources`);
  assert.deepEqual(asked.filter((path) => entry(path) === undefined), []);
});

test("every text is asked for", () => {
  const all = sources.join("\n");
  const stems = [...all.matchAll(/\b(?:t|entry)\(`([^$`]+)\$\{/g)].map((match) => match[1]);
  const asked = new Set([...all.matchAll(/\b(?:t|entry)\("([^"]+)"/g)].map((match) => match[1]));
  const isAsked = (path) => [...asked].some((one) => path === one || path.startsWith(`${one}.`)) || stems.some((stem) => path.startsWith(stem));
  assert.deepEqual(paths(texts).filter((path) => !isAsked(path)), []);
});

test("values stand in place of their names, and a number chooses the form", () => {
  assert.equal(fill("{a} and {b}", { a: 1 }), "1 and {b}");
  assert.match(t("questions.chosenCount", { count: 1, minutes: 2 }), /^1 question,/);
  assert.match(t("questions.chosenCount", { count: 3, minutes: 6 }), /^3 questions,/);
  assert.equal(t("there.is.none"), "there.is.none");
});

test("only what passes by itself is called busy", () => {
  const said = (status, code, detail = "The reason.") => refusalText(new ServiceError(status, code, detail));
  for (const [status, code] of [[429, "queue_full"], [429, "rate_limited"], [503, "busy"], [503, "deadline_exceeded"], [503, "not_ready"], [502, "unknown"]]) {
    assert.equal(said(status, code), t("errors.busy"), code);
  }
  for (const [status, code] of [[503, "model_unavailable"], [503, "storage_unavailable"], [413, "picture_too_large"], [500, "storage_damaged"]]) {
    assert.equal(said(status, code), "The service said: The reason.", code);
  }
  assert.equal(said(401, "unauthorized"), t("key.needed"));
  assert.equal(said(0, "offline"), "The service does not answer.");
  assert.match(refusalText(new TypeError("no such thing")), /did not expect: no such thing/);
});

test("times are written as a clock shows them", () => {
  assert.deepEqual([0, 59.9, 60, 3599, 3661, -1].map(clockText), ["0:00", "0:59", "1:00", "59:59", "1:01:01", "0:00"]);
});

test("no text claims what a person feels", () => {
  const shown = JSON.stringify(texts, (key, value) => (key === "bank" || key === "levels" || key === "hintLevels" ? Object.values(value) : value));
  assert.doesNotMatch(shown, /you (were|are) (nervous|anxious|stressed|afraid)|anxiety/i);
});
