"""Invariant 1: every open matter has one staff owner and a next date; every ask has one party,
one due date, at most one accepted answer; first promise dates are kept beside the current one.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.ground import DUE, FRIDAY, NEXT, Ground
from tests.invariants.power import only_the_database_stops
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters import rules
from wardroom.matters.actions import (
    accept_ask,
    asking,
    hand_over_matter,
    keeping,
    move_promise,
    open_matter,
    repeat_ask,
    report_done,
    set_next_step,
)
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize("change", ["owner_id = NULL", "next_on = NULL", "state = 'lost'"])
def test_database_keeps_owner_and_next_date(change: str, matter5: Matter) -> None:
    only_the_database_stops(Matter.objects.filter(pk=matter5.pk), change)


@pytest.mark.parametrize(
    "change",
    [
        "party_id = NULL",
        "due_on = NULL",
        "matter_id = NULL",
        "state = 'accepted', promised_on = NULL",
        "promised_on = '2026-12-01', first_promised_on = NULL",
        "state = 'done', disposition = ''",
        "state = 'declined', decline_code = ''",
        "state = 'countered', counter_on = NULL",
    ],
)
def test_database_keeps_what_an_ask_must_have(change: str, requested: Ask) -> None:
    only_the_database_stops(Ask.objects.filter(pk=requested.pk), change)


def owned_by(who: Cast, ground: Ground, liaison: Cast) -> str:
    """What comes of a matter of Ward 5 that is opened for this person: open, or the refusal."""
    try:
        matter = open_matter(
            ground.places["5"], kind="issue", title="Bags", owner=who.party, next_on=NEXT,
            ward=ground.wards["5"], stamp=liaison.stamp,
        )  # fmt: skip
    except Refused as no:
        return no.code
    return str(matter.state)


def test_owner_is_of_the_staff_and_of_the_ward(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, matter5: Matter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert owned_by(liaison5, ground, liaison5) == "open"
    assert owned_by(partner_dpw, ground, liaison5) == "owner_not_on_staff"
    assert owned_by(liaison7, ground, liaison5) == "owner_out_of_reach"
    with pytest.raises(Refused):
        hand_over_matter(matter5, owner=partner_dpw.party, stamp=liaison5.stamp)
    monkeypatch.setattr(keeping, "_check_owner", lambda *_: None)
    assert owned_by(partner_dpw, ground, liaison5) == "open"


def next_set_to(day: date, matter: Matter, who: Cast) -> bool:
    try:
        set_next_step(matter, next_on=day, next_step="Look", stamp=who.stamp)
    except Refused:
        return False
    return True


def test_next_date_is_not_over(
    matter5: Matter, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = NEXT - timedelta(days=30)
    assert next_set_to(NEXT, matter5, liaison5)
    assert not next_set_to(over, matter5, liaison5)
    monkeypatch.setattr(rules, "check_next_date", lambda *_, **__: None)
    assert next_set_to(over, matter5, liaison5)


def answers_taken(ask: Ask, who: Cast) -> int:
    """How many of two answers to one ask are taken."""
    for day in (DUE, FRIDAY):
        try:
            accept_ask(ask, promised_on=day, stamp=who.stamp)
        except Refused as no:
            assert no.code == "wrong_state"  # noqa: PT017
    return Entry.objects.filter(kind="AskAccepted").count()


def test_at_most_one_answer_is_accepted(requested: Ask, partner_dpw: Cast) -> None:
    assert answers_taken(requested, partner_dpw) == 1


def test_without_the_table_of_moves_two_would_be(
    requested: Ask, partner_dpw: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = {**rules.ASK_MOVES, "accepted": {"accept_ask": "accepted"}}
    monkeypatch.setattr(rules, "ASK_MOVES", loose)
    assert answers_taken(requested, partner_dpw) == 2


def promises(ask: Ask, partner: Cast, liaison: Cast) -> set[date | None]:
    """The first promise as it is kept after a move, after done, and after being asked again."""
    seen = set()
    ask = accept_ask(ask, promised_on=DUE, stamp=partner.stamp)
    ask = move_promise(ask, promised_on=FRIDAY, reason="Rain", stamp=partner.stamp)
    seen.add(ask.first_promised_on)
    ask = report_done(ask, disposition="fixed", stamp=partner.stamp)
    ask = repeat_ask(ask, due_on=FRIDAY, reason="It is back", stamp=liaison.stamp)
    ask = accept_ask(ask, promised_on=FRIDAY, stamp=partner.stamp)
    seen.add(ask.first_promised_on)
    assert ask.promised_on == FRIDAY
    return seen


def test_first_promise_is_kept_beside_the_present_one(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    assert promises(requested, partner_dpw, liaison5) == {DUE}


def test_one_date_alone_would_lose_the_first(
    requested: Ask, partner_dpw: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep_one(ask: Ask, day: date) -> None:
        ask.promised_on = ask.first_promised_on = day

    monkeypatch.setattr(asking, "_promise", keep_one)
    assert promises(requested, partner_dpw, liaison5) == {FRIDAY}
