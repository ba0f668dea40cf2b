"""Many pictures: the same file from every kind of input, whatever the number of workers and however often interrupted."""

import glob
import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time

import numpy
import pytest

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import pyarrow.parquet  # noqa: E402
from conftest import CHECKOUT  # noqa: E402
from PIL import Image  # noqa: E402
from swift_emotion import WeightsError  # noqa: E402
from swift_emotion.batch.inputs import InputError  # noqa: E402


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


def children(pid):
    """The process's children that have not ended."""
    found = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(path.split("/")[2]))
    return found


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_takes_no_output_for_an_input_and_leaves_no_worker(folder, whole, tmp_path):
    """The output lies among the pictures; the process that was started is killed, and it alone."""
    pictures = tmp_path / "pictures"
    shutil.copytree(folder, pictures, copy_function=shutil.copy2)
    output = pictures / "results.parquet"
    command = [sys.executable, "-m", "swift_emotion.batch", str(pictures), str(output), "--workers", "2", "--part-size", "4"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    parts = pictures / "results.parquet.parts"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list(parts.glob("*.parquet")):
        time.sleep(0.01)
    workers = children(process.pid)
    process.kill()
    process.wait()
    assert workers and not output.exists()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(map(is_running, workers)):
        time.sleep(0.05)
    assert not any(map(is_running, workers))
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 0 and "were there)" in again.stderr, again.stderr
    rows = pyarrow.parquet.read_table(output)
    assert compared(rows) == compared(pyarrow.parquet.read_table(whole)) and not parts.exists()
    # By another way to the same place, too.
    (tmp_path / "link").symlink_to(pictures)
    for given in (output, tmp_path / "link" / "results.parquet"):
        once_more = subprocess.run([*command[:4], str(given), *command[5:]], capture_output=True, text=True)
        assert once_more.returncode == 0 and "is there already" in once_more.stderr, once_more.stderr


def test_makes_rows_of_a_damaged_row_group(folder, whole, tmp_path):
    good = next(row["image"] for row in pyarrow.parquet.read_table(whole).to_pylist() if row["face"] == 0)
    path = tmp_path / "damaged.parquet"
    with open(good, "rb") as file:
        data = file.read()
    table = pyarrow.table({"key": [f"n{number}" for number in range(6)], "image": [data] * 6})
    pyarrow.parquet.write_table(table, path, row_group_size=2, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    metadata = pyarrow.parquet.ParquetFile(path).metadata
    for group, column in ((1, 1), (2, 0)):
        start = metadata.row_group(group).column(column).data_page_offset
        content[start : start + 12] = b"\xff" * 12
    path.write_bytes(content)
    batch(path, tmp_path / "rows.parquet")
    rows = pyarrow.parquet.read_table(tmp_path / "rows.parquet").to_pylist()
    assert [row["error_code"] for row in rows] == [None, None, "file", "file", None, None] and all(
        row["error"] for row in rows[2:4])
    assert [row["image"][len(str(path)) :] for row in rows] == ["/n0", "/n1", "/n2", "/n3", "#4", "#5"]


def test_reads_no_more_of_a_member_than_a_picture_may_have(tmp_path):
    from swift_emotion._pixels import LONGEST_FILE
    from swift_emotion.batch.inputs import Item, Reader

    path = tmp_path / "large.tar"
    with open(path, "wb") as file:
        file.truncate(LONGEST_FILE + 5000)
    item = Item("large", str(path), "tar", 512, LONGEST_FILE + 4000)
    assert len(Reader().read(item)) == LONGEST_FILE + 1


def test_waits_for_no_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    batch(tmp_path / "pipe.jpg", tmp_path / "rows.parquet")
    row, = pyarrow.parquet.read_table(tmp_path / "rows.parquet").to_pylist()
    assert row["error_code"] == "file" and "not a regular file" in row["error"]


def test_takes_each_match_of_a_glob_once(folder, tmp_path):
    from swift_emotion.batch.inputs import items

    (tmp_path / "README").write_text("no picture")
    (tmp_path / "below").mkdir()
    for name in ("a.jpg", "below/b.jpg"):
        (tmp_path / name).write_bytes(b"")
    names = [item.name[len(str(tmp_path)) :] for item in items([f"{tmp_path}/**"])]
    assert names == ["/a.jpg", "/below/b.jpg"]
    assert len(list(items([f"{tmp_path}/*"]))) == 2


def test_is_of_its_weights_wherever_they_lie(folder, whole, detector, tmp_path):
    """The same weights elsewhere are the same job; others, of whichever network, are another."""
    from swift_emotion.batch import engines, weights

    own = weights._folder() or str(CHECKOUT / "Weights")
    for name in weights._FILES:
        shutil.copy(os.path.join(own, name), tmp_path)
    done = batch(folder, whole, "--part-size", 7, "--weights-folder", tmp_path)
    assert "is there already" in done.stderr
    known = weights.digests(str(tmp_path))
    assert len(known) == 3 and engines.analyze(0, [], {"weights_folder": str(tmp_path)}, known)[0].num_rows == 0
    # Eight blanks more in the header: another file of the same numbers.
    path = tmp_path / "mtcnn.safetensors"
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    path.write_bytes((length + 8).to_bytes(8, "little") + data[8 : 8 + length] + b" " * 8 + data[8 + length :])
    done = batch(folder, whole, "--part-size", 7, "--weights-folder", tmp_path, check=False)
    assert done.returncode == 1 and "not of this job" in done.stderr
    with pytest.raises(WeightsError, match="mtcnn.safetensors"):
        engines.analyze(0, [], {"weights_folder": str(tmp_path), "min_face": 21}, known)


def test_says_that_ray_is_missing(folder, tmp_path, monkeypatch):
    from swift_emotion.batch import engines

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install 'swift-emotion\[ray\]'"):
        engines.check_ray()


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
