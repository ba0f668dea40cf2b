/** Why there is no picture; `kind` is a name of `texts.camera`. */
export class CameraError extends Error {
  /** @param {"refused" | "missing" | "busy" | "insecure" | "failed"} kind @param {string} [reason] */
  constructor(kind, reason = "") {
    super(reason);
    this.name = "CameraError";
    this.kind = kind;
  }
}

const kinds = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" };

/** The person's camera, and the microphone where sound is wanted. One for the page; views borrow it. */
export class Camera {
  /** @type {MediaStream | null} */
  stream = null;
  /** Called when the camera ends by itself: pulled out, or taken away by the system. */
  onended = () => {};
  #grabber = document.createElement("video");
  #canvas = document.createElement("canvas");

  /** Longer side of the pictures that are sent, in pixels. */
  static pictureSide = 800;
  static pictureQuality = 0.85;

  get isOpen() { return this.stream?.getVideoTracks().some((track) => track.readyState === "live") ?? false; }
  get deviceId() { return this.stream?.getVideoTracks()[0]?.getSettings().deviceId; }
  /** Width and height of the latest picture. */
  get pictureSize() { return { width: this.#canvas.width, height: this.#canvas.height }; }
  get hasSound() { return (this.stream?.getAudioTracks().length ?? 0) > 0; }

  /**
   * Opens the camera, unless it is open already.
   *
   * @param {{deviceId?: string}} [wish]
   * @throws {CameraError}
   */
  async open({ deviceId } = {}) {
    if (this.isOpen && (!deviceId || deviceId === this.deviceId)) return this.stream;
    this.close();
    if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("insecure");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: {
          width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 },
          ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "user" }),
        },
      });
    } catch (error) {
      throw new CameraError(kinds[error.name] ?? "failed", error.message);
    }
    this.stream.getVideoTracks()[0].addEventListener("ended", () => this.onended());
    this.#grabber.muted = true;
    this.#grabber.playsInline = true;
    this.#grabber.srcObject = this.stream;
    await this.#grabber.play().catch(() => {});
    return this.stream;
  }

  /** Adds the microphone. @returns {Promise<boolean>} false where it was refused */
  async addSound() {
    if (this.hasSound) return true;
    try {
      const sound = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
      sound.getAudioTracks().forEach((track) => this.stream?.addTrack(track));
      return this.hasSound;
    } catch {
      return false;
    }
  }

  removeSound() {
    for (const track of this.stream?.getAudioTracks() ?? []) {
      track.stop();
      this.stream.removeTrack(track);
    }
  }

  /** The cameras at hand; they have names once one of them was allowed. */
  async devices() {
    const all = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []) ?? [];
    return all.filter((device) => device.kind === "videoinput");
  }

  /** A picture as a JPEG, not mirrored. @returns {Promise<Blob | null>} null while there is none */
  async picture() {
    const { videoWidth: width, videoHeight: height } = this.#grabber;
    if (!this.isOpen || !width || !height) return null;
    const scale = Math.min(1, Camera.pictureSide / Math.max(width, height));
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    this.#canvas.getContext("2d").drawImage(this.#grabber, 0, 0, this.#canvas.width, this.#canvas.height);
    return new Promise((done) => this.#canvas.toBlob(done, "image/jpeg", Camera.pictureQuality));
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.#grabber.srcObject = null;
  }
}
