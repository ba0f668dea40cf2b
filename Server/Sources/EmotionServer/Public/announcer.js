/**
 * Says something to screen readers without moving the focus.
 *
 * The same words twice are said twice: the region is emptied in between.
 *
 * @param {string} text
 */
export function announce(text) {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => requestAnimationFrame(() => { region.textContent = text; }));
}
