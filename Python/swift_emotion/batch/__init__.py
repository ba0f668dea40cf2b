"""Many pictures: folders, globs, tar shards and Parquet files, to one Parquet file.

    python -m swift_emotion.batch PHOTOS results.parquet

Needs ``pyarrow`` (``pip install swift-emotion[batch]``), on a cluster also ``ray`` or ``pyspark``. From a program of your
own: :class:`Analyzer` is what each worker runs, for Ray Data's ``map_batches``; :mod:`swift_emotion.batch.spark` has the
function for Spark's ``mapInPandas``.
"""

from .rows import SCHEMA, Analyzer

__all__ = ["SCHEMA", "Analyzer"]
