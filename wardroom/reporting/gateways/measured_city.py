"""The whole measurement: who is measured, and every cell of wards, agencies and kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis import (
    backlog,
    bulk_closing,
    charts,
    funnel,
    recurrence,
    seasonal_chart,
    survival,
    timeliness,
)
from wardroom.reporting.actions import CellDraft, Measured
from wardroom.reporting.gateways.cells import figures_of, has_any
from wardroom.reporting.gateways.comparing import funnels_of
from wardroom.reporting.gateways.mirror import Mirror, read_mirror
from wardroom.reporting.gateways.pictures import pictures_of
from wardroom.reporting.gateways.returns import Returns, told_returns
from wardroom.service_requests.gateways.snapshot import rows_taken_in

Ints = NDArray[np.int64]
METHOD = "Measures of the requests, version 1"
DEFINITIONS = {
    "on_time": timeliness.ON_TIME,
    "time": survival.DEFINITION,
    "backlog": backlog.DEFINITION,
    "back": recurrence.DEFINITION,
    "weeks": seasonal_chart.DEFINITION,
    "signals": charts.DEFINITION,
    "bulk": bulk_closing.DEFINITION,
    "funnel": funnel.DEFINITION,
}
SHAPES = (
    (False, False, False),
    (True, False, False),
    (False, True, False),
    (True, True, False),
    (False, False, True),
    (True, False, True),
    (False, True, True),
)


def measured_city(as_of: datetime) -> Measured:
    """Everything that is measured about the requests up to an instant."""
    came_to = rows_taken_in()
    mirror = read_mirror(as_of)
    returns = Returns.of(mirror)
    return Measured(
        as_of=mirror.as_of_at,
        since_on=mirror.since_on,
        flow_on=mirror.flow_on,
        method=METHOD,
        requests=len(mirror.columns),
        rows_taken_in=came_to,
        definitions=definitions(),
        funnels=funnels_of(mirror, returns),
        cells=tuple(cells(mirror, returns)),
    )


def definitions() -> Mapping[str, Any]:
    """What each figure means, ready to be kept with the figures."""
    return {
        code: {"name": d.name, "version": d.version, "meaning": d.meaning, "source": d.source}
        for code, d in DEFINITIONS.items()
    }


def cells(mirror: Mirror, returns: Returns) -> Iterator[CellDraft]:
    """Each ward, agency and kind that has any requests, and the pairs that a page shows."""
    for by_ward, by_agency, by_topic in SHAPES:
        key = mirror.keys(by_ward=by_ward, by_agency=by_agency, by_topic=by_topic)
        key_of_return = returns.keys(by_ward=by_ward, by_agency=by_agency, by_topic=by_topic)
        alone = not (by_agency and by_topic)
        for number, rows in groups(key):
            figures = figures_of(mirror, rows)
            if not has_any(figures):
                continue
            figures["back"] = told_returns(returns, key_of_return == number)
            ward, agency, topic = mirror.codes_of(number)
            yield CellDraft(
                ward_code=ward if by_ward else "",
                agency_code=agency if by_agency else "",
                topic_code=topic if by_topic else "",
                figures=figures,
                pictures=pictures_of(mirror, rows) if alone else None,
            )


def groups(key: Ints) -> Iterator[tuple[int, Ints]]:
    """Each key that is not below 0 with the rows that bear it, in rising order."""
    order = np.argsort(key, kind="stable")
    inside = order[np.searchsorted(key[order], 0) :]
    numbers, first = np.unique(key[inside], return_index=True)
    bounds = [*first.tolist(), len(inside)]
    for at, number in enumerate(numbers.tolist()):
        yield number, inside[bounds[at] : bounds[at + 1]]
