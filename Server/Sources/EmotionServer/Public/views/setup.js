import { announce } from "../announcer.js";
import { h, fillWith, show, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { checks, faultCount, judge } from "../picture-check.js";
import { Recorder } from "../recorder.js";
import { refusalText, t } from "../text.js";
import { button, cameraProblem, heading, preview, steps, toggle } from "./parts.js";

/** A picture a second is enough to sit right, and leaves the service time for others. */
const stepMilliseconds = 1000;

/** The check of light, distance, tilt and framing with the live picture, and what is to be recorded. */
export function setupView(app) {
  if (!app.settings.questions?.length) return app.redirect("#/questions");
  const picture = preview(t("setup.preview"));
  const stage = h("div", { class: "stage" }, picture.element);
  const verdict = h("p", { class: "verdict-line" }, t("setup.starting"));
  const rows = new Map(Object.keys(checks).map((name) => [name, checkRow(name)]));
  const next = button(t("setup.anyway"), { kind: "primary large", icon: "next", disabled: true, onclick: () => app.go("#/resting") });
  const anyway = h("p", { class: "hint" }, t("setup.anywayHint"));
  const devices = cameraChoice((deviceId) => { app.keepSettings({ deviceId }); begin(); });
  const trouble = show(h("div", { class: "actions" }, button(t("key.give"), { kind: "primary", onclick: () => {
    show(trouble, false);
    app.service.keyWasDeclined = false;
    watch();
  } })), false);
  const ending = new AbortController();
  let said = "";

  async function begin() {
    fillWith(stage, picture.element);
    next.disabled = true;
    try {
      picture.attach(await app.camera.open({ deviceId: app.settings.deviceId }));
      devices.fill(await app.camera.devices(), app.camera.deviceId);
      next.disabled = false;
      watch();
    } catch (error) {
      if (error.kind === "missing" && app.settings.deviceId) {
        app.keepSettings({ deviceId: undefined });
        return begin();
      }
      fillWith(stage, cameraProblem(error, begin));
      verdict.textContent = "";
      rows.forEach((row) => row.set(undefined));
    }
  }

  let isWatching = false;
  async function watch() {
    if (isWatching) return;
    isWatching = true;
    while (!ending.signal.aborted && app.camera.isOpen) {
      const begun = performance.now();
      const image = await app.camera.picture();
      if (image && !await look(image)) break;
      await new Promise((done) => setTimeout(done, Math.max(100, stepMilliseconds - (performance.now() - begun))));
    }
    isWatching = false;
  }

  /** @returns {Promise<boolean>} false where looking on is of no use until the person does something */
  async function look(image) {
    try {
      const judgement = judge(await app.service.analyze(image, ending.signal), app.camera.pictureSize);
      if (ending.signal.aborted) return false;
      rows.forEach((row, name) => row.set(judgement[name]));
      const faults = faultCount(judgement);
      picture.element.classList.toggle("good", faults === 0);
      fillWith(next.querySelector("span"), faults ? t("setup.anyway") : t("setup.next"));
      show(anyway, faults > 0);
      const first = Object.entries(judgement).find(([, finding]) => finding);
      tell(faults ? t("setup.mend", { count: faults }) : t("setup.allGood"), first ? t(`setup.advice.${first[1]}`) : "");
      return true;
    } catch (error) {
      if (ending.signal.aborted) return false;
      rows.forEach((row) => row.set(undefined));
      const passes = error.isOffline ? t("setup.service") : error.isBusy ? t("errors.busy") : null;
      picture.element.classList.remove("good");
      tell(passes ?? t("setup.stopped", { reason: refusalText(error) }), "");
      show(trouble, error.status === 401);
      return error.status !== 401;
    }
  }

  /** Screen readers hear what changed, not every picture. */
  function tell(text, advice) {
    verdict.textContent = text;
    if (`${text}${advice}` === said) return;
    said = `${text}${advice}`;
    announce(`${text} ${advice}`.trim());
  }

  begin();
  return {
    title: t("setup.title"),
    content: [
      steps("setup"),
      heading(t("setup.title"), t("setup.lead")),
      h("div", { class: "set-up" },
        h("div", { class: "stack" }, stage, devices.element),
        h("section", { class: "card", "aria-labelledby": "checks-title" },
          h("h2", { id: "checks-title" }, t("setup.checks")), verdict, trouble,
          h("ul", { class: "checks" }, [...rows.values()].map((row) => row.element))),
        recordingChoice(app),
        h("div", { class: "stack" }, h("div", { class: "actions stretch" }, next), anyway)),
    ],
    close: () => {
      ending.abort();
      picture.attach(null);
    },
  };
}

function checkRow(name) {
  const mark = h("span", { class: "check-mark" }, icon("wait"));
  const words = h("span", { class: "check-words" }, t("setup.waiting"));
  const element = h("li", { class: "waiting" }, mark, h("b", {}, t(`setup.names.${name}`)), words);
  let shown;
  return {
    element,
    /** @param {string | null | undefined} finding null where all is well, undefined where nothing is known */
    set(finding) {
      if (finding === shown) return;
      shown = finding;
      const state = finding === undefined ? "waiting" : finding === null ? "good" : "mend";
      element.className = state;
      fillWith(mark, icon({ waiting: "wait", good: "check", mend: "mend" }[state]));
      words.textContent = state === "waiting" ? t("setup.waiting") : state === "good" ? t(`setup.good.${name}`) : t(`setup.advice.${finding}`);
    },
  };
}

function cameraChoice(onchoose) {
  const id = uniqueId("camera");
  const select = h("select", { class: "field", id, onchange: () => onchoose(select.value) });
  const element = show(h("div", { class: "camera-choice" }, h("label", { for: id }, t("setup.camera")), select), false);
  return {
    element,
    fill(devices, current) {
      fillWith(select, devices.map((device, index) => h("option", { value: device.deviceId, ".selected": device.deviceId === current },
        device.label || t("setup.cameraNumber", { count: index + 1 }))));
      show(element, devices.length > 1);
    },
  };
}

function recordingChoice(app) {
  const canRecord = Recorder.type !== undefined;
  const problem = show(h("p", { class: "field-error", role: "alert" }, t("setup.soundRefused")), false);
  const record = toggle(t("setup.record"), canRecord ? t("setup.recordHint") : t("setup.recordUnavailable"), canRecord && app.settings.record, (on) => {
    app.keepSettings({ record: on, sound: on && app.settings.sound });
    if (!on) app.camera.removeSound();
    sound.input.checked = app.settings.sound;
    sound.input.disabled = !on;
  });
  const sound = toggle(t("setup.sound"), t("setup.soundHint"), canRecord && app.settings.record && app.settings.sound, async (on) => {
    if (!on) app.camera.removeSound();
    const heard = on && await app.camera.addSound();
    show(problem, on && !heard);
    sound.input.checked = heard;
    app.keepSettings({ sound: heard });
  });
  record.input.disabled = !canRecord;
  sound.input.disabled = !canRecord || !app.settings.record;
  return h("section", { class: "card options", "aria-labelledby": "recording-title" },
    h("h2", { id: "recording-title" }, t("setup.recording")), record.element, sound.element, problem);
}
