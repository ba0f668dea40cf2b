"""Where the tests find pictures, and their outcome in the words that `Scripts/run-tests.sh` counts."""

import os
import tarfile
from pathlib import Path

import numpy
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared"
if not SHARED.is_dir():
    SHARED = CHECKOUT.parents[1] / "shared"


def pytest_runtest_logreport(report):
    name = report.nodeid.split("::", 1)[-1].removeprefix("test_").replace("_", " ")
    if report.when == "call" and report.passed:
        print(f"\n✔ Test {name} passed after {report.duration:.2f} seconds.", end="")
    elif report.failed:
        print(f"\n✘ Test {name} failed after {report.duration:.2f} seconds with 1 issue.", end="")
    elif report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        print(f"\nskipped: {name}: {reason}", end="")


@pytest.fixture(scope="session")
def photograph():
    """A portrait of one face."""
    return CHECKOUT / "Tests/EmotionDetectionTests/Fixtures/astronaut.png"


@pytest.fixture(scope="session")
def detector():
    from swift_emotion import EmotionDetector

    return EmotionDetector()


@pytest.fixture(scope="session")
def pixels(photograph):
    """Its pixels, ``[512, 512, 3]`` of RGB."""
    from PIL import Image

    return numpy.asarray(Image.open(photograph).convert("RGB"))


@pytest.fixture(scope="session")
def pictures(photograph):
    """Photographs and, of those that may not be redistributed, what lies beside the checkout; by name."""
    found = {photograph.name: photograph.read_bytes()}
    for path in sorted((SHARED / "photos").glob("*")):
        found[path.name] = path.read_bytes()
    archive = SHARED / "fer2013/public_test.tar"
    if archive.is_file():
        with tarfile.open(archive) as tar:
            members = [member for member in tar if member.name.endswith(".png")]
            for member in members[:: max(1, len(members) // 200)][:200]:
                found[member.name.replace("/", "-").lstrip(".-")] = tar.extractfile(member).read()
    return found


@pytest.fixture(scope="session")
def command():
    """The `emotion` command, which another part of the tests builds."""
    path = os.environ.get("EMOTION_COMMAND") or CHECKOUT / "Apps/.build/release/emotion"
    if not Path(path).is_file():
        pytest.skip(f"the emotion command is not built ({path})")
    return str(path)
