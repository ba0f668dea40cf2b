"""Who computes the parts: processes of this machine, or a Ray cluster."""

from __future__ import annotations

import ctypes
import signal

from typing import Any, Iterator, Optional, Sequence

import pyarrow

from .inputs import Item, Reader
from .parts import Parts, write_part
from .rows import Analyzer, table


_analyzers: dict[str, Analyzer] = {}


def analyze(first: int, items: Sequence[Item], settings: dict[str, Any]) -> tuple[pyarrow.Table, dict[str, int]]:
    """The rows of some pictures, numbered from ``first`` on, and what there is to count.

    The detector is made once for a process.
    """
    key = repr(sorted(settings.items()))
    if key not in _analyzers:
        _keep_freed_memory()
        _analyzers[key] = Analyzer(**settings)
    reader = Reader()
    counts = {"pictures": len(items), "bytes": 0, "faces": 0, "failures": 0}

    def read(item: Item) -> bytes:
        data = reader.read(item)
        counts["bytes"] += len(data)
        return data

    rows = [
        row for place, item in enumerate(items)
        for row in _analyzers[key].rows(first + place, item.name, lambda item=item: read(item))
    ]
    counts["faces"] = sum(bool(row.get("face_detected")) for row in rows)
    counts["failures"] = sum("error_code" in row for row in rows)
    return table(rows), counts


def local(
    parts: Parts, missing: Sequence[int], settings: dict[str, Any], workers: int
) -> Iterator[tuple[int, dict[str, int]]]:
    """Computes the missing parts with so many processes; gives the number of each and its counts as it is written."""
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from multiprocessing import get_context

    # Started anew: a fork would take along locks that nobody opens any more.
    with ProcessPoolExecutor(
        min(workers, max(1, len(missing))), mp_context=get_context("spawn"), initializer=_leave_interrupts
    ) as pool:
        waiting: dict[Future[dict[str, int]], int] = {}
        queue = iter(missing)
        try:
            while True:
                # Not all at once: a list of millions of pictures would be sent to processes that are busy.
                while len(waiting) < 2 * workers and (number := next(queue, None)) is not None:
                    job = pool.submit(
                        _written, parts.path(number), number * parts.size, list(parts.content(number)), settings)
                    waiting[job] = number
                if not waiting:
                    return
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    number = waiting.pop(done)
                    yield number, done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    # Ctrl-C goes to all processes of a terminal; the one that waits for the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _written(path: str, first: int, items: Sequence[Item], settings: dict[str, Any]) -> dict[str, int]:
    rows, counts = analyze(first, items, settings)
    write_part(path, rows)
    return counts


def ray(
    parts: Parts, missing: Sequence[int], settings: dict[str, Any], address: Optional[str]
) -> Iterator[tuple[int, dict[str, int]]]:
    """The same on a Ray cluster, one processor a task; a task whose node is lost runs again elsewhere.

    The nodes read the pictures under the same paths; the rows come back to this process, which writes the parts.
    """
    import ray as cluster

    own = not cluster.is_initialized()
    if own:
        cluster.init(address=address, log_to_driver=False, configure_logging=False)
    try:
        # Threads follow the processors that a task is given, not those of the node.
        task = cluster.remote(num_cpus=settings.get("threads", 1), max_retries=-1)(analyze)
        waiting: dict[Any, int] = {}
        queue = iter(missing)
        while True:
            room = 2 * int(cluster.cluster_resources().get("CPU", 1))
            while len(waiting) < room and (number := next(queue, None)) is not None:
                waiting[task.remote(number * parts.size, list(parts.content(number)), settings)] = number
            if not waiting:
                return
            done, _ = cluster.wait(list(waiting), timeout=5)
            for reference in done:
                number = waiting.pop(reference)
                rows, counts = cluster.get(reference)
                write_part(parts.path(number), rows)
                yield number, counts
    finally:
        if own:
            cluster.shutdown()


def _keep_freed_memory() -> None:
    """Keeps freed memory for the next picture: giving it back costs a page fault for every 4 KiB that is used again.

    Only in processes that do nothing else. Nothing where the C library is not glibc.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        trim_threshold, top_pad, mmap_threshold = -1, -2, -3
        for parameter, count in ((mmap_threshold, 32 << 20), (trim_threshold, 128 << 20), (top_pad, 8 << 20)):
            mallopt(parameter, count)
