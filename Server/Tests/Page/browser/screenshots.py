"""Makes the pictures of Docs/Images/practice-*.png: screenshots.py SERVER CHROMIUM CHROMEDRIVER OUT

The camera shows the bundled portrait (NASA, public domain); nothing else of a person is in the pictures.
"""
import os
import sys
import tempfile
import time

import camera
import walk
from page import DESKTOP, PHONE, Page
from service import Service

QUESTIONS = ["Tell me about yourself.", "What are you proud of?", "How would a colleague describe you?"]


def shoot(page, out, name, size, scheme, height=None):
    """A picture of the view, as high as asked for or as all of it."""
    page.look(size, scheme)
    whole = page.script("return document.documentElement.scrollHeight")
    page.look((size[0], min(height or whole, 2600)), scheme)
    page.script("window.scrollTo(0, 0)")
    time.sleep(0.5)
    page.picture(os.path.join(out, f"practice-{name}.png"))
    page.look(DESKTOP)


def main():
    binary, chromium, driver, out = sys.argv[1:5]
    folder = tempfile.mkdtemp()
    service = Service(binary).start()
    page = Page(service.base, camera.portrait(folder), chromium, driver, os.path.join(folder, "profile"))
    try:
        page.allow("camera")
        page.open()
        page.shows("The service deletes a session by itself")
        shoot(page, out, "consent", DESKTOP, "light")
        walk.consent(page)
        walk.choose(page, QUESTIONS)
        page.wait(lambda: not page.script("return document.querySelector('.checks .waiting')"), "every check")
        shoot(page, out, "setup", DESKTOP, "light")
        shoot(page, out, "setup-phone", PHONE, "dark")
        walk.to_resting(page)
        page.click("Skip this")
        page.click("Begin with question 1")
        page.wait(lambda: walk.analysed(page) >= 3, "three pictures")
        shoot(page, out, "session", DESKTOP, "dark")
        shoot(page, out, "session-phone", PHONE, "light")
        for _ in QUESTIONS[1:]:
            page.click("Next question")
            time.sleep(7)
        page.click("Finish")
        page.shows("Watch it again", 30)
        page.wait(lambda: page.script("return document.querySelector('video.playback')?.readyState >= 2"), "the recording")
        time.sleep(1)
        shoot(page, out, "report", DESKTOP, "light", 1500)
        shoot(page, out, "report-phone", PHONE, "dark", 1500)
    finally:
        page.close()
        service.stop()


main()
