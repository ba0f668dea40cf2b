import { h, uniqueId } from "./dom.js";
import { t } from "./text.js";

/**
 * Asks a question in a dialog and waits for the answer; Escape and Cancel are a no.
 *
 * @param {{title: string, text: string, yes: string, no?: string, dangerous?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes, no = t("cancel"), dangerous = false }) {
  const form = (dialog) => [
    h("p", {}, text),
    h("div", { class: "actions end" },
      h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close("") }, no),
      h("button", { class: dangerous ? "button danger" : "button primary", type: "button", onclick: () => dialog.close("yes") }, yes)),
  ];
  return openDialog(title, form).then((answer) => answer === "yes");
}

/**
 * Asks for the service's access key.
 *
 * @param {boolean} wasWrong whether one was given and refused
 * @returns {Promise<string>} empty where the person gave none
 */
export function askForKey(wasWrong) {
  const id = uniqueId("key");
  const form = (dialog) => {
    const field = h("input", { class: "field", id, type: "password", autocomplete: "off", required: true, autofocus: true });
    const give = (event) => {
      event.preventDefault();
      dialog.close(field.value.trim());
    };
    return h("form", { class: "stack", onsubmit: give },
      h("p", {}, wasWrong ? t("key.wrong") : t("key.text")),
      h("label", { for: id }, t("key.label")), field,
      h("div", { class: "actions end" },
        h("button", { class: "button", type: "button", onclick: () => dialog.close("") }, t("cancel")),
        h("button", { class: "button primary", type: "submit" }, t("key.send"))));
  };
  return openDialog(t("key.title"), form);
}

function openDialog(title, content) {
  const id = uniqueId("dialog");
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": id }, h("h2", { id }, title));
  dialog.append(...[content(dialog)].flat());
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      answer(dialog.returnValue);
    });
  });
}
