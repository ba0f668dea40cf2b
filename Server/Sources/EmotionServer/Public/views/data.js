import { announce } from "../announcer.js";
import { ask } from "../dialogs.js";
import { h, fillWith, show } from "../dom.js";
import { segments } from "../recording.js";
import { notes } from "../storage.js";
import { refusalText, sizeText, t } from "../text.js";
import { zip } from "../zip.js";
import { button, heading, saveFile } from "./parts.js";
import { extension } from "./report.js";

/** What is stored where, and how to take it along or delete it. */
export function dataView(app) {
  const service = h("p", { "aria-busy": "true" }, t("loading"));
  const retention = show(h("p", { class: "meta" }), false);
  const browser = h("ul", { class: "plain-list" }, h("li", {}, t("loading")));
  const message = h("p", { class: "capture-message" });
  const tell = (text, kind = "") => {
    message.textContent = text;
    message.className = `capture-message ${kind}`;
    announce(text);
  };
  let total = null;

  async function count() {
    try {
      total = 0;
      for await (const _ of app.service.allSessions()) total += 1;
      service.textContent = t("data.serviceText", { count: total });
      const { retention_days: days, api_key_required: hasKey } = await app.service.description();
      if (days !== null) show(fillWith(retention, t("consent.retention", { count: days })), true);
      show(signOut, hasKey);
    } catch {
      total = null;
      service.textContent = t("data.serviceUnknown");
    }
    service.removeAttribute("aria-busy");
    try {
      const recordings = [...(await app.database.recordings()).values()];
      const waiting = [...(await app.database.waitingSessions()).values()].reduce((sum, count) => sum + count, 0);
      fillWith(browser,
        h("li", {}, recordings.length ? t("data.recordings", { count: recordings.length, size: sizeText(recordings.reduce((sum, size) => sum + size, 0)) }) : t("data.noRecordings")),
        h("li", {}, waiting ? t("data.waiting", { count: waiting }) : t("data.noWaiting")), h("li", {}, t("data.settings")));
    } catch {
      fillWith(browser, h("li", {}, t("errors.storage")));
    }
  }

  async function exportAll() {
    exporting.disabled = true;
    try {
      const name = `interview-practice-${new Date().toISOString().slice(0, 10)}.zip`;
      saveFile(await zip(await collect(app, (number, count) => tell(t("data.exporting", { number, count })))), name);
      tell(t("data.exported", { name }), "good");
    } catch (error) {
      tell(t("data.exportFailed", { reason: refusalText(error) }), "warn");
    }
    exporting.disabled = false;
  }

  async function deleteAll() {
    const text = total === null ? t("data.askDeleteUnknown") : t("data.askDeleteText", { count: total });
    if (!await ask({ title: t("data.askDelete"), text, yes: t("data.delete"), dangerous: true })) return;
    tell(t("data.deleting"));
    try {
      await app.service.deleteAllSessions();
      await app.database.removeAll();
    } catch (error) {
      return tell(t("data.deleteFailed", { reason: refusalText(error) }), "warn");
    }
    notes.removeAll();
    app.readSettings();
    app.consented = false;
    announce(t("data.deleted"));
    app.go("#/");
    app.warn(t("data.deleted"), "good");
  }

  const exporting = button(t("data.export"), { icon: "save", onclick: exportAll });
  const signOut = show(button(t("data.signOut"), { onclick: async () => {
    await app.service.signOut().catch(() => {});
    app.go("#/");
  } }), false);
  count();
  return {
    title: t("data.title"),
    content: [
      heading(t("data.title"), t("data.lead")),
      h("div", { class: "columns cards" },
        h("section", { class: "card" }, h("h2", {}, t("data.service")), service, retention, h("div", { class: "actions" }, signOut)),
        h("section", { class: "card" }, h("h2", {}, t("data.browser")), browser)),
      message,
      act(t("data.export"), t("data.exportText"), exporting),
      act(t("data.withdraw"), t("data.withdrawText"), button(t("data.withdraw"), { onclick: () => {
        notes.remove("consent");
        app.consented = false;
        announce(t("data.withdrawn"));
        app.go("#/");
      } })),
      act(t("data.delete"), t("data.deleteText"), button(t("data.delete"), { icon: "bin", kind: "danger", onclick: deleteAll })),
    ],
  };
}

function act(title, text, control) {
  return h("section", { class: "card act" }, h("div", {}, h("h2", {}, title), h("p", {}, text)), h("div", { class: "actions" }, control));
}

/** Every session's numbers and report, and every recording of this browser. */
async function collect(app, ontell) {
  const sessions = [];
  for await (const session of app.service.allSessions()) sessions.push(session);
  const files = [{ name: "sessions.json", content: new Blob([JSON.stringify(sessions, null, 1)]) }];
  for (const [index, session] of sessions.entries()) {
    ontell(index + 1, sessions.length);
    const folder = `${session.started_at.slice(0, 10)}-${session.id}`;
    files.push({ name: `${folder}/session.json`, content: await app.service.file(session.id, "session.json") });
    if (session.frame_count > 0) files.push({ name: `${folder}/report.html`, content: await app.service.file(session.id, "report") });
  }
  for (const id of (await app.database.recordings()).keys()) {
    for (const [index, segment] of segments(await app.database.pieces(id)).entries()) {
      files.push({ name: `recordings/${id}-${index + 1}.${extension(segment.type)}`, content: segment.blob });
    }
  }
  return files;
}
