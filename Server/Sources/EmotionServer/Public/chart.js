import { scale, shownScore } from "./curve.js";
import { h, setStyle, svg } from "./dom.js";
import { t } from "./text.js";

/**
 * The scores of past sessions as a line of dots, oldest first; each is a link to its report.
 *
 * @param {{id: string, score: number, name: string, day: string}[]} sessions `score` 0 … 1; `day` stands below the first
 *   and the last
 */
export function progressChart(sessions) {
  const left = (index) => (sessions.length === 1 ? 50 : 3 + (94 * index) / (sessions.length - 1));
  const line = sessions.map((session, index) => `${index ? "L" : "M"}${10 * left(index)} ${100 * (1 - session.score)}`).join("");
  const ends = sessions.length === 1 ? [0] : [0, sessions.length - 1];
  return h("div", { class: "chart progress-chart" },
    h("div", { class: "chart-plot", role: "group", "aria-label": t("progress.chart", { count: sessions.length }) },
      scale.map((score) => setStyle(h("i", { class: "chart-line", "aria-hidden": "true" }, h("span", {}, score)), { bottom: `${score}%` })),
      svg("svg", { class: "chart-curve", viewBox: "0 0 1000 100", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("path", { d: line })),
      sessions.map((session, index) => {
        const { points, rank } = shownScore(session.score);
        const words = `${session.name}: ${t("progress.score", { score: points })}`;
        return setStyle(h("a", { class: `chart-session level-${rank}`, href: `#/sessions/${session.id}`, "aria-label": words, title: words }),
          { left: `${left(index)}%`, bottom: `${100 * session.score}%` });
      })),
    h("div", { class: "chart-axis", "aria-hidden": "true" }, ends.map((index) => setStyle(h("span", {}, sessions[index].day), { left: `${left(index)}%` }))));
}
