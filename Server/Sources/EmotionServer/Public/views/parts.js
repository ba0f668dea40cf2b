import { h, setStyle, svg, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { ovalPath } from "../placement.js";
import { entry, refusalText, t } from "../text.js";

/** A button with an icon. @param {string} label @param {{icon?: string, kind?: string, [attribute: string]: unknown}} [options] */
export function button(label, { icon: name, kind = "", ...attributes } = {}) {
  return h("button", { class: `button ${kind}`.trim(), type: "button", ...attributes }, labelled(label, name));
}

/** A link that looks like a button. */
export function linkButton(label, href, { icon: name, kind = "", ...attributes } = {}) {
  return h("a", { class: `button ${kind}`.trim(), href, ...attributes }, labelled(label, name));
}

/** What leads on has its arrow behind the words, everything else its icon before them. */
function labelled(label, name) {
  const parts = [name ? icon(name) : null, h("span", {}, label)];
  return name === "next" ? parts.toReversed() : parts;
}

/** The heading of a view; it takes the focus when the view opens. */
export function heading(title, lead) {
  return h("header", { class: "view-head" }, h("h1", { tabindex: -1 }, title), lead ? h("p", { class: "lead" }, lead) : null);
}

/** A box that tells how things stand. @param {"good" | "warn" | "plain"} kind */
export function notice(kind, title, text, ...actions) {
  return h("div", { class: `notice ${kind}` },
    h("div", { class: "notice-words" }, title ? h("p", { class: "notice-title" }, title) : null, text ? h("p", {}, text) : null),
    actions.length ? h("div", { class: "actions" }, actions) : null);
}

/** What a place shows while it has nothing to show. */
export function emptyState(iconName, title, text, ...actions) {
  return h("div", { class: "empty" }, h("div", { class: "empty-mark" }, icon(iconName)), h("h2", {}, title), h("p", {}, text),
    actions.length ? h("div", { class: "actions center" }, actions) : null);
}

const order = ["questions", "setup", "resting", "practice"];

/** Where in a session's course the person is. @param {"questions" | "setup" | "resting" | "practice"} current */
export function steps(current) {
  const now = order.indexOf(current);
  return h("nav", { class: "steps", "aria-label": t("steps.label") }, h("ol", {}, order.map((name, index) => {
    const state = index < now ? "done" : index === now ? "current" : "open";
    const label = state === "open" ? t(`steps.${name}`) : t(`steps.${state}`, { name: t(`steps.${name}`) });
    return h("li", { class: state, "aria-current": state === "current" ? "step" : null },
      h("span", { class: "step-number", "aria-hidden": "true" }, state === "done" ? icon("check") : index + 1),
      h("span", { class: "step-name", "aria-hidden": "true" }, t(`steps.${name}`)), h("span", { class: "unseen" }, label));
  })));
}

/**
 * The camera's live picture, all of it, mirrored as people know themselves, with the place for the face above it.
 *
 * @param {string} label for screen readers
 */
export function preview(label) {
  const video = h("video", { class: "preview-video", ".muted": true, playsinline: true, autoplay: true, "aria-label": label, disablepictureinpicture: true, onresize: fit });
  const guide = svg("svg", { class: "preview-guide", "aria-hidden": "true" });
  const overlay = h("div", { class: "preview-overlay" });
  const element = h("div", { class: "preview" }, video, guide, overlay);

  /** Takes the shape of the picture, so that nothing of what is judged is cut off. */
  function fit() {
    const { videoWidth, videoHeight } = video;
    if (videoWidth && videoHeight) setStyle(element, { "--ratio": String(videoWidth / videoHeight) });
    const ratio = videoWidth && videoHeight ? videoWidth / videoHeight : 16 / 9;
    // The shorter side has 90 units, whatever the camera, and so lines are equally thick.
    const size = ratio > 1 ? { width: 90 * ratio, height: 90 } : { width: 90, height: 90 / ratio };
    guide.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    guide.querySelectorAll("path").forEach((path) => path.setAttribute("d", ovalPath(size)));
  }

  function addOval(attributes) {
    const path = svg("path", attributes);
    guide.append(path);
    fit();
    return path;
  }

  addOval({ class: "oval" });
  return {
    element, video, overlay, addOval,
    /** @param {MediaStream | null} stream */
    attach(stream) {
      video.srcObject = stream;
      if (stream) video.play().catch(() => {});
    },
  };
}

/** A switch with words beside it and, below, what it means. */
export function toggle(label, hint, checked, onchange) {
  const id = uniqueId("switch");
  const input = h("input", {
    type: "checkbox", role: "switch", class: "switch", id, ".checked": checked,
    "aria-describedby": hint ? `${id}-hint` : null, onchange: () => onchange(input.checked),
  });
  const element = h("div", { class: "switch-row" }, input,
    h("div", {}, h("label", { for: id }, label), hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null));
  return { element, input };
}

/** Why the camera gives no picture, and what to do. @param {import("../camera.js").CameraError} error */
export function cameraProblem(error, again) {
  const kind = entry(`camera.${error.kind}`) ? error.kind : "failed";
  return h("div", { class: "camera-problem", role: "alert" }, h("div", { class: "empty-mark" }, icon("camera")),
    h("h2", {}, t(`camera.${kind}Title`)), h("p", {}, t(`camera.${kind}`, { reason: error.message })),
    h("div", { class: "actions center" }, button(t("retry"), { kind: "primary", icon: "redo", onclick: again })));
}

/** Why the service gave no answer. @param {Error & {isOffline?: boolean, status?: number}} error @param {() => void} again */
export function serviceProblem(error, again) {
  const text = error.isOffline ? t("errors.offline") : refusalText(error);
  return h("div", { class: "card", role: "alert" },
    emptyState("offline", error.isOffline ? t("errors.offlineTitle") : t("errors.title"), text,
      button(t("retry"), { kind: "primary", icon: "redo", onclick: again })));
}

/** Words that stand where something is on its way. */
export function loading(text = t("loading")) {
  return h("div", { class: "card loading", role: "status" }, h("i", { class: "spinner", "aria-hidden": "true" }), h("p", {}, text));
}

/** Hands a file to the person. @param {Blob} content @param {string} name */
export function saveFile(content, name) {
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
