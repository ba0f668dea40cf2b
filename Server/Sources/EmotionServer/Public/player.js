import { h } from "./dom.js";
import { place } from "./recording.js";

/**
 * Plays a recording of several segments as one, and tells where it is in the session.
 *
 * Files that a browser recorded do not say how long they are; a jump far beyond the end makes the browser find out, and
 * only then can one move in them.
 */
export class Player {
  /** @param {(seconds: number) => void} ontime */
  constructor(segments, label, ontime) {
    this.segments = segments;
    this.video = h("video", { class: "playback", controls: true, playsinline: true, preload: "auto", "aria-label": label });
    this.addresses = segments.map((segment) => URL.createObjectURL(segment.blob));
    this.index = -1;
    this.offset = 0;
    this.isMeasuring = false;
    this.video.addEventListener("timeupdate", () => {
      // The browser goes to the picture next to the time that was asked for: no reason to move the curve off it.
      if (this.isMeasuring || this.index < 0 || Math.abs(this.video.currentTime - this.offset) < 0.1) return;
      ontime(this.segments[this.index].start + this.video.currentTime);
    });
    this.video.addEventListener("ended", () => {
      if (this.index + 1 < this.segments.length && !this.isMeasuring) {
        this.offset = 0;
        this.#load(this.index + 1, true);
      }
    });
  }

  /** Goes to a second of the session; resolves when the picture is there. */
  async seek(seconds) {
    const { index, offset } = place(this.segments, seconds);
    if (index < 0) return;
    this.offset = offset;
    if (index !== this.index) return this.#load(index, !this.video.paused);
    if (!this.isMeasuring) this.video.currentTime = Math.min(offset, this.video.duration || offset);
  }

  /** Opens a segment at the offset that was asked for last. */
  async #load(index, plays) {
    this.index = index;
    this.isMeasuring = true;
    this.video.src = this.addresses[index];
    await happened(this.video, "loadedmetadata");
    if (index !== this.index) return;
    if (!Number.isFinite(this.video.duration)) {
      this.video.currentTime = 1e7;
      await happened(this.video, "durationchange", () => Number.isFinite(this.video.duration));
    }
    if (index !== this.index) return;
    this.video.currentTime = Math.min(this.offset, this.video.duration || this.offset);
    await happened(this.video, "seeked");
    this.isMeasuring = false;
    if (plays) await this.video.play().catch(() => {});
  }

  close() {
    this.index = -1;
    this.video.pause();
    this.video.removeAttribute("src");
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
  }
}

/** Waits for an event, or for five seconds: a file that does not tell must not hold up the page. */
function happened(video, name, isDone = () => true) {
  return new Promise((done) => {
    const limit = setTimeout(finish, 5000);
    video.addEventListener(name, check);
    function check() { if (isDone()) finish(); }
    function finish() {
      clearTimeout(limit);
      video.removeEventListener(name, check);
      done();
    }
  });
}
