/**
 * The service, as `openapi.json` describes it.
 */

/** A request that was refused, or that reached nobody. */
export class ServiceError extends Error {
  /**
   * @param {number} status of HTTP; 0 where the service does not answer
   * @param {string} code stable name of the reason, as in the problem document; `offline` where nobody answered
   * @param {string} detail a sentence for people
   * @param {number} [retryAfter] seconds to wait before the next try
   */
  constructor(status, code, detail, retryAfter) {
    super(detail);
    this.name = "ServiceError";
    Object.assign(this, { status, code, retryAfter });
  }

  get isOffline() { return this.status === 0; }

  /** Whether the same request will be refused again. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && ![401, 403, 408, 425, 429].includes(this.status) && this.code !== "session_changed";
  }

  /** Whether the service could do it at another moment, and nothing else is wrong. */
  get isBusy() {
    const passing = ["busy", "deadline_exceeded", "not_ready", "shutting_down"];
    // A proxy before the service gives no code.
    return this.status === 429 || passing.includes(this.code) || ([502, 503, 504].includes(this.status) && this.code === "unknown");
  }

  get isMissing() { return this.status === 404; }
}

export class Service {
  /** Milliseconds after which a request counts as lost. */
  static patience = 20000;
  /** Whether the person gave no key when asked; until this is set back, nobody asks again. */
  keyWasDeclined = false;
  #askForKey;
  #signingIn = null;

  /** @param {(wasWrong: boolean) => Promise<string>} askForKey asks the person for the access key; empty for none */
  constructor(askForKey) { this.#askForKey = askForKey; }

  description() { return this.#json("GET", "/v1/service"); }

  /** @param {Blob} image a JPEG */
  analyze(image, signal) { return this.#json("POST", "/analyze/facial", { body: image, type: "image/jpeg", signal }); }

  /** @param {{started_at: string, title?: string}} session */
  createSession(session) { return this.#json("POST", "/sessions", { json: session }); }
  session(id) { return this.#json("GET", path(id)); }
  deleteSession(id) { return this.#json("DELETE", path(id)); }
  deleteAllSessions() { return this.#json("DELETE", "/sessions"); }

  /** One page of the sessions, the newest first. @param {{limit?: number, after?: string | null}} [page] */
  sessions({ limit = 20, after = null } = {}) {
    return this.#json("GET", `/sessions?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ""}`);
  }

  /** All sessions, the newest first, page by page. */
  async *allSessions() {
    let after = null;
    do {
      const page = await this.sessions({ limit: 100, after });
      yield* page.sessions;
      after = page.next;
    } while (after);
  }

  progress() { return this.#json("GET", "/progress"); }

  /** @param {string} id @param {{timestamp: number, image: Blob}[]} frames */
  async addFrames(id, frames) { return this.#json("POST", path(id, "frames"), { json: { frames: await encoded(frames) } }); }
  async captureResting(id, frames) { return this.#json("POST", path(id, "resting"), { json: { frames: await encoded(frames) } }); }
  /** Marked once, however often it is sent. @param {{text: string, at: number, redo?: boolean}} question */
  markQuestion(id, question) { return this.#json("POST", path(id, "questions"), { json: question }); }

  record(id) { return this.#json("GET", path(id, "session.json")); }
  async file(id, name) { return (await this.#request("GET", path(id, name))).blob(); }

  signOut() { return this.#json("DELETE", "/v1/sign-in"); }

  async #json(method, address, options) {
    const response = await this.#request(method, address, options);
    return response.status === 204 ? null : response.json();
  }

  async #request(method, address, options = {}) {
    const response = await this.#send(method, address, options);
    if (response.ok) return response;
    const error = await problem(response);
    if (error.status !== 401 || this.keyWasDeclined) throw error;
    await this.#signIn(error);
    return this.#request(method, address, options);
  }

  async #send(method, address, { json, body, type, signal } = {}) {
    const limit = AbortSignal.timeout(Service.patience);
    try {
      return await fetch(address, {
        method,
        body: json === undefined ? body : JSON.stringify(json),
        headers: json === undefined ? (type ? { "Content-Type": type } : {}) : { "Content-Type": "application/json" },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        credentials: "same-origin",
        cache: "no-store",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ServiceError(0, "offline", String(error.message ?? error));
    }
  }

  /** Requests that are refused at the same time ask once. */
  #signIn(refusal) {
    this.#signingIn ??= (async () => {
      for (let wasWrong = false; ; wasWrong = true) {
        const key = await this.#askForKey(wasWrong);
        if (!key) {
          this.keyWasDeclined = true;
          throw refusal;
        }
        const response = await this.#send("POST", "/v1/sign-in", { json: { api_key: key } });
        if (response.ok) return;
        if (response.status !== 401) throw await problem(response);
      }
    })().finally(() => { this.#signingIn = null; });
    return this.#signingIn;
  }
}

function path(id, part) { return `/sessions/${encodeURIComponent(id)}${part ? `/${part}` : ""}`; }

async function problem(response) {
  const document = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  return new ServiceError(response.status, document.code ?? "unknown", document.detail ?? document.title ?? response.statusText, retryAfter);
}

function encoded(frames) {
  return Promise.all(frames.map(async ({ timestamp, image }) => ({ timestamp, image: await dataURL(image) })));
}

function dataURL(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
