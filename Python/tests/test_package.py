"""The package as it is installed."""

import subprocess
import sys
from pathlib import Path

import pytest
import swift_emotion
from conftest import CHECKOUT

PACKAGE = Path(swift_emotion.__file__).parent


def test_has_the_version_of_the_command():
    source = (CHECKOUT / "Apps/Sources/emotion/EmotionCommand.swift").read_text()
    assert f'static let release = "{swift_emotion.__version__}"' in source


def test_has_the_version_of_its_library():
    from swift_emotion import _library

    assert _library.library.emotion_version().decode() == swift_emotion.__version__


def test_brings_library_weights_and_types():
    assert "site-packages" in str(PACKAGE), "not the installed package"
    assert (PACKAGE / "libemotion.so").is_file()
    assert len(list((PACKAGE / "weights").glob("*.safetensors"))) == 5
    assert (PACKAGE / "py.typed").is_file()


def test_takes_its_own_weights(detector):
    maps = Path("/proc/self/maps").read_text() if Path("/proc/self/maps").exists() else ""
    assert detector.model.sha256 in (CHECKOUT / "Weights/manifest.json").read_text()
    assert str(PACKAGE / "libemotion.so") in maps


def test_needs_nothing_but_numpy():
    program = """
import sys
before = set(sys.modules)
import swift_emotion
foreign = {name.split('.')[0] for name in set(sys.modules) - before}
foreign = {name for name in foreign if 'site-packages' in (getattr(sys.modules[name], '__file__', '') or '')}
print(sorted(foreign - {'numpy', 'swift_emotion'}))
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_is_imported_within_a_tenth_of_a_second():
    # What a process costs before it, and NumPy, is not this package's; the best of several, so that others do not count.
    program = "import time, numpy; t = time.perf_counter(); import swift_emotion; print(time.perf_counter() - t)"
    times = [float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(5)]
    assert min(times) <= 0.1, times


def test_declares_every_field_that_the_library_has(detector, photograph):
    import ctypes

    from swift_emotion import _library as native
    from swift_emotion import _pixels

    start, count, _ = _pixels.address(photograph.read_bytes())
    result = ctypes.POINTER(native.Result)()
    native.call("emotion_detect_encoded", detector._handle, start, count, ctypes.byref(result))
    face = result.contents.faces[0].contents
    sizes = [(item.struct_size, ctypes.sizeof(item)) for item in (result.contents, face, face.quality.contents)]
    native.library.emotion_free(result)
    meshes = ctypes.POINTER(native.Result)()
    native.call("emotion_detect_meshes_encoded", detector._handle, start, count, None, ctypes.byref(meshes))
    mesh = meshes.contents.faces[0].contents.mesh.contents
    sizes.append((mesh.struct_size, ctypes.sizeof(mesh)))
    native.library.emotion_free(meshes)
    assert all(stated == size for stated, size in sizes), sizes


def test_declares_every_function_of_the_header():
    import re

    from swift_emotion import _library as native

    header = (CHECKOUT / "Bindings/Sources/CEmotion/include/emotion.h").read_text()
    code = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    assert set(native._FUNCTIONS) == set(re.findall(r"\b(emotion_[a-z_]+)\(", code))


def test_is_typed():
    pytest.importorskip("mypy", reason="mypy is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(CHECKOUT / "Python/pyproject.toml"), "--cache-dir=/dev/null"],
        capture_output=True, text=True, cwd=PACKAGE.parent)
    assert done.returncode == 0, done.stdout


def test_page_shows_programs_that_run(photograph, pixels, tmp_path, monkeypatch):
    page = (CHECKOUT / "Docs/Python.md").read_text()
    # The third is for Spark.
    detecting, meshes = (part.split("```")[0] for part in page.split("```python\n")[1:3])
    for name in ("photo.jpg", "a.jpg", "b.png"):
        (tmp_path / name).write_bytes(photograph.read_bytes())
    monkeypatch.chdir(tmp_path)
    names = {"crop": pixels[60:180, 180:270], "opencv_frame": pixels[:, :, ::-1]}
    exec(detecting, names)
    assert len(names["table"]) == 2 and names["scores"][0].dominant_emotion == "happy"
    assert names["frame"].face_detected
    exec(meshes, names)
    x, y, width, height = names["result"].faces[0].face_box
    assert x < names["tip_of_nose"][0] < x + width and y < names["tip_of_nose"][1] < y + height
