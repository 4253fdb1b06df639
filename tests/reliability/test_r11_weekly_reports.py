"""R11: one report a week and ward, whoever drafts it, whoever is killed, however long it was down.

That a signed report is the same bytes for ever, and is found where it is not, stands in
tests/reporting/test_rebuilding.py and test_paper.py; its numbers against their rows in
test_numbers.py and test_rows.py.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import stamp_for
from tests.ground import Ground
from tests.reliability.crew import at_work_beside
from tests.reliability.killing import Say, killed
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.jobs import routines
from wardroom.matters.models import Matter
from wardroom.reporting.actions import freezing
from wardroom.reporting.models import Edition
from wardroom.reporting.rules.packing import unpacked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
THURSDAY = datetime(2026, 11, 19, 11, tzinfo=UTC)  # six in the morning, of week 47
WEEK = timedelta(days=7)
KILLS = 20


class Clock:
    """What the worker's clock says."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def stamp(self) -> Stamp:
        return stamp_for(SYSTEM, self.at)


@pytest.fixture
def clock(
    ground: Ground, matter5: Matter, liaison7: Cast, monkeypatch: pytest.MonkeyPatch
) -> Clock:
    """Two wards with a liaison each, on a Thursday morning."""
    clock = Clock(THURSDAY)
    monkeypatch.setattr(routines, "worker_stamp", clock.stamp)
    return clock


def reports() -> Counter[tuple[str, str]]:
    """How many editions there are of each report."""
    return Counter(Edition.objects.values_list("ward_code", "week"))


def contents() -> dict[tuple[str, str], tuple[Any, str]]:
    """What each report says, without when it was counted."""
    rows = Edition.objects.select_related("frozen")
    return {(e.ward_code, e.week): (e.facts, bytes(e.frozen.content).hex()) for e in rows}


def once_each(weeks: range) -> Counter[tuple[str, str]]:
    return Counter((ward, f"2026-W{week}") for ward in "57" for week in weeks)


def test_three_weeks_down_are_three_reports_once_each(clock: Clock) -> None:
    routines.draft_weekly_reports()
    assert reports() == once_each(range(47, 48))
    clock.at += 3 * WEEK + timedelta(days=1)
    routines.draft_weekly_reports()
    assert reports() == once_each(range(47, 51))
    routines.draft_weekly_reports()
    assert reports() == once_each(range(47, 51))


def test_roll_ups_are_made_up_for_too(clock: Clock) -> None:
    routines.draft_weekly_roll_up()
    clock.at += 3 * WEEK
    assert routines.draft_weekly_roll_up()
    assert reports() == Counter(("", f"2026-W{week}") for week in range(47, 51))


def test_weeks_before_the_first_report_were_not_missed(clock: Clock) -> None:
    clock.at += 5 * WEEK
    routines.draft_weekly_reports()
    assert reports() == once_each(range(52, 53))


def test_power_where_nothing_is_made_up_for_two_weeks_are_lacking(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the house drafts the running week alone."""
    routines.draft_weekly_reports()
    monkeypatch.setattr(routines, "missed_before", lambda *_: ())
    clock.at += 3 * WEEK
    routines.draft_weekly_reports()
    assert reports() == once_each(range(47, 48)) + once_each(range(50, 51))


def draft_and_say(say: Say) -> None:
    """What a scheduler does on its day; it says when it is through."""
    routines.draft_weekly_reports()
    say("drafted")


def test_two_schedulers_and_20_kills_make_each_report_once(clock: Clock) -> None:
    """Two workers draft at the same moment, and one of them is killed while it does."""
    chance = random.Random(11)
    for turn in range(KILLS):
        with at_work_beside(routines.draft_weekly_reports):
            killed(draft_and_say, words=turn % 2, after=chance.uniform(0, 0.2))
        clock.at += WEEK * (turn % 10 == 9)
    routines.draft_weekly_reports()
    assert reports() == once_each(range(47, 50))
    for edition in Edition.objects.select_related("frozen"):
        assert unpacked(edition.frozen.content)[1] == edition.frozen.sha256
    drafted = contents()
    routines.draft_weekly_reports()
    assert contents() == drafted, "the same rows make the same report, to the byte"


def test_power_where_nobody_looks_for_the_draft_there_is_a_week_has_two(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: every scheduler makes an edition of its own, with a version of its own."""
    whole = freezing.freeze

    def always_another(edition: Edition, stamp: Stamp) -> None:
        edition.version = Edition.objects.count() + 1
        whole(edition, stamp)

    monkeypatch.setattr(freezing, "latest_of", lambda *_, **__: None)
    monkeypatch.setattr(freezing, "freeze", always_another)
    for _ in range(2):
        routines.draft_weekly_reports()
    assert max(reports().values()) > 1
