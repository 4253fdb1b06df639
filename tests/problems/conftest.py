"""What several tests of candidates and locations stand on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.trouble import EVERYDAY, Trouble, bring_in, monthly
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
