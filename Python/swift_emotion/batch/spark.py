"""For Spark: the function of ``mapInPandas`` and the schema of what it gives.

>>> from swift_emotion.batch.spark import analyze, schema
>>> files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load("hdfs:///photos")
>>> rows = files.selectExpr("path AS image", "content AS bytes").mapInPandas(analyze, schema())
>>> rows.write.parquet("hdfs:///emotions")

Tested with batches of pandas as Spark gives them, not on a Spark cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator

import pyarrow

from .rows import SCHEMA, Analyzer

if TYPE_CHECKING:
    import pandas

_TYPES = {
    pyarrow.int64(): "bigint", pyarrow.int32(): "int", pyarrow.string(): "string", pyarrow.bool_(): "boolean",
    pyarrow.float64(): "double",
}
_analyzers: list[Analyzer] = []


def schema() -> str:
    """The columns of :data:`swift_emotion.batch.SCHEMA` as Spark writes them."""
    return ", ".join(f"{field.name} {_TYPES[field.type]}" for field in SCHEMA)


def analyze(batches: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    """The rows of batches with the columns ``image`` and ``bytes``; ``picture`` counts within a batch unless it is given.

    The detector is made once for each Python process of an executor, with one thread: give Spark one core a task.
    """
    if not _analyzers:
        _analyzers.append(Analyzer())
    for batch in batches:
        answer: Any = _analyzers[0](pyarrow.Table.from_pandas(batch, preserve_index=False))
        yield answer.to_pandas()
