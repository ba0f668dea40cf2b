"""`swift_emotion.batch` on a Ray cluster of three nodes on this machine: test_cluster.py PICTURES

One node is killed in the middle; the output is the local run's, byte for byte. The same job twice writes nothing new, and a
run that was ended by SIGKILL ends with the same file when it is started again.
"""

import io
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from PIL import Image
from ray.cluster_utils import Cluster

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = next((folder / "shared" for folder in CHECKOUT.parents[:2] if (folder / "shared").is_dir()), None)
failures = 0


def test(sentence, holds, seconds=0.0):
    global failures
    failures += not holds
    print(f"{'✔' if holds else '✘'} Test {sentence} {'passed' if holds else 'failed'} after {seconds:.1f} seconds"
          + ("." if holds else " with 1 issue."), flush=True)


def make_pictures(folder, count):
    """Of FER2013's PublicTest and whole photographs, where they are; else parts of the portrait."""
    made = 0
    archives = [SHARED / name for name in ("fer2013/public_test.tar", "webphotos/train.tar")] if SHARED else []
    for archive in archives:
        if not archive.is_file():
            continue
        with tarfile.open(archive) as tar:
            for member in tar:
                if made < count and member.name.endswith((".png", ".jpg")):
                    (folder / f"{made:05}{Path(member.name).suffix}").write_bytes(tar.extractfile(member).read())
                    made += 1
    portrait = Image.open(CHECKOUT / "Tests/EmotionDetectionTests/Fixtures/astronaut.png").convert("RGB")
    while made < count:
        left, top = 90 + made % 37, made // 37 % 41
        file = io.BytesIO()
        portrait.crop((left, top, left + 200, top + 220)).save(file, "JPEG", quality=50 + made % 45)
        (folder / f"{made:05}.jpg").write_bytes(file.getvalue())
        made += 1
    # Bad files are rows too.
    (folder / "bad.jpg").write_bytes(b"no picture")


def command(folder, output, *options):
    return [sys.executable, "-m", "swift_emotion.batch", str(folder), str(output), *options]


def wait_for_parts(output, count, process):
    parts = Path(f"{output}.parts")
    while process.poll() is None and len(list(parts.glob("*.parquet"))) < count:
        time.sleep(0.05)


def main():
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        pictures = root / "pictures"
        pictures.mkdir()
        make_pictures(pictures, count)
        parts = count // 64
        local, remote, killed = root / "local.parquet", root / "remote.parquet", root / "killed.parquet"

        begin = time.monotonic()
        done = subprocess.run(command(pictures, local), capture_output=True, text=True)
        print("local:", done.stderr.strip().splitlines()[-1])
        test("the local run ends", done.returncode == 0, time.monotonic() - begin)

        cluster = Cluster(
            initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100 << 20,
                                                  "include_dashboard": False})
        nodes = [cluster.add_node(num_cpus=1, object_store_memory=100 << 20) for _ in range(2)]
        cluster.wait_for_nodes()
        options = ("--engine", "ray", "--address", cluster.address)
        try:
            begin = time.monotonic()
            process = subprocess.Popen(
                command(pictures, remote, *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            wait_for_parts(remote, parts // 2, process)
            was_running = process.poll() is None
            cluster.remove_node(nodes[1], allow_graceful=False)
            message = process.communicate(timeout=900)[1]
            print("three nodes, one killed:", message.strip().splitlines()[-1])
            test("the run outlives a node that is killed in the middle", was_running and process.returncode == 0,
                 time.monotonic() - begin)
            test("its output is the local run's", remote.exists() and remote.read_bytes() == local.read_bytes())

            before = os.stat(remote)
            again = subprocess.run(command(pictures, remote, *options), capture_output=True, text=True)
            after = os.stat(remote)
            test("the same job again writes nothing new", again.returncode == 0 and "is there already" in again.stderr
                 and (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino))

            process = subprocess.Popen(
                command(pictures, killed, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for_parts(killed, max(1, parts // 3), process)
            process.send_signal(signal.SIGKILL)
            process.wait()
            left = len(list(Path(f"{killed}.parts").glob("*.parquet")))
            again = subprocess.run(command(pictures, killed, *options), capture_output=True, text=True)
            print(f"killed after {left} parts:", again.stderr.strip().splitlines()[-1])
            test("a run that was killed goes on and ends with the same file",
                 0 < left and not again.returncode and "were there)" in again.stderr
                 and killed.read_bytes() == local.read_bytes())
        finally:
            cluster.shutdown()
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
