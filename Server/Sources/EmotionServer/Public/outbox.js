/**
 * Sends pictures and question marks in their order, keeps what the service cannot take now, and sends it later.
 *
 * @typedef {object} Parcel
 * @property {number} [key] of the store
 * @property {"frame" | "question"} kind
 * @property {number} timestamp seconds of the session
 * @property {Blob} [image] of a frame
 * @property {string} [text] of a question
 * @property {boolean} [redo] of a question: it takes the place of the one before
 *
 * @typedef {object} Store what keeps parcels over a reload
 * @property {(parcel: Parcel) => Promise<number>} put
 * @property {(keys: number[]) => Promise<void>} remove
 */
export class Outbox {
  /** @type {Parcel[]} */
  #parcels = [];
  #draining = null;
  #stopped = false;
  #failures = 0;
  #single = false;
  #send;
  #store;
  #wait;
  #hurry = () => {};

  /** Why the service took nothing at the last try, and so parcels wait; null while it takes them. @type {Error | null} */
  trouble = null;
  sentFrames = 0;
  lostFrames = 0;
  /** Called whenever a number here changes. */
  onchange = () => {};
  /** Called with the service's answer to frames. @type {(answer: any, frames: Parcel[]) => void} */
  onanswer = () => {};

  /** How many waiting frames go in one request. */
  static batch = 8;
  /** Milliseconds between tries, rising. */
  static delays = [1000, 2000, 4000, 8000, 10000];

  /**
   * @param {object} parts
   * @param {(parcels: Parcel[]) => Promise<any>} parts.send one question, or up to `batch` frames; throws an error with
   *   `isFinal` where trying again is of no use
   * @param {Store} parts.store
   * @param {(milliseconds: number) => Promise<void>} [parts.wait]
   */
  constructor({ send, store, wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) }) {
    this.#send = send;
    this.#store = store;
    this.#wait = wait;
  }

  get pendingFrames() { return this.#parcels.filter((parcel) => parcel.kind === "frame").length; }
  get isEmpty() { return this.#parcels.length === 0; }

  /** Takes what an earlier life of the page left in the store. @param {Parcel[]} parcels in the order of time */
  restore(parcels) {
    this.#parcels.unshift(...parcels);
    this.onchange();
    this.#begin();
  }

  /** @param {Parcel} parcel */
  async add(parcel) {
    this.#parcels.push(parcel);
    this.onchange();
    // A parcel that cannot be kept is sent all the same; only a reload would lose it.
    await this.#store.put(parcel).then((key) => { parcel.key = key; }, () => {});
    this.#begin();
  }

  /** Tries again now instead of after the wait. */
  hurry() { this.#hurry(); }

  /** Ends sending; what was not sent stays in the store. */
  stop() {
    this.#stopped = true;
    this.#hurry();
  }

  /** Resolves when nothing waits any more, or sending was stopped. */
  async emptied() {
    while (this.#draining) await this.#draining;
  }

  #begin() {
    if (this.#draining || this.#stopped) return;
    this.#draining = this.#drain().finally(() => { this.#draining = null; });
  }

  async #drain() {
    while (this.#parcels.length > 0 && !this.#stopped) {
      const batch = this.#nextBatch();
      try {
        const answer = await this.#send(batch);
        await this.#leave(batch);
        this.#single = false;
        if (batch[0].kind === "frame") {
          this.sentFrames += batch.length;
          this.onanswer(answer, batch);
        }
      } catch (error) {
        if (error.isFinal) await this.#giveUp(batch);
        else await this.#postpone(error);
      }
      this.onchange();
    }
  }

  #nextBatch() {
    if (this.#parcels[0].kind === "question") return this.#parcels.slice(0, 1);
    const end = this.#parcels.findIndex((parcel) => parcel.kind !== "frame");
    const run = end < 0 ? this.#parcels.length : end;
    return this.#parcels.slice(0, this.#single ? 1 : Math.min(run, Outbox.batch));
  }

  async #leave(batch) {
    this.trouble = null;
    this.#failures = 0;
    this.#parcels.splice(0, batch.length);
    // Where the store cannot forget a parcel, a reload sends it once more, and the service knows its time already.
    await this.#store.remove(batch.map((parcel) => parcel.key).filter((key) => key !== undefined)).catch(() => {});
  }

  /** One bad frame must not take the good ones of its batch along: they go one by one. */
  async #giveUp(batch) {
    if (batch.length > 1) {
      this.#single = true;
      return;
    }
    await this.#leave(batch);
    if (batch[0].kind === "frame") this.lostFrames += 1;
  }

  async #postpone(error) {
    if (this.#stopped) return;
    this.trouble = error;
    this.onchange();
    const delay = Outbox.delays[Math.min(this.#failures, Outbox.delays.length - 1)];
    this.#failures += 1;
    await Promise.race([
      this.#wait(Math.max(delay, 1000 * (error.retryAfter ?? 0))),
      new Promise((hurried) => { this.#hurry = hurried; }),
    ]);
    this.#hurry = () => {};
  }
}
