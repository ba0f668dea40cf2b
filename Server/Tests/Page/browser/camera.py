"""Clips that Chromium takes for a camera: Motion JPEG, played over and over."""
import importlib.util
import os
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", ".."))
VIDEOS = os.path.join(ROOT, "..", "shared", "videos")
PORTRAIT = os.path.join(ROOT, "Tests", "EmotionDetectionTests", "Fixtures", "astronaut.png")
FRAME = "fps=12,format=yuvj420p"


def convert(output, filters, *source):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *source, "-an", "-vf", f"{filters},{FRAME}", "-c:v", "mjpeg", "-q:v", "3", output], check=True)
    return output


def portrait(folder):
    """The bundled portrait, slowly moving as somebody does who sits and talks."""
    moving = "scale=1200:1200,crop=1040:585:x='56+10*sin(t*1.3)':y='84+6*sin(t*0.9)',scale=960:540"
    return convert(os.path.join(folder, "portrait.mjpeg"), moving, "-loop", "1", "-t", "10", "-i", PORTRAIT)


def answers(folder):
    """The bundled portrait at half a minute of answers, over and over: at rest, a smile, a few sad seconds, a shorter smile."""
    found = importlib.util.spec_from_file_location("practice_video", os.path.join(ROOT, "Scripts", "make-practice-video.py"))
    maker = importlib.util.module_from_spec(found)
    found.loader.exec_module(maker)
    case = maker.Case(30, drops=((15, 19),), smiles=((5, 9), (24, 27)))
    film, rate, output = maker.Film(case), 6, os.path.join(folder, "answers.mjpeg")
    # Her face in the middle, with room above; Chromium plays thirty pictures a second, whatever the file says.
    filters = "crop=568:320:4:0,scale=960:540:flags=lanczos,fps=30,format=yuvj420p"
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{maker.WIDTH}x{maker.HEIGHT}", "-r", str(rate), "-i", "-"]
    encoder = subprocess.Popen(["ffmpeg", "-v", "error", "-y", *source, "-vf", filters, "-c:v", "mjpeg", "-q:v", "3", output], stdin=subprocess.PIPE)
    for number in range(case.seconds * rate):
        encoder.stdin.write(film.frame(number / rate))
    encoder.stdin.close()
    if encoder.wait():
        raise RuntimeError("ffmpeg made no clip")
    return output


def nobody(folder):
    return convert(os.path.join(folder, "nobody.mjpeg"), "scale=960:540", "-f", "lavfi", "-t", "2", "-i", "color=c=0x6f7f78:s=960x540")


def person(folder):
    """Somebody who talks, from the shared videos where they are, or else the portrait; and its name."""
    clip = os.path.join(VIDEOS, "expressive_2.mp4")
    if not os.path.exists(clip):
        return portrait(folder), "astronaut.png"
    wide = "scale=432:432,pad=960:540:264:90:color=0x9fb4b6"
    return convert(os.path.join(folder, "person.mjpeg"), wide, "-i", clip), "expressive_2.mp4"
