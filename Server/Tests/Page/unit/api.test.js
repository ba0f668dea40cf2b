import assert from "node:assert/strict";
import { test } from "node:test";
import { Service, ServiceError } from "../../../Sources/EmotionServer/Public/api.js";

/** Answers requests from a list and keeps what was asked. */
function network(context, answers) {
  const asked = [];
  context.mock.method(globalThis, "fetch", async (address, { method, body }) => {
    asked.push(`${method} ${address}${typeof body === "string" ? ` ${body}` : ""}`);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return asked;
}

const json = (value, status = 200, headers = {}) => new Response(JSON.stringify(value), { status, headers });
const unauthorized = () => json({ code: "unauthorized", detail: "A key is needed." }, 401);

test("a service that asks for its key gets it, and the request goes out again", async (context) => {
  const asked = network(context, [unauthorized(), unauthorized(), new Response(null, { status: 204 }), json({ sessions: [], next: null })]);
  const wasWrong = [];
  const service = new Service(async (wrong) => {
    wasWrong.push(wrong);
    return wrong ? "right" : "wrong";
  });
  assert.deepEqual(await service.sessions(), { sessions: [], next: null });
  assert.deepEqual(wasWrong, [false, true]);
  assert.deepEqual(asked, ["GET /sessions?limit=20", 'POST /v1/sign-in {"api_key":"wrong"}', 'POST /v1/sign-in {"api_key":"right"}', "GET /sessions?limit=20"]);
});

test("a person who gives no key is not asked over and over", async (context) => {
  network(context, [unauthorized(), unauthorized()]);
  let times = 0;
  const service = new Service(async () => {
    times += 1;
    return "";
  });
  await assert.rejects(service.sessions(), { status: 401 });
  await assert.rejects(service.sessions(), { status: 401 });
  assert.equal(times, 1);
});

test("errors say whether trying again is of use", async (context) => {
  network(context, [new TypeError("fetch failed"), json({ code: "queue_full", detail: "Busy." }, 429, { "Retry-After": "3" }), json({ code: "timestamp_not_rising", detail: "Too late." }, 409), json({ code: "session_changed", detail: "Again." }, 409), json({ code: "host_not_allowed", detail: "Not here." }, 403)]);
  const service = new Service(async () => "");
  const errors = [];
  for (let time = 0; time < 5; time += 1) errors.push(await service.markQuestion("id", { text: "?", at: 0 }).catch((error) => error));
  assert.ok(errors.every((error) => error instanceof ServiceError));
  assert.deepEqual(errors.map((error) => error.isFinal), [false, false, true, false, false]);
  assert.deepEqual([errors[0].isOffline, errors[1].retryAfter, errors[2].message], [true, 3, "Too late."]);
});

test("sessions come page by page", async (context) => {
  const asked = network(context, [json({ sessions: [{ id: "a" }], next: "a" }), json({ sessions: [{ id: "b" }], next: null })]);
  const ids = [];
  for await (const session of new Service(async () => "").allSessions()) ids.push(session.id);
  assert.deepEqual(ids, ["a", "b"]);
  assert.equal(asked[1], "GET /sessions?limit=100&after=a");
});
