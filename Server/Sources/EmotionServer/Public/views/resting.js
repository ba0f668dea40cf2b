import { announce } from "../announcer.js";
import { h, fillWith, show } from "../dom.js";
import { refusalText, t, waitingReason } from "../text.js";
import { button, cameraProblem, heading, preview, steps } from "./parts.js";

/** Twelve pictures over five seconds; the service needs ten over four and a half. */
const pictures = 12;
const stepMilliseconds = 450;

/** The capture of the face at rest, which the service takes off the scores of this session. */
export function restingView(app) {
  if (!app.settings.questions?.length) return app.redirect("#/questions");
  const picture = preview(t("setup.preview"));
  const stage = h("div", { class: "stage" }, picture.element);
  // Hidden until it has a length: its round ends would be a dot.
  const arc = show(picture.addOval({ class: "progress", pathLength: 1, "stroke-dashoffset": 1 }), false);
  const message = h("p", { class: "capture-message" });
  const begin = button(t("resting.begin"), { kind: "primary large", icon: "play", disabled: true, onclick: take });
  const again = show(button(t("resting.again"), { icon: "redo", onclick: take }), false);
  const next = show(button(t("resting.next"), { kind: "primary large", icon: "next", onclick: () => app.go("#/practice") }), false);
  const skip = button(t("resting.skip"), { onclick: goOn });
  let isClosed = false;

  async function open() {
    fillWith(stage, picture.element);
    try {
      picture.attach(await app.camera.open({ deviceId: app.settings.deviceId }));
      begin.disabled = false;
    } catch (error) {
      fillWith(stage, cameraProblem(error, open));
    }
  }

  async function take() {
    show(begin, false);
    show(again, false);
    show(next, false);
    skip.disabled = true;
    app.service.keyWasDeclined = false;
    tell(t("resting.capturing"), "");
    const frames = [];
    const started = performance.now();
    while (frames.length < pictures && !isClosed) {
      const image = await app.camera.picture();
      if (!image) break;
      frames.push({ timestamp: (performance.now() - started) / 1000, image });
      show(arc, true).setAttribute("stroke-dashoffset", String(1 - frames.length / pictures));
      await new Promise((done) => setTimeout(done, stepMilliseconds));
    }
    if (!isClosed) await judge(frames);
    skip.disabled = false;
    show(arc, false).setAttribute("stroke-dashoffset", "1");
  }

  async function judge(frames) {
    try {
      const { accepted, reason } = await app.service.captureResting((await app.newSession()).id, frames);
      tell(accepted ? t("resting.done") : t("resting.refused", { reason: reason ?? "" }), accepted ? "good" : "warn");
      show(next, accepted);
      show(skip, !accepted);
      (accepted ? next : again).focus();
    } catch (error) {
      tell(t("resting.failed", { reason: waitingReason(error) }), "warn");
    }
    show(again, true);
  }

  async function goOn() {
    skip.disabled = true;
    try {
      await app.newSession();
      app.go("#/practice");
    } catch (error) {
      skip.disabled = false;
      tell(refusalText(error), "warn");
    }
  }

  function tell(text, kind) {
    message.className = `capture-message ${kind}`;
    message.textContent = text;
    announce(text);
  }

  open();
  return {
    title: t("resting.title"),
    content: [
      steps("resting"),
      heading(t("resting.title"), t("resting.lead")),
      h("div", { class: "narrow stack" }, stage, h("p", { class: "instruction" }, t("resting.instruction")), message,
        h("div", { class: "actions center" }, begin, next, again, skip)),
    ],
    close: () => {
      isClosed = true;
      picture.attach(null);
    },
  };
}
