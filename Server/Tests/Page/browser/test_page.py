"""Drives the practice page in headless Chromium against the built service: test_page.py SERVER CHROMIUM CHROMEDRIVER [quick]

The camera is a clip. What is asserted is what the page says and what the service then holds. `quick` goes through one session
from consent to report, and no more.
"""
import os
import shutil
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request
import zipfile

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import camera
import walk
from accessibility import Accessibility
from page import DESKTOP, PHONE, Page
from service import Service

BANK = ["Tell me about yourself.", "What are you proud of?"]
OWN = "Why should a <b>museum</b> take you?"


class Tests:
    def __init__(self, binary, chromium, driver):
        self.folder = tempfile.mkdtemp(prefix="practice-browser-")
        self.browser = (chromium, driver)
        self.service = Service(binary).start()
        self.binary = binary
        clip, self.clip_name = camera.person(self.folder)
        print(f"camera: {self.clip_name}")
        self.page = self.new_page(clip)
        self.page.allow("camera")
        self.axe = Accessibility()
        self.session = None

    def new_page(self, clip, base=None):
        return Page(base or self.service.base, clip, *self.browser, tempfile.mkdtemp(dir=self.folder))

    def close(self):
        self.page.close()
        self.service.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def nothing_is_analysed_before_consent(self):
        page = self.page
        page.open()
        page.shows("What is computed")
        for words in ["every two seconds", "It does not keep the pictures", "No video is recorded unless you switch it on", "never uploaded", "do not say what you feel", "Not for hiring"]:
            page.shows(words)
        page.shows("The service deletes a session by itself")
        page.open("#/setup")
        page.shows("See how you come across")
        page.click("Agree and go on")
        page.shows("Please tick both boxes to go on.")
        assert page.focused() == "I am an adult, and the only person I analyse is myself.", page.focused()
        self.axe.look(page, "consent")
        paths = [url for _, url, _ in page.drain()]
        assert not any("/analyze" in url or "/sessions" in url for url in paths), paths
        page.open()
        walk.consent(page)
        assert page.focused() == "Practise an interview", page.focused()
        page.shows("Nothing here yet")
        self.axe.look(page, "home")

    def a_whole_session_from_questions_to_report(self):
        page, questions = self.page, [*BANK, OWN]
        page.click("Start a session")
        page.shows("Choose your questions")
        page.click("Continue to set-up")
        page.shows("Choose at least one question.")
        walk.choose(page, questions)
        page.wait(lambda: "Your face is found." in page.text(), "the face")
        self.axe.look(page, "set-up")
        page.wait(lambda: not page.script("return document.querySelector('.checks .waiting')"), "every check")
        seen = page.script("const video = document.querySelector('.preview-video'), oval = document.querySelector('.preview-guide').getBoundingClientRect();"
                           "const box = video.getBoundingClientRect();"
                           "return [box.width / box.height, video.videoWidth / video.videoHeight, oval.width / box.width, oval.height / box.height]")
        assert abs(seen[0] - seen[1]) < 0.01 and abs(seen[2] - 1) < 0.01 and abs(seen[3] - 1) < 0.01, f"the live picture is cut off: {seen}"
        page.look(PHONE)
        order = page.script("return ['.stage', '.checks', '.options', '.set-up .actions.stretch'].map((one) => document.querySelector(one).getBoundingClientRect().top)")
        assert order == sorted(order), f"something stands between the picture and its checks: {order}"
        page.look(DESKTOP)
        assert not page.script("return document.querySelector('.options input').checked"), "it records unasked"
        page.click(walk.RECORD, kinds="label")
        walk.to_resting(page)
        page.click("Begin")
        page.shows("Hold it")
        page.wait(lambda: "is taken into account" in page.text() or "cannot be used" in page.text(), "the face at rest")
        self.axe.look(page, "face at rest")
        page.click("Continue to practice" if page.find("Continue to practice") else "Skip this")
        page.wait(lambda: page.heading() == questions[0], "the first question")
        page.hides("Hints appear here")
        page.click("Begin with question 1")
        page.wait(lambda: walk.analysed(page) >= 3, "three pictures")
        page.shows("Recording in this browser")
        self.axe.look(page, "practice")
        page.look(PHONE)
        tops = page.script("return [...document.querySelectorAll('.clock-pair')].map((one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))")
        assert max(tops) < 2, f"the clock's words wrap: {tops}"
        assert page.script("return document.querySelector('.clock').getBoundingClientRect().bottom < document.querySelector('.stage').getBoundingClientRect().top"), "the clock is below the picture"
        page.look(DESKTOP)
        page.click("Live hints", kinds="label")
        page.wait(lambda: "Looks " in page.text() or any(one in page.text() for one in ["Come closer", "Move "]), "a hint")
        page.click("Live hints", kinds="label")

        page.click("Pause")
        page.shows("The clock stands still.")
        self.axe.look(page, "pause")
        page.wait(lambda: walk.waiting(page) == 0, "the pictures before the pause")
        before = (walk.seconds(page), walk.analysed(page))
        time.sleep(2.5)
        assert (walk.seconds(page), walk.analysed(page)) == before, "the session goes on in the pause"
        page.click("Go on")

        page.click("Next question")
        page.wait(lambda: page.heading() == questions[1], "the second question")
        time.sleep(2.2)
        begun = walk.seconds(page)
        page.click("Redo this question")
        page.shows("attempt 2")
        assert walk.seconds(page) < begun, "the clock of the question did not begin anew"
        time.sleep(2.2)
        page.click("Next question")
        page.wait(lambda: page.heading() == OWN, "the own question")
        time.sleep(2.2)
        page.click("Finish")
        page.shows("Move along the curve", 30)
        self.session = walk.session(page)
        record = self.service.ask(f"/sessions/{self.session}/session.json")
        assert [question["label"] for question in record["questions"]] == questions, record["questions"]
        assert self.service.ask("/sessions")["sessions"][0]["title"] == f"{questions[0]} – and 2 more"
        steps = [later["timestamp"] - one["timestamp"] for one, later in zip(record["frames"], record["frames"][1:])]
        assert len(steps) >= 4 and sum(steps) / len(steps) < 3.5, steps
        assert self.service.ask("/sessions")["sessions"][0]["frame_count"] >= len(record["frames"])

    def the_report_shows_score_recording_and_curve(self):
        page = self.page
        report = page.shows("Composure over time") and page.text()
        assert OWN in report and "Question by question" in report, report[:500]
        sheet = "document.querySelector('.report').shadowRoot"
        for size in [DESKTOP, PHONE]:
            page.look(size)
            tops = page.script(f"return [document.querySelector('h1'), {sheet}.querySelector('.dial'), document.querySelector('video'), {sheet}.querySelector('.plot')].map((one) => one.getBoundingClientRect().top)")
            assert tops == sorted(tops) and tops[1] < 400, f"the score is not first: {tops}"
        page.look(DESKTOP)
        assert page.script(f"return [...document.querySelectorAll('h1'), ...{sheet}.querySelectorAll('h1')].length") == 1, "more than one headline"
        assert page.script(f"return {sheet}.querySelectorAll('.smooth').length") == 1, "more than one curve"
        assert "--goal" not in report, "the page tells of the command's options"
        video = "return document.querySelector('video.playback')"
        page.wait(lambda: page.script(f"{video}.readyState >= 2"), "the recording")
        record = self.service.ask(f"/sessions/{self.session}/session.json")
        length = page.script(f"{video}.duration")
        assert abs(length - record["frames"][-1]["timestamp"]) < 4, f"recording {length} s, session {record['frames'][-1]['timestamp']} s"
        slider = page.script("return document.querySelector('.seek-slider')")
        slider.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        page.wait(lambda: 3.5 < page.script(f"{video}.currentTime") < 4.5, "the recording at 4 s")
        words = slider.get_attribute("aria-valuetext")
        assert words.startswith("0:04: ") and words in page.text(), words
        # The mark stands where the slider is, and the words say how high the drawn curve is there.
        series = record["summary"]["time_series"]
        time_of = page.script("return Number(document.querySelector('.seek-slider').value)")
        at = max(index for index, time in enumerate(series["timestamps"]) if time <= time_of)
        near = [round(100 * score) for score in series["course"][at:at + 2]]
        assert min(near) - 1 <= int(words.split()[1]) <= max(near) + 1, (words, near)
        share = page.script(f"const mark = {sheet}.querySelector('.mark-now').getBoundingClientRect(), plot = {sheet}.querySelector('.plot').getBoundingClientRect();"
                            "return (mark.left + mark.width / 2 - plot.left) / plot.width")
        assert abs(share - time_of / record["summary"]["duration_seconds"]) < 0.01, share
        plot = page.script(f"return {sheet}.querySelector('.plot')")
        ActionChains(page.driver).move_to_element(plot).click().perform()
        page.wait(lambda: abs(page.script("return Number(document.querySelector('.seek-slider').value)") - record["summary"]["duration_seconds"] / 2) < 0.3, "the middle, where the person clicked")
        second = record["questions"][1]["start"]
        page.script("document.querySelectorAll('.jump')[1].click()")
        page.wait(lambda: abs(page.script(f"{video}.currentTime") - second) < 0.5, f"the recording at {second} s")
        page.script("const video = document.querySelector('video.playback'); video.muted = true; video.play()")
        page.wait(lambda: page.script(f"{video}.currentTime") > second + 0.7, "the recording to play")
        shown = float(page.script("return document.querySelector('.seek-slider').value"))
        assert shown > second, "the curve does not follow the recording"
        page.script("document.querySelector('video.playback').pause()")
        self.axe.look(page, "report")
        # The report as a person saves and opens it: in its frame axe does not look at it.
        page.open(f"sessions/{self.session}/report")
        page.shows("Composure over time")
        self.axe.look(page, "the report by itself")
        page.open(f"#/sessions/{self.session}")
        page.shows("Move along the curve", 30)

    def nothing_but_pictures_and_questions_left_the_browser(self):
        page = self.page
        requests = page.drain()
        # What Chromium loads for its own pages has no host.
        foreign = [url for _, url, _ in requests if not url.startswith((self.service.base, "blob:", "data:", "chrome:"))]
        assert not foreign, foreign
        sent = {(method, url.removeprefix(self.service.base).split("?")[0].replace(self.session, "ID"), kind.split(";")[0])
                for method, url, kind in requests if method not in ("GET", "HEAD")}
        allowed = {("POST", "/analyze/facial", "image/jpeg"), ("POST", "/sessions", "application/json")} | {
            ("POST", f"/sessions/ID/{part}", "application/json") for part in ["frames", "questions", "resting"]}
        assert sent <= allowed, sent - allowed

    def a_reload_in_the_middle_goes_on_where_it_was(self):
        page = self.page
        walk.begin(page, BANK)
        page.wait(lambda: walk.analysed(page) >= 2, "two pictures")
        page.click("Next question")
        page.wait(lambda: walk.seconds(page) >= 2, "two seconds of the second question")
        total = walk.seconds(page, ".clock .total")
        page.driver.refresh()
        page.shows("The page was loaded anew.")
        assert page.heading() == BANK[1], page.heading()
        assert walk.seconds(page, ".clock .total") >= total - 2, "time was lost"
        page.open("#/")
        page.shows("You stopped at question 2 of 2")
        page.click("Continue")
        page.click("Go on")
        page.wait(lambda: walk.analysed(page) >= 2, "pictures after the reload")
        page.click("Finish")
        page.shows("Move along the curve", 30)
        name = walk.session(page)
        record = self.service.ask(f"/sessions/{name}/session.json")
        assert [question["label"] for question in record["questions"]] == BANK, record["questions"]
        segments = {piece["segment"] for piece in walk.kept(page, "pieces") if piece["session"] == name}
        assert len(segments) == 2, segments
        slider = page.script("return document.querySelector('.seek-slider')")
        slider.send_keys(Keys.END)
        page.wait(lambda: page.script("return document.querySelector('video.playback').readyState >= 2"), "the second part of the recording")
        shown = float(slider.get_attribute("value"))
        assert page.script("return document.querySelector('video.playback').currentTime") < shown - 1, "the second part has the first one's time"

    def a_service_that_is_gone_and_back_loses_nothing(self):
        page = self.page
        walk.begin(page, BANK[:1])
        page.wait(lambda: walk.analysed(page) >= 2, "two pictures")
        self.service.kill()
        page.shows("The service does not answer.")
        page.wait(lambda: walk.waiting(page) >= 3, "three pictures that wait", 30)
        self.axe.look(page, "practice without the service", [(PHONE, "light")])
        self.service.start()
        page.shows("Connected", 30)
        page.wait(lambda: walk.waiting(page) == 0, "the pictures to be sent")
        count = walk.analysed(page)
        self.service.kill()
        page.wait(lambda: walk.waiting(page) >= 2, "two pictures that wait", 30)
        page.click("Finish")
        page.shows("The service does not answer. The last pictures are kept in this browser until they are sent.", 30)
        late = len(walk.kept(page, "parcels"))
        assert late >= 2, late
        self.service.start()
        page.shows("Move along the curve", 40)
        name = walk.session(page)
        assert self.service.ask(f"/sessions/{name}")["frame_count"] == count + late, (count, late)
        assert walk.kept(page, "parcels") == []
        gaps = self.service.ask(f"/sessions/{name}/session.json")["summary"]["gaps"]
        assert gaps == [], gaps
        page.drain()
        page.troubles = [one for one in page.troubles if "net::ERR_" not in one]

    def a_session_that_could_not_be_deleted_is_still_there(self):
        page = self.page

        def confirm(label):
            page.wait(lambda: page.script("return document.querySelector('dialog[open]')"), "the question")
            page.script("[...document.querySelectorAll('dialog button')].find((one) => one.innerText === arguments[0]).click()", label)

        walk.begin(page, BANK[:1])
        page.wait(lambda: walk.analysed(page) >= 1, "a picture")
        page.click("Pause")
        page.wait(lambda: walk.waiting(page) == 0, "the pictures to be sent")
        page.open("#/")
        page.shows("A session is waiting")
        waits = page.script("return JSON.parse(localStorage.getItem('practice.session')).id")
        pieces = len(walk.kept(page, "pieces"))
        self.service.kill()
        page.click("Discard session")
        confirm("Discard session")
        page.shows("The session was not deleted. The service does not answer.")
        page.shows("A session is waiting")
        page.click("Start a session")
        confirm("Discard session")
        page.shows("The session was not deleted.")
        page.shows("A session is waiting")
        assert len(walk.kept(page, "pieces")) == pieces, "its recording was deleted"
        self.service.start()
        page.open(f"#/sessions/{waits}")
        page.shows("Delete session")
        self.service.kill()
        page.click("Delete session")
        confirm("Delete session")
        page.shows("The session was not deleted.")
        assert page.driver.current_url.endswith(waits), page.driver.current_url
        self.service.start()
        assert self.service.ask(f"/sessions/{waits}")["frame_count"] >= 1
        page.click("Delete session")
        confirm("Delete session")
        page.shows("Practise an interview")
        page.hides("A session is waiting")
        assert all(session["id"] != waits for session in self.service.ask("/sessions")["sessions"])
        assert all(piece["session"] != waits for piece in walk.kept(page, "pieces"))
        page.drain()
        page.troubles = [one for one in page.troubles if "net::ERR_" not in one]

    def a_camera_that_is_refused_is_explained_and_asked_for_again(self):
        page = self.page
        page.driver.refresh()
        page.allow("camera", setting="denied")
        page.open("#/")
        page.click("Start a session")
        page.click("Continue to set-up")
        page.shows("The camera is not allowed")
        page.shows("Allow it in the browser's address bar")
        self.axe.look(page, "refused camera", [(PHONE, "light"), (DESKTOP, "dark")])
        page.allow("camera")
        page.click("Try again")
        page.shows("Your face is found.")
        page.hides("The camera is not allowed")
        page.allow("microphone", setting="denied")
        page.click("Record sound, too", kinds="label")
        page.shows("The microphone was refused")
        page.allow("microphone")
        page.click("Record sound, too", kinds="label")
        page.wait(lambda: "The microphone was refused" not in page.text(), "the microphone")
        page.click("Record sound, too", kinds="label")

    def progress_lists_the_sessions(self):
        page = self.page
        page.open("#/progress")
        page.shows("All sessions")
        page.shows("After 1 more session with a score, a change can be told from chance.")
        page.shows(f"{BANK[0]} – and 2 more")
        labels = page.script("return [...document.querySelectorAll('.chart-line span')].map((one) => one.textContent)")
        assert labels == ["100", "80", "65", "50", "35", "20", "0"], labels
        self.axe.look(page, "progress")
        page.script("document.querySelector('.session').click()")
        page.shows("Session of")

    def everything_works_by_keyboard(self):
        page = self.page
        keys = lambda *all: ActionChains(page.driver).send_keys(*all).perform()

        def reach(label):
            for _ in range(80):
                if page.focused() == label:
                    return
                keys(Keys.TAB)
            raise AssertionError(f"Tab does not reach “{label}”; it is at “{page.focused()}”")

        page.open("#/data")
        page.shows("Withdraw consent")
        reach("Withdraw consent")
        keys(Keys.ENTER)
        page.shows("See how you come across")
        reach("I am an adult, and the only person I analyse is myself.")
        keys(Keys.SPACE)
        reach("I have read what is computed and stored, and I agree to it.")
        keys(Keys.SPACE)
        reach("Agree and go on")
        keys(Keys.ENTER)
        page.wait(lambda: page.focused() == "Practise an interview", "the focus on the heading")
        reach("Start a session")
        keys(Keys.ENTER)
        page.wait(lambda: page.focused() == "Choose your questions", "the focus on the heading")
        reach("Experience")
        keys(Keys.ENTER)
        reach("Walk me through a project that you led.")
        keys(Keys.SPACE)
        page.shows("2 questions, about 4 minutes")
        reach("Remove “Walk me through a project that you led.”")
        keys(Keys.ENTER)
        page.shows("1 question, about 2 minutes")
        assert page.focused().startswith("Remove “"), page.focused()
        page.open("#/data")
        page.shows("Delete everything")
        reach("Delete everything")
        keys(Keys.ENTER)
        page.shows("This cannot be undone.")
        assert page.focused() == "Cancel", page.focused()
        self.axe.look(page, "dialog", [(PHONE, "light"), (DESKTOP, "dark")])
        keys(Keys.ESCAPE)
        page.wait(lambda: page.focused() == "Delete everything", "the focus where it was")

    def less_motion_is_respected(self):
        page = self.page
        page.look(DESKTOP, reduced=True)
        moving = page.script("return [...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
                             " return style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0) && style.transitionProperty !== 'none' && style.transitionProperty !== 'all'; }).length")
        assert moving == 0, f"{moving} elements move"
        page.look(DESKTOP)

    def export_holds_everything_and_deletion_leaves_nothing(self):
        page = self.page
        downloads = os.path.join(self.folder, "downloads")
        os.mkdir(downloads)
        page.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads)
        page.open("#/data")
        page.shows("3 sessions: numbers, questions and times. No pictures.")
        page.shows("3 recordings")
        self.axe.look(page, "data")
        page.click("Export everything")
        page.shows("The export is ready", 40)
        name = page.wait(lambda: [file for file in os.listdir(downloads) if file.endswith(".zip")], "the file")[0]
        with zipfile.ZipFile(os.path.join(downloads, name)) as archive:
            assert archive.testzip() is None
            kinds = sorted(entry.rsplit("/", 1)[-1] for entry in archive.namelist())
            assert kinds.count("session.json") == 3 and kinds.count("report.html") == 3, kinds
            recording = next(entry for entry in archive.namelist() if entry.endswith(".webm"))
            assert archive.read(recording)[:4] == b"\x1a\x45\xdf\xa3", "no WebM"
        page.click("Delete everything")
        page.wait(lambda: page.script("return document.querySelector('dialog[open]')"), "the question")
        page.script("[...document.querySelectorAll('dialog button')].find((one) => one.innerText === 'Delete everything').click()")
        page.shows("Everything was deleted.")
        page.shows("See how you come across")
        assert self.service.ask("/sessions")["sessions"] == []
        assert walk.kept(page, "pieces") == [] and walk.kept(page, "parcels") == []
        assert page.script("return Object.keys(localStorage).filter((one) => one.startsWith('practice.'))") == []

    def a_session_without_a_face_says_so(self):
        page = self.new_page(camera.nobody(self.folder))
        try:
            page.allow("camera")
            page.open()
            walk.consent(page)
            walk.choose(page, BANK[:1])
            page.shows("No face is found.")
            page.shows("are left out of the score")
            page.click("Continue anyway")
            page.click("Skip this")
            page.click("Begin with question 1")
            page.shows("Your face was not found in the last pictures.")
            page.click("Finish")
            page.shows("0:00: no score", 30)
            page.open("#/progress")
            page.shows("no score")
            page.drain()
            assert page.troubles == [], page.troubles
        finally:
            page.close()

    def the_oval_is_green_around_the_face_alone(self):
        """Hair cut off and the face beside the middle, then a face in its place."""
        for clip, words in [(camera.portrait(self.folder), "Leave some room above your head."), (camera.answers(self.folder), "Your picture is good.")]:
            page = self.new_page(clip)
            try:
                page.allow("camera")
                page.open()
                walk.consent(page)
                walk.choose(page, BANK[:1])
                page.shows(words, 40)
                green, good = page.script("return [document.querySelector('.preview').classList.contains('good'), document.querySelectorAll('.checks .good').length]")
                assert green == (good == 5), (words, green, good)
            finally:
                page.close()

    def a_service_with_a_key_asks_for_it(self):
        guarded = Service(self.binary, key="museum-key-1234567890").start()
        page = self.new_page(camera.nobody(self.folder), guarded.base)
        try:
            page.open()
            walk.consent(page)
            page.shows("This service asks for its access key.")
            self.axe.look(page, "key", [(PHONE, "dark")])
            field = page.script("return document.querySelector('dialog input')")
            field.send_keys("wrong", Keys.ENTER)
            page.shows("The service did not accept this key.")
            page.script("return document.querySelector('dialog input')").send_keys(guarded.key, Keys.ENTER)
            page.shows("Nothing here yet")
            page.driver.refresh()
            page.shows("Nothing here yet")
            page.hides("access key")
        finally:
            page.close()
            guarded.stop()

    def a_person_who_gave_no_key_is_offered_to_give_it_again(self):
        guarded = Service(self.binary, key="museum-key-1234567890").start()
        page = self.new_page(camera.nobody(self.folder), guarded.base)
        try:
            page.allow("camera")
            page.open()
            walk.consent(page)
            page.shows("This service asks for its access key.")
            page.click("Cancel")
            page.click("Start a session")
            page.click(BANK[0], kinds="label")
            page.click("Continue to set-up")
            page.shows("Check your picture")
            page.shows("This service asks for its access key.")
            page.click("Cancel")
            page.shows("The picture cannot be checked. The service asks for its access key.")
            self.axe.look(page, "set-up without the key", [(PHONE, "light")])
            page.click("Enter the access key")
            page.shows("This service asks for its access key.")
            page.script("return document.querySelector('dialog input')").send_keys(guarded.key, Keys.ENTER)
            page.shows("No face is found.")
            page.hides("cannot be checked")
            page.wait(lambda: not page.find("Enter the access key"), "the offer to be gone")
            page.click("Continue anyway")
            page.click("Skip this")
            page.click("Begin with question 1")
            page.wait(lambda: walk.analysed(page) >= 1, "a picture")
            page.command("Network.clearBrowserCookies")
            page.shows("This service asks for its access key.")
            page.click("Cancel")
            page.shows("The service asks for its access key. Pictures wait in this browser and are sent later.")
            page.hides("does not answer")
            self.axe.look(page, "practice without the key", [(PHONE, "light")])
            page.click("Enter the access key")
            page.shows("This service asks for its access key.")
            page.script("return document.querySelector('dialog input')").send_keys(guarded.key, Keys.ENTER)
            page.shows("Connected")
            page.wait(lambda: walk.waiting(page) == 0, "the pictures to be sent")
        finally:
            page.close()
            guarded.stop()

    def a_model_that_cannot_be_loaded_is_no_busy_service(self):
        weights = os.path.join(self.folder, "weights")
        shutil.copytree(os.path.join(camera.ROOT, "Weights"), weights, ignore=lambda folder, names: [one for one in names if not one.endswith(".safetensors")])
        with open(os.path.join(weights, "efficientnet_b2_fer2013.safetensors"), "r+b") as file:
            file.seek(-1000, os.SEEK_END)
            file.write(b"damaged")
        damaged = Service(self.binary, options=["--weights", weights]).start("/healthz")
        page = self.new_page(camera.nobody(self.folder), damaged.base)
        try:
            page.allow("camera")
            page.open()
            walk.consent(page)
            walk.choose(page, BANK[:1])
            page.shows("The picture cannot be checked. The service said: The facial model cannot be loaded")
            page.hides("busy")
            page.click("Continue anyway")
            page.click("Skip this")
            page.click("Begin with question 1")
            page.shows("The service said: The facial model cannot be loaded")
            page.shows("Pictures wait in this browser and are sent later.")
            page.hides("does not answer")
        finally:
            page.close()
            damaged.stop()

    def an_address_that_leads_nowhere_says_so(self):
        page = self.page
        page.open()
        walk.consent(page)
        page.open("#/nowhere")
        page.shows("There is no such page")
        page.open("#/sessions/00000000-0000-4000-8000-000000000000")
        page.shows("This session is not here")
        page.drain()
        # The browser itself logs the 404 that was asked for.
        page.troubles = [one for one in page.troubles if "status of 404" not in one]

    def axe_has_no_serious_finding(self):
        assert self.axe.runs >= 20, self.axe.runs
        grave = [words for impact, words in self.axe.findings if impact in ("serious", "critical")]
        for impact, words in self.axe.findings:
            if impact not in ("serious", "critical"):
                print(f"axe, {impact}: {words}")
        assert not grave, "\n".join(grave)
        print(f"axe-core: {self.axe.runs} looks, {len(self.axe.findings)} lesser findings")

    def no_view_is_wider_than_its_screen(self):
        assert self.axe.too_wide == [], self.axe.too_wide

    def the_console_stayed_empty(self):
        self.page.drain()
        assert self.page.troubles == [], "\n".join(self.page.troubles)


ORDER = [
    Tests.nothing_is_analysed_before_consent, Tests.a_whole_session_from_questions_to_report, Tests.the_report_shows_score_recording_and_curve,
    Tests.nothing_but_pictures_and_questions_left_the_browser, Tests.a_reload_in_the_middle_goes_on_where_it_was,
    Tests.a_service_that_is_gone_and_back_loses_nothing,
    Tests.a_session_that_could_not_be_deleted_is_still_there, Tests.a_camera_that_is_refused_is_explained_and_asked_for_again,
    Tests.progress_lists_the_sessions, Tests.everything_works_by_keyboard, Tests.less_motion_is_respected,
    Tests.export_holds_everything_and_deletion_leaves_nothing, Tests.an_address_that_leads_nowhere_says_so,
    Tests.a_session_without_a_face_says_so, Tests.the_oval_is_green_around_the_face_alone, Tests.a_service_with_a_key_asks_for_it,
    Tests.a_person_who_gave_no_key_is_offered_to_give_it_again, Tests.a_model_that_cannot_be_loaded_is_no_busy_service,
    Tests.axe_has_no_serious_finding, Tests.no_view_is_wider_than_its_screen, Tests.the_console_stayed_empty,
]

QUICK = [*ORDER[:4], *ORDER[-3:]]


def main():
    tests = Tests(*sys.argv[1:4])
    failed = 0
    try:
        for test in QUICK if sys.argv[4:] == ["quick"] else ORDER:
            name, begun = test.__name__.replace("_", " "), time.monotonic()
            try:
                test(tests)
                print(f'✔ Test "{name}" passed after {time.monotonic() - begun:.3f} seconds.', flush=True)
            except Exception:
                failed += 1
                traceback.print_exc(limit=4, file=sys.stdout)
                print(f'✘ Test "{name}" failed after {time.monotonic() - begun:.3f} seconds.', flush=True)
                if os.environ.get("PAGE_PICTURES"):
                    tests.page.picture(os.path.join(os.environ["PAGE_PICTURES"], f"{test.__name__}.png"))
                # The next test is not to stumble over what this one left open.
                tests.page.script("localStorage.removeItem('practice.session')")
                tests.page.driver.refresh()
    finally:
        tests.close()
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
