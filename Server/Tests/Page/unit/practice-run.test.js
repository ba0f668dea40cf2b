import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionOutbox } from "../../../Sources/EmotionServer/Public/practice-run.js";

const database = { putParcel: async () => 1, removeParcels: async () => {} };
const offline = () => Object.assign(new Error("the answer was lost"), { isFinal: false });

test("a question whose answer was lost is sent again as it was, for the service to know it by", async () => {
  const sent = [];
  const service = {
    markQuestion: async (id, question) => {
      sent.push(question);
      if (sent.length === 1) throw offline();
    },
  };
  const outbox = sessionOutbox(service, database, "id", () => {});
  outbox.onchange = () => { if (outbox.trouble) setTimeout(() => outbox.hurry()); };
  await outbox.add({ kind: "question", timestamp: 12.345, text: "Once more", redo: true });
  await outbox.emptied();
  assert.deepEqual(sent, Array(2).fill({ text: "Once more", at: 12.345, redo: true }));
  assert.ok(outbox.isEmpty);
});

test("a session that the service does not know ends the sending and counts no picture as bad", async () => {
  const service = { addFrames: async () => { throw Object.assign(new Error("gone"), { isFinal: true, isMissing: true }); } };
  let missing = 0;
  const outbox = sessionOutbox(service, database, "id", () => { missing += 1; });
  await outbox.add({ kind: "frame", timestamp: 0, image: new Blob() });
  await outbox.emptied();
  assert.deepEqual([missing, outbox.lostFrames, outbox.isEmpty], [1, 0, false]);
});
