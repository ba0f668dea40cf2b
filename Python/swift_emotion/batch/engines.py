"""Who computes the parts: processes of this machine, or a Ray cluster."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from typing import Any, Iterator, Optional, Sequence

import pyarrow

from ..errors import WeightsError
from .inputs import InputError, Item, Reader
from .parts import OutputError, Parts, write_part
from .rows import Analyzer, table
from .weights import digests


_analyzers: dict[str, Analyzer] = {}


def analyze(
    first: int, items: Sequence[Item], settings: dict[str, Any], weights: dict[str, str]
) -> tuple[pyarrow.Table, dict[str, int]]:
    """The rows of some pictures, numbered from ``first`` on, and what there is to count.

    The detector is made once for a process.

    :param weights: the job's weights, as :func:`~swift_emotion.batch.weights.digests` tells them.
    :raises WeightsError: where this machine's are others.
    """
    key = repr((sorted(settings.items()), sorted(weights.items())))
    if key not in _analyzers:
        found = digests(settings.get("weights_folder"))
        if found != weights:
            names = sorted(name for name in {**found, **weights} if found.get(name) != weights.get(name))
            raise WeightsError(f"{os.uname().nodename} has other weights than the job: {', '.join(names)}")
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
    parts: Parts, missing: Sequence[int], settings: dict[str, Any], weights: dict[str, str], workers: int
) -> Iterator[tuple[int, dict[str, int]]]:
    """Computes the missing parts with so many processes; gives the number of each and its counts as it is written."""
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from multiprocessing import get_context

    # Started anew: a fork would take along locks that nobody opens any more.
    with ProcessPoolExecutor(
        min(workers, max(1, len(missing))), mp_context=get_context("spawn"), initializer=_begin_worker
    ) as pool:
        waiting: dict[Future[dict[str, int]], int] = {}
        queue = iter(missing)
        try:
            while True:
                # Not all at once: a list of millions of pictures would be sent to processes that are busy.
                while len(waiting) < 2 * workers and (number := next(queue, None)) is not None:
                    job = pool.submit(
                        _written, parts.path(number), number * parts.size, list(parts.content(number)), settings,
                        weights)
                    waiting[job] = number
                if not waiting:
                    return
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    number = waiting.pop(done)
                    yield number, done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin_worker() -> None:
    # Ctrl-C goes to all processes of a terminal; the one that waits for the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process as soon as its parent has ended, by SIGKILL too: nobody waits for what it does."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _written(
    path: str, first: int, items: Sequence[Item], settings: dict[str, Any], weights: dict[str, str]
) -> dict[str, int]:
    rows, counts = analyze(first, items, settings, weights)
    write_part(path, rows)
    return counts


def check_ray() -> None:
    """:raises InputError: where Ray is not installed."""
    try:
        import ray  # noqa: F401
    except ImportError:
        raise InputError("--engine ray needs ray: pip install 'swift-emotion[ray]'") from None


def ray(
    parts: Parts, missing: Sequence[int], settings: dict[str, Any], weights: dict[str, str], address: Optional[str]
) -> Iterator[tuple[int, dict[str, int]]]:
    """The same on a Ray cluster, one processor a task; a task whose node is lost runs again elsewhere, five times at most.

    The nodes read the pictures under the same paths; the rows come back to this process, which writes the parts.

    :raises InputError: where no node has as many processors as a task needs.
    :raises OutputError: where a task fails for good.
    """
    import ray as cluster
    from ray.exceptions import RayError, RayTaskError

    own = not cluster.is_initialized()
    if own:
        try:
            cluster.init(address=address, log_to_driver=False, configure_logging=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(f"no Ray cluster: {error}") from None
    try:
        # Threads follow the processors that a task is given, not those of the node.
        threads = settings.get("threads", 1)
        largest = max((node["Resources"].get("CPU", 0) for node in cluster.nodes() if node["Alive"]), default=0)
        if threads > largest:
            # Such a task would wait for a node for ever.
            raise InputError(f"--threads is {threads}; the largest node of the cluster has {largest:.0f} processors")
        # Not without end: a part that takes its node's memory would go from one node to the next.
        task = cluster.remote(num_cpus=threads, max_retries=5)(analyze)
        waiting: dict[Any, int] = {}
        queue = iter(missing)
        while True:
            room = max(1, 2 * int(cluster.cluster_resources().get("CPU", 1)))
            while len(waiting) < room and (number := next(queue, None)) is not None:
                reference = task.remote(number * parts.size, list(parts.content(number)), settings, weights)
                waiting[reference] = number
            if not waiting:
                return
            done, _ = cluster.wait(list(waiting), timeout=5)
            for reference in done:
                number = waiting.pop(reference)
                rows, counts = cluster.get(reference)
                write_part(parts.path(number), rows)
                yield number, counts
    except RayError as error:
        cause = error.cause if isinstance(error, RayTaskError) else error
        raise OutputError(f"Ray: {cause}; the same command goes on where this one ended") from error
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
