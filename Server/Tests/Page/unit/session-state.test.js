import assert from "node:assert/strict";
import { test } from "node:test";
import * as course from "../../../Sources/EmotionServer/Public/session-state.js";
import { SessionClock } from "../../../Sources/EmotionServer/Public/session-clock.js";

const questions = ["one", "two", "three"].map((text) => ({ text, theme: "theme" }));
const fresh = () => course.newSession({ id: "id", startedAt: "2026-01-26T18:00:00+01:00", questions, options: { record: false, sound: false } });

test("questions follow each other and the last one ends the session", () => {
  let state = course.begin(fresh(), 0);
  assert.equal(state.phase, "answering");
  state = course.next(state, 10);
  state = course.next(state, 20);
  assert.ok(course.isLast(state));
  assert.equal(course.openQuestions(state), 0);
  state = course.next(state, 30);
  assert.equal(state.phase, "finished");
  assert.deepEqual(state.answers.map(({ question, start }) => [question, start]), [[0, 0], [1, 10], [2, 20]]);
});

test("a question done again counts its attempts and begins its time anew", () => {
  let state = course.redo(course.begin(fresh(), 0), 8);
  assert.equal(course.attempts(state), 2);
  assert.equal(course.answerStart(state), 8);
  state = course.next(state, 12);
  assert.equal(course.attempts(state), 1);
  assert.equal(course.openQuestions(state), 1);
});

test("nothing moves on in a pause", () => {
  const paused = course.pause(course.begin(fresh(), 0), 5);
  assert.equal(course.next(paused, 9), paused);
  assert.equal(course.redo(paused, 9), paused);
  assert.equal(course.resume(paused).phase, "answering");
});

test("a session that ran is paused after a reload, with its time and its question", () => {
  const state = course.reloaded(JSON.parse(JSON.stringify(course.next(course.begin(fresh(), 0), 7))));
  assert.deepEqual([state.phase, state.reason, state.current, state.elapsed, state.life], ["paused", "reload", 1, 7, 1]);
  assert.equal(course.reloaded(fresh()).phase, "ready");
});

test("the clock runs while one practises only", () => {
  let now = 1000;
  const clock = new SessionClock(12, () => now);
  clock.start();
  now += 3000;
  clock.stop();
  now += 60000;
  assert.equal(clock.seconds, 15);
  clock.start();
  clock.start();
  now += 500;
  assert.equal(clock.seconds, 15.5);
});

test("a session is called by its first question, as long as the service takes it", () => {
  assert.equal(course.sessionTitle(questions.slice(0, 1)), "one");
  assert.equal(course.sessionTitle(questions), "one – and 2 more");
  const long = course.sessionTitle([{ text: "q".repeat(300), theme: "own" }, questions[1]]);
  assert.ok(course.sessionTitle([{ text: `x${"😀".repeat(200)}`, theme: "own" }]).isWellFormed(), "a character was cut");
  assert.ok(long.length < 200 && long.endsWith("… – and 1 more"), long);
});
