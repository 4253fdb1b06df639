"""What a test of the long tier counts, for the table at the end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.torture.__main__ import TABLE


@dataclass
class Tally:
    """How often a thing is asked for, and how often it was done and held."""

    name: str
    asked: int
    done: int = 0


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """The count of this test: its mark says the name and the number asked."""
    mark = request.node.get_closest_marker("torture")
    made = Tally(*mark.args)
    request.node.stash[KEPT] = made
    return made


KEPT = pytest.StashKey[Tally]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Write one line of the table when the body of a test has ended."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    mark = item.get_closest_marker("torture")
    if mark and os.environ.get(TABLE) and (report.when == "call" or report.failed):
        counted = item.stash.get(KEPT, Tally(*mark.args))
        line = {
            "name": counted.name,
            "database": connection.vendor,
            "asked": counted.asked,
            "done": counted.done,
            "seconds": round(report.duration),
            "held": report.passed and counted.done >= counted.asked,
        }
        with Path(os.environ[TABLE]).open("a", encoding="utf-8") as table:
            table.write(json.dumps(line) + "\n")
    return report  # type: ignore[return-value]
