import assert from "node:assert/strict";
import { test } from "node:test";
import { opened } from "../../../Sources/EmotionServer/Public/report-sheet.js";

const file = `<!doctype html>
<html lang="en"><head><title>T</title><style>
:root{--a:#fff}.x{color:var(--a)}
</style></head><body><main><section><i style="width:3%"></i>a &lt;main&gt; style=&quot;b</section></main><footer>foot</footer></body></html>`;

test("a report's file gives its rules and its content", () => {
  const { rules, content } = opened(file);
  assert.equal(rules.trim(), ":host{--a:#fff}.x{color:var(--a)}");
  assert.match(content, /^<section><i data-style="width:3%"><\/i>/);
  assert.doesNotMatch(content, / style="|foot/);
  assert.match(content, /a &lt;main&gt; style=&quot;b<\/section>$/);
});

test("what is no report is empty", () => {
  assert.deepEqual(opened("{}"), { rules: "", content: "" });
});
