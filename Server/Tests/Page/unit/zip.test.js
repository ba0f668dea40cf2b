import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { crc32, zip } from "../../../Sources/EmotionServer/Public/zip.js";

test("the checksum is that of the standard's example", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("another program reads the archive back, names beyond ASCII included", async (context) => {
  if (spawnSync("python3", ["--version"]).status !== 0) return context.skip("python3 is not there to read it");
  const archive = await zip([{ name: "a/übung.txt", content: new Blob(["first"]) }, { name: "empty", content: new Blob([]) }], new Date(2026, 0, 26, 18, 30, 10));
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  const file = join(folder, "test.zip");
  writeFileSync(file, Buffer.from(await archive.arrayBuffer()));
  const script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename, z.read(i).decode(), i.date_time) for i in z.infolist()])";
  const { stdout, stderr } = spawnSync("python3", ["-c", script, file], { encoding: "utf8", env: { ...process.env, PYTHONIOENCODING: "utf8" } });
  rmSync(folder, { recursive: true });
  assert.equal(stdout.trim(), "[('a/übung.txt', 'first', (2026, 1, 26, 18, 30, 10)), ('empty', '', (2026, 1, 26, 18, 30, 10))]", stderr);
});
