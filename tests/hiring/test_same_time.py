"""Two people work on the same hiring at the same moment."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.hiring.jobs import VISITOR, applied, opened, scored
from tests.matters.test_same_time import race
from wardroom.hiring.actions import declare_no_conflicts, withdraw_application
from wardroom.hiring.queries.own import link_token
from wardroom.matters.models import Waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def test_last_points_of_two_members_leave_nothing_in_their_lists(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    rows = [applied(posting, f"{number}@example.org") for number in (1, 2)]
    for who in (liaison5, liaison7):
        declare_no_conflicts(posting, numbers=[1, 2], stamp=who.stamp)
    scored(rows[0], liaison5, 3)
    scored(rows[1], liaison7, 3)
    assert Waiting.objects.filter(noun="panel").count() == 2
    said = race(lambda: scored(rows[1], liaison5, 3), lambda: scored(rows[0], liaison7, 3))
    assert said == ["done", "done"]
    assert not Waiting.objects.filter(noun="panel").exists()


def test_two_who_withdraw_at_once_both_have(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    links = [link_token(applied(posting, f"{number}@example.org")) for number in (1, 2)]
    said = race(
        *(lambda link=link: withdraw_application(None, token=link, stamp=VISITOR) for link in links)
    )
    assert said == ["done", "done"]
    assert not Waiting.objects.filter(noun="panel").exists()
