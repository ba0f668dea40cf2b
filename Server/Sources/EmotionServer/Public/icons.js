import { svg } from "./dom.js";

/** Outlines on a square of 24, drawn for this page. */
const outlines = {
  camera: "M3 8.5A1.5 1.5 0 0 1 4.5 7H14a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 14 17H4.5A1.5 1.5 0 0 1 3 15.5zM15.5 11l5-3v8l-5-3",
  check: "M5 12.5l4.5 4.5L19 7.5",
  mend: "M12 6v7M12 17.2v.3",
  wait: "M6.5 12h.2M12 12h.2M17.5 12h.2",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  next: "M5 12h14M13 6l6 6-6 6",
  redo: "M5 5v5h5M5.6 10a7.5 7.5 0 1 1-.6 4",
  stop: "M7 7h10v10H7z",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  open: "M6 9.5l6 6 6-6",
  remove: "M6 6l12 12M18 6L6 18",
  add: "M12 5v14M5 12h14",
  bin: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5",
  save: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  spark: "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  offline: "M4 4l16 16M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 5-2.7M14.5 10.5A10 10 0 0 1 19 13M12 20h.1",
};

/**
 * A picture beside words; screen readers pass over it.
 *
 * @param {keyof typeof outlines} name
 */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, svg("path", { d: outlines[name] }));
}
