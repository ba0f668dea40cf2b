"""Many pictures: the same file from every kind of input, whatever the number of workers and however often interrupted."""

import io
import os
import signal
import subprocess
import sys
import tarfile
import time

import numpy
import pytest

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import pyarrow.parquet  # noqa: E402
from PIL import Image  # noqa: E402


def jpeg(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "JPEG", quality=90)
    return file.getvalue()


@pytest.fixture(scope="module")
def folder(pixels, tmp_path_factory):
    """Pictures with and without a face, in two folders, and some that are none."""
    root = tmp_path_factory.mktemp("pictures")
    (root / "more").mkdir()
    for number in range(30):
        top, left = number % 5 * 8, number % 7 * 9
        place = root / "more" if number % 3 == 0 else root
        (place / f"{number:03}.jpg").write_bytes(jpeg(pixels[top : top + 260, 90 + left : 330 + left]))
    (root / "flat.png").write_bytes(b"")
    (root / "cut.jpg").write_bytes(jpeg(pixels)[:9000])
    (root / "text.JPG").write_bytes(b"hello, world")
    (root / "grey.jpeg").write_bytes(jpeg(numpy.full((90, 90), 128, numpy.uint8)))
    (root / ".hidden.jpg").write_bytes(b"hidden")
    (root / "notes.txt").write_bytes(b"no picture")
    return root


def batch(*arguments, check=True):
    done = subprocess.run(
        [sys.executable, "-m", "swift_emotion.batch", *map(str, arguments)], capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    """The output of one worker, in parts of seven."""
    output = tmp_path_factory.mktemp("output") / "whole.parquet"
    done = batch(folder, output, "--workers", 1, "--part-size", 7)
    assert "34 pictures, 30 faces, 3 failures" in done.stderr
    return output


def test_has_a_row_for_each_face_and_each_failure(folder, whole, detector):
    rows = pyarrow.parquet.read_table(whole).to_pylist()
    assert [row["picture"] for row in rows] == sorted(row["picture"] for row in rows)
    assert {row["picture"] for row in rows} == set(range(34))
    names = [row["image"] for row in rows]
    assert names == sorted(names) and names[0] == str(folder / "000.jpg").replace("000", "001")
    errors = {os.path.basename(row["image"]): row["error_code"] for row in rows if row["error"]}
    assert errors == {"flat.png": "damaged", "cut.jpg": "damaged", "text.JPG": "format"}
    grey = next(row for row in rows if row["image"].endswith("grey.jpeg"))
    assert grey["face"] is None and grey["face_detected"] is False and grey["image_width"] == 90
    face = next(row for row in rows if row["image"].endswith("010.jpg"))
    from swift_emotion import EmotionDetector

    answer = EmotionDetector(threads=1, assume_face=False).detect(folder / "010.jpg").faces[0]
    assert {name: face[name] for name in answer.to_row()} == answer.to_row()


def test_does_not_depend_on_the_number_of_workers(folder, whole, tmp_path):
    for workers in (2, 3):
        output = tmp_path / f"{workers}.parquet"
        batch(folder, output, "--workers", workers, "--part-size", 7)
        assert output.read_bytes() == whole.read_bytes()
        assert os.listdir(tmp_path) == [output.name]
        output.unlink()


def test_writes_nothing_new_the_second_time(folder, whole):
    before = os.stat(whole)
    done = batch(folder, whole, "--part-size", 7)
    assert "is there already" in done.stderr
    after = os.stat(whole)
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert batch(folder, whole, "--part-size", 7, "--min-face", 30, check=False).returncode == 1


def test_goes_on_after_being_killed(folder, whole, tmp_path):
    output = tmp_path / "killed.parquet"
    command = [sys.executable, "-m", "swift_emotion.batch", str(folder), str(output), "--workers", "1", "--part-size", "7"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    parts = tmp_path / "killed.parquet.parts"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (parts.is_dir() and list(parts.glob("*.parquet"))):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = {path.name: path.stat().st_mtime_ns for path in parts.glob("*.parquet")}
    assert left and not output.exists()
    process = subprocess.run(command, capture_output=True, text=True)
    assert process.returncode == 0 and "were there)" in process.stderr
    assert output.read_bytes() == whole.read_bytes() and not parts.exists()


def test_refuses_parts_of_another_job(folder, tmp_path):
    parts = tmp_path / "other.parquet.parts"
    parts.mkdir()
    (parts / "job").write_text("another")
    done = batch(folder, tmp_path / "other.parquet", check=False)
    assert done.returncode == 1 and "another job" in done.stderr


def compared(table):
    """What a table says of the pictures, whatever they are called."""
    return table.drop_columns(["image"]).to_pylist()


def test_reads_shards_tables_and_globs_alike(folder, whole, tmp_path):
    expected = pyarrow.parquet.read_table(whole)
    names = [row["image"] for row in expected.to_pylist()]
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name in names:
            archive.add(name, os.path.basename(name))
            label = tarfile.TarInfo(os.path.basename(name) + ".cls")
            archive.addfile(label, io.BytesIO())
    bytes_ = [open(name, "rb").read() for name in names]
    pyarrow.parquet.write_table(pyarrow.table({"image": [{"bytes": data, "path": "p"} for data in bytes_]}),
                                tmp_path / "b.parquet", row_group_size=5)
    pyarrow.parquet.write_table(pyarrow.table({"key": names, "jpg": bytes_}), tmp_path / "c.parquet")
    for given, first in (("a.tar", "a.tar/001.jpg"), ("b.parquet", "b.parquet/p"), ("c.parquet", f"c.parquet/{names[0]}")):
        output = tmp_path / "rows.parquet"
        batch(tmp_path / given, output)
        rows = pyarrow.parquet.read_table(output)
        assert compared(rows) == compared(expected), given
        assert rows["image"][0].as_py() == f"{tmp_path}/{first}"
        output.unlink()
    batch(f"{folder}/**/0*.jpg", tmp_path / "glob.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "glob.parquet").num_rows == 30


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["/nowhere/*.jpg"], "no such file"), ([os.devnull], "neither a folder"), (["EMPTY"], "no picture"),
     (["BAD.tar"], "not an uncompressed tar"), (["BAD.parquet"], "not a Parquet file"),
     (["PLAIN.parquet"], "no column of pictures"), (["GOOD", "--min-face", "3"], "minimum_face"),
     (["GOOD", "--weights-folder", "/nowhere"], "weights")])
def test_says_what_is_wrong_before_it_begins(arguments, words, folder, tmp_path):
    (tmp_path / "EMPTY").mkdir()
    (tmp_path / "BAD.tar").write_bytes(b"no archive")
    (tmp_path / "BAD.parquet").write_bytes(b"no table")
    pyarrow.parquet.write_table(pyarrow.table({"n": [1]}), tmp_path / "PLAIN.parquet")
    given = arguments[0] if arguments[0].startswith("/") else folder if arguments[0] == "GOOD" else tmp_path / arguments[0]
    done = batch(given, tmp_path / "out.parquet", *arguments[1:], check=False)
    assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert not (tmp_path / "out.parquet").exists()


def test_serves_ray_data_and_spark(folder, whole):
    from swift_emotion.batch import SCHEMA, Analyzer
    from swift_emotion.batch.spark import analyze, schema

    expected = pyarrow.parquet.read_table(whole)
    names = expected["image"].to_pylist()
    table = pyarrow.table({"picture": expected["picture"], "image": names, "bytes": [open(n, "rb").read() for n in names]})
    rows = Analyzer()(table)
    assert rows.schema == SCHEMA and rows.equals(expected.replace_schema_metadata(None))
    frame = list(analyze(iter([table.to_pandas()])))[0]
    assert list(frame.columns) == [column.split()[0] for column in schema().split(", ")] and len(frame) == len(rows)
