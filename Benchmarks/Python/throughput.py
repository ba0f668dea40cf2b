"""What the Python package costs: beside facenet-pytorch with ONNX Runtime, beside the command, and with two threads.

    throughput.py peers FOLDER              needs facenet-pytorch, ONNX Runtime, PyTorch and timm (Benchmarks/Peers)
    throughput.py frames FOLDER             the same on frames of a camera: pictures of FOLDER, cut and resized to 640×480 and
                                            to 1280×720, in which this package then finds exactly one face; FRAMES (8) says
                                            how many of each
    throughput.py command FOLDER EMOTION    the built command
    throughput.py threads FOLDER            beside two processes, which share nothing but the machine

FOLDER holds pictures; everything takes turns, and medians are printed.
"""

import concurrent.futures
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy

from swift_emotion import EmotionDetector

ROUNDS = int(os.environ.get("ROUNDS", 5))
ROOT = Path(__file__).resolve().parents[2]


def paths(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))


def turns(actions, rounds=ROUNDS, clock=time.perf_counter):
    """Seconds of each action, a list by name: one round warms up, then they take turns, each second round backwards."""
    def seconds(work):
        begin = clock()
        work()
        return clock() - begin

    times = {name: [] for name in actions}
    for work in actions.values():
        work()
    for round_ in range(rounds):
        order = list(actions) if round_ % 2 == 0 else list(reversed(actions))
        for name in order:
            times[name].append(seconds(actions[name]))
    return times


def ratio(times, first, second):
    """Median and range of how many times as long the second took, round by round."""
    ratios = sorted(b / a for a, b in zip(times[first], times[second]))
    return f"{statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"


def peers(folder):
    beside_peers(loaded(paths(folder)), "of all sizes")


def frames(folder):
    from PIL import Image, ImageOps

    detector = EmotionDetector()
    count = int(os.environ.get("FRAMES", 8))
    for size in ((640, 480), (1280, 720)):
        cut = [numpy.asarray(ImageOps.fit(Image.open(path).convert("RGB"), size, Image.BICUBIC)) for path in paths(folder)]
        single = [frame for frame in cut if len(detector.find_faces(frame)) == 1]
        # From all over the folder: neighbours are often of one person.
        beside_peers(single[:: max(1, len(single) // count)][:count], f"of {size[0]}×{size[1]}")


def beside_peers(pictures, sizes):
    """Prints how many of the pictures, in memory, this package and its peers look at in a second."""
    import onnxruntime
    import torch
    from facenet_pytorch import MTCNN
    from PIL import Image

    sys.path[:0] = [str(ROOT / "Benchmarks/Peers")]
    from workload import onnx_file

    print(f"{len(pictures)} pictures {sizes}, {sum(p.shape[0] * p.shape[1] for p in pictures) / 1e6:.1f} megapixels")
    model = str(onnx_file(1))
    mean = numpy.array([0.485, 0.456, 0.406], numpy.float32)
    deviation = numpy.array([0.229, 0.224, 0.225], numpy.float32)
    for threads in map(int, os.environ.get("THREADS", "1 2").split()):
        torch.set_num_threads(threads)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        mtcnn = MTCNN(keep_all=True, device="cpu")
        detector = EmotionDetector(threads=threads, assume_face=False)
        faces = {"peers": 0, "swift_emotion": 0}

        def with_peers():
            faces["peers"] = 0
            for picture in pictures:
                boxes, _ = mtcnn.detect(picture)
                for left, top, right, bottom in [] if boxes is None else boxes:
                    crop = Image.fromarray(picture).crop((left, top, right, bottom)).resize((260, 260), Image.BILINEAR)
                    pixels = (numpy.asarray(crop, numpy.float32) / 255 - mean) / deviation
                    session.run(None, {"pixels": numpy.ascontiguousarray(pixels.transpose(2, 0, 1)[None])})
                    faces["peers"] += 1

        def with_package():
            faces["swift_emotion"] = sum(len(detector.detect(picture).faces) for picture in pictures)

        # One thread's own time is hardly changed by what others do on the machine.
        clock = time.process_time if threads == 1 else time.perf_counter
        times = turns({"swift_emotion": with_package, "peers": with_peers}, clock=clock)
        rates = {name: len(pictures) / statistics.median(values) for name, values in times.items()}
        print(f"{threads} threads, {'processor' if threads == 1 else 'elapsed'} time: swift_emotion "
              f"{rates['swift_emotion']:.1f}, facenet-pytorch + ONNX Runtime "
              f"{rates['peers']:.1f} pictures a second, {ratio(times, 'swift_emotion', 'peers')} times as fast; faces {faces}")


def processor_seconds(arguments):
    """Of a child, user and system: what others do on the machine hardly counts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def command(folder, emotion):
    """Processor time on one processor: of whole processes, and of each further picture, from a list and its first half."""
    names = [str(path) for path in paths(folder)]
    program = (
        "import json, sys\n"
        "from swift_emotion import EmotionDetector\n"
        "detector = EmotionDetector()\n"
        "for name in open(sys.argv[1]).read().splitlines():\n"
        "    print(json.dumps(detector.detect(name).to_dict()))\n")
    with tempfile.TemporaryDirectory() as root:
        lists = {"all": Path(root, "all"), "half": Path(root, "half")}
        lists["all"].write_text("\n".join(names))
        lists["half"].write_text("\n".join(names[: len(names) // 2]))
        further = len(names) - len(names) // 2
        one = ["taskset", "--cpu-list", "0"]
        spent = {"command": [], "python": []}
        for _ in range(ROUNDS):
            for name, start in (("command", [emotion, "analyze", "--json"]), ("python", [sys.executable, "-c", program])):
                sign = "@" if name == "command" else ""
                spent[name].append([processor_seconds([*one, *start, sign + str(lists[part])]) for part in ("half", "all")])
    # Of the least disturbed rounds: caches are shared with whatever else runs.
    half, whole = ({name: min(pair[part] for pair in spent[name]) for name in spent} for part in (0, 1))
    print(f"{len(names)} files, processor time on one processor, least of {ROUNDS} rounds")
    for name in spent:
        print(f"{name}: {whole[name]:.3f} s, {(whole[name] - half[name]) / further * 1e3:.2f} ms a further picture")


def loaded(names):
    from PIL import Image

    return [numpy.asarray(Image.open(name).convert("RGB")) for name in names]


def answer(connection, names, count):
    """A process that goes through its pictures whenever it is asked to, with a detector of its own."""
    pictures, detector = loaded(names), EmotionDetector(threads=count)
    while connection.recv():
        for picture in pictures:
            detector.detect(picture)
        connection.send(True)


def threads(folder):
    names = paths(folder)
    pictures = loaded(names)
    context = multiprocessing.get_context("spawn")
    for count in (1, None):
        detector = EmotionDetector(threads=count)

        def one():
            for picture in pictures:
                detector.detect(picture)

        def two():
            # Whoever is free takes the next one: halves fixed beforehand would measure how alike they are.
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                list(pool.map(detector.detect, pictures))

        ends = []
        for part in range(2):
            own, other = context.Pipe()
            context.Process(target=answer, args=(other, names[part::2], count), daemon=True).start()
            ends.append(own)

        def processes():
            for end in ends:
                end.send(True)
            for end in ends:
                end.recv()

        times = turns({"two": two, "one": one, "processes": processes})
        for end in ends:
            end.send(False)
        rates = {name: len(pictures) / statistics.median(values) for name, values in times.items()}
        best = min(times["one"]) / min(times["two"])
        print(f"a detector of {count or 'all'} threads: {rates['one']:.1f} pictures a second from one Python thread, "
              f"{rates['two']:.1f} from two, {ratio(times, 'two', 'one')} times; of the least disturbed rounds {best:.3f}; "
              f"two processes {ratio(times, 'processes', 'one')} times")


if __name__ == "__main__":
    {"peers": peers, "frames": frames, "command": command, "threads": threads}[sys.argv[1]](*sys.argv[2:])
