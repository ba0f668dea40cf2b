import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../../Sources/EmotionServer/Public/outbox.js";

/** A store in memory. */
function memory() {
  const parcels = new Map();
  let last = 0;
  return {
    parcels,
    put: async (parcel) => {
      parcels.set(++last, parcel);
      return last;
    },
    remove: async (keys) => keys.forEach((key) => parcels.delete(key)),
  };
}

const frame = (timestamp) => ({ kind: "frame", timestamp, image: new Blob(["picture"]) });
const question = (timestamp, text) => ({ kind: "question", timestamp, text });
const offline = () => Object.assign(new Error("nobody answers"), { isFinal: false });
const refused = () => Object.assign(new Error("damaged picture"), { isFinal: true });

/** An outbox whose waits end at once, and what it sent. */
function outbox(answer = async () => ({ frames: [] })) {
  const store = memory();
  const sent = [];
  const waits = [];
  const box = new Outbox({
    store,
    wait: async (milliseconds) => { waits.push(milliseconds); },
    send: async (parcels) => {
      const reply = await answer(parcels, sent.length);
      sent.push(parcels.map((parcel) => parcel.timestamp));
      return reply;
    },
  });
  return { box, store, sent, waits };
}

test("frames and questions leave in their order, and the store forgets them", async () => {
  const { box, store, sent } = outbox();
  await Promise.all([box.add(question(0, "one")), box.add(frame(0)), box.add(frame(2)), box.add(question(3, "two")), box.add(frame(4))]);
  await box.emptied();
  assert.deepEqual(sent.flat(), [0, 0, 2, 3, 4]);
  assert.equal(store.parcels.size, 0);
  assert.equal(box.sentFrames, 3);
});

test("what a service that is gone cannot take waits, and goes in batches when it is back", async () => {
  let isGone = true;
  const { box, store, sent } = outbox(async () => {
    if (isGone) throw offline();
    return { frames: [] };
  });
  box.onchange = () => { if (box.pendingFrames === 20 && box.trouble) isGone = false; };
  for (let second = 0; second < 40; second += 2) await box.add(frame(second));
  await box.emptied();
  assert.deepEqual(sent.flat(), Array.from({ length: 20 }, (_, index) => 2 * index));
  assert.ok(sent.some((batch) => batch.length === Outbox.batch), JSON.stringify(sent));
  assert.equal(box.trouble, null);
  assert.equal(store.parcels.size, 0);
});

test("waits grow from try to try, and are at least what the service asks for", async () => {
  const errors = [offline(), offline(), Object.assign(offline(), { retryAfter: 7 })];
  const { box, waits } = outbox(async () => {
    if (errors.length) throw errors.shift();
    return { frames: [] };
  });
  await box.add(frame(0));
  await box.emptied();
  assert.deepEqual(waits, [1000, 2000, 7000]);
});

test("a bad picture is dropped alone, its batch is not", async () => {
  let isGone = true;
  const { box, sent } = outbox(async (parcels) => {
    if (isGone) throw offline();
    if (parcels.some((parcel) => parcel.timestamp === 4)) throw refused();
    return { frames: [] };
  });
  box.onchange = () => { if (box.pendingFrames === 5) isGone = false; };
  for (let second = 0; second < 10; second += 2) await box.add(frame(second));
  await box.emptied();
  assert.deepEqual(sent.flat(), [0, 2, 6, 8]);
  assert.equal(box.lostFrames, 1);
});

test("what an earlier life of the page left goes first", async () => {
  const { box, sent } = outbox();
  box.restore([frame(0), frame(2)]);
  await box.add(frame(4));
  await box.emptied();
  assert.deepEqual(sent.flat(), [0, 2, 4]);
});

test("a store that keeps nothing stops no sending", async () => {
  const { box, sent, store } = outbox();
  store.put = async () => { throw new Error("no room"); };
  await box.add(frame(0));
  await box.emptied();
  assert.deepEqual(sent, [[0]]);
});

test("a stopped outbox leaves the rest in the store", async () => {
  const { box, store } = outbox(async () => { throw offline(); });
  box.onchange = () => { if (box.trouble) box.stop(); };
  await box.add(frame(0));
  await box.emptied();
  assert.equal(store.parcels.size, 1);
});

test("why parcels wait is kept until they are taken", async () => {
  const errors = [offline(), Object.assign(new Error("no key"), { status: 401 }), Object.assign(new Error("The facial model cannot be loaded."), { status: 503 })];
  const { box } = outbox(async () => {
    if (errors.length) throw errors.shift();
    return { frames: [] };
  });
  const reasons = [];
  box.onchange = () => { if (box.trouble && reasons.at(-1) !== box.trouble.message) reasons.push(box.trouble.message); };
  await box.add(frame(0));
  await box.emptied();
  assert.deepEqual(reasons, ["nobody answers", "no key", "The facial model cannot be loaded."]);
  assert.equal(box.trouble, null);
  assert.equal(box.sentFrames, 1);
});
