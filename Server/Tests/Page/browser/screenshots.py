"""Makes the pictures of Docs/Images/practice-*.png: screenshots.py SERVER CHROMIUM CHROMEDRIVER OUT

The camera shows the bundled portrait (NASA, public domain), whose expression changes as in Scripts/make-practice-video.py;
nothing else of a person is in the pictures. Every score and curve is what the service made of these pictures.
"""
import base64
import os
import subprocess
import sys
import tempfile
import time

import camera
import walk
from page import DESKTOP, PHONE, Page
from service import Service

QUESTIONS = ["Tell me about yourself.", "What are you proud of?", "How would a colleague describe you?"]

# Pictures of the clip, thirty a second, in which she rests, smiles and looks sad.
REST, SMILE, SAD = 60, 200, 510

EARLIER = [
    ("2026-11-18T18:05:00Z", [REST, SAD, SAD, REST, SAD, REST, SAD, REST], ["Tell me about a mistake, and what you did next.", "Why should we choose you?"]),
    ("2026-11-20T19:12:00Z", [REST, REST, SAD, REST, SMILE, REST, SAD, REST], ["What salary do you expect?"]),
    ("2026-11-24T08:40:00Z", [SMILE, REST, SAD, REST, SMILE, REST, REST, REST], ["Why do you want this position?", "What are you proud of?"]),
    ("2026-11-27T20:30:00Z", [REST, REST, SMILE, REST, REST, SMILE, SMILE, REST], ["Tell me about yourself.", "Tell me about a disagreement with a colleague."]),
]


def earlier_sessions(service, clip):
    """Sessions of other days, so that there is progress to show."""
    def picture(number):
        made = subprocess.run(["ffmpeg", "-v", "error", "-i", clip, "-vf", f"select='eq(n,{number})'", "-frames:v", "1", "-f", "mjpeg", "-"], check=True, capture_output=True)
        return "data:image/jpeg;base64," + base64.b64encode(made.stdout).decode()

    pictures = {number: picture(number) for number in (REST, SMILE, SAD)}
    for started, frames, questions in EARLIER:
        title = questions[0] if len(questions) == 1 else f"{questions[0]} – and {len(questions) - 1} more"
        name = service.ask("/sessions", {"started_at": started, "title": title})["id"]
        for index, question in enumerate(questions):
            service.ask(f"/sessions/{name}/questions", {"text": question, "at": 2 * index * len(frames) / len(questions)})
        service.ask(f"/sessions/{name}/frames", {"frames": [{"timestamp": 2 * index, "image": pictures[number]} for index, number in enumerate(frames)]})


def shoot(page, out, name, size, scheme, height=None):
    """A picture of the view, as high as asked for or as all of it, in 256 colours."""
    page.look(size, scheme)
    whole = page.script("return document.documentElement.scrollHeight")
    page.look((size[0], min(height or whole, 2600)), scheme)
    page.script("window.scrollTo(0, 0); document.activeElement?.blur()")
    time.sleep(0.5)
    with tempfile.TemporaryDirectory() as folder:
        taken = os.path.join(folder, "taken.png")
        page.picture(taken)
        colours = "split[a][b];[a]palettegen=max_colors=256[p];[b][p]paletteuse=dither=sierra2_4a:diff_mode=rectangle"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", taken, "-vf", colours, os.path.join(out, f"practice-{name}.png")], check=True)
    page.look(DESKTOP)


def main():
    binary, chromium, driver, out = sys.argv[1:5]
    folder = tempfile.mkdtemp()
    service = Service(binary).start()
    clip = camera.answers(folder)
    earlier_sessions(service, clip)
    page = Page(service.base, clip, chromium, driver, os.path.join(folder, "profile"))
    try:
        page.allow("camera")
        page.open()
        page.shows("The service deletes a session by itself")
        shoot(page, out, "consent", DESKTOP, "light")
        walk.consent(page)
        page.shows("All sessions and your progress")
        shoot(page, out, "home", DESKTOP, "light")
        walk.choose(page, QUESTIONS)
        page.open("#/questions")
        page.shows("Choose your questions")
        shoot(page, out, "questions", DESKTOP, "dark")
        page.open("#/setup")
        page.click(walk.RECORD, kinds="label")
        page.wait(lambda: page.script("return document.querySelectorAll('.checks .good').length") == 5, "every check", 60)
        shoot(page, out, "setup", DESKTOP, "light")
        shoot(page, out, "setup-phone", PHONE, "dark")
        walk.to_resting(page)
        page.click("Begin")
        page.shows("Hold it")
        time.sleep(2)
        shoot(page, out, "resting-phone", PHONE, "light")
        page.wait(lambda: page.find("Skip this") or page.find("Continue to practice"), "the end of the capture")
        page.click("Continue to practice" if page.find("Continue to practice") else "Skip this")
        page.click("Begin with question 1")
        page.wait(lambda: walk.analysed(page) >= 3, "three pictures")
        shoot(page, out, "session", DESKTOP, "dark")
        shoot(page, out, "session-phone", PHONE, "light")
        time.sleep(18)
        for _ in QUESTIONS[1:]:
            page.click("Next question")
            time.sleep(24)
        page.click("Finish")
        page.shows("Move along the curve", 30)
        page.wait(lambda: page.script("return document.querySelector('video.playback')?.readyState >= 2"), "the recording")
        page.script("document.querySelectorAll('.jump')[1].click()")
        time.sleep(1)
        shoot(page, out, "report", DESKTOP, "light", 1460)
        shoot(page, out, "report-phone", PHONE, "dark", 1880)
        page.open("#/progress")
        page.shows("All sessions")
        shoot(page, out, "progress", DESKTOP, "light")
        page.open("#/data")
        page.shows("1 recording")
        shoot(page, out, "data-phone", PHONE, "light")
    finally:
        page.close()
        service.stop()


main()
