"""What waits for the panel: each member is told, by the posting alone, and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import NOON
from tests.hiring.jobs import CANARY, VISITOR, applied, drafted, opened, scored
from wardroom.hiring.actions import (
    declare_conflict,
    end_posting,
    open_discussion,
    seat_panel_member,
    unseat_panel_member,
    withdraw_application,
)
from wardroom.hiring.queries.own import link_token
from wardroom.matters.models import Waiting
from wardroom.matters.queries import worklist
from wardroom.matters.queries.live import counted_waits, live_waits
from wardroom.web.day.rows import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()


def waits(who: Cast) -> str:
    """Why a panel stands in somebody's list, or nothing."""
    rows = Waiting.objects.filter(noun="panel", party=who.party)
    return ", ".join(rows.values_list("reason", flat=True))


def test_who_is_seated_finds_it_in_their_day_until_somebody_applies(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = drafted(director)
    seat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    row = Waiting.objects.get(noun="panel")
    assert (row.party, row.reason, row.due_on) == (liaison5.party, "panel_seat", posting.closes_on)
    assert row.title == f"Panel: {posting.title}"
    seat_panel_member(posting, user_id=liaison7.user.pk, stamp=director.stamp)
    unseat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    assert (waits(liaison5), waits(liaison7)) == ("", "panel_seat")
    end_posting(posting, state="withdrawn", reason="No money", stamp=director.stamp)
    assert waits(liaison7) == ""


def test_applications_wait_for_the_word_and_the_points_of_each(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    assert (waits(liaison5), waits(liaison7)) == ("panel_points", "panel_points")
    assert CANARY not in str(list(Waiting.objects.values()))
    declare_conflict(row, conflict=True, words="My cousin", stamp=liaison7.stamp)
    assert (waits(liaison5), waits(liaison7)) == ("panel_points", "")
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    assert waits(liaison5) == "panel_points"
    scored(row, liaison5, 3)
    assert waits(liaison5) == ""
    second = applied(posting, "two@example.org")
    assert (waits(liaison5), waits(liaison7)) == ("panel_points", "panel_points")
    open_discussion(second, reason="Two are ill", stamp=director.stamp)
    assert (waits(liaison5), waits(liaison7)) == ("", "")
    third = applied(posting, "three@example.org")
    assert waits(liaison5) == "panel_points"
    withdraw_application(None, token=link_token(third), stamp=VISITOR)
    assert waits(liaison5) == ""


def test_an_address_of_a_member_waits_for_the_others_alone(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    applied(opened(director, liaison5, liaison7), liaison5.email.upper())
    assert (waits(liaison5), waits(liaison7)) == ("", "panel_points")


def test_nobody_else_sees_or_counts_what_waits_for_a_member(
    director: Cast, second_director: Cast, auditor: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5)
    applied(posting)
    found = worklist(liaison5.actor, on=TODAY, whose="mine", span="all")
    (row,) = [row for row in found.rows if row.noun == "panel"]
    assert row.title == f"Panel: {posting.title}"
    assert address_of(row) == reverse("hiring", args=[posting.pk])
    for other in (director, second_director, auditor, liaison7):
        for whose in ("mine", "all"):
            rows = worklist(other.actor, on=TODAY, whose=whose, span="all").rows
            assert not [row for row in rows if row.noun == "panel"], (other.email, whose)
    assert counted_waits([liaison5.party.pk], TODAY) == {}
    assert live_waits(liaison5.party, TODAY) == ()
