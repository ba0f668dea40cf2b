/** Prints a line a test in the form that Scripts/run-tests.sh counts. */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details.type === "suite" || data.name.endsWith(".js")) {
      if (type === "test:fail" && data.name.endsWith(".js")) yield `✘ Test "${data.name}" failed after 0 seconds.\n`;
      continue;
    }
    const seconds = (data.details.duration_ms / 1000).toFixed(3);
    if (type === "test:pass") yield `✔ Test "${data.name}" passed after ${seconds} seconds.\n`;
    else yield `✘ Test "${data.name}" failed after ${seconds} seconds.\n${data.details.error.cause?.stack ?? data.details.error.stack}\n`;
  }
}
