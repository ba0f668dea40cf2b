"""The page in headless Chromium, spoken to as a person would: by the words that it shows."""
import json
import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service as Driver
from selenium.webdriver.common.by import By

DESKTOP, PHONE = (1280, 800), (390, 844)


class Page:
    def __init__(self, base, clip, chromium, driver, folder):
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--mute-audio", "--disable-background-networking",
            "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={clip}", f"--user-data-dir={folder}",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.add_experimental_option("prefs", {"download.prompt_for_download": False})
        self.base = base
        self.driver = webdriver.Chrome(options=options, service=Driver(driver))
        self.driver.set_script_timeout(60)
        self.requests, self.troubles = [], []
        self.look(DESKTOP)

    def close(self):
        self.driver.quit()

    def look(self, size, scheme="light", reduced=False):
        """Takes the size of a screen, the colours and the wish for less motion."""
        width, height = size
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        motion = "reduce" if reduced else "no-preference"
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}])

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def allow(self, *names, setting="granted"):
        for name in names:
            self.command("Browser.setPermission", permission={"name": name}, setting=setting, origin=self.base)

    def open(self, address=""):
        self.driver.get(f"{self.base}/{address}")

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def later(self, text, *arguments):
        """Runs a script whose last argument is to be called with the result."""
        return self.driver.execute_async_script(text, *arguments)

    def text(self):
        """What the page says, the report in its shadow tree too."""
        return self.script("return [document.body, ...[...document.querySelectorAll('.report')].map((one) => one.shadowRoot.querySelector('.sheet'))]"
                           ".map((one) => one.innerText).join('\\n')")

    def heading(self):
        return self.script("return document.querySelector('h1')?.innerText ?? ''")

    def wait(self, condition, what, seconds=20):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            try:
                found = condition()
                if found:
                    return found
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {what}; the page says:\n{self.text()}")

    def shows(self, words, seconds=20):
        return self.wait(lambda: words in self.text(), f"“{words}”", seconds)

    def hides(self, words):
        assert words not in self.text(), f"“{words}” is shown:\n{self.text()}"

    def find(self, label, kinds="button,a,summary,label"):
        """The control that a person would call so; None while there is none that can be used."""
        for element in self.driver.find_elements(By.CSS_SELECTOR, kinds):
            try:
                if label in (element.text.strip(), element.get_attribute("aria-label")) and element.is_displayed() and element.is_enabled():
                    return element
            except StaleElementReferenceException:
                continue
        return None

    def click(self, label, seconds=20, kinds="button,a,summary,label"):
        def press():
            element = self.find(label, kinds)
            if element is None:
                return False
            self.script("arguments[0].scrollIntoView({block: 'center'})", element)
            try:
                element.click()
            except WebDriverException:
                return False
            return True
        self.wait(press, f"a control “{label}”", seconds)

    def focused(self):
        """What a person would call the thing that has the focus."""
        return self.script("const one = document.activeElement; return (one?.getAttribute('aria-label') ?? one?.labels?.[0]?.innerText ?? one?.innerText ?? '').split('\\n')[0]")

    def picture(self, path):
        self.driver.save_screenshot(path)

    def drain(self):
        """Takes in what the browser logged since: requests, and whatever is an error or a warning."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                request = message["params"]["request"]
                self.requests.append((request["method"], request["url"], request.get("headers", {}).get("Content-Type", "")))
        self.troubles += [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        return self.requests
