"""What a version changed against the one before, as a person says it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.ground import FRIDAY
from tests.plans.planning import BOARD_UP, CLEAR, LATER, LIGHT, adopted, ask_of, at
from wardroom.matters.actions import accept_ask, decline_ask, move_promise, withdraw_ask
from wardroom.matters.models import Ask, Matter
from wardroom.plans.queries import plan_changes, plan_of
from wardroom.plans.rules import StepDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


def test_version_says_what_was_added_dropped_and_moved(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    first = adopted(matter5, liaison5, BOARD_UP, CLEAR, LIGHT)
    accept_ask(ask_of(first, 2), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    decline_ask(ask_of(first, 3), code="no_budget", stamp=partner_ddot.stamp)
    withdraw_ask(ask_of(first, 1), reason="The owner did it", stamp=liaison5.stamp)
    lamp = StepDraft("DDOT", "Put up one lamp", "", LATER)
    second = adopted(matter5, liaison5, lamp, reason="No money for three", target=2.0)
    changes = plan_changes(matter5.pk, liaison5.actor, 2)
    assert changes is not None
    assert changes.added == ("DDOT: Put up one lamp, asked for by Dec 14, 2026",)
    assert changes.dropped == (
        "DOB: Board up the house (the ask was withdrawn)",
        "DDOT: Repair the light (the agency declined it)",
    )
    assert changes.moved == ("DPW: Clear the alley: promised for Dec 4, 2026 by then",)
    assert changes.aim == ("It was to go from 6 to 1",)
    ask = Ask.objects.get(pk=ask_of(second, 1).pk)
    move_promise(ask, promised_on=LATER, reason="Snow", stamp=at(partner_dpw, days=1))
    adopted(
        matter5, liaison5, reason="Snow", target=2.0, review_on=FRIDAY + timedelta(days=60),
        stamp=at(liaison5, days=2),
    )  # fmt: skip
    third = plan_changes(matter5.pk, liaison5.actor, 3)
    assert third is not None
    assert (third.added, third.dropped) == ((), ())
    assert third.moved == (
        "DPW: Clear the alley: moved from Dec 4, 2026 to Dec 14, 2026, 10 days later",
    )
    assert third.aim == ("It was to be looked at again on Jan 4, 2027",)
    again = plan_changes(matter5.pk, liaison5.actor, 2)
    assert again is not None
    assert again.moved == changes.moved, "what an older version changed stays as it was"


def test_old_version_shows_how_it_stood_then(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    first = adopted(matter5, liaison5, CLEAR.__class__("DPW", "Clear", "", FRIDAY))
    accept_ask(ask_of(first, 1), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    adopted(matter5, liaison5, BOARD_UP, reason="The house is open")
    old = plan_of(matter5.pk, liaison5.actor, version=1)
    assert old is not None
    assert [(r.state_then, r.due_then, r.promised_then) for r in old.rows] == [
        ("requested", FRIDAY, None)
    ]
    new = plan_of(matter5.pk, liaison5.actor)
    assert new is not None
    assert [(r.state_then, r.promised_then) for r in new.rows] == [
        ("accepted", FRIDAY),
        ("requested", None),
    ]


def test_first_version_and_other_wards_have_nothing_to_compare(
    matter5: Matter, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    adopted(matter5, liaison5, BOARD_UP)
    assert plan_changes(matter5.pk, liaison5.actor, 1) is None
    adopted(matter5, liaison5, CLEAR, reason="More")
    for who in (liaison7, partner_dpw):
        assert plan_changes(matter5.pk, who.actor, 2) is None
