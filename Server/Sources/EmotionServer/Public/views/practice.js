import { announce } from "../announcer.js";
import { ask } from "../dialogs.js";
import { h, fillWith, show } from "../dom.js";
import { icon } from "../icons.js";
import { PracticeRun } from "../practice-run.js";
import * as course from "../session-state.js";
import { notes } from "../storage.js";
import { clockText, entry, t, waitingReason } from "../text.js";
import { button, cameraProblem, emptyState, notice, preview, steps, toggle } from "./parts.js";

/** Hints change no faster than a person can take them in. */
const hintMilliseconds = 6000;

/** The session itself: the question, the clock, the picture, and few controls. */
export async function practiceView(app) {
  const state = notes.read("session");
  if (!state) return app.redirect("#/questions");
  const release = await holdSession();
  if (!release) return { title: t("practice.elsewhereTitle"), content: [h("div", { class: "card" }, emptyState("wait", t("practice.elsewhereTitle"), t("practice.elsewhere"),
    button(t("retry"), { kind: "primary", icon: "redo", onclick: () => app.reload() })))] };
  const run = new PracticeRun({
    service: app.service, database: app.database, camera: app.camera, interval: await app.frameInterval(),
    state: app.beginsNow === state.id ? state : course.reloaded(state),
  });
  app.beginsNow = null;
  const view = new PracticeView(app, run).open();
  return { ...view, close: () => view.close().finally(release) };
}

/** Two tabs must not run one session. @returns {Promise<(() => void) | null>} gives it back; null where another tab has it */
function holdSession() {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((held) => {
    navigator.locks.request("practice.session", { ifAvailable: true }, (lock) => (lock ? new Promise((released) => held(released)) : held(null)));
  });
}

class PracticeView {
  #app;
  #run;
  #picture = preview(t("practice.preview"));
  #hintsOn;
  #hintShownAt = -Infinity;
  #timer = 0;
  #wasHeldUp = false;
  #spokenQuestion = "";
  #troubleText = "";
  #parts = {};

  constructor(app, run) {
    this.#app = app;
    this.#run = run;
    this.#hintsOn = app.settings.hints ?? false;
  }

  open() {
    const content = this.#build();
    this.#run.onchange = () => this.#update();
    this.#app.camera.onended = () => this.#run.pause("camera");
    const hide = () => { if (document.hidden) this.#run.pause("hidden"); };
    const leave = () => this.#run.pause("reload");
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("pagehide", leave);
    this.#timer = setInterval(() => this.#tick(), 250);
    this.#openCamera();
    this.#run.restore();
    this.#update();
    return {
      title: t("practice.title"),
      content,
      close: async () => {
        clearInterval(this.#timer);
        document.removeEventListener("visibilitychange", hide);
        window.removeEventListener("pagehide", leave);
        this.#app.camera.onended = () => {};
        this.#picture.attach(null);
        await this.#run.close();
      },
    };
  }

  async #openCamera() {
    const { stage, begin, resume } = this.#parts;
    begin.disabled = resume.disabled = true;
    fillWith(stage, this.#picture.element);
    try {
      this.#picture.attach(await this.#app.camera.open({ deviceId: this.#app.settings.deviceId }));
      if (this.#run.state.options.sound) await this.#app.camera.addSound();
      begin.disabled = resume.disabled = false;
    } catch (error) {
      fillWith(stage, cameraProblem(error, () => this.#openCamera()));
    }
    this.#update();
  }

  #build() {
    const parts = this.#parts;
    parts.eyebrow = h("p", { class: "eyebrow" });
    parts.question = h("h1", { class: "question-text", tabindex: -1 });
    parts.stage = h("div", { class: "stage" }, this.#picture.element);
    parts.veilText = h("p", {});
    parts.veil = h("div", { class: "veil" }, h("h2", {}, t("practice.paused")), parts.veilText);
    parts.recording = h("p", { class: "recording-mark" });
    this.#picture.overlay.append(parts.recording, parts.veil);
    parts.begin = button(t("practice.begin"), { kind: "primary large", icon: "play", onclick: () => this.#begin() });
    parts.resume = button(t("practice.resume"), { kind: "primary large", icon: "play", onclick: () => this.#resume() });
    parts.pause = button(t("practice.pause"), { icon: "pause", onclick: () => this.#pause() });
    parts.redo = button(t("practice.redo"), { icon: "redo", "aria-label": t("practice.redoLabel"), onclick: () => this.#run.redo() });
    parts.next = button(t("practice.next"), { kind: "primary large", icon: "next", onclick: () => { if (!this.#run.next()) this.#finish(); } });
    parts.finish = button(t("practice.finishEarly"), { icon: "stop", onclick: () => this.#askFinish() });
    parts.controls = h("div", { class: "controls", role: "group", "aria-label": t("practice.title") }, parts.pause, parts.redo, parts.finish, parts.begin, parts.resume, parts.next);
    parts.hint = h("p", { class: "live-hint", role: "status" }, t("practice.hintWaiting"));
    parts.ready = h("p", { class: "instruction" }, t("practice.beginHint"));
    parts.timer = h("span", { class: "timer", role: "timer", "aria-label": t("practice.timer") }, "0:00");
    parts.total = h("span", { class: "total" }, "0:00");
    parts.list = h("ol", { class: "asked" });
    parts.status = h("p", { class: "status-line" });
    parts.counts = h("p", { class: "meta" });
    parts.trouble = h("div", {});
    const hints = toggle(t("practice.hints"), t("practice.hintsHint"), this.#hintsOn, (on) => {
      this.#hintsOn = on;
      this.#app.keepSettings({ hints: on });
      this.#update();
    });
    const hidden = button(t("practice.hidePicture"), { icon: "eye", "aria-pressed": "false", onclick: () => {
      const isHidden = this.#picture.element.classList.toggle("hidden-picture");
      hidden.setAttribute("aria-pressed", String(isHidden));
      show(parts.veiled, isHidden);
    } });
    parts.veiled = show(h("p", { class: "picture-hidden" }, t("practice.pictureHidden")), false);
    this.#picture.overlay.append(parts.veiled);

    return [
      steps("practice"),
      h("div", { class: "practice" },
        h("section", { class: "card question-card", "aria-live": "off" }, parts.eyebrow, parts.question),
        h("section", { class: "card clock" },
          h("div", { class: "clock-pair" }, h("span", { class: "clock-label", "aria-hidden": "true" }, t("practice.timer")), parts.timer),
          h("div", { class: "clock-pair whole" }, h("span", { class: "clock-label" }, t("practice.total")), parts.total)),
        h("div", { class: "stack" }, parts.trouble, parts.stage, parts.ready, parts.hint, parts.controls),
        h("div", { class: "stack side" },
          h("section", { class: "card", "aria-labelledby": "asked-title" }, h("h2", { id: "asked-title" }, t("practice.list")), parts.list),
          h("section", { class: "card options", "aria-label": t("practice.status") }, parts.status, parts.counts, hints.element, h("div", { class: "actions" }, hidden)))),
    ];
  }

  #update() {
    const { state, outbox } = this.#run;
    const parts = this.#parts;
    const question = state.questions[state.current];
    const count = state.questions.length;
    const attempt = course.attempts(state);
    parts.eyebrow.textContent = [t("practice.question", { number: state.current + 1, count }), question.theme,
      attempt > 1 ? t("practice.attempt", { number: attempt }) : null].filter(Boolean).join(" · ");
    parts.question.textContent = question.text;
    const { phase } = state;
    show(parts.begin, phase === "ready");
    show(parts.ready, phase === "ready");
    show(parts.hint, this.#hintsOn && phase !== "ready");
    show(parts.resume, phase === "paused");
    show(parts.pause, phase === "answering");
    show(parts.redo, phase === "answering");
    show(parts.next, phase === "answering");
    show(parts.finish, phase !== "ready" && !(phase === "answering" && course.isLast(state)));
    parts.next.querySelector("span").textContent = course.isLast(state) ? t("practice.last") : t("practice.next");
    show(parts.veil, phase === "paused" && !this.#run.isGone);
    parts.veilText.textContent = { reload: t("practice.pausedReload"), hidden: t("practice.pausedHidden"), camera: t("camera.stopped") }[state.reason] ?? t("practice.pausedHint");
    this.#updateList(state);
    this.#updateStatus(outbox);
    this.#updateRecording(state);
    this.#updateHint();
    this.#tick();
    this.#speakQuestion(state);
  }

  #updateList(state) {
    const begun = new Set(state.answers.map((answer) => answer.question));
    fillWith(this.#parts.list, state.questions.map((question, index) => {
      const name = index === state.current ? "current" : begun.has(index) ? "done" : "open";
      return h("li", { class: name, "aria-current": name === "current" ? "true" : null },
        h("span", { class: "asked-mark", "aria-hidden": "true" }, name === "done" ? icon("check") : index + 1),
        h("span", {}, question.text, h("span", { class: "unseen" }, ` (${t(`practice.states.${name}`)})`)));
    }));
  }

  #updateStatus(outbox) {
    const { status, counts, trouble } = this.#parts;
    const heldUp = outbox.trouble;
    status.className = `status-line ${heldUp ? "offline" : "online"}`;
    fillWith(status, h("i", { "aria-hidden": "true" }), heldUp ? t("practice.heldUp") : t("practice.online"));
    counts.textContent = [t("practice.sent", { count: outbox.sentFrames }),
      outbox.pendingFrames > 1 || heldUp ? t("practice.pending", { count: outbox.pendingFrames }) : null,
      outbox.lostFrames ? t("practice.lost", { count: outbox.lostFrames }) : null].filter(Boolean).join(" · ");
    if (!heldUp && this.#wasHeldUp) announce(t("practice.backOnline"));
    this.#wasHeldUp = Boolean(heldUp);
    if (this.#run.isGone) {
      if (this.#troubleText !== t("practice.gone")) fillWith(trouble, notice("warn", t("practice.gone"), t("practice.goneHint"),
        button(t("practice.discard"), { kind: "primary", onclick: () => this.#discard() })));
      this.#troubleText = t("practice.gone");
      show(trouble, true);
      show(this.#parts.controls, false);
      return;
    }
    const text = heldUp ? t("practice.waits", { reason: waitingReason(heldUp) }) : this.#run.isFaceLost && this.#run.state.phase === "answering" ? t("practice.noFace")
      : this.#run.isRecordingFull ? t("practice.recordingFull") : "";
    show(trouble, text !== "");
    if (text === this.#troubleText) return;
    this.#troubleText = text;
    fillWith(trouble, text ? notice("warn", "", text, ...(heldUp?.status === 401 ? [this.#keyButton()] : [])) : null);
    if (text) announce(text);
  }

  #keyButton() {
    return button(t("key.give"), { kind: "primary", onclick: () => {
      this.#app.service.keyWasDeclined = false;
      this.#run.outbox.hurry();
    } });
  }

  #updateRecording(state) {
    const on = this.#run.isRecording && state.phase === "answering";
    const text = !state.options.record || this.#run.isRecordingFull ? t("practice.recordingOff")
      : this.#app.camera.hasSound ? t("practice.recordingSound") : t("practice.recordingOn");
    this.#parts.recording.className = `recording-mark ${on ? "on" : ""}`;
    fillWith(this.#parts.recording, h("i", { "aria-hidden": "true" }), text);
    show(this.#parts.recording, on || !state.options.record);
  }

  #updateHint() {
    const now = performance.now();
    const { latest } = this.#run;
    if (!this.#hintsOn || !latest || this.#run.state.phase !== "answering" || now - this.#hintShownAt < hintMilliseconds) return;
    const issue = latest.framing?.issues?.[0] ?? latest.quality?.issues?.[0];
    const level = latest.analysis?.confidence_level;
    const text = issue ? t(`setup.advice.${issue}`) : level ? entry("practice.hintLevels")[level] : null;
    if (!text || text === this.#parts.hint.textContent) return;
    this.#parts.hint.textContent = text;
    this.#hintShownAt = now;
  }

  #speakQuestion(state) {
    const words = `${state.phase === "ready" ? "" : state.current}/${course.attempts(state)}`;
    if (state.phase !== "answering" || words === this.#spokenQuestion) return;
    const isRedo = course.attempts(state) > 1;
    const question = state.questions[state.current].text;
    this.#spokenQuestion = words;
    announce(isRedo ? t("practice.announceRedo", { question }) : t("practice.announceQuestion", { number: state.current + 1, count: state.questions.length, question }));
  }

  #tick() {
    const seconds = this.#run.clock.seconds;
    this.#parts.timer.textContent = clockText(seconds - course.answerStart(this.#run.state));
    this.#parts.total.textContent = clockText(seconds);
  }

  #begin() {
    this.#run.begin();
    this.#parts.next.focus();
  }

  #pause() {
    this.#run.pause();
    announce(`${t("practice.paused")}. ${t("practice.pausedHint")}`);
    this.#parts.resume.focus();
  }

  async #resume() {
    if (!this.#app.camera.isOpen) await this.#openCamera();
    if (!this.#app.camera.isOpen) return;
    this.#run.resume();
    this.#parts.next.focus();
  }

  async #askFinish() {
    const open = course.openQuestions(this.#run.state);
    const wasRunning = this.#run.state.phase === "answering";
    this.#run.pause();
    const sure = open === 0 || await ask({ title: t("practice.finish"), text: t("practice.askFinish", { count: open }), yes: t("practice.finishEarly"), no: t("practice.stay") });
    if (sure) return this.#finish();
    if (wasRunning) this.#run.resume();
  }

  async #finish() {
    show(this.#parts.controls, false);
    show(fillWith(this.#parts.trouble, h("p", { class: "notice plain", role: "status" }, t("practice.finishing"))), true);
    await this.#run.finish();
    this.#app.go(`#/sessions/${this.#run.state.id}`);
  }

  async #discard() {
    this.#run.pause();
    if (await this.#app.forgetSession(this.#run.state.id, () => this.#run.finish())) this.#app.go("#/");
  }
}
