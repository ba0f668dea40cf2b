import { progressChart } from "../chart.js";
import { h, fillWith, show } from "../dom.js";
import { dateText, dayText, refusalText, t } from "../text.js";
import { button, emptyState, heading, linkButton, loading, serviceProblem } from "./parts.js";
import { sessionList } from "./session-list.js";

/** The scores of past sessions, whether they tell of a change, and all sessions. */
export function progressView(app) {
  const place = h("div", { class: "stack", "aria-busy": "true" }, loading());
  fill(app, place);
  return { title: t("progress.title"), content: [heading(t("progress.title"), t("progress.lead")), place] };
}

async function fill(app, place) {
  try {
    const [page, progress] = await Promise.all([app.service.sessions({ limit: 50 }), app.service.progress()]);
    const scored = page.sessions.filter((session) => session.confidence_score !== null).toReversed();
    if (!page.sessions.length) {
      fillWith(place, h("div", { class: "card" }, emptyState("spark", t("progress.emptyTitle"), t("progress.empty"), linkButton(t("home.start"), "#/questions", { kind: "primary", icon: "next" }))));
    } else {
      fillWith(place,
        scored.length ? h("section", { class: "card" }, h("h2", {}, t("progress.chart", { count: scored.length })), h("p", { class: "lead" }, verdict(progress)),
          progressChart(scored.map((session) => ({ id: session.id, score: session.confidence_score, name: [dateText(session.started_at), session.title].filter(Boolean).join(", "), day: dayText(session.started_at) })))) : null,
        h("section", { class: "card" }, h("h2", {}, t("progress.list")), pages(app, page)));
    }
  } catch (error) {
    fillWith(place, serviceProblem(error, () => app.reload()));
  }
  place.removeAttribute("aria-busy");
}

function verdict({ verdict, missing_sessions: missing, change, interval }) {
  if (verdict === "not_enough_sessions") return t("progress.notEnough", { count: Math.max(1, missing) });
  const points = (value) => String(Math.abs(Math.round(100 * value)));
  const [lower, upper] = [interval?.lower ?? 0, interval?.upper ?? 0].sort((one, other) => Math.abs(one) - Math.abs(other));
  return t(`progress.verdicts.${verdict}`, { change: points(change ?? 0), lower: points(lower), upper: points(upper) });
}

/** The list, page by page. */
function pages(app, first) {
  let after = first.next;
  const lists = h("div", { class: "stack tight" }, sessionList(first.sessions));
  const more = show(button(t("progress.more"), { icon: "down", onclick: async () => {
    try {
      const page = await app.service.sessions({ limit: 50, after });
      after = page.next;
      const list = sessionList(page.sessions);
      lists.append(list);
      list.querySelector("a")?.focus();
      show(more, Boolean(after));
    } catch (error) {
      app.warn(refusalText(error));
    }
  } }), Boolean(after));
  return [lists, more];
}
