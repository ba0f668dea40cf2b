import { announce } from "../announcer.js";
import { h, show, svg, uniqueId } from "../dom.js";
import { notes } from "../storage.js";
import { entry, t } from "../text.js";
import { button, heading } from "./parts.js";

/** Which wording the person agreed to; another wording asks again. */
export const consentVersion = 2;

export function hasConsent() { return notes.read("consent")?.version === consentVersion; }

/** What comes before everything else: what is computed and stored, and the person's yes. */
export function consentView(app) {
  const boxes = ["adult", "understood"].map((name) => {
    const id = uniqueId("agree");
    const input = h("input", { type: "checkbox", class: "check", id, required: true, "aria-describedby": "consent-missing" });
    return { input, element: h("div", { class: "check-row" }, input, h("label", { for: id }, t(`consent.${name}`))) };
  });
  const missing = show(h("p", { class: "field-error", id: "consent-missing", role: "alert" }, t("consent.missing")), false);
  const form = h("form", {
    class: "stack", novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      const open = boxes.find(({ input }) => !input.checked);
      boxes.forEach(({ input }) => input.setAttribute("aria-invalid", String(!input.checked)));
      show(missing, Boolean(open));
      if (open) return open.input.focus();
      const kept = notes.write("consent", { version: consentVersion, at: new Date().toISOString() });
      // Nothing is recorded that was not asked for since.
      app.keepSettings({ record: false, sound: false });
      const waiting = notes.read("session");
      if (waiting) notes.write("session", { ...waiting, options: { record: false, sound: false } });
      announce(t("consent.agreed"));
      if (!kept) app.warn(t("errors.storage"));
      app.consented = true;
      app.reload();
    },
  }, boxes.map(({ element }) => element), missing,
  h("div", { class: "actions" }, button(t("consent.agree"), { kind: "primary large", type: "submit", icon: "check" })));

  const retention = h("li", { hidden: true });
  app.service.description().then((service) => {
    if (service.retention_days === null) return;
    retention.textContent = t("consent.retention", { count: service.retention_days });
    show(retention, true);
  }, () => {});

  return {
    title: t("consent.title"),
    content: [
      h("div", { class: "hero" }, heading(t("consent.title"), t("consent.lead")), sampleCurve()),
      h("section", { class: "card consent" },
        h("div", { class: "columns" },
          h("div", {}, h("h2", {}, t("consent.computedTitle")), h("ul", { class: "facts" }, entry("consent.computed").map((text) => h("li", {}, text)))),
          h("div", {}, h("h2", {}, t("consent.storedTitle")), h("ul", { class: "facts" }, entry("consent.stored").map((text) => h("li", {}, text)), retention))),
        h("div", { class: "limits" }, h("p", {}, h("b", {}, t("consent.notTitle")), " ", t("consent.not"))),
        form),
    ],
  };
}

/** An ornament: a course as a session gives one, with its questions. */
function sampleCurve() {
  const line = "M6 92C30 60 46 66 66 58S104 78 124 76 150 118 164 118 184 62 206 56 240 44 258 40 290 50 314 34";
  return svg("svg", { class: "hero-art", viewBox: "0 0 320 150", "aria-hidden": "true", focusable: "false" },
    [30, 60, 90, 120].map((y) => svg("path", { class: "art-grid", d: `M6 ${y}H314` })),
    svg("rect", { class: "art-drop", x: 146, y: 28, width: 34, height: 110, rx: 6 }),
    svg("path", { class: "art-area", d: `${line}V138H6z` }),
    svg("path", { class: "art-line", d: line }),
    [[6, 92], [124, 76], [206, 56]].map(([x, y], index) => svg("g", {},
      svg("path", { class: "art-question", d: `M${x} 14V138` }), svg("circle", { class: "art-dot", cx: x, cy: y, r: 4.5 }),
      svg("text", { class: "art-label", x: x + 6, y: 20 }, `Q${index + 1}`))));
}
