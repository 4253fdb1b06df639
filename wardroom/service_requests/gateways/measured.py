"""The columns that measures need, from the Parquet copy of the requests.

Words become small numbers inside the database engine, so that a million requests take little
memory here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.episodes import NEVER
from wardroom.service_requests.gateways.snapshot import (
    INSTANTS,
    NUMBERS,
    Snapshot,
    by_number,
    opened_copy,
)
from wardroom.service_requests.rules import NOT_MEASURED, OPEN

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class MeasuredColumns:
    """Requests as columns of shape (n,); times in seconds since 1970 UTC.

    ``closed`` is when trouble ended, as the folding takes it; ``ended`` the closing time that
    the city gave. Both are `NEVER` where there is none, and so is ``due``. ``agency`` and
    ``ward`` are places in the codes. ``counted`` marks what counts as done, late or open;
    ``moved`` what was transferred, with the time of it.
    """

    place: Ints
    service: Ints
    reporter: Ints
    opened: Ints
    closed: Ints
    latitude: Floats
    longitude: Floats
    due: Ints
    ended: Ints
    agency: Ints
    ward: Ints
    counted: Flags
    moved: Flags
    agency_codes: tuple[str, ...]
    ward_codes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.opened)


def read_measured(copy: Snapshot, *, opened_from: int, going_on_from: int) -> MeasuredColumns:
    """The requests opened since an instant, and older ones that were still going on at another.

    A request goes on until it is closed, and until it is due.
    """
    with opened_copy(copy) as db:

        def codes(column: str) -> tuple[str, ...]:
            found = db.execute(f"SELECT DISTINCT {column} FROM kept ORDER BY 1").fetchall()  # noqa: S608
            return tuple(code for (code,) in found)

        agencies, wards = codes("agency"), codes("ward")
        numbers = ", ".join((*NUMBERS, *INSTANTS))
        sql = f"""
            SELECT id, {numbers}, list_position(?, agency) - 1 AS agency,
                   list_position(?, ward) - 1 AS ward,
                   status NOT IN {NOT_MEASURED} AND (ended < {NEVER} OR status IN {OPEN})
                       AS counted,
                   status = 'transferred' AND ended < {NEVER} AS moved
            FROM kept
            WHERE opened >= ? OR ended >= ? OR (due >= ? AND due < {NEVER})"""  # noqa: S608
        given: list[Any] = [list(agencies), list(wards), opened_from, going_on_from, going_on_from]
        got = db.execute(sql, given).fetchnumpy()
    columns = by_number(copy, got)
    for name in ("agency", "ward"):
        columns[name] = columns[name].astype(np.int64)
    return MeasuredColumns(**columns, agency_codes=agencies, ward_codes=wards)
