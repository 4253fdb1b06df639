"""Every measure has a definition with a version, to print under its figure."""

from __future__ import annotations

import importlib

import pytest

from wardroom.analysis.definitions import Definition

MEASURES = (
    "backlog",
    "before_after",
    "bulk_closing",
    "charts",
    "funnel",
    "log_rank",
    "recurrence",
    "reporting_rate",
    "sampling",
    "seasonal_chart",
    "survival",
    "timeliness",
)


def definitions(name: str) -> list[Definition]:
    module = importlib.import_module(f"wardroom.analysis.{name}")
    return [thing for thing in vars(module).values() if isinstance(thing, Definition)]


@pytest.mark.parametrize("name", MEASURES)
def test_definition_can_be_printed_under_a_figure(name: str) -> None:
    found = definitions(name)
    assert found
    for one in found:
        assert str(one).startswith(f"{one.name}, definition {one.version}. ")
        assert one.version >= 1
        assert one.meaning.endswith(".")
        assert one.source


def test_no_two_measures_share_a_name() -> None:
    names = [one.name for module in MEASURES for one in definitions(module)]
    assert len(names) == len(set(names))
