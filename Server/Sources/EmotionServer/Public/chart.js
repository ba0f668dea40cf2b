import { duration as durationOf, field, path, pointAt, points as pointsOf, shownScore, ticks } from "./curve.js";
import { h, setStyle, svg } from "./dom.js";
import { clockText, t } from "./text.js";

/**
 * The course of a session, with a slider on it to move through time.
 *
 * The drawing is for the eye; the slider says to everyone what stands at its place.
 *
 * @param {object} record a session file
 * @param {(seconds: number) => void} onseek called when the person moves the slider
 * @returns {{element: HTMLElement, show: (seconds: number) => void}}
 */
export function curveChart(record, onseek) {
  const points = pointsOf(record);
  const duration = durationOf(record);
  const gaps = record.summary.gaps ?? [];
  const drops = record.summary.stress?.events ?? [];
  const share = (seconds) => `${Math.min(100, (100 * seconds) / duration)}%`;

  const head = setStyle(h("i", { class: "chart-head" }), { left: "0%" });
  const plot = h("div", { class: "chart-plot", "aria-hidden": "true" },
    [80, 65, 50, 35, 20].map((score) => setStyle(h("i", { class: "chart-line" }, h("span", {}, score)), { bottom: `${score}%` })),
    gaps.map((gap) => setStyle(h("i", { class: "chart-gap" }), { left: share(gap.start), width: share(gap.end - gap.start) })),
    drops.map((drop) => setStyle(h("i", { class: "chart-drop" }), { left: share(drop.onset), width: share(Math.max(0.3, drop.end - drop.onset)) })),
    svg("svg", { class: "chart-curve", viewBox: `0 0 ${field.width} ${field.height}`, preserveAspectRatio: "none" },
      svg("path", { d: path(points, duration, gaps) })),
    points.length === 1 ? setStyle(h("i", { class: "chart-dot" }), { left: share(points[0].time), bottom: `${100 * points[0].score}%` }) : null,
    (record.questions ?? []).map((question, index) =>
      setStyle(h("i", { class: "chart-question" }, h("span", {}, index + 1)), { left: share(question.start) })),
    head);
  const axis = h("div", { class: "chart-axis", "aria-hidden": "true" },
    ticks(duration).map((time) => setStyle(h("span", {}, clockText(time)), { left: share(time) })));

  const readout = h("p", { class: "chart-readout" });
  const slider = h("input", {
    class: "chart-slider", type: "range", min: 0, max: duration.toFixed(1), step: 0.1, ".value": "0", "aria-label": t("report.seek"),
    oninput: () => {
      show(Number(slider.value));
      onseek(Number(slider.value));
    },
    // A tenth of a second a key press would be a long way through ten minutes.
    onkeydown: (event) => {
      const step = { ArrowLeft: -2, ArrowRight: 2, ArrowDown: -2, ArrowUp: 2, PageDown: -15, PageUp: 15 }[event.key];
      if (!step) return;
      event.preventDefault();
      slider.value = String(Number(slider.value) + step);
      slider.dispatchEvent(new Event("input"));
    },
  });

  function show(seconds) {
    slider.value = String(seconds);
    setStyle(head, { left: share(seconds) });
    const point = pointAt(points, seconds);
    const score = point ? shownScore(point.score) : null;
    const words = score
      ? t("report.at", { time: clockText(seconds), score: score.points, level: t(`levels.${score.level}`) })
      : t("report.atNothing", { time: clockText(seconds) });
    readout.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }
  show(0);
  const legend = h("ul", { class: "legend", "aria-hidden": "true" },
    [["curve", true], ["drop", drops.length > 0], ["gap", gaps.length > 0]].filter(([, there]) => there)
      .map(([name]) => h("li", {}, h("i", { class: `key ${name}` }), t(`report.legend.${name}`))));
  return { element: h("div", { class: "chart" }, readout, plot, slider, axis, legend), show };
}

/**
 * The scores of past sessions as a line of dots, oldest first; each is a link to its report.
 *
 * @param {{id: string, score: number, name: string}[]} sessions `score` 0 … 1
 */
export function progressChart(sessions) {
  const left = (index) => (sessions.length === 1 ? 50 : 3 + (94 * index) / (sessions.length - 1));
  const line = sessions.map((session, index) => `${index ? "L" : "M"}${10 * left(index)} ${100 * (1 - session.score)}`).join("");
  return h("div", { class: "chart progress-chart" },
    h("div", { class: "chart-plot", role: "group", "aria-label": t("progress.chart", { count: sessions.length }) },
      [80, 65, 50, 35, 20].map((score) => setStyle(h("i", { class: "chart-line", "aria-hidden": "true" }, h("span", {}, score)), { bottom: `${score}%` })),
      svg("svg", { class: "chart-curve thin", viewBox: "0 0 1000 100", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("path", { d: line })),
      sessions.map((session, index) => {
        const { points, rank } = shownScore(session.score);
        const words = `${session.name}: ${t("progress.score", { score: points })}`;
        return setStyle(h("a", { class: `chart-session level-${rank}`, href: `#/sessions/${session.id}`, "aria-label": words, title: words }),
          { left: `${left(index)}%`, bottom: `${100 * session.score}%` });
      })));
}
