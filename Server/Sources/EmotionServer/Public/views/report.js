import { announce } from "../announcer.js";
import { curveChart } from "../chart.js";
import { ask } from "../dialogs.js";
import { h, fillWith, setStyle, show } from "../dom.js";
import { Player } from "../player.js";
import { sessionOutbox } from "../practice-run.js";
import { segments } from "../recording.js";
import { clockText, dateText, t } from "../text.js";
import { button, emptyState, heading, linkButton, loading, notice, saveFile, serviceProblem } from "./parts.js";

/** One session: the person's own recording beside the curve, and the service's report. */
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
        linkButton(t("report.again"), "#/questions", { kind: "primary", icon: "next" }))), deletion(app, id, null));
    } else {
      const record = await app.service.record(id);
      fillWith(place, watchCard(app, id, record, segments(pieces), closers), reportFrame(app, id, closers), deletion(app, id, session));
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

/** Sends the pictures that still wait in this browser, and goes on without them if the person says so. */
async function sendRest(app, id, place, closers) {
  const parcels = await app.database.parcels(id).catch(() => []);
  if (!parcels.length) return;
  const outbox = sessionOutbox(app.service, app.database, id, () => {});
  closers.push(() => outbox.stop());
  const text = h("p", {});
  const without = show(h("div", { class: "actions" },
    button(t("report.sendPending"), { kind: "primary", icon: "redo", onclick: () => outbox.hurry() }),
    button(t("practice.finishWithout"), { onclick: () => outbox.stop() })), false);
  fillWith(place, h("div", { class: "card loading", role: "status" }, h("i", { class: "spinner", "aria-hidden": "true" }), h("div", {}, text, without)));
  outbox.onchange = () => {
    const words = outbox.isOnline ? t("practice.sending", { count: Math.max(1, outbox.pendingFrames) }) : t("practice.sendingOffline");
    if (text.textContent !== words) text.textContent = words;
    show(without, !outbox.isOnline);
  };
  outbox.restore(parcels);
  await outbox.emptied();
  fillWith(place, loading(t("report.loading")));
}

function watchCard(app, id, record, recording, closers) {
  const hasRecording = recording.length > 0;
  const chart = curveChart(record, (seconds) => player?.seek(seconds));
  const player = hasRecording ? new Player(recording, t("report.video"), chart.show) : null;
  if (player) {
    player.seek(0);
    closers.push(() => player.close());
  }
  const jumps = record.questions?.length ? h("div", { class: "jumps", role: "group", "aria-label": t("report.jump") }, record.questions.map((question, index) =>
    h("button", { class: "jump", type: "button", onclick: () => { chart.show(question.start); player?.seek(question.start); } },
      h("b", {}, index + 1), h("span", {}, question.label), h("span", { class: "meta" }, clockText(question.start))))) : null;
  const tools = player ? h("div", { class: "actions" },
    button(t("report.downloadRecording"), { icon: "save", onclick: () => recording.forEach((segment, index) =>
      saveFile(segment.blob, `practice-${id.slice(0, 8)}${recording.length > 1 ? `-${index + 1}` : ""}.${extension(segment.type)}`)) }),
    button(t("report.deleteRecording"), { icon: "bin", onclick: async () => {
      if (!await ask({ title: t("report.askDeleteRecording"), text: t("report.askDeleteRecordingText"), yes: t("report.deleteRecording"), dangerous: true })) return;
      await app.database.removePieces(id);
      announce(t("report.recordingDeleted"));
      app.reload();
    } })) : h("p", { class: "meta" }, t("report.noRecording"));
  return h("section", { class: "card watch", "aria-labelledby": "watch-title" },
    h("h2", { id: "watch-title" }, player ? t("report.watch") : t("report.curve")), h("p", { class: "lead" }, player ? t("report.watchLead") : t("report.curveLead")),
    h("div", { class: player ? "watch-grid" : "" }, player?.video, h("div", { class: "stack tight" }, chart.element, jumps)), tools);
}

/**
 * The service's report as it would be saved. The frame runs no scripts; it has the page's origin only so that the page
 * can give it the height of what it shows.
 */
function reportFrame(app, id, closers) {
  const address = app.service.reportAddress(id);
  const frame = h("iframe", { class: "report-frame", src: address, sandbox: "allow-same-origin", title: t("report.frame"), loading: "eager" });
  const fit = () => {
    const height = frame.contentDocument?.documentElement?.scrollHeight;
    if (height) setStyle(frame, { height: `${height}px` });
  };
  frame.addEventListener("load", () => {
    fit();
    const body = frame.contentDocument?.body;
    if (!body) return;
    const observer = new ResizeObserver(fit);
    observer.observe(body);
    closers.push(() => observer.disconnect());
  });
  return h("section", { class: "report", "aria-label": t("report.frame") }, frame);
}

function deletion(app, id, session) {
  const save = (name, file) => async () => {
    try { saveFile(await app.service.file(id, name), file); } catch (error) { app.warn(t("errors.unexpected", { reason: error.message })); }
  };
  const stem = `practice-${(session?.started_at ?? "").slice(0, 10)}-${id.slice(0, 8)}`;
  return h("section", { class: "card foot-actions" }, h("div", { class: "actions" },
    linkButton(t("report.again"), "#/questions", { kind: "primary", icon: "next" }),
    session ? button(t("report.download"), { icon: "save", onclick: save("report", `${stem}.html`) }) : null,
    session ? button(t("report.downloadData"), { icon: "save", onclick: save("session.json", `${stem}.json`) }) : null,
    button(t("report.delete"), { icon: "bin", kind: "danger-quiet", onclick: async () => {
      if (!await ask({ title: t("report.askDelete"), text: t("report.askDeleteText"), yes: t("report.delete"), dangerous: true })) return;
      if (await app.forgetSession(id)) app.go("#/");
    } })));
}

export function extension(type) { return type.includes("mp4") ? "mp4" : "webm"; }
