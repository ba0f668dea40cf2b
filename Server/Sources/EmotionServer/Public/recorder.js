/**
 * Records the camera in pieces of a second, each handed over at once, so that a reload loses a second at most.
 *
 * A recording consists of segments, one for each time the page was loaded: `start` says at which second of the session a
 * segment begins, and within it time runs as the session's does, since both stop in pauses.
 */
export class Recorder {
  #media = null;
  #index = 0;
  #segment;
  #save;
  #writing = Promise.resolve();

  /** Called once where a piece cannot be kept; the recording has ended then. */
  onfull = () => {};

  static types = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];
  static bitsPerSecond = 800_000;

  /** The kind of file this browser records, or undefined where it records none. */
  static get type() {
    if (typeof MediaRecorder === "undefined") return undefined;
    return Recorder.types.find((type) => MediaRecorder.isTypeSupported(type));
  }

  /**
   * @param {object} parts
   * @param {number} parts.segment number of the segment, from 0
   * @param {(piece: {segment: number, index: number, start: number, type: string, blob: Blob}) => Promise<void>} parts.save
   */
  constructor({ segment, save }) {
    this.#segment = segment;
    this.#save = save;
  }

  get isRecording() { return this.#media !== null && this.#media.state !== "inactive"; }

  /** @param {MediaStream} stream @param {number} start second of the session */
  start(stream, start) {
    const type = Recorder.type;
    if (!type || this.isRecording) return;
    this.#media = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: Recorder.bitsPerSecond });
    this.#media.addEventListener("dataavailable", ({ data }) => {
      if (data.size === 0) return;
      const piece = { segment: this.#segment, index: this.#index, start, type, blob: data };
      this.#index += 1;
      this.#writing = this.#writing.then(() => this.#save(piece)).catch(() => this.#giveUp());
    });
    this.#media.start(1000);
  }

  pause() { if (this.#media?.state === "recording") this.#media.pause(); }
  resume() { if (this.#media?.state === "paused") this.#media.resume(); }

  /** Ends the segment; resolves when its last piece is kept. */
  async stop() {
    if (this.isRecording) {
      const stopped = new Promise((done) => this.#media.addEventListener("stop", done, { once: true }));
      this.#media.stop();
      await stopped;
    }
    await this.#writing;
  }

  #giveUp() {
    if (!this.isRecording) return;
    this.#media.stop();
    this.onfull();
  }
}
