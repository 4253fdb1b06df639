"""Every table of the database is of a class of records, or is none for a reason in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps

from tests.architecture.source import ROOT
from wardroom.retention.actions.destroying import DESTROYERS
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules.classes import ALL, CLASSES, LISTED_CLASSES, NOT_YET
from wardroom.retention.rules.kept_in import ALONG, KEPT_IN, NO_RECORD


def tables() -> set[str]:
    """Every table that the house keeps, those between two others too."""
    return {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}


def faults(there: Iterable[str]) -> list[str]:
    """Where the tables and the classes part ways."""
    there = set(there)
    known = {*KEPT_IN, *NO_RECORD}
    found = [f"nobody said how long {label} is kept" for label in sorted(there - known)]
    found += [f"there is no table {label}" for label in sorted(known - there)]
    found += [f"{label} is said twice" for label in sorted(set(KEPT_IN) & set(NO_RECORD))]
    found += [f"{code} is no class" for code in sorted({*KEPT_IN.values()} - {*CLASSES, ALONG})]
    found += [f"{code} holds no table" for code in sorted({*CLASSES} - {*KEPT_IN.values()})]
    return found


def test_every_table_has_its_class() -> None:
    assert faults(tables()) == []


def test_power_a_table_that_nobody_decided_about_is_seen() -> None:
    assert faults({*tables(), "casework.confession"}) == [
        "nobody said how long casework.confession is kept"
    ]
    assert faults(tables() - {"casework.report"}) == ["there is no table casework.report"]


def test_every_class_says_how_long_and_on_which_ground() -> None:
    labels = tables()
    for one in ALL:
        assert one.counted in labels
        assert min(map(len, (one.name, one.holds, one.begins, one.basis, one.source))) > 4
        assert (one.months is None) <= (one.fate == "archives")


def test_every_class_goes_or_says_in_its_own_words_why_it_stays() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    said = [one.stays for one in ALL if one.goes_by == NOT_YET]
    assert min(map(len, said)) > 20
    assert len(set(said)) == len(said), "each has a reason of its own"
    assert [one.name for one in ALL if one.stays and one.goes_by != NOT_YET] == []
    left_out = [one.name for one in ALL if f"* **{one.name}**: {one.stays}" not in guide]
    assert left_out == [one.name for one in ALL if one.goes_by != NOT_YET]


def test_what_goes_by_lists_has_its_shelf() -> None:
    assert set(LISTED_CLASSES) == set(SHELVES) == set(DESTROYERS)
