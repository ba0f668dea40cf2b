import { announce } from "../announcer.js";
import { ask } from "../dialogs.js";
import { h, fillWith, show } from "../dom.js";
import { Player } from "../player.js";
import { sessionOutbox } from "../practice-run.js";
import { segments } from "../recording.js";
import { reportSheet } from "../report-sheet.js";
import { seekBar } from "../seek.js";
import { clockText, dateText, refusalText, t, waitingReason } from "../text.js";
import { button, emptyState, heading, linkButton, loading, saveFile, serviceProblem } from "./parts.js";

/** One session: the service's report, with the person's own recording above its curve. */
export function reportView(app, id) {
  const place = h("div", { class: "stack", "aria-busy": "true" }, loading(t("report.loading")));
  const closers = [];
  const title = h("div", {}, heading(t("report.title")));
  open(app, id, title, place, closers);
  return {
    title: t("report.title"),
    content: [title, place],
    close: () => closers.forEach((close) => close()),
  };
}

async function open(app, id, title, place, closers) {
  try {
    await sendRest(app, id, place, closers);
    const session = await app.service.session(id);
    fillWith(title.querySelector("h1"), t("report.of", { date: dateText(session.started_at) }));
    const pieces = await app.database.pieces(id).catch(() => []);
    if (session.frame_count === 0) {
      fillWith(place, h("div", { class: "card" }, emptyState("camera", t("report.emptyTitle"), t("report.empty"),
        linkButton(t("report.again"), "#/questions", { kind: "primary", icon: "next" }))), tools(app, id, null, segments(pieces)));
    } else {
      const [record, file] = await Promise.all([app.service.record(id), app.service.file(id, "report")]);
      const recording = segments(pieces);
      fillWith(place, sheet(record, await file.text(), recording, closers), tools(app, id, session, recording));
      title.querySelector("header").append(h("p", { class: "lead" }, facts(session, record)));
    }
  } catch (error) {
    if (error.isMissing) {
      fillWith(place, h("div", { class: "card" }, emptyState("wait", t("report.notFoundTitle"), t("report.notFound"), linkButton(t("errors.home"), "#/", { kind: "primary" }))));
    } else {
      fillWith(place, serviceProblem(error, () => app.reload()));
    }
  }
  place.removeAttribute("aria-busy");
}

/** What the session was, in a line. */
function facts(session, record) {
  return [clockText(Math.round(record.summary.duration_seconds)), t("progress.questions", { count: session.question_count }),
    t("report.scored", { count: record.frames.length })].join(" · ");
}

/** Sends the pictures that still wait in this browser, and goes on without them if the person says so. */
async function sendRest(app, id, place, closers) {
  const parcels = await app.database.parcels(id).catch(() => []);
  if (!parcels.length) return;
  const outbox = sessionOutbox(app.service, app.database, id, () => {});
  closers.push(() => outbox.stop());
  const text = h("p", {});
  const without = show(h("div", { class: "actions" },
    button(t("report.sendPending"), { kind: "primary", icon: "redo", onclick: () => {
      app.service.keyWasDeclined = false;
      outbox.hurry();
    } }),
    button(t("practice.finishWithout"), { onclick: () => outbox.stop() })), false);
  fillWith(place, h("div", { class: "card loading", role: "status" }, h("i", { class: "spinner", "aria-hidden": "true" }), h("div", {}, text, without)));
  outbox.onchange = () => {
    const { trouble } = outbox;
    const words = trouble ? t("practice.sendingWaits", { reason: waitingReason(trouble) }) : t("practice.sending", { count: Math.max(1, outbox.pendingFrames) });
    if (text.textContent !== words) text.textContent = words;
    show(without, Boolean(trouble));
  };
  outbox.restore(parcels);
  await outbox.emptied();
  fillWith(place, loading(t("report.loading")));
}

/** The service's report, its curve with a slider, and above it the person's own recording, where there is one. */
function sheet(record, file, recording, closers) {
  const player = recording.length ? new Player(recording, t("report.video"), (seconds) => follow(seconds)) : null;
  const bar = seekBar(record, (seconds) => {
    mark(seconds);
    player?.seek(seconds);
  });
  if (player) closers.push(() => player.close());
  const { element, point } = reportSheet(file, {
    watch: watch(record, player, bar), seek: bar.slider, onpoint: (share) => bar.seek(share * bar.duration),
  });
  // A recording may end a little after the last picture.
  const mark = (seconds) => point(Math.min(1, seconds / bar.duration));
  const follow = (seconds) => {
    bar.show(seconds);
    mark(seconds);
  };
  follow(0);
  player?.seek(0);
  return element;
}

function watch(record, player, bar) {
  const jumps = record.questions?.length ? h("ol", { class: "jumps", "aria-label": t("report.jump") }, record.questions.map((question, index) =>
    h("li", {}, h("button", { class: "jump", type: "button", onclick: () => bar.seek(question.start) },
      h("b", {}, index + 1), h("span", {}, question.label), h("span", { class: "meta" }, clockText(question.start)))))) : null;
  if (!player) {
    return h("div", { class: "watch stack tight" }, h("p", { class: "meta" }, t("report.noRecording")), jumps, bar.readout);
  }
  return h("div", { class: "watch" },
    h("div", { class: "watch-grid" }, player.video, h("div", { class: "watch-side" }, h("p", { class: "meta" }, t("report.watchLead")), jumps)), bar.readout);
}

/** What can be done with all of it. @param {object | null} session null where there is no report */
function tools(app, id, session, recording) {
  const save = (name, file) => async () => {
    try { saveFile(await app.service.file(id, name), file); } catch (error) { app.warn(refusalText(error)); }
  };
  const saveRecording = () => recording.forEach((segment, index) =>
    saveFile(segment.blob, `practice-${id.slice(0, 8)}${recording.length > 1 ? `-${index + 1}` : ""}.${extension(segment.type)}`));
  const removeRecording = async () => {
    if (!await ask({ title: t("report.askDeleteRecording"), text: t("report.askDeleteRecordingText"), yes: t("report.deleteRecording"), dangerous: true })) return;
    await app.database.removePieces(id);
    announce(t("report.recordingDeleted"));
    app.reload();
  };
  const remove = async () => {
    if (!await ask({ title: t("report.askDelete"), text: t("report.askDeleteText"), yes: t("report.delete"), dangerous: true })) return;
    if (await app.forgetSession(id)) app.go("#/");
  };
  const stem = `practice-${(session?.started_at ?? "").slice(0, 10)}-${id.slice(0, 8)}`;
  return h("section", { class: "card foot-actions", "aria-label": t("report.tools") }, h("div", { class: "actions" },
    linkButton(t("report.again"), "#/questions", { kind: "primary", icon: "next" }),
    session ? button(t("report.download"), { icon: "save", onclick: save("report", `${stem}.html`) }) : null,
    session ? button(t("report.downloadData"), { icon: "save", onclick: save("session.json", `${stem}.json`) }) : null,
    recording.length ? button(t("report.downloadRecording"), { icon: "save", onclick: saveRecording }) : null,
    recording.length ? button(t("report.deleteRecording"), { icon: "bin", kind: "danger-quiet", onclick: removeRecording }) : null,
    button(t("report.delete"), { icon: "bin", kind: "danger-quiet", onclick: remove })));
}

export function extension(type) { return type.includes("mp4") ? "mp4" : "webm"; }
