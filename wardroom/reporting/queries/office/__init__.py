"""How the office does, in twelve measures: the page, one of them, and the rows behind it."""

from __future__ import annotations

from wardroom.reporting.queries.office.page import (
    MeasureRows,
    OfficeMeasure,
    OfficeMeasureFile,
    OfficeMeasures,
    may_see_office_measures,
    measure_rows,
    office_measure,
    office_measures,
)
from wardroom.reporting.queries.office.parts import CountedRow

__all__ = [
    "CountedRow",
    "MeasureRows",
    "OfficeMeasure",
    "OfficeMeasureFile",
    "OfficeMeasures",
    "may_see_office_measures",
    "measure_rows",
    "office_measure",
    "office_measures",
]
