/**
 * The time of a session: it runs while the person practises and stands still in between.
 *
 * Pictures, question marks and the recording all count in it, so that they agree whatever pauses there were.
 */
export class SessionClock {
  #before;
  #startedAt = null;
  #now;

  /**
   * @param {number} [elapsed] seconds that ran before, in an earlier life of the page
   * @param {() => number} [now] milliseconds of a clock that never goes back
   */
  constructor(elapsed = 0, now = () => performance.now()) {
    this.#before = elapsed;
    this.#now = now;
  }

  get isRunning() { return this.#startedAt !== null; }

  /** Seconds so far. */
  get seconds() {
    return this.#before + (this.isRunning ? (this.#now() - this.#startedAt) / 1000 : 0);
  }

  start() {
    if (!this.isRunning) this.#startedAt = this.#now();
  }

  stop() {
    this.#before = this.seconds;
    this.#startedAt = null;
  }
}
