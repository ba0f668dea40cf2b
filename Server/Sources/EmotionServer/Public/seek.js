import { duration as durationOf, points as pointsOf, scoreAt, shownScore } from "./curve.js";
import { h } from "./dom.js";
import { clockText, t } from "./text.js";

/**
 * A slider through the time of a session, and words for what stands at its place; both say the same to everyone.
 *
 * @param {object} record a session file
 * @param {(seconds: number) => void} onseek called when the person moves the slider
 * @returns {{slider: HTMLElement, readout: HTMLElement, duration: number, show: (seconds: number) => void, seek: (seconds: number) => void}}
 *   `show` moves the slider, `seek` does so as the person would
 */
export function seekBar(record, onseek) {
  const points = pointsOf(record);
  const duration = durationOf(record);
  const readout = h("p", { class: "readout" });
  const slider = h("input", {
    class: "seek-slider", type: "range", min: 0, max: duration.toFixed(1), step: 0.1, ".value": "0", "aria-label": t("report.seek"),
    oninput: () => seek(Number(slider.value)),
    // A tenth of a second a key press would be a long way through ten minutes.
    onkeydown: (event) => {
      const step = { ArrowLeft: -2, ArrowRight: 2, ArrowDown: -2, ArrowUp: 2, PageDown: -15, PageUp: 15 }[event.key];
      if (!step) return;
      event.preventDefault();
      slider.value = String(Number(slider.value) + step);
      seek(Number(slider.value));
    },
  });

  function show(seconds) {
    slider.value = String(seconds);
    const found = scoreAt(points, seconds, record.summary.gaps);
    const score = found === null ? null : shownScore(found);
    const words = score
      ? t("report.at", { time: clockText(seconds), score: score.points, level: t(`levels.${score.level}`) })
      : t("report.atNothing", { time: clockText(seconds) });
    readout.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }

  function seek(seconds) {
    show(seconds);
    onseek(seconds);
  }

  return { slider, readout, duration, show, seek };
}
