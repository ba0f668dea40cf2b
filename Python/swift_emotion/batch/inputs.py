"""Where pictures come from, and in what order."""

from __future__ import annotations

import glob
import os
import tarfile
from typing import Any, Iterator, NamedTuple, Optional

PICTURES = (".jpg", ".jpeg", ".png")
SHARDS = (".tar",)
TABLES = (".parquet",)
_COLUMNS = ("image", "bytes", "image_bytes", "jpg", "jpeg", "png", "content")
_NAMES = ("path", "name", "file_name", "filename", "key", "__key__", "id")


class InputError(Exception):
    """What was given as input cannot be read as a whole; nothing is begun."""


class Item(NamedTuple):
    """One picture: what it is called, and where its bytes lie."""

    name: str
    #: The file that holds it, from the root.
    path: str
    #: ``file``; ``tar`` with the bytes from ``start`` on, ``length`` of them; ``parquet`` with the row ``length`` of the
    #: row group ``start``.
    kind: str
    start: int = 0
    length: int = 0
    #: Of a Parquet file: the column with the bytes; ``image.bytes`` within a struct.
    column: str = ""


def items(inputs: list[str], column: Optional[str] = None, output: Optional[str] = None) -> Iterator[Item]:
    """The pictures of the inputs, one input after the other, folders in the order of their names' bytes.

    :param inputs: pictures, folders with all below them, globs, tar shards, Parquet files.
    :param column: of Parquet files: the column with the pictures' bytes; a usual name by default.
    :param output: where the answers go, which is no input, nor are its parts, wherever it lies.
    :raises InputError: for what is not there, and for files that hold pictures in no way that is known.
    """
    own = os.path.realpath(output) if output is not None else ""
    for given in inputs:
        if os.path.exists(given):
            yield from _found(_Walk(column, own), given, is_named=True)
            continue
        matches = sorted(glob.glob(given, recursive=True), key=os.fsencode)
        if not matches:
            raise InputError(f"{shown(given)}: no such file or folder")
        # `**` gives a folder and what is below it; each file counts once, and others than pictures are let be.
        walk = _Walk(column, own, set())
        for match in matches:
            yield from _found(walk, match, is_named=False)


def shown(path: str) -> str:
    """A path that is no UTF-8 with ``\\xNN`` for its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Walk(NamedTuple):
    """One input as it is walked through."""

    column: Optional[str]
    #: The output, links followed; empty where there is none.
    own: str
    #: The files that were met, where one may be met twice.
    seen: Optional[set[str]] = None

    def is_new(self, path: str) -> bool:
        if self.seen is None:
            return True
        path = os.path.abspath(path)
        is_new = path not in self.seen
        self.seen.add(path)
        return is_new

    def is_own(self, path: str) -> bool:
        """Whether the path is the output's, or that of its parts."""
        parts = self.own + ".parts"
        real = os.path.realpath(path)
        return bool(self.own) and (real in (self.own, parts) or real.startswith(parts + os.sep))


def _found(walk: _Walk, path: str, *, is_named: bool) -> Iterator[Item]:
    if os.path.isdir(path):
        if walk.is_own(path):
            return
        # Links are not followed, so that none leads in a circle; hidden files and folders are left out.
        entries = sorted(os.scandir(path), key=lambda entry: os.fsencode(entry.name))
        for entry in entries:
            if not entry.name.startswith(".") and (entry.is_file() or entry.is_dir(follow_symlinks=False)):
                yield from _found(walk, entry.path, is_named=False)
        return
    kind = os.path.splitext(path)[1].lower()
    # The output may have any name; following the links of every picture would cost a network's file system too much.
    may_be_own = kind in TABLES or os.path.basename(path) == os.path.basename(walk.own)
    if may_be_own and walk.is_own(path) or not walk.is_new(path):
        return
    if kind in PICTURES:
        yield Item(shown(path), os.path.abspath(path), "file")
    elif kind in SHARDS:
        yield from _members(path)
    elif kind in TABLES:
        yield from _table_rows(path, walk.column)
    elif is_named:
        raise InputError(f"{shown(path)}: neither a folder nor {', '.join((*PICTURES, *SHARDS, *TABLES))}")


def _members(path: str) -> Iterator[Item]:
    """The pictures of an uncompressed tar file; each is read where it lies."""
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                if member.isfile() and os.path.splitext(member.name)[1].lower() in PICTURES:
                    name = f"{shown(path)}/{shown(member.name)}"
                    yield Item(name, os.path.abspath(path), "tar", member.offset_data, member.size)
    except (tarfile.TarError, OSError) as error:
        raise InputError(f"{shown(path)}: not an uncompressed tar file ({error})") from None


def _table_rows(path: str, wanted: Optional[str]) -> Iterator[Item]:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{shown(path)}: not a Parquet file ({error})") from None
    with file:
        column = _bytes_column(file.schema_arrow, wanted)
        if column is None:
            raise InputError(f"{shown(path)}: no column {wanted or 'of pictures'}; name it with --image-column")
        names = _names_column(file.schema_arrow, column)
        number = 0
        for group in range(file.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            values = [None] * count
            if names:
                try:
                    values = _values(file.read_row_group(group, columns=[names]), names)
                except (pyarrow.ArrowException, OSError):
                    # Damaged names: the pictures have numbers, and rows of their own if they are damaged too.
                    pass
            for row, value in enumerate(values):
                label = f"#{number}" if value is None else f"/{value}"
                yield Item(shown(path) + label, os.path.abspath(path), "parquet", group, row, column)
                number += 1


def _bytes_column(schema: Any, wanted: Optional[str]) -> Optional[str]:
    import pyarrow.types as types

    def of(field: Any) -> Optional[str]:
        if types.is_binary(field.type) or types.is_large_binary(field.type):
            return str(field.name)
        # As data sets of Hugging Face hold pictures.
        if types.is_struct(field.type) and field.type.get_field_index("bytes") >= 0:
            return f"{field.name}.bytes"
        return None

    if wanted is not None:
        return of(schema.field(wanted)) if wanted in schema.names else None
    usual = [of(schema.field(name)) for name in _COLUMNS if name in schema.names]
    return next((name for name in usual if name), None) or next((name for name in map(of, schema) if name), None)


def _names_column(schema: Any, column: str) -> Optional[str]:
    import pyarrow.types as types

    outer = column.partition(".")[0]
    if "." in column and schema.field(outer).type.get_field_index("path") >= 0:
        return f"{outer}.path"
    return next((name for name in _NAMES if name in schema.names and types.is_string(schema.field(name).type)), None)


def _values(table: Any, column: str) -> list[Any]:
    outer, _, inner = column.partition(".")
    values = table.column(outer).to_pylist()
    return [value[inner] if value is not None else None for value in values] if inner else list(values)


class Reader:
    """Reads pictures' bytes; keeps the row group that it read last."""

    def __init__(self) -> None:
        # As Arrow holds it: a Python object is made of one picture at a time.
        self._group: tuple[Any, Any] = (None, None)

    def read(self, item: Item) -> bytes:
        """
        :raises OSError: where the bytes are not there (any more).
        :raises LimitError: for a file that is too long.
        """
        from .._pixels import LONGEST_FILE, content

        if item.kind == "parquet":
            value = self._value(item)
            if value is None:
                raise OSError("no picture in this row")
            return bytes(value)
        if item.kind == "file":
            return content(item.path)
        with open(item.path, "rb") as file:
            file.seek(item.start)
            # One byte more than is allowed tells the detector enough to refuse it.
            return file.read(min(item.length, LONGEST_FILE + 1))

    def _value(self, item: Item) -> Any:
        import pyarrow
        import pyarrow.parquet

        key, (outer, _, inner) = (item.path, item.start, item.column), item.column.partition(".")
        try:
            if self._group[0] != key:
                with pyarrow.parquet.ParquetFile(item.path) as file:
                    self._group = (key, file.read_row_group(item.start, columns=[item.column]).column(outer))
            value = self._group[1][item.length].as_py()
            return value[inner] if inner and value is not None else value
        except (pyarrow.ArrowException, IndexError, KeyError) as error:
            # A damaged row group, or a file that is another by now, is a matter of its pictures alone.
            raise OSError(str(error)) from None
