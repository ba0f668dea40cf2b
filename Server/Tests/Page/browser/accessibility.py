"""axe-core over what the page shows, at the widths of a desktop and of a telephone, light and dark."""
import importlib.util
import os

from page import DESKTOP, PHONE

LOOKS = [(DESKTOP, "light"), (PHONE, "dark"), (PHONE, "light"), (DESKTOP, "dark")]


def script():
    found = importlib.util.find_spec("axe_playwright_python")
    with open(os.path.join(os.path.dirname(found.origin), "axe.min.js"), encoding="utf8") as file:
        return file.read()


class Accessibility:
    """Collects what is wrong over the views that are looked at."""

    def __init__(self):
        self.axe, self.findings, self.runs, self.too_wide = script(), [], 0, []

    def look(self, page, name, looks=LOOKS):
        for size, scheme in looks:
            page.look(size, scheme)
            # Colours that fade from one to the other would be measured halfway.
            page.later("const done = arguments[0], drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));"
                       "drawn().then(() => Promise.allSettled(document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity)"
                       ".map((one) => one.finished))).then(drawn).then(() => done())")
            if not page.script("return typeof axe === 'object'"):
                page.script(self.axe)
            # To preload style sheets of shadow trees axe makes style elements, which the page's policy forbids.
            result = page.later("const done = arguments[0]; axe.run(document, {iframes: false, preload: false, resultTypes: ['violations']}).then(done, (error) => done({error: String(error)}))")
            assert "error" not in result, result["error"]
            self.runs += 1
            wide = page.script("return document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                self.too_wide.append(f"{name} at {size[0]} px is {wide} px too wide")
            for violation in result["violations"]:
                nodes = "; ".join(f"{node['target']}: {node['failureSummary']}" for node in violation["nodes"][:3])
                self.findings.append((violation["impact"], f"{name}, {size[0]} px, {scheme}: {violation['id']}: {nodes}"))
        page.look(DESKTOP)
