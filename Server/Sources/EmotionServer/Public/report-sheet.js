import { h, setStyle } from "./dom.js";

/**
 * The style sheet and the content of a report's file.
 *
 * @param {string} file as the service serves it. Every text in it is escaped, so no text holds `<` or a quotation mark.
 * @returns {{rules: string, content: string}} rules for a shadow tree; markup whose style attributes, which the page's
 *   policy forbids, are called `data-style`
 */
export function opened(file) {
  const rules = /<style>([\s\S]*?)<\/style>/.exec(file)?.[1] ?? "";
  const content = /<main>([\s\S]*)<\/main>/.exec(file)?.[1] ?? "";
  return { rules: rules.replaceAll(":root", ":host"), content: content.replaceAll(' style="', ' data-style="') };
}

/**
 * The service's report as a part of the page: its score first, and its one curve with the page's controls.
 *
 * The report lives in a shadow tree with its own style sheet, so that it looks as in its file. Nothing in it can run: the
 * file has no scripts, parsed ones do not start, and the page's policy allows none.
 *
 * @param {string} file the report's HTML
 * @param {{watch: HTMLElement, seek: HTMLElement, onpoint: (share: number) => void}} controls what stands above the curve
 *   and below it; called with the place on the time axis, 0 … 1, that the person points at
 * @returns {{element: HTMLElement, point: (share: number) => void}} and what moves the mark on the curve
 */
export function reportSheet(file, { watch, seek, onpoint }) {
  const { rules, content } = opened(file);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  const parsed = new DOMParser().parseFromString(content, "text/html").body;
  for (const element of parsed.querySelectorAll("[data-style]")) {
    element.style.cssText = element.dataset.style;
    element.removeAttribute("data-style");
  }
  // The page has a heading with the date already, and no options of a command.
  parsed.querySelectorAll(".hero > .eyebrow, .hero > h1, .hero > .meta").forEach((element) => element.remove());
  withoutOption(parsed.querySelector(".tip code"));

  const mark = h("i", { class: "mark-now" });
  const curve = parsed.querySelector("#curve");
  const figure = curve?.querySelector("figure");
  curve?.insertBefore(h("slot", { name: "watch" }), figure);
  figure?.append(mark, h("slot", { name: "seek" }));
  const plot = figure?.querySelector(".plot");
  const follow = (event) => {
    if (event.buttons !== 1) return;
    const { left, width } = plot.getBoundingClientRect();
    onpoint(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  plot?.addEventListener("pointerdown", follow);
  plot?.addEventListener("pointermove", follow);

  watch.slot = "watch";
  seek.slot = "seek";
  const element = h("div", { class: "report" }, watch, seek);
  const tree = element.attachShadow({ mode: "open" });
  tree.adoptedStyleSheets = [sheet];
  tree.append(h("link", { rel: "stylesheet", href: "styles/report.css" }), h("div", { class: "sheet" }, [...parsed.childNodes]));
  return { element, point: (share) => setStyle(mark, { "--at": `${100 * share}%` }) };
}

/** Takes out the sentence that tells of an option of the command. @param {Element | null} option */
function withoutOption(option) {
  if (!option) return;
  const { previousSibling: before, nextSibling: after } = option;
  if (before instanceof Text) before.data = before.data.replace(/[^.]*$/, "");
  if (after instanceof Text) after.remove();
  option.remove();
}
