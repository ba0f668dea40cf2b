import { t } from "./text.js";

/**
 * The course of a session as values: each function takes a state and returns the next one, and nothing else happens.
 *
 * @typedef {"ready" | "answering" | "paused" | "finished"} Phase
 * @typedef {{text: string, theme: string}} Question
 * @typedef {{question: number, attempt: number, start: number}} Answer `start` in seconds of the session
 *
 * @typedef {object} SessionState
 * @property {string} id the service's name of the session
 * @property {string} startedAt ISO 8601
 * @property {Phase} phase
 * @property {"" | "reload" | "hidden" | "camera"} reason why it is paused, where the person did not ask for it
 * @property {Question[]} questions
 * @property {number} current index of the question that is being answered
 * @property {Answer[]} answers one for each time a question was begun
 * @property {number} life how often the page was loaded anew since; segments of the recording have this number
 * @property {number} elapsed seconds of the session when this state was kept
 * @property {{record: boolean, sound: boolean}} options
 */

/** @param {{id: string, startedAt: string, questions: Question[], options: {record: boolean, sound: boolean}}} parts @returns {SessionState} */
export function newSession({ id, startedAt, questions, options }) {
  return { id, startedAt, phase: "ready", reason: "", questions, current: 0, answers: [], life: 0, elapsed: 0, options };
}

/** The longest title that the service takes is 200 characters, with the words around the question. */
const longestInTitle = 140;

/** What a session is called: by its first question, and how many more there are. @param {Question[]} questions */
export function sessionTitle(questions) {
  // By whole characters: half of one could not be sent.
  const letters = [...questions[0].text];
  const question = letters.length > longestInTitle ? `${letters.slice(0, longestInTitle - 1).join("").trimEnd()}…` : questions[0].text;
  return questions.length === 1 ? question : t("practice.sessionTitle", { question, count: questions.length - 1 });
}

/** Begins the first question. */
export function begin(state, seconds) {
  if (state.phase !== "ready") return state;
  return withAnswer({ ...state, phase: "answering" }, 0, seconds);
}

/** Goes to the next question, or finishes after the last. */
export function next(state, seconds) {
  if (state.phase !== "answering") return state;
  if (isLast(state)) return finish(state, seconds);
  return withAnswer(state, state.current + 1, seconds);
}

/** Begins the same question once more; the service no longer counts the attempt before. */
export function redo(state, seconds) {
  return state.phase === "answering" ? withAnswer(state, state.current, seconds) : state;
}

export function pause(state, seconds, reason = "") {
  return state.phase === "answering" ? { ...state, phase: "paused", reason, elapsed: seconds } : state;
}

export function resume(state) {
  return state.phase === "paused" ? { ...state, phase: "answering", reason: "" } : state;
}

export function finish(state, seconds) {
  return state.phase === "finished" ? state : { ...state, phase: "finished", elapsed: seconds };
}

/** What a state that was kept becomes after the page was loaded anew. */
export function reloaded(state) {
  const next = { ...state, life: state.life + 1 };
  return state.phase === "answering" ? { ...next, phase: "paused", reason: "reload" } : next;
}

export function isLast(state) { return state.current === state.questions.length - 1; }

/** How often the current question was begun. */
export function attempts(state) { return state.answers.filter((answer) => answer.question === state.current).length; }

/** When the current attempt began, in seconds of the session. */
export function answerStart(state) { return state.answers.at(-1)?.start ?? 0; }

/** How many questions nobody has begun. */
export function openQuestions(state) {
  return state.questions.length - new Set(state.answers.map((answer) => answer.question)).size;
}

function withAnswer(state, question, seconds) {
  const attempt = 1 + state.answers.filter((answer) => answer.question === question).length;
  return { ...state, current: question, elapsed: seconds, answers: [...state.answers, { question, attempt, start: seconds }] };
}
