import { announce } from "./announcer.js";
import { Service } from "./api.js";
import { Camera } from "./camera.js";
import { askForKey } from "./dialogs.js";
import { h, fillWith, show } from "./dom.js";
import { icon } from "./icons.js";
import { newSession, sessionTitle } from "./session-state.js";
import { Database, notes } from "./storage.js";
import { language } from "./texts.js";
import { refusalText, t } from "./text.js";
import { consentView, hasConsent } from "./views/consent.js";
import { dataView } from "./views/data.js";
import { homeView } from "./views/home.js";
import { emptyState, linkButton, serviceProblem } from "./views/parts.js";
import { practiceView } from "./views/practice.js";
import { progressView } from "./views/progress.js";
import { questionsView } from "./views/questions.js";
import { reportView } from "./views/report.js";
import { restingView } from "./views/resting.js";
import { setupView } from "./views/setup.js";

/**
 * @typedef {object} View
 * @property {string} title of the document
 * @property {Node[]} content
 * @property {() => void | Promise<void>} [close] called before another view takes its place
 */

/**
 * Addresses and their views. `camera` keeps the camera open, since the next step needs it, too; `begins` leads to a new
 * session, and so not while another one waits; `wide` has room for the live picture; `always` needs no consent.
 */
const routes = [
  { pattern: /^#?\/?$/, view: homeView, nav: "practise" },
  { pattern: /^#\/questions$/, view: questionsView, nav: "practise", begins: true },
  { pattern: /^#\/setup$/, view: setupView, nav: "practise", wide: true, camera: true, begins: true },
  { pattern: /^#\/resting$/, view: restingView, nav: "practise", camera: true, begins: true },
  { pattern: /^#\/practice$/, view: practiceView, nav: "practise", wide: true, camera: true },
  { pattern: /^#\/sessions\/([\w-]+)$/, view: reportView, nav: "progress" },
  { pattern: /^#\/progress$/, view: progressView, nav: "progress" },
  { pattern: /^#\/data$/, view: dataView, nav: "data", always: true },
];

const defaults = { record: false, sound: false, hints: false };

/** The page as its views know it: what they share, and the ways between them. */
class App {
  service = new Service(askForKey);
  database = new Database();
  camera = new Camera();
  settings = { ...defaults };
  consented = hasConsent();
  /** Id of a session that was begun in this life of the page, and so is no reloaded one. */
  beginsNow = null;
  /** @type {View | null} */
  #view = null;
  #round = 0;
  #main = h("main", { id: "main", tabindex: -1 });
  #message = h("section", { class: "toast", "aria-label": t("message"), hidden: true });
  #links = new Map();

  start() {
    document.documentElement.lang = language;
    this.readSettings();
    fillWith(document.getElementById("app"),
      h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); this.#main.focus(); } }, t("skip")),
      this.#header(), this.#main, h("footer", { class: "foot" }, h("p", {}, t("foot"))), this.#message);
    window.addEventListener("hashchange", () => this.#show());
    window.addEventListener("error", ({ message }) => this.warn(t("errors.script", { reason: message })));
    window.addEventListener("unhandledrejection", ({ reason }) => this.warn(t("errors.script", { reason: reason?.message ?? String(reason) })));
    this.#show();
  }

  /** @param {string} address */
  go(address) {
    if (location.hash === address) this.#show();
    else location.hash = address;
  }

  /** Sends the person elsewhere instead of a view. @returns {View} */
  redirect(address) {
    location.replace(address);
    return { title: t("loading"), content: [] };
  }

  reload() { this.#show(); }

  readSettings() { this.settings = { ...defaults, ...notes.read("settings") }; }

  keepSettings(changes) {
    this.settings = { ...this.settings, ...changes };
    notes.write("settings", this.settings);
  }

  /** Says something that no view has a place for. @param {"warn" | "good"} [kind] */
  warn(text, kind = "warn") {
    announce(text);
    this.#message.className = `toast ${kind}`;
    show(fillWith(this.#message, h("p", {}, text), h("button", { class: "icon-button", type: "button", "aria-label": t("close"), onclick: () => show(this.#message, false) }, icon("remove"))), true);
  }

  /** Seconds between two pictures, as the service suggests. */
  async frameInterval() {
    const patience = new Promise((done) => setTimeout(done, 3000));
    const service = await Promise.race([this.service.description(), patience]).catch(() => null);
    return service?.suggested_frame_interval_seconds ?? 2;
  }

  /** The session that is to begin, with the questions as they are now; made on the service when it is first needed. */
  async newSession() {
    const { questions, record, sound } = this.settings;
    const title = sessionTitle(questions);
    const made = await this.#madeSession(title);
    const startedAt = made?.startedAt ?? localTime(new Date());
    const id = made?.id ?? (await this.service.createSession({ started_at: startedAt, title })).id;
    const state = newSession({ id, startedAt, questions, options: { record, sound: record && sound } });
    if (!notes.write("session", state)) this.warn(t("errors.storage"));
    this.beginsNow = id;
    return state;
  }

  /** The session that was made for the face at rest, unless other questions were chosen since: it has their title. */
  async #madeSession(title) {
    const made = notes.read("session");
    if (!made || sessionTitle(made.questions) === title) return made;
    await this.service.deleteSession(made.id).catch((error) => { if (!error.isMissing) throw error; });
    notes.remove("session");
    return null;
  }

  /**
   * Deletes a session on the service, and then all of it in this browser; says so where the service did not do it.
   *
   * @param {string} id
   * @param {() => Promise<void>} [end] ends what still adds to the session in this browser
   * @returns {Promise<boolean>} whether it is deleted
   */
  async forgetSession(id, end) {
    show(this.#message, false);
    try { await this.service.deleteSession(id); } catch (error) {
      if (!error.isMissing) {
        this.warn(t("report.notDeleted", { reason: refusalText(error) }));
        return false;
      }
    }
    await end?.();
    await this.database.removeSession(id).catch(() => {});
    if (notes.read("session")?.id === id) notes.remove("session");
    announce(t("report.deleted"));
    return true;
  }

  #header() {
    const link = (name, address) => {
      const element = h("a", { href: address }, t(`nav.${name}`));
      this.#links.set(name, element);
      return h("li", {}, element);
    };
    return h("header", { class: "top" }, h("div", { class: "top-row" },
      h("a", { class: "brand", href: "#/" }, h("img", { src: "favicon.svg", alt: "", width: 28, height: 28 }), h("span", {}, t("product"))),
      h("nav", { "aria-label": t("nav.label") }, h("ul", {}, link("practise", "#/"), link("progress", "#/progress"), link("data", "#/data")))));
  }

  async #show() {
    const round = ++this.#round;
    const address = location.hash;
    const found = routes.map((route) => ({ route, match: route.pattern.exec(address) })).find(({ match }) => match);
    await this.#view?.close?.();
    this.#view = null;
    if (round !== this.#round) return;
    this.service.keyWasDeclined = false;
    if (!found?.route.camera) this.camera.close();
    this.#links.forEach((link, name) => {
      if (name === found?.route.nav) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    const view = await this.#make(found);
    if (round !== this.#round) return view.close?.();
    this.#view = view;
    document.title = view.title === t("product") ? view.title : `${view.title} – ${t("product")}`;
    document.getElementById("app").classList.toggle("wide", found?.route.wide ?? false);
    fillWith(this.#main, view.content);
    window.scrollTo(0, 0);
    // A first visit begins at the top of the page; later ones at the heading of what was opened.
    if (round > 1) (this.#main.querySelector("h1") ?? this.#main).focus({ preventScroll: true });
  }

  async #make(found) {
    if (!found) return { title: t("errors.notFoundTitle"), content: [h("div", { class: "card" }, emptyState("wait", t("errors.notFoundTitle"), t("errors.notFound"), linkButton(t("errors.home"), "#/", { kind: "primary" })))] };
    const waits = (notes.read("session")?.phase ?? "ready") !== "ready";
    if (found.route.begins && waits) return this.redirect("#/");
    try {
      return !this.consented && !found.route.always ? consentView(this) : await found.route.view(this, ...found.match.slice(1));
    } catch (error) {
      return { title: t("errors.title"), content: [serviceProblem(error, () => this.reload())] };
    }
  }
}

/** ISO 8601 with the offset of where the person is: the day and hour of a session are theirs. */
function localTime(date) {
  const offset = -date.getTimezoneOffset();
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(date.getTime() + 60000 * offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

new App().start();
