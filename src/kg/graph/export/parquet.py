"""Parquet: one row a statement, with types."""

from __future__ import annotations

from typing import IO

from kg.errors import UsageError
from kg.graph.selection import Selection
from kg.graph.table import COLUMNS, rows


def write(selection: Selection, stream: IO[bytes], format: str = "parquet") -> None:
    """Write Parquet; every column is text but ``value``, which is a double.

    Raises ``UsageError`` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("pyarrow is not installed", hint="pip install 'kg[parquet]'") from None

    schema = pa.schema([(name, pa.float64() if name == "value" else pa.string()) for name in COLUMNS])
    found = [{name: row.get(name) for name in COLUMNS} for row in rows(selection.network)]
    for row in found:
        row["value"] = None if row["value"] is None else float(row["value"])
    # No compression: another build of a compressor would give other bytes.
    pq.write_table(pa.Table.from_pylist(found, schema=schema), stream, compression="none")
