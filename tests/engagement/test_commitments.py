"""A promise made in public: heard, confirmed, changed with somebody told, kept or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.engagement.actions import (
    begin_commitment,
    break_commitment,
    change_commitment,
    confirm_commitment,
    deny_commitment,
    hear_commitment,
    keep_commitment,
    note_progress,
    publish_commitment,
    reopen_commitment,
)
from wardroom.engagement.models import Commitment
from wardroom.engagement.queries.commitments import commitment_file, commitment_page
from wardroom.engagement.rules.commitments import MOVES, STAGES
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()
WORDS = "We will put two cans on the corner"
DUE = TODAY + timedelta(days=40)


def heard(ground: Ground, who: Cast, **changes: Any) -> Matter:
    """A promise heard in this person's ward."""
    sound: dict[str, Any] = {
        "wording": WORDS,
        "maker": "mayor",
        "maker_name": "The Mayor",
        "made_to": "ANC 5B",
        "said_on": TODAY,
        "due_on": DUE,
        "owner": who.party,
        "next_on": NEXT,
        "ward": ground.wards[next(iter(who.actor.reach.wards))],
    }
    return hear_commitment(None, **{**sound, **changes}, stamp=who.stamp).matter


def confirmed(ground: Ground, who: Cast, director: Cast) -> Matter:
    matter = heard(ground, who)
    confirm_commitment(matter, wording=WORDS, due_on=DUE, next_on=NEXT, stamp=director.stamp)
    return Matter.objects.get(pk=matter.pk)


def later(who: Cast, days: int) -> Stamp:
    return replace(who.stamp, at=NOON + timedelta(days=days))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wording": " "}, "wording_missing"),
        ({"maker": "landlord"}, "unknown_maker"),
        ({"maker_name": ""}, "maker_missing"),
        ({"made_to": ""}, "promisee_missing"),
        ({"said_on": TODAY + timedelta(days=1)}, "said_in_the_future"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_before_said"),
        ({"where": "x" * 201}, "too_long"),
    ],
)
def test_what_is_no_promise_is_refused(
    ground: Ground, liaison5: Cast, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as no:
        heard(ground, liaison5, **changes)
    assert no.value.code == code
    assert not Commitment.objects.exists()


def test_only_the_director_confirms_or_denies(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = heard(ground, liaison5)
    with pytest.raises(NotAllowed):
        confirm_commitment(matter, wording=WORDS, next_on=NEXT, stamp=liaison5.stamp)
    with pytest.raises(NotAllowed):
        deny_commitment(matter, why="Not so", stamp=liaison5.stamp)
    ended = deny_commitment(matter, why="They said maybe", stamp=director.stamp)
    assert (ended.state, ended.outcome) == ("closed", "not_made")


def test_promise_waits_for_the_director_until_it_is_judged(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    def waiting() -> list[str]:
        return [r.title for r in worklist(director.actor, on=TODAY, reason="heard").rows]

    first = heard(ground, liaison5)
    second = heard(ground, liaison5, wording="We will mow the lot")
    assert sorted(waiting()) == sorted([WORDS, "We will mow the lot"])
    confirm_commitment(first, wording=WORDS, next_on=NEXT, stamp=director.stamp)
    assert waiting() == ["We will mow the lot"]
    deny_commitment(second, why="They said maybe", stamp=director.stamp)
    assert waiting() == []


def call(move: str, matter: Matter, liaison: Cast, director: Cast) -> object:
    """Do one thing to a promise, with all that it asks for."""
    by, own = director.stamp, liaison.stamp
    doing: dict[str, Callable[[], object]] = {
        "confirm": lambda: confirm_commitment(matter, wording=WORDS, next_on=NEXT, stamp=by),
        "deny": lambda: deny_commitment(matter, why="Not so", stamp=by),
        "begin": lambda: begin_commitment(matter, text="The cans came", stamp=own),
        "note_progress": lambda: note_progress(matter, text="The cans came", stamp=own),
        "change": lambda: change_commitment(
            matter, wording="One can", due_on=DUE, why="Money", told="ANC 5B", stamp=own
        ),
        "keep": lambda: keep_commitment(matter, evidence="Seen", told="ANC 5B", stamp=own),
        "publish": lambda: publish_commitment(matter, public_text="Two cans come", stamp=by),
        "break": lambda: break_commitment(matter, why="No money", told="ANC 5B", stamp=own),
    }
    return doing[move]()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_from_its_stages_alone(
    stage: str, move: str, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = heard(ground, liaison5) if stage == "heard" else confirmed(ground, liaison5, director)
    if stage == "under_way":
        begin_commitment(matter, text="They began", stamp=liaison5.stamp)
    file = commitment_file(matter.pk, director.actor, on=TODAY)
    assert (move in file.allowed) == (stage in MOVES[move])
    if stage in MOVES[move]:
        call(move, matter, liaison5, director)
    else:
        with pytest.raises(Refused) as no:
            call(move, matter, liaison5, director)
        assert no.value.code == "wrong_state"


def test_change_keeps_what_it_was_and_who_was_told(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    change_commitment(
        matter, wording="One can", due_on=None, why="Money", told="ANC 5B", stamp=liaison5.stamp
    )
    file = commitment_file(matter.pk, liaison5.actor, on=TODAY)
    assert (file.row.wording, file.row.due_on) == ("One can", None)
    assert [(c.wording, c.due_on, c.why, c.told) for c in file.changes] == [
        (WORDS, DUE, "Money", "ANC 5B")
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({}, "nothing_changed"),
        ({"wording": "One can", "why": ""}, "reason_missing"),
        ({"wording": "One can", "told": ""}, "told_missing"),
        ({"due_on": TODAY - timedelta(days=3)}, "due_before_said"),
    ],
)
def test_silent_change_is_refused(
    ground: Ground, liaison5: Cast, director: Cast, words: dict[str, Any], code: str
) -> None:
    matter = confirmed(ground, liaison5, director)
    given: dict[str, Any] = {
        "wording": WORDS,
        "due_on": DUE,
        "why": "Money",
        "told": "ANC 5B",
        **words,
    }
    with pytest.raises(Refused) as no:
        change_commitment(matter, **given, stamp=liaison5.stamp)
    assert no.value.code == code


def test_end_without_telling_is_refused(ground: Ground, liaison5: Cast, director: Cast) -> None:
    matter = confirmed(ground, liaison5, director)
    ends: tuple[Callable[[], object], ...] = (
        lambda: keep_commitment(matter, evidence="", told="ANC 5B", stamp=liaison5.stamp),
        lambda: keep_commitment(matter, evidence="Seen", told="", stamp=liaison5.stamp),
        lambda: break_commitment(matter, why="", told="ANC 5B", stamp=liaison5.stamp),
        lambda: break_commitment(matter, why="No money", told="", stamp=liaison5.stamp),
    )
    for refused in ends:
        with pytest.raises(Refused):
            refused()
    assert Matter.objects.get(pk=matter.pk).state == "open"


def test_silence_of_14_days_is_a_list_until_a_word_comes(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    heard(ground, liaison5, wording="One that nobody confirmed")

    def silent(days: int) -> list[str]:
        on = TODAY + timedelta(days=days)
        return [row.wording for row in commitment_page(liaison5.actor, on=on, state="silent").rows]

    assert silent(13) == []
    assert silent(14) == [WORDS]
    note_progress(matter, text="They ordered the cans", stamp=later(liaison5, 14))
    assert silent(27) == []
    assert silent(28) == [WORDS]


def test_past_the_day_is_a_list(ground: Ground, liaison5: Cast, director: Cast) -> None:
    confirmed(ground, liaison5, director)
    for days, many in ((40, 0), (41, 1)):
        found = commitment_page(liaison5.actor, on=TODAY + timedelta(days=days), state="overdue")
        assert found.total == many


def test_other_ward_and_partner_see_nothing(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    for other in (liaison7, partner_dpw):
        assert commitment_page(other.actor, on=TODAY, state="").total == 0
        with pytest.raises(NotFound):
            commitment_file(matter.pk, other.actor, on=TODAY)
        with pytest.raises(NotAllowed):
            note_progress(matter, text="So", stamp=other.stamp)


def test_database_keeps_no_confirmation_without_a_name(ground: Ground, liaison5: Cast) -> None:
    matter = heard(ground, liaison5)
    with pytest.raises(DatabaseError), transaction.atomic(), guard_pass("a test of a constraint"):
        Commitment.objects.filter(matter=matter).update(stage="confirmed")


def test_words_that_count_are_what_it_is_called(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = heard(ground, liaison5)
    confirm_commitment(matter, wording="We will put one can", next_on=NEXT, stamp=director.stamp)
    assert Matter.objects.get(pk=matter.pk).title == "We will put one can"
    row = next(r for r in worklist(liaison5.actor, on=TODAY).rows if r.matter_id == matter.pk)
    assert row.title == "We will put one can: Ask how far it is"


def test_word_of_it_moves_a_date_that_is_due(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    late = (NEXT - TODAY).days + 1
    note_progress(matter, text="They ordered the cans", stamp=later(liaison5, late))
    looked = Matter.objects.get(pk=matter.pk).next_on
    assert looked == NEXT + timedelta(days=15)


def test_promise_closed_too_early_is_taken_up_again(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    keep_commitment(matter, evidence="Seen", told="ANC 5B", stamp=liaison5.stamp)
    closed = Matter.objects.get(pk=matter.pk)
    reopen_commitment(closed, reason="Only one can", next_on=NEXT, stamp=liaison5.stamp)
    file = commitment_file(matter.pk, liaison5.actor, on=TODAY)
    assert (file.matter.state, file.row.stage) == ("open", "confirmed")
    assert "keep" in file.allowed
