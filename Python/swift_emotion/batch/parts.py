"""The output: parts that are whole or absent, and the one file that they become."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from typing import Any, Iterator, Optional, Sequence

import pyarrow
import pyarrow.parquet

from .._version import VERSION
from .inputs import Item
from .rows import SCHEMA

_KEY = b"swift_emotion.job"


class OutputError(Exception):
    """The output cannot be written, or belongs to another job."""


class Parts:
    """The parts of one job's output.

    What a job is: its pictures with their files' lengths and times, the settings and the weights. Parts of the same job
    that are there already are not made again.
    """

    def __init__(self, output: str, items: Sequence[Item], size: int, settings: dict[str, Any]) -> None:
        self.output = output
        self.folder = output + ".parts"
        self.items = items
        self.size = size
        self.job = _fingerprint(items, size, settings)
        self.count = (len(items) + size - 1) // size

    def is_done(self) -> bool:
        """Whether the output is there, of this job.

        :raises OutputError: where one of another job is.
        """
        if not os.path.lexists(self.output):
            return False
        try:
            job = (pyarrow.parquet.read_schema(self.output).metadata or {}).get(_KEY, b"").decode()
        except (pyarrow.ArrowException, OSError):
            job = ""
        if job != self.job:
            raise OutputError(f"{self.output} is there and is not of this job; name another output or remove it")
        # A run that was killed at its very end may have left them.
        shutil.rmtree(self.folder, ignore_errors=True)
        return True

    def begin(self) -> list[int]:
        """Makes the folder; returns the numbers of the parts that are missing."""
        os.makedirs(self.folder, exist_ok=True)
        path = os.path.join(self.folder, "job")
        if os.path.exists(path):
            with open(path, encoding="ascii") as file:
                if file.read() != self.job:
                    raise OutputError(f"{self.folder} is of another job; remove it or name another output")
        else:
            write_whole(path, self.job.encode())
        return [number for number in range(self.count) if not os.path.exists(self.path(number))]

    def path(self, number: int) -> str:
        return os.path.join(self.folder, f"{number:08}.parquet")

    def content(self, number: int) -> Sequence[Item]:
        return self.items[number * self.size : (number + 1) * self.size]

    def finish(self) -> None:
        """Makes the one file of all parts, in their order, and removes them."""
        schema = SCHEMA.with_metadata({_KEY: self.job.encode()})
        temporary = os.path.join(self.folder, "output.tmp")
        with pyarrow.parquet.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for rows in self._row_groups():
                writer.write_table(rows.replace_schema_metadata(schema.metadata))
        _publish(temporary, self.output)
        # What cannot be removed now is when the same command is given again.
        shutil.rmtree(self.folder, ignore_errors=True)

    def _row_groups(self, least: int = 50_000) -> Iterator[pyarrow.Table]:
        """The parts' rows, in groups that readers like."""
        waiting: list[pyarrow.Table] = []
        rows = 0
        for number in range(self.count):
            waiting.append(pyarrow.parquet.read_table(self.path(number)))
            rows += waiting[-1].num_rows
            if rows >= least:
                yield pyarrow.concat_tables(waiting)
                waiting, rows = [], 0
        if waiting:
            yield pyarrow.concat_tables(waiting)


def write_part(path: str, rows: pyarrow.Table) -> None:
    """A part, whole or not at all, whenever the process is killed."""
    buffer = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(rows, buffer, compression="zstd")
    write_whole(path, buffer.getvalue().to_pybytes())


def write_whole(path: str, content: bytes) -> None:
    """A file, whole or not at all."""
    temporary = f"{path}.{os.getpid()}.tmp"
    with open(temporary, "wb") as file:
        file.write(content)
    _publish(temporary, path)


def _publish(temporary: str, path: str) -> None:
    with open(temporary, "rb") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
    # The name too must outlive a loss of power; some file systems take no such wish for a folder.
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(folder)
    finally:
        os.close(folder)


def _fingerprint(items: Sequence[Item], size: int, settings: dict[str, Any]) -> str:
    stamps: dict[str, Optional[list[int]]] = {}
    digest = hashlib.sha256(json.dumps([VERSION, size, settings], sort_keys=True).encode())
    for item in items:
        if item.path not in stamps:
            try:
                status = os.stat(item.path)
                stamps[item.path] = [status.st_size, status.st_mtime_ns]
            except OSError:
                stamps[item.path] = None
            digest.update(json.dumps([item.path, stamps[item.path]]).encode())
        digest.update(json.dumps([item.name, item.start, item.length, item.column]).encode())
    return digest.hexdigest()
