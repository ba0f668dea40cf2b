import assert from "node:assert/strict";
import { test } from "node:test";
import { misplaced, oval, ovalPath } from "../../../Sources/EmotionServer/Public/placement.js";

const wide = { width: 1280, height: 720 };
const upright = { width: 720, height: 1280 };

/** A box of a face's proportions around a point, in shares of the oval's half axes from its middle. */
function face(size, aside, lower, high = 0.6) {
  const { x, y, across, down } = oval(size);
  const [height, width] = [2 * high * down, 2 * high * across];
  return [x + aside * across - width / 2, y + lower * down - height / 2, width, height];
}

for (const [name, size] of Object.entries({ wide, upright, square: { width: 500, height: 500 } })) {
  test(`the oval lies in the picture, in the middle from side to side: ${name}`, () => {
    const { x, y, across, down } = oval(size);
    assert.equal(x, size.width / 2);
    assert.ok(x - across > 0 && y - down > 0.04 * size.height && y + down < size.height, JSON.stringify({ x, y, across, down }));
    // The service's limits of the room above a face.
    assert.ok((y - down) / size.height < 0.35);
  });

  test(`a face is in the oval or is told where to go: ${name}`, () => {
    assert.equal(misplaced(face(size, 0, 0), size), null);
    assert.equal(misplaced(face(size, 0, 0, 1), size), null);
    assert.equal(misplaced(face(size, 0.3, 0.1), size), null);
    assert.equal(misplaced(face(size, 0.8, 0), size), "off_center");
    assert.equal(misplaced(face(size, -0.8, 0.2), size), "off_center");
    assert.equal(misplaced(face(size, 0.1, -0.8), size), "little_headroom");
    assert.equal(misplaced(face(size, 0.1, 0.8), size), "much_headroom");
    assert.equal(misplaced(face(size, 0, 0, 1.2), size), "too_close");
  });
}

test("what is drawn is what is judged", () => {
  const size = { width: 160, height: 90 };
  const { x, y, across, down } = oval(size);
  const [, left, top, rx, ry] = /^M([\d.]+) ([\d.]+)a([\d.]+) ([\d.]+) /.exec(ovalPath(size)).map(Number);
  assert.deepEqual([left, rx, ry].map((one) => one.toFixed(1)), [x, across, down].map((one) => one.toFixed(1)));
  assert.equal((top + ry).toFixed(1), y.toFixed(1));
});
