import { announce } from "../announcer.js";
import { h, fillWith, show, uniqueId } from "../dom.js";
import { icon } from "../icons.js";
import { entry, t } from "../text.js";
import { button, heading, steps } from "./parts.js";

const most = 12;
const longest = 300;
const minutesEach = 2;

/** The bank of questions by theme, own questions, and the order in which they will be asked. */
export function questionsView(app) {
  const bank = entry("bank");
  /** @type {import("../session-state.js").Question[]} */
  let chosen = app.settings.questions ?? [];
  const list = h("ol", { class: "chosen" });
  const count = h("p", { class: "meta", "aria-live": "off" });
  const problem = show(h("p", { class: "field-error", role: "alert" }), false);
  const next = button(t("questions.next"), { kind: "primary large", icon: "next", onclick: proceed });
  const boxes = new Map();

  function keep(questions) {
    chosen = questions;
    app.keepSettings({ questions });
    render();
  }

  function isChosen(text) { return chosen.some((question) => question.text === text); }

  function add(question) {
    if (isChosen(question.text)) return true;
    if (chosen.length >= most) return fail(t("questions.limit", { count: most }));
    keep([...chosen, question]);
    announce(t("questions.added", { question: question.text }));
    return true;
  }

  function remove(index) {
    const [gone] = chosen.slice(index, index + 1);
    keep(chosen.toSpliced(index, 1));
    announce(t("questions.removed", { question: gone.text }));
    (list.querySelectorAll(".chosen-remove")[Math.min(index, chosen.length - 1)] ?? list.parentElement.querySelector("button"))?.focus();
  }

  function move(index, by) {
    const to = index + by;
    const question = chosen[index];
    keep(chosen.toSpliced(index, 1).toSpliced(to, 0, question));
    announce(t("questions.moved", { question: question.text, count: to + 1 }));
    const buttons = list.children[to].querySelectorAll(".chosen-move");
    const wanted = buttons[by < 0 ? 0 : 1];
    (wanted.disabled ? buttons[by < 0 ? 1 : 0] : wanted).focus();
  }

  function fail(text) {
    problem.textContent = text;
    show(problem, true);
    render();
    return false;
  }

  function proceed() {
    if (!chosen.length) return fail(t("questions.needOne"));
    app.go("#/setup");
  }

  function pick() {
    const themes = shuffled(bank.filter((theme) => theme.id !== "closing")).slice(0, 3);
    keep(themes.map((theme) => ({ text: shuffled(theme.questions)[0], theme: theme.name })));
    announce(t("questions.picked"));
  }

  const small = (name, label, attributes) => h("button", { class: "icon-button", type: "button", "aria-label": label, title: label, ...attributes }, icon(name));

  function render() {
    fillWith(list, chosen.map((question, index) => h("li", {},
      h("span", { class: "chosen-words" }, question.text, h("span", { class: "meta" }, question.theme)),
      h("span", { class: "chosen-tools" },
        small("up", t("questions.up", { question: question.text }), { class: "icon-button chosen-move", disabled: index === 0, onclick: () => move(index, -1) }),
        small("down", t("questions.down", { question: question.text }), { class: "icon-button chosen-move", disabled: index === chosen.length - 1, onclick: () => move(index, 1) }),
        small("remove", t("questions.remove", { question: question.text }), { class: "icon-button chosen-remove", onclick: () => remove(index) })))));
    show(list, chosen.length > 0);
    count.textContent = chosen.length ? t("questions.chosenCount", { count: chosen.length, minutes: chosen.length * minutesEach }) : t("questions.none");
    if (chosen.length) show(problem, false);
    boxes.forEach((box, text) => { box.checked = isChosen(text); });
    show(clear, chosen.length > 0);
  }

  const clear = button(t("questions.clear"), { onclick: () => keep([]) });
  const themes = bank.map((theme, index) => h("details", { class: "theme", open: index === 0 },
    h("summary", {}, h("span", {}, theme.name), h("span", { class: "theme-count", "aria-hidden": "true" }, theme.questions.length), icon("open")),
    h("ul", {}, theme.questions.map((text) => {
      const id = uniqueId("question");
      const box = h("input", {
        type: "checkbox", class: "check", id,
        onchange: () => { if (!box.checked) keep(chosen.filter((question) => question.text !== text)); else if (!add({ text, theme: theme.name })) box.checked = false; },
      });
      boxes.set(text, box);
      return h("li", { class: "check-row" }, box, h("label", { for: id }, text));
    }))));

  const view = {
    title: t("questions.title"),
    content: [
      steps("questions"),
      heading(t("questions.title"), t("questions.lead")),
      h("div", { class: "split" },
        h("section", { class: "card themes", "aria-label": t("questions.themes") }, themes, ownQuestion(add)),
        h("section", { class: "card aside", "aria-labelledby": "chosen-title" },
          h("h2", { id: "chosen-title" }, t("questions.chosen")), count, list,
          h("div", { class: "actions" }, button(t("questions.pick"), { icon: "spark", onclick: pick }), clear),
          problem, h("div", { class: "actions stretch" }, next))),
    ],
  };
  render();
  return view;
}

function ownQuestion(add) {
  const id = uniqueId("own");
  const field = h("input", { class: "field", id, maxlength: longest, autocomplete: "off", "aria-describedby": `${id}-hint` });
  const problem = show(h("p", { class: "field-error", role: "alert" }), false);
  const submit = (event) => {
    event.preventDefault();
    const text = field.value.trim().replace(/\s+/g, " ");
    const wrong = !text ? t("questions.ownEmpty") : text.length > longest ? t("questions.ownTooLong", { count: longest }) : null;
    problem.textContent = wrong ?? "";
    show(problem, Boolean(wrong));
    field.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (!wrong && add({ text, theme: t("questions.ownTheme") })) field.value = "";
    field.focus();
  };
  return h("form", { class: "own", novalidate: true, onsubmit: submit },
    h("label", { for: id }, t("questions.own")), h("p", { class: "hint", id: `${id}-hint` }, t("questions.ownHint")),
    h("div", { class: "field-row" }, field, button(t("questions.add"), { type: "submit", icon: "add" })), problem);
}

function shuffled(values) {
  const copy = [...values];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [copy[last], copy[other]] = [copy[other], copy[last]];
  }
  return copy;
}
