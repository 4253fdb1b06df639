"""A ward's week with something in it: requests, a location with asks, and a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, NEXT
from tests.remembered import remembered_with_files
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.directory.models import Party
from wardroom.matters.models import Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file

SignIn = Callable[[Cast], Client]
WEEK = "2026-W47"
MONDAY = datetime(2026, 11, 16, 5, tzinfo=UTC)


def day(number: int, hour: int = 12, *, month: int = 11) -> datetime:
    """An instant on a day of the autumn, in UTC."""
    return datetime(2026, month, number, hour, tzinfo=UTC)


def later(who: Cast, hours: float = 1) -> Stamp:
    """A stamp of this person some hours after the fixed noon."""
    return stamp_for(who.actor, NOON + timedelta(hours=hours))


def week_of_requests() -> list[Report]:
    """Requests around the week of 16 November: what each of them proves stands beside it."""
    return [
        Report(50, MONDAY, reporter=1),  # the first second of the week
        Report(51, datetime(2026, 11, 16, 4, 59, 59, tzinfo=UTC), reporter=2),  # Sunday still
        Report(52, day(17), day(18, 9), day(18, 16), reporter=3),  # closed, due, on time
        Report(53, day(10), day(17), day(16, 20), reporter=4),  # closed late
        Report(54, day(9), None, day(17), reporter=5),  # open past due
        Report(55, day(9), None, day(25), reporter=6),  # due next week
        Report(56, day(17), day(17, 13), day(17, 20), reporter=7, status="CLOSED (DUPLICATE)"),
        Report(57, day(17), None, day(18), reporter=8, status="CANCELED"),
        Report(58, day(17), ward="7", reporter=9),  # another ward
    ]


@pytest.fixture
def busy_week(trouble: Trouble, agencies: Mapping[str, Party], liaison5: Cast) -> Matter:
    """The small city with the week's requests and a location of ward 5 with two asks."""
    return week_at_work(trouble.folder, trouble, liaison5)


@remembered_with_files
def week_at_work(folder: Path, trouble: Trouble, liaison5: Cast) -> Matter:
    """The same, with its files in this folder."""
    bring_in(folder, week_of_requests())
    detect(stamp=stamp_for(SYSTEM))
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    matter = Matter.objects.get()
    adopt_plan(
        matter,
        objective="No dumping in the alley",
        measure="Episodes in a year",
        baseline=12.0,
        target=3.0,
        target_on=date(2027, 11, 1),
        review_on=date(2027, 2, 1),
        steps=[StepDraft(code, f"One thing for {code}", "", DUE) for code in ("DPW", "DDOT")],
        stamp=liaison5.stamp,
    )
    return matter


@pytest.fixture
def draft5(busy_week: Matter, liaison5: Cast) -> Edition:
    """Ward 5's draft of the running week."""
    return draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5))


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[SignIn]:
    """Opens a browser for somebody of the cast, some hours after the fixed noon."""
    at = NOON + timedelta(hours=2)
    clock = SimpleNamespace(now=lambda: at, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)
    cache.clear()

    def open_site(who: Cast) -> Client:
        client = Client()
        sent = {"login": who.email, "password": who.password}
        assert client.post("/account/login/", sent).status_code == 302
        return client

    yield open_site
    cache.clear()


Figures = Callable[[Edition], dict[str, str]]


@pytest.fixture
def figures(director: Cast) -> Figures:
    """The numbers of an edition as the page shows them, by their code."""

    def read(edition: Edition) -> dict[str, str]:
        file = report_file(edition.pk, director.actor)
        return {f.code: f.shown for group in file.groups for f in group.figures}

    return read
