import { language, texts } from "./texts.js";

const plurals = new Intl.PluralRules(language);

/**
 * The text at a dotted path of `texts.js`, with its values filled in.
 *
 * @param {string} path such as `"setup.title"`
 * @param {Record<string, string | number>} [values] what stands in place of `{name}`; `count` also chooses the form
 * @returns {string} the path itself where there is no such text, so that a gap is seen and nothing breaks
 */
export function t(path, values = {}) {
  let text = entry(path);
  if (text && typeof text === "object" && !Array.isArray(text)) {
    text = text[plurals.select(Number(values.count))] ?? text.other;
  }
  return typeof text === "string" ? fill(text, values) : path;
}

/**
 * The entry at a dotted path as it stands: a text, a list or a table.
 *
 * @param {string} path
 */
export function entry(path) {
  return path.split(".").reduce((found, name) => found?.[name], texts);
}

/**
 * @param {string} text with `{name}` where values belong
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/**
 * Why the service did not do what it was asked for, for people.
 *
 * @param {Error & {isOffline?: boolean, isBusy?: boolean, status?: number}} error
 */
export function refusalText(error) {
  if (error.isOffline) return `${t("errors.offlineTitle")}.`;
  if (error.status === 401) return t("key.needed");
  if (error.isBusy) return t("errors.busy");
  const values = { reason: error.message };
  return error.status ? t("errors.unexpected", values) : t("errors.script", values);
}

/** Why pictures wait, as {@link refusalText}; what passes by itself asks nothing of the person. */
export function waitingReason(error) { return error.isBusy ? t("errors.busyNow") : refusalText(error); }

/** A stretch of time as `m:ss`, from an hour on `h:mm:ss`. @param {number} seconds */
export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  if (whole >= 3600) parts.unshift(Math.floor(whole / 3600));
  return parts.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
}

const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

/** A moment as people write it. @param {string | undefined | null} iso an ISO 8601 date */
export function dateText(iso) {
  const date = iso ? new Date(iso) : undefined;
  return date && !Number.isNaN(date.getTime()) ? dates.format(date) : t("unknownTime");
}

const days = new Intl.DateTimeFormat(language, { dateStyle: "medium" });

/** The day of a moment. @param {string} iso an ISO 8601 date */
export function dayText(iso) { return days.format(new Date(iso)); }

/** A number of bytes in the unit that suits it. @param {number} bytes */
export function sizeText(bytes) {
  const [value, unit] = bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "kB"];
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })}\u202f${unit}`;
}
