import { ask } from "../dialogs.js";
import { h } from "../dom.js";
import { notes } from "../storage.js";
import { clockText, entry, refusalText, t } from "../text.js";
import { button, emptyState, heading, linkButton, notice } from "./parts.js";
import { sessionList } from "./session-list.js";

/** Where every visit begins: go on with a session, start one, or look at the latest ones. */
export async function homeView(app) {
  const waiting = notes.read("session");
  const recent = h("div", { "aria-busy": "true" });
  const late = await app.database.waitingSessions().catch(() => new Map());
  late.delete(waiting?.id);
  const content = [
    waiting ? resumeCard(app, waiting) : null,
    [...late].map(([id, count]) => notice("warn", "", t("home.late", { count }), linkButton(t("home.sendLate"), `#/sessions/${id}`, { icon: "next" }))),
    h("section", { class: "card start" },
      heading(t("home.title"), t("home.lead")),
      h("ol", { class: "how", "aria-label": t("home.how") }, entry("home.howSteps").map((_, index) => h("li", {},
        h("b", {}, t(`home.howSteps.${index}.title`)),
        h("span", {}, t(`home.howSteps.${index}.text`, { count: entry("bank").reduce((sum, theme) => sum + theme.questions.length, 0) }))))),
      h("div", { class: "actions" }, button(t("home.start"), { kind: waiting ? "large" : "primary large", icon: "next", onclick: () => start(app, waiting) }))),
    h("section", { class: "card", "aria-labelledby": "recent-title" }, h("h2", { id: "recent-title" }, t("home.recent")), recent),
  ];
  fillRecent(app, recent);
  return { title: t("home.title"), content };
}

async function start(app, waiting) {
  if (waiting && !await discard(app, waiting)) return;
  app.go("#/questions");
}

/** Deletes a session that was begun and not finished, if the person says so; false where it is still there. */
async function discard(app, state) {
  const sure = await ask({ title: t("report.askDelete"), text: t("report.askDeleteText"), yes: t("practice.discard"), dangerous: true });
  return sure && app.forgetSession(state.id);
}

function resumeCard(app, state) {
  const text = t("home.resume", { question: state.current + 1, count: state.questions.length, time: clockText(state.elapsed) });
  return h("section", { class: "card resume", "aria-labelledby": "resume-title" },
    h("div", {}, h("h2", { id: "resume-title" }, t("home.resumeTitle")), h("p", {}, text)),
    h("div", { class: "actions" },
      button(t("practice.discard"), { onclick: async () => { if (await discard(app, state)) app.reload(); } }),
      linkButton(t("home.resumeButton"), "#/practice", { kind: "primary", icon: "play" })));
}

async function fillRecent(app, place) {
  try {
    const { sessions } = await app.service.sessions({ limit: 4 });
    const begun = notes.read("session")?.id;
    const shown = sessions.filter((session) => session.id !== begun).slice(0, 3);
    place.replaceChildren(...shown.length
      ? [sessionList(shown), h("p", {}, h("a", { class: "more", href: "#/progress" }, t("home.all")))]
      : [emptyState("spark", t("home.emptyTitle"), t("home.empty"))]);
  } catch (error) {
    place.replaceChildren(h("div", { class: "notice warn", role: "status" }, h("p", {}, refusalText(error)),
      h("div", { class: "actions" }, button(t("retry"), { icon: "redo", onclick: () => app.reload() }))));
  }
  place.removeAttribute("aria-busy");
}
