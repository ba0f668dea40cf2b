"""Ways through the page that several tests go."""
import re


RECORD = "Keep a video in this browser, to watch along the curve"


def consent(page):
    page.shows("See how you come across")
    page.click("I am an adult, and the only person I analyse is myself.")
    page.click("I have read what is computed and stored, and I agree to it.")
    page.click("Agree and go on")
    page.shows("Practise an interview")


def choose(page, questions):
    """Chooses questions: those of the bank's first theme by their words, others as one's own."""
    page.open("#/")
    page.click("Start a session")
    page.shows("Choose your questions")
    if page.find("Clear"):
        page.click("Clear")
    for question in questions:
        if page.find(question, "label"):
            page.click(question, kinds="label")
        else:
            field = page.script("return document.querySelector('form.own input')")
            field.send_keys(question)
            page.click("Add")
    page.click("Continue to set-up")
    page.shows("Check your picture")


def to_resting(page):
    page.wait(lambda: page.find("Continue") or page.find("Continue anyway"), "the camera")
    page.click("Continue" if page.find("Continue") else "Continue anyway")
    page.shows("Your face at rest")


def begin(page, questions):
    """Goes straight to the first question, without the face at rest."""
    choose(page, questions)
    to_resting(page)
    page.click("Skip this")
    page.click("Begin with question 1")
    page.wait(lambda: page.heading() == questions[0], "the first question")


def analysed(page):
    found = re.search(r"(\d+) pictures? analysed", page.text())
    return int(found[1]) if found else 0


def waiting(page):
    found = re.search(r"(\d+) pictures? waits?", page.text())
    return int(found[1]) if found else 0


def seconds(page, of=".timer"):
    minutes, rest = page.script("return document.querySelector(arguments[0]).textContent", of).split(":")
    return 60 * int(minutes) + int(rest)


def session(page):
    """The name of the session whose report is open."""
    return page.wait(lambda: re.search(r"#/sessions/([\w-]+)", page.driver.current_url), "a report")[1]


def kept(page, store):
    """What the browser's store holds."""
    return page.later(
        "const [name, done] = arguments; const opened = indexedDB.open('practice'); opened.onsuccess = () => {"
        " if (!opened.result.objectStoreNames.contains(name)) return done([]);"
        " const all = opened.result.transaction(name).objectStore(name).getAll();"
        " all.onsuccess = () => { opened.result.close(); done(all.result.map(({session, segment, kind}) => ({session, segment, kind}))); }; };", store)
