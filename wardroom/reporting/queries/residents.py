"""The names of residents, which stand in no report: it says "a resident"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardroom.casework.models import Complaint
from wardroom.reporting.rules.naming import Names

WORDS = ("title", "wording", "next_step", "why_moved", "place", "why", "found_by")


def without_residents(told: dict[str, Any]) -> dict[str, Any]:
    """The same rows with every name of somebody who complained there put as "a resident"."""
    rows = list(_rows(told))
    matters = sorted({row["matter_id"] for row in rows if row.get("matter_id") is not None})
    names = _names(matter__among=matters)
    here = names_of_residents_in(told["head"]["ward_code"])
    for row in rows:
        for word in WORDS:
            if row.get(word):
                row[word] = here.left_out_of(names.left_out_of(row[word]))
    return told


def names_of_residents_in(ward_code: str) -> Names:
    """The names of all who complained in a ward, or anywhere where none is given."""
    return _names(**({"matter__ward_code": ward_code} if ward_code else {}))


def _names(**limits: Any) -> Names:
    rows = Complaint.objects.filter(anonymous=False, **limits).order_by()
    given = rows.values_list("reporter__name", "reporter_typed").distinct()
    return Names.of(name or typed for name, typed in given)


def _rows(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from told["asks"]
    yield from told["places"]["locations"]
    yield from told["places"]["moves"]
    yield from told["deadlines"]
    yield from told["events"]
    yield from told["walks"]
    yield from told["ahead"]
    yield from told["improvements"]


def resident_in(text: str, ward_code: str) -> str:
    """The first name in a text of somebody who complained in a ward; empty where there is none."""
    return next(iter(names_of_residents_in(ward_code).found_in(text)), "")
