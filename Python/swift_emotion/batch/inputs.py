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


def items(inputs: list[str], column: Optional[str] = None) -> Iterator[Item]:
    """The pictures of the inputs, one input after the other, folders in the order of their names' bytes.

    :param inputs: pictures, folders with all below them, globs, tar shards, Parquet files.
    :param column: of Parquet files: the column with the pictures' bytes; a usual name by default.
    :raises InputError: for what is not there, and for files that hold pictures in no way that is known.
    """
    for given in inputs:
        if os.path.exists(given):
            yield from _found(given, column, is_named=True)
            continue
        matches = sorted(glob.glob(given, recursive=True), key=os.fsencode)
        if not matches:
            raise InputError(f"{shown(given)}: no such file or folder")
        for match in matches:
            yield from _found(match, column, is_named=True)


def shown(path: str) -> str:
    """A path that is no UTF-8 with ``\\xNN`` for its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _found(path: str, column: Optional[str], *, is_named: bool) -> Iterator[Item]:
    if os.path.isdir(path):
        # Links are not followed, so that none leads in a circle; hidden files and folders are left out.
        entries = sorted(os.scandir(path), key=lambda entry: os.fsencode(entry.name))
        for entry in entries:
            if not entry.name.startswith(".") and (entry.is_file() or entry.is_dir(follow_symlinks=False)):
                yield from _found(entry.path, column, is_named=False)
        return
    kind = os.path.splitext(path)[1].lower()
    if kind in PICTURES:
        yield Item(shown(path), os.path.abspath(path), "file")
    elif kind in SHARDS:
        yield from _members(path)
    elif kind in TABLES:
        yield from _table_rows(path, column)
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
                values = _values(file.read_row_group(group, columns=[names]), names)
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
        self._group: tuple[Any, list[Any]] = (None, [])

    def read(self, item: Item) -> bytes:
        """:raises OSError: where the bytes are not there (any more)."""
        if item.kind == "parquet":
            value = self._rows(item)[item.length]
            if value is None:
                raise OSError("no picture in this row")
            return bytes(value)
        with open(item.path, "rb") as file:
            if item.kind == "file":
                from .._pixels import LONGEST_FILE

                # One byte more than is allowed tells the detector enough to refuse it.
                return file.read(LONGEST_FILE + 1)
            file.seek(item.start)
            return file.read(item.length)

    def _rows(self, item: Item) -> list[Any]:
        import pyarrow.parquet

        key = (item.path, item.start, item.column)
        if self._group[0] != key:
            with pyarrow.parquet.ParquetFile(item.path) as file:
                self._group = (key, _values(file.read_row_group(item.start, columns=[item.column]), item.column))
        return self._group[1]
