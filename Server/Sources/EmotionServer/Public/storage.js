/**
 * What the page keeps in this browser: choices and the session under way as text, pictures that wait and recordings as
 * bytes. Nothing here is ever sent by itself.
 */
const names = ["consent", "settings", "session"];

/** Choices and the session under way; reading and writing are immediate, so that a reload at any moment finds them. */
export const notes = {
  /** @param {"consent" | "settings" | "session"} name */
  read(name) {
    try { return JSON.parse(localStorage.getItem(`practice.${name}`) ?? "null"); } catch { return null; }
  },

  /** @returns {boolean} false where this browser keeps nothing */
  write(name, value) {
    try {
      localStorage.setItem(`practice.${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },

  remove(name) {
    try { localStorage.removeItem(`practice.${name}`); } catch { /* what cannot be reached was not kept */ }
  },

  removeAll() { names.forEach((name) => this.remove(name)); },
};

/** Pictures that wait (`parcels`) and pieces of recordings (`pieces`), each with the id of its session. */
export class Database {
  #opened = null;
  static name = "practice";

  /** Parcels in the order in which they were put. @returns {Promise<object[]>} */
  parcels(session) { return this.#read("parcels", (store) => store.index("session").getAll(session)); }
  putParcel(session, parcel) { return this.#write("parcels", (store) => store.add({ ...parcel, session })); }
  async removeParcels(keys) { await this.#write("parcels", (store) => keys.map((key) => store.delete(key)).at(-1)); }

  /** Sessions with pictures that wait, and how many each has. @returns {Promise<Map<string, number>>} */
  async waitingSessions() {
    const counts = new Map();
    await this.#walk("parcels", (parcel) => {
      if (parcel.kind === "frame") counts.set(parcel.session, (counts.get(parcel.session) ?? 0) + 1);
    });
    return counts;
  }


  pieces(session) { return this.#read("pieces", (store) => store.index("session").getAll(session)); }
  async putPiece(session, piece) { await this.#write("pieces", (store) => store.add({ ...piece, session })); }
  removePieces(session) { return this.#removeAll("pieces", session); }

  /** Sessions with a recording, and how many bytes each has. @returns {Promise<Map<string, number>>} */
  async recordings() {
    const sizes = new Map();
    await this.#walk("pieces", (piece) => sizes.set(piece.session, (sizes.get(piece.session) ?? 0) + piece.blob.size));
    return sizes;
  }

  /** Forgets all of one session. */
  async removeSession(session) {
    await this.#removeAll("pieces", session);
    await this.#removeAll("parcels", session);
  }

  async removeAll() {
    await this.#write("pieces", (store) => store.clear());
    await this.#write("parcels", (store) => store.clear());
  }

  #open() {
    this.#opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(Database.name, 1);
      request.onupgradeneeded = () => {
        for (const name of ["parcels", "pieces"]) {
          const store = request.result.createObjectStore(name, { keyPath: "key", autoIncrement: true });
          store.createIndex("session", "session");
        }
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed(new Error("another tab holds the browser's store"));
    });
    this.#opened.catch(() => { this.#opened = null; });
    return this.#opened;
  }

  async #read(name, act) {
    const database = await this.#open();
    return result(act(database.transaction(name).objectStore(name)));
  }

  /** Resolves when the change is kept, not only asked for. */
  async #write(name, act) {
    const database = await this.#open();
    const transaction = database.transaction(name, "readwrite", { durability: "strict" });
    const request = act(transaction.objectStore(name));
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
      transaction.onerror = () => failed(transaction.error);
    });
    return request?.result;
  }

  async #walk(name, visit, range) {
    const database = await this.#open();
    const store = database.transaction(name).objectStore(name);
    const cursor = range === undefined ? store.openCursor() : store.index("session").openCursor(range);
    await new Promise((done, failed) => {
      cursor.onerror = () => failed(cursor.error);
      cursor.onsuccess = () => {
        if (!cursor.result) return done();
        visit(cursor.result.value);
        cursor.result.continue();
      };
    });
  }

  async #removeAll(name, session) {
    const keys = [];
    await this.#walk(name, (value) => keys.push(value.key), session);
    if (keys.length) await this.#write(name, (store) => keys.map((key) => store.delete(key)).at(-1));
  }
}

function result(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
