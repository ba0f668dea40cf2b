/**
 * Makes an element. Text comes in as text nodes only, so nothing that was typed or received is ever read as markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `class`, any attribute, a property after a dot (`.value`), a listener
 *   after `on` (`onclick`); `true` sets an empty attribute, `false`, `null` and `undefined` leave it out
 * @param {...(Node | string | number | null | undefined | false | Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** Makes an element of SVG, as {@link h} does. @returns {SVGElement} */
export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets custom properties of a style; through the object model, since the page's policy allows no style attributes. */
export function setStyle(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}

/** Puts children in place of what an element holds. @param {Element} element */
export function fillWith(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {Element} element @param {boolean} shown */
export function show(element, shown) {
  element.toggleAttribute("hidden", !shown);
  return element;
}

let lastNumber = 0;

/** An id that no other element has, to join a label with what it names. */
export function uniqueId(stem) {
  lastNumber += 1;
  return `${stem}-${lastNumber}`;
}
