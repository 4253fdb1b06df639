"""The Parquet files that anybody may download: made by the worker, kept until the rows change."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from wardroom.reporting.queries.open_data import freshness, open_rows
from wardroom.reporting.rules.open_data import (
    DAY,
    INSTANT,
    NUMBER,
    TEXT,
    WHOLE,
    Dataset,
    json_lines,
)

TYPES: Mapping[str, str] = {
    TEXT: "VARCHAR",
    WHOLE: "BIGINT",
    NUMBER: "DOUBLE",
    DAY: "DATE",
    INSTANT: "TIMESTAMPTZ",
}
MODEST: dict[str, Any] = {"memory_limit": "200MB", "threads": "1"}


@dataclass(frozen=True)
class KeptFile:
    """A file that was made: where it lies, how large it is, and how new."""

    path: Path
    size: int
    mark: str
    made_at: datetime


def kept_file(dataset: Dataset) -> KeptFile | None:
    """The Parquet file of a dataset as it was made last; none where none was made yet."""
    path = _path(dataset)
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    return KeptFile(path, size, note["mark"], datetime.fromisoformat(note["made_at"]))


def make_file(dataset: Dataset, *, at: datetime) -> bool:
    """Make the Parquet file of a dataset anew where its rows changed; whether that was done.

    The rows go through a file of their own, so that memory stays small however many there are.
    """
    mark = freshness(dataset, at=at).mark
    kept = kept_file(dataset)
    if kept is not None and kept.mark == mark:
        return False
    path = _path(dataset)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="open-data-", dir=path.parent) as folder:
        lines, made = Path(folder) / "rows.json", Path(folder) / "rows.parquet"
        with lines.open("w", encoding="utf-8") as file:
            for rows in open_rows(dataset, at=at):
                file.write(json_lines(dataset, rows))
        _to_parquet(dataset, lines, made)
        os.replace(made, path)
    note = {"mark": mark, "made_at": at.astimezone(UTC).isoformat()}
    waits = path.with_suffix(".json.new")
    waits.write_text(json.dumps(note), encoding="utf-8")
    os.replace(waits, path.with_suffix(".json"))
    return True


def _to_parquet(dataset: Dataset, lines: Path, made: Path) -> None:
    import duckdb

    columns = {column.name: TYPES[column.kind] for column in dataset.columns}
    with duckdb.connect(config=MODEST) as run:
        run.execute("SET TimeZone = 'UTC'")
        run.execute(
            "COPY (SELECT * FROM read_json($lines, format = 'newline_delimited',"
            " columns = $columns)) TO $made (FORMAT parquet, COMPRESSION zstd)",
            {"lines": str(lines), "columns": columns, "made": str(made)},
        )


def _path(dataset: Dataset) -> Path:
    return Path(settings.FILES_ROOT) / "open-data" / f"{dataset.code}.parquet"
