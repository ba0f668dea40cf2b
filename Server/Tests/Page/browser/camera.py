"""Clips that Chromium takes for a camera: Motion JPEG, played over and over."""
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


def nobody(folder):
    return convert(os.path.join(folder, "nobody.mjpeg"), "scale=960:540", "-f", "lavfi", "-t", "2", "-i", "color=c=0x6f7f78:s=960x540")


def person(folder):
    """Somebody who talks, from the shared videos where they are, or else the portrait; and its name."""
    clip = os.path.join(VIDEOS, "expressive_2.mp4")
    if not os.path.exists(clip):
        return portrait(folder), "astronaut.png"
    wide = "scale=432:432,pad=960:540:264:90:color=0x9fb4b6"
    return convert(os.path.join(folder, "person.mjpeg"), wide, "-i", clip), "expressive_2.mp4"
