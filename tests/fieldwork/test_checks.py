"""Looking at a place, and reading what was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.access.gate import guard_pass
from wardroom.fieldwork import rules
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.models import ConditionCheck
from wardroom.fieldwork.queries import checks_allowed, checks_of
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import accept_ask, close_matter, open_matter, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import worklist

pytestmark = pytest.mark.django_db


def look(matter: Matter, who: Cast, **words: Any) -> ConditionCheck:
    sound: dict[str, Any] = {
        "finding": "partly",
        "rating": 2,
        "note": "Two mattresses left",
        "seen_at": NOON - timedelta(hours=2),
    }
    return record_check(matter, **{**sound, **words}, stamp=who.stamp)


def test_check_is_told_at_the_matter_and_at_the_place(matter5: Matter, liaison5: Cast) -> None:
    look(matter5, liaison5)
    sentence = (
        "Liaison of Ward 5 looked on Wednesday, November 18, 2026. Partly: better, not gone, "
        "rated 2 (Light: a few minutes of work). Two mattresses left"
    )
    for ref in (Ref("matter", str(matter5.pk)), Ref("place", str(matter5.place_id))):
        assert timeline(liaison5.actor, refs=[ref]).lines[0].sentence == sentence


def test_check_verifies_no_ask(matter5: Matter, requested: Ask, liaison5: Cast) -> None:
    before = Ask.objects.values().get()
    look(matter5, liaison5, finding="clean", rating=1)
    assert Ask.objects.values().get() == before


def test_work_called_done_waits_for_a_look_from_after_it(
    matter5: Matter, requested: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    accept_ask(requested, promised_on=NEXT, stamp=partner_dpw.stamp)
    done = report_done(requested, disposition="fixed", stamp=partner_dpw.stamp)

    def waits() -> list[str]:
        rows = worklist(liaison5.actor, on=NOON.date()).rows
        return [row.reason for row in rows if row.noun == "ask" and row.key == str(done.pk)]

    assert waits() == ["look"]
    look(matter5, liaison5)
    assert waits() == ["look"], "two hours ago nobody had called it done"
    look(matter5, liaison5, seen_at=NOON, finding="cannot_determine", rating=None)
    assert waits() == ["look"]
    look(matter5, liaison5, seen_at=NOON)
    assert waits() == []
    assert Ask.objects.get(pk=done.pk).state == "done", "nobody verified the agency's work"


def test_checks_come_newest_first_with_what_changed(matter5: Matter, liaison5: Cast) -> None:
    assert checks_of(matter5.pk, liaison5.actor).trend == "unknown"
    for days, finding, rating in (
        (9, "not_fixed", 3),
        (6, "clean", 1),
        (3, "cannot_determine", None),
        (1, "clean", 1),
    ):
        seen_at = NOON - timedelta(days=days)
        look(matter5, liaison5, finding=finding, rating=rating, seen_at=seen_at)
    view = checks_of(matter5.pk, liaison5.actor)
    assert [row.rating for row in view.rows] == [1, None, 1, 3]
    assert (view.trend, view.clean_in_a_row) == ("same", 2)
    assert view.rows[1].rating_label == ""
    assert view.rows[3].rating_label == "Heavy: a crew is needed"


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"seen_at": NOON + timedelta(minutes=1)}, "seen_in_the_future", "seen_at"),
        ({"seen_at": NOON - timedelta(days=30, minutes=1)}, "seen_too_long_ago", "seen_at"),
        ({"finding": "lovely"}, "unknown_finding", "finding"),
        ({"rating": None}, "rating_missing", "rating"),
        ({"rating": 5}, "rating_missing", "rating"),
        ({"rating": 0}, "rating_missing", "rating"),
        ({"finding": "clean", "rating": 3}, "rating_contradicts", "rating"),
        ({"finding": "worse", "rating": 1}, "rating_contradicts", "rating"),
        ({"finding": "cannot_determine", "rating": 2}, "rated_unseen", "rating"),
        ({"note": "x" * 501}, "too_long", "note"),
    ],
)
def test_check_is_refused_with_the_field_at_fault(
    matter5: Matter, liaison5: Cast, words: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        look(matter5, liaison5, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not ConditionCheck.objects.exists()


def test_just_in_time_is_in_time(matter5: Matter, liaison5: Cast) -> None:
    look(matter5, liaison5, seen_at=NOON)
    look(matter5, liaison5, seen_at=NOON - timedelta(days=30))
    assert len(checks_of(matter5.pk, liaison5.actor).rows) == 2


def test_matter_without_a_place_cannot_be_looked_at(ground: Ground, director: Cast) -> None:
    matter = open_matter(
        None,
        kind="issue",
        title="The budget",
        owner=director.party,
        next_on=NEXT,
        stamp=director.stamp,
    )
    assert not checks_allowed(matter, director.actor)
    with pytest.raises(Refused) as no:
        look(matter, director)
    assert no.value.code == "no_place"


def test_closed_matter_may_be_looked_at(matter5: Matter, liaison5: Cast) -> None:
    close_matter(matter5, outcome="maintained", stamp=liaison5.stamp)
    look(matter5, liaison5, finding="worse", rating=4)
    assert checks_of(matter5.pk, liaison5.actor).rows[0].finding_label == "Worse than before"


def test_only_the_wards_liaison_and_the_director_look(
    matter5: Matter,
    requested: Ask,
    director: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            look(matter5, who)
        assert not checks_allowed(matter5, who.actor)
    look(matter5, director)
    assert not checks_of(matter5.pk, liaison7.actor).rows
    assert not checks_of(matter5.pk, partner_dpw.actor).rows
    assert checks_of(matter5.pk, records_officer.actor).rows
    refs = [Ref("matter", str(matter5.pk))]
    assert not [
        line
        for line in timeline(partner_dpw.actor, refs=refs).lines
        if line.kind == "ConditionChecked"
    ]


@pytest.mark.parametrize(
    "broken", [{"rating": 5}, {"rating": 0}, {"rating": None}, {"finding": "cannot_determine"}]
)
def test_database_agrees_about_the_scale(
    matter5: Matter, liaison5: Cast, broken: dict[str, Any]
) -> None:
    look(matter5, liaison5)
    with guard_pass("goes round"), pytest.raises(DatabaseError), transaction.atomic():
        ConditionCheck.objects.update(**broken)


@given(st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=8))
def test_trend_compares_the_two_newest_ratings(ratings: list[int | None]) -> None:
    rated = [r for r in ratings if r is not None][:2]
    trend = rules.trend_of(ratings)
    if len(rated) < 2:
        assert trend == "unknown"
    else:
        assert (
            trend
            == {-1: "better", 0: "same", 1: "worse"}[(rated[0] > rated[1]) - (rated[0] < rated[1])]
        )
