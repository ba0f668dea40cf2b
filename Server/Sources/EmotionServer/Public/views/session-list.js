import { shownScore } from "../curve.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { clockText, dateText, t } from "../text.js";

/** Sessions as a list of links to their reports. @param {object[]} sessions as the service lists them */
export function sessionList(sessions) {
  return h("ul", { class: "sessions" }, sessions.map((session) => {
    const score = session.confidence_score === null ? null : shownScore(session.confidence_score);
    const date = dateText(session.started_at);
    const title = session.title || date;
    return h("li", {}, h("a", { class: "session", href: `#/sessions/${session.id}` },
      h("span", { class: `session-score ${score ? `level-${score.rank}` : "none"}`, "aria-hidden": "true" }, score ? score.points : "–"),
      h("span", { class: "session-words" },
        h("b", {}, title),
        h("span", { class: "unseen" }, `, ${score ? t("progress.score", { score: score.points }) : t("progress.noScore")}, `),
        h("span", { class: "meta" }, [title === date ? null : date, score ? t(`levels.${score.level}`) : t("progress.noScore"), clockText(Math.round(session.duration_seconds)),
          t("progress.questions", { count: session.question_count })].filter(Boolean).join(" · "))),
      icon("next")));
  }));
}
