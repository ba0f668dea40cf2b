import { Outbox } from "./outbox.js";
import { Recorder } from "./recorder.js";
import { SessionClock } from "./session-clock.js";
import * as course from "./session-state.js";
import { notes } from "./storage.js";

/**
 * A session under way: joins the course of questions with clock, camera, recorder and service.
 *
 * Every change is kept in the browser before anything else, so a reload finds the session where it was.
 */
export class PracticeRun {
  /** Called after every change. */
  onchange = () => {};
  /** The service's answer to the latest picture. */
  latest = null;
  /** Whether the service no longer knows the session. */
  isGone = false;
  isRecordingFull = false;
  #service;
  #database;
  #camera;
  #recorder = null;
  #interval;
  #sampling = 0;
  #wakeLock = null;
  #missedInARow = 0;

  /** So many pictures in a row without the face are worth a word. */
  static missesToTell = 3;

  /**
   * @param {object} parts
   * @param {import("./api.js").Service} parts.service
   * @param {import("./storage.js").Database} parts.database
   * @param {import("./camera.js").Camera} parts.camera
   * @param {course.SessionState} parts.state
   * @param {number} parts.interval seconds between two pictures
   */
  constructor({ service, database, camera, state, interval }) {
    this.#service = service;
    this.#database = database;
    this.#camera = camera;
    this.#interval = interval;
    this.state = state;
    this.clock = new SessionClock(state.elapsed);
    this.outbox = sessionOutbox(service, database, state.id, () => this.#lose());
    this.outbox.onchange = () => this.onchange();
    this.outbox.onanswer = (answer) => this.#hear(answer);
  }

  get isFaceLost() { return this.#missedInARow >= PracticeRun.missesToTell; }
  get isRecording() { return this.#recorder?.isRecording ?? false; }

  /** Sends what an earlier life of the page left. */
  async restore() {
    this.outbox.restore(await this.#database.parcels(this.state.id).catch(() => []));
  }

  begin() {
    this.#run();
    this.#mark(course.begin(this.state, this.#seconds), false);
  }

  /** Goes to the next question; false where that was the last, and the session is to be finished. */
  next() {
    if (course.isLast(this.state)) return false;
    this.#mark(course.next(this.state, this.#seconds), false);
    return true;
  }

  redo() { this.#mark(course.redo(this.state, this.#seconds), true); }

  pause(reason = "") {
    if (this.state.phase !== "answering") return;
    this.#halt();
    this.#become(course.pause(this.state, this.clock.seconds, reason));
  }

  resume() {
    if (this.state.phase !== "paused") return;
    this.#run();
    this.#become(course.resume(this.state));
  }

  /** Ends the session; what was not sent yet waits in the browser for the report's view. */
  async finish() {
    this.#halt();
    this.state = course.finish(this.state, this.clock.seconds);
    notes.remove("session");
    await this.close();
    // A request that is under way usually ends soon; if not, its pictures go out once more and count once.
    await Promise.race([this.outbox.emptied(), delay(3000)]);
  }

  /** Ends this life of the session, without ending the session. */
  async close() {
    this.pause();
    this.onchange = () => {};
    await this.#recorder?.stop();
    this.outbox.stop();
  }

  /** Seconds of the session, in whole milliseconds as they are sent. */
  get #seconds() { return Math.round(this.clock.seconds * 1000) / 1000; }

  #become(state) {
    this.state = state;
    notes.write("session", state);
    this.onchange();
  }

  #mark(state, redo) {
    if (state === this.state) return;
    const answer = state.answers.at(-1);
    this.#become(state);
    this.outbox.add({ kind: "question", timestamp: answer.start, text: state.questions[answer.question].text, redo });
  }

  #run() {
    this.clock.start();
    this.#record();
    this.#sample(++this.#sampling);
    navigator.wakeLock?.request("screen").then((lock) => { this.#wakeLock = lock; }, () => {});
  }

  #halt() {
    this.clock.stop();
    this.#recorder?.pause();
    this.#sampling += 1;
    this.#wakeLock?.release().catch(() => {});
    this.#wakeLock = null;
  }

  #record() {
    if (!this.state.options.record || this.isRecordingFull) return;
    if (this.#recorder?.isRecording) return this.#recorder.resume();
    const life = this.state.life;
    this.#recorder = new Recorder({ segment: life, save: (piece) => this.#database.putPiece(this.state.id, piece) });
    this.#recorder.onfull = () => {
      this.isRecordingFull = true;
      this.onchange();
    };
    this.#recorder.start(this.#camera.stream, this.clock.seconds);
    // Another start in this life, after the camera came back, must not mix with this one.
    this.state = { ...this.state, life: life + 1 };
  }

  /** Takes a picture every few seconds, or as fast as the service answers; without a service, they wait. */
  async #sample(round) {
    while (round === this.#sampling) {
      const timestamp = this.#seconds;
      const image = await this.#camera.picture();
      if (round !== this.#sampling) return;
      if (image) this.outbox.add({ kind: "frame", timestamp, image });
      notes.write("session", { ...this.state, elapsed: this.clock.seconds });
      await delay(1000 * this.#interval);
      if (!this.outbox.trouble) await Promise.race([this.outbox.emptied(), delay(10000)]);
    }
  }

  #hear(answer) {
    for (const frame of answer.frames) {
      this.#missedInARow = frame.skip_reason === "no_face" ? this.#missedInARow + 1 : 0;
      this.latest = frame;
    }
  }

  #lose() {
    this.isGone = true;
    this.pause();
    this.onchange();
  }
}

/** An outbox for one session; `onmissing` is called where the service does not know the session, and sending ends. */
export function sessionOutbox(service, database, id, onmissing) {
  const outbox = new Outbox({
    store: { put: (parcel) => database.putParcel(id, parcel), remove: (keys) => database.removeParcels(keys) },
    send: async (parcels) => {
      try {
        if (parcels[0].kind === "frame") return await service.addFrames(id, parcels);
        const { text, timestamp, redo } = parcels[0];
        return await service.markQuestion(id, { text, at: timestamp, redo });
      } catch (error) {
        if (!error.isMissing) throw error;
        outbox.stop();
        onmissing();
        // Not as final as it looks to the outbox: the parcels are not to be counted as bad pictures.
        throw Object.assign(new Error(error.message), { isFinal: false });
      }
    },
  });
  return outbox;
}

function delay(milliseconds) { return new Promise((done) => setTimeout(done, milliseconds)); }
