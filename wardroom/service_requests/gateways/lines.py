"""On which line of its file a rejected row stands.

The reading counts rows. A blank line, a line break between quotes, and a line that is no row
put the two counts apart; so the lines of what was rejected are found by going through the file
once more, and only where something was rejected.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TextIO


def lines_of(
    text: TextIO, *, rows: Collection[int], malformed: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The lines that rows and malformed records begin on, the header being row and record 1.

    ``rows`` counts what was read as a row; ``malformed`` counts every record, blank lines
    too, as DuckDB does. A number that is not found is left out.
    """
    of_row: dict[int, int] = {}
    of_record: dict[int, int] = {}
    wanted = len(set(rows)) + len(set(malformed))
    row = 0
    for record, (line, blank) in enumerate(_records(text), start=1):
        if record in malformed:
            of_record[record] = line
        elif not blank:
            row += 1
            if row in rows:
                of_row[row] = line
        if len(of_row) + len(of_record) == wanted:
            break
    return of_row, of_record


def _records(text: TextIO) -> Iterator[tuple[int, bool]]:
    """The line each record begins on, and whether it is blank."""
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(text)
    before = 0
    with suppress(csv.Error):
        for values in reader:
            yield before + 1, not values
            before = reader.line_num
