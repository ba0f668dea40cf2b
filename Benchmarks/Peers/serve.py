"""`serve.py RUNTIME THREADS`: runs workloads when told to; the same protocol as `benchmark serve`."""

import sys
import time

from runtimes import RUNTIMES


def main() -> None:
    runtime, threads = sys.argv[1], int(sys.argv[2])
    actions, logits = RUNTIMES[runtime](threads)
    print("ready", threads, flush=True)
    for line in sys.stdin:
        print(answer(line.split(), actions, logits), flush=True)


def answer(words: list[str], actions: dict, logits) -> str:
    match words:
        case ["run", name, count] if name in actions:
            return " ".join(["times"] + [repr(value) for value in timings(actions[name], int(count))])
        case ["logits", batch] if logits:
            return " ".join(["logits"] + [repr(float(value)) for value in logits(int(batch)).flat])
    return "unknown"


def timings(action, count: int) -> list[float]:
    """Seconds on the clock and seconds of processor time of each run, in turns."""
    values = []
    for _ in range(count):
        start, used = time.perf_counter(), time.process_time()
        action()
        values += [time.perf_counter() - start, time.process_time() - used]
    return values


if __name__ == "__main__":
    main()
