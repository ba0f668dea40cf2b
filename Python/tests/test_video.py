"""Videos."""

import shutil
import subprocess

import numpy
import pytest
import swift_emotion


def frames(pixels, count=20):
    for number in range(count):
        yield numpy.roll(pixels, number % 3, axis=1), number / 10


def test_follows_the_interviewee(pixels):
    seen = list(swift_emotion.analyze_video(frames(pixels)))
    assert [frame.frame for frame in seen] == list(range(20)) and seen[0].state == "selecting"
    last = seen[-1]
    assert last.state == "locked" and last.interviewee.face_id == last.interviewee_id
    assert last.interviewee.face.dominant_emotion == "happy" and last.interviewee.face.quality is not None
    assert last.interviewee.face_motion is not None and last.to_dict()["faces"][0]["interviewee"]


def test_scores_everyone_every_other_frame(pixels):
    seen = list(swift_emotion.analyze_video(frames(pixels, 6), everyone=True, classification_interval=2))
    assert [frame.classified for frame in seen] == [True, False] * 3
    assert all(bool(face.face.emotions) == frame.classified for frame in seen for face in frame.faces)


def test_refuses_a_time_that_goes_back(pixels):
    with swift_emotion.VideoSession() as session:
        session.feed(pixels, 1.0)
        with pytest.raises(swift_emotion.TimestampError):
            session.feed(pixels, 0.5)
        assert session.feed(pixels, 1.5).frame == 1
        with pytest.raises(swift_emotion.ArgumentError):
            session.select(0)
    with pytest.raises(swift_emotion.ArgumentError):
        swift_emotion.VideoSession(classification_interval=0)


def test_reads_a_video_file(photograph, tmp_path):
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    video = tmp_path / "-portrait.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-loop", "1", "-i", str(photograph), "-t", "2", "-r", "10", "-pix_fmt", "yuv420p",
         "file:" + str(video)], check=True)
    seen = list(swift_emotion.analyze_video(video))
    assert len(seen) == 20 and seen[-1].timestamp == pytest.approx(1.9) and seen[-1].state == "locked"
    assert seen[-1].interviewee.face.dominant_emotion == "happy"
    assert len(list(swift_emotion.analyze_video(str(video), fps=2))) == 4
    for fps in (0, -1, float("nan")):
        with pytest.raises(swift_emotion.ArgumentError, match="fps"):
            list(swift_emotion.analyze_video(video, fps=fps))
    sound = tmp_path / "empty.mp4"
    sound.write_bytes(b"nothing")
    with pytest.raises(swift_emotion.VideoError):
        list(swift_emotion.analyze_video(sound))


def test_reads_on_however_much_ffmpeg_complains(photograph, tmp_path, monkeypatch):
    """A pipe holds 64 KiB; more messages than that come before the first frame."""
    import os
    import stat

    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    video = tmp_path / "portrait.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-loop", "1", "-i", str(photograph), "-t", "1", "-r", "4", "-pix_fmt", "yuv420p",
         str(video)], check=True)
    talkative = tmp_path / "bin" / "ffmpeg"
    talkative.parent.mkdir()
    talkative.write_text(f"#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' x >&2\nexec {shutil.which('ffmpeg')} \"$@\"\n")
    talkative.chmod(talkative.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{talkative.parent}:{os.environ['PATH']}")
    assert len(list(swift_emotion.analyze_video(video))) == 4
