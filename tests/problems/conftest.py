"""What several tests of candidates and locations stand on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, NEXT
from tests.trouble import EVERYDAY, Trouble, bring_in, monthly
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import PersistentLocation

TODAY = NOON.date()


@pytest.fixture
def crowded(trouble: Trouble) -> Trouble:
    """The small city with thirty more places in trouble in ward 5, not all of them surely."""
    more = [
        report
        for place in range(10, 40)
        for report in monthly(place, months=4 + place % 20, kind=EVERYDAY[place % 7])
    ]
    bring_in(trouble.folder, more, at=NOON + timedelta(seconds=1))
    return Trouble(detect(stamp=HOUSE), trouble.folder)


@pytest.fixture
def location(trouble: Trouble, liaison5: Cast) -> PersistentLocation:
    """An alley of ward 5 that its liaison took on."""
    decision = decide_candidate(
        trouble.candidate(1),
        verdict="designate",
        reason="Often",
        next_on=NEXT,
        stamp=liaison5.stamp,
    )
    return PersistentLocation.objects.get(decision=decision)


@pytest.fixture
def planned(location: PersistentLocation, liaison5: Cast) -> PersistentLocation:
    """The same alley with a work plan: one thing asked of each of two agencies."""
    adopt_plan(
        location.matter,
        objective="No dumping in the alley",
        measure="Episodes in a year",
        baseline=12.0,
        target=3.0,
        target_on=date(2027, 11, 1),
        review_on=date(2027, 2, 1),
        steps=[StepDraft(code, f"One thing for {code}", "", DUE) for code in ("DPW", "DDOT")],
        stamp=liaison5.stamp,
    )
    return location
