"""On which line of its file a rejected row stands.

The reading counts rows. A blank line, a line break between quotes, and a line that is no row
put the two counts apart; so the lines of what was rejected are found by going through the file
once more, and only where something was rejected.
"""

from __future__ import annotations

import csv
import heapq
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from wardroom.service_requests.gateways.rejects import Reject


def with_lines(
    text: TextIO, *, rows: Iterator[Reject], malformed: Iterator[Reject]
) -> Iterator[Reject]:
    """Every reject with the line it begins on, in the order of the file, none held in memory.

    They come with a count in place of the line, each kind in its order: ``rows`` with that of
    what was read as a row, the header being 1; ``malformed`` with that of every record, blank
    lines too, as DuckDB does. Where the file ends before a count is reached, it is the line.
    """
    row, bad = next(rows, None), next(malformed, None)
    line = count = 0
    if row is None and bad is None:
        return
    for record, (line, blank) in enumerate(_records(text), start=1):
        if bad is not None and bad.line == record:
            yield bad._replace(line=line)
            bad = next(malformed, None)
        elif not blank:
            count += 1
            if row is not None and row.line == count:
                yield row._replace(line=line)
                row = next(rows, None)
        if row is None and bad is None:
            return
    left = (_and_rest(row, rows), _and_rest(bad, malformed))
    for reject in heapq.merge(*left, key=lambda r: r.line):
        yield reject._replace(line=max(reject.line, line))


def _and_rest(first: Reject | None, rest: Iterator[Reject]) -> Iterator[Reject]:
    if first is not None:
        yield first
        yield from rest


def _records(text: TextIO) -> Iterator[tuple[int, bool]]:
    """The line each record begins on, and whether it is blank."""
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(text)
    before = 0
    with suppress(csv.Error):
        for values in reader:
            yield before + 1, not values
            before = reader.line_num
