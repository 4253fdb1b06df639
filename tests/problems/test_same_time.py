"""Two people decide about the same place at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT
from tests.matters.test_same_time import race
from tests.trouble import Trouble
from wardroom.access.actor import SYSTEM
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate, run_detection
from wardroom.problems.models import Candidate, Decision, PersistentLocation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def designate(candidate: Candidate, who: Cast) -> Decision:
    return decide_candidate(
        candidate, verdict="designate", reason="Often", next_on=NEXT, stamp=who.stamp
    )


def test_place_is_designated_once(trouble: Trouble, director: Cast, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    said = race(
        lambda: designate(candidate, director),
        lambda: designate(candidate, liaison5),
        lambda: designate(candidate, director),
    )
    assert sorted(said) == ["already_designated", "already_designated", "done"]
    assert Decision.objects.count() == Matter.objects.count() == 1


def test_place_is_designated_once_though_two_rankings_name_it(
    trouble: Trouble, director: Cast, liaison5: Cast
) -> None:
    first = trouble.candidate(1)
    later = run_detection(None, stamp=stamp_for(SYSTEM, NOON + timedelta(hours=1)))
    second = later.candidates.get(place=first.place)
    said = race(lambda: designate(first, director), lambda: designate(second, liaison5))
    assert sorted(said) == ["already_designated", "done"]
    assert PersistentLocation.objects.count() == 1
