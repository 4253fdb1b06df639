"""The office's own weights: who sets them, what is refused, and the order that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.trouble import Trouble
from wardroom.access.actor import Stamp
from wardroom.kernel.errors import NotAllowed, Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.problems.actions import set_weights
from wardroom.problems.models import OfficeWeights
from wardroom.problems.queries import candidate_page, office_weights, weights_page
from wardroom.problems.rules import DEFAULT_WEIGHTS, Weights

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {
    "severity": 2.0, "equity": 0.5, "overdue": 0.1, "reason": "Danger comes first",
}  # fmt: skip
TODAY = NOON.date()


def test_before_anybody_sets_them_the_ones_that_came_with_us_hold(director: Cast) -> None:
    now = office_weights()
    assert (now.weights, now.set_by, now.set_at) == (DEFAULT_WEIGHTS, "", None)
    assert weights_page(director.actor).history == ()


def test_director_sets_them_and_all_staff_read_who_did(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    set_weights(None, **WORDS, stamp=director.stamp)
    for who in (director, liaison5, records_officer):
        page = weights_page(who.actor)
        assert page.now.weights == Weights(2.0, 0.5, 0.1)
        assert (page.now.set_by, page.now.set_at) == (director.party.name, NOON)
        assert page.now.reason == "Danger comes first"
        assert ("set_weights" in page.allowed) == (who is director)
    entry = Entry.objects.get(kind="WeightsSet")
    assert (entry.body["severity"], entry.body["reason"]) == (2.0, "Danger comes first")


def test_earlier_weights_are_kept(director: Cast) -> None:
    set_weights(None, **WORDS, stamp=director.stamp)
    later: Stamp = replace(director.stamp, at=NOON + timedelta(days=1))
    set_weights(None, **{**WORDS, "equity": 0.0}, stamp=later)
    history = weights_page(director.actor).history
    assert [row.weights.equity for row in history] == [0.0, 0.5]
    assert OfficeWeights.objects.count() == 2


def test_nobody_but_the_director_sets_them(
    liaison5: Cast, records_officer: Cast, partner_dpw: Cast
) -> None:
    for who in (liaison5, records_officer, partner_dpw):
        with pytest.raises(NotAllowed):
            set_weights(None, **WORDS, stamp=who.stamp)
    assert not OfficeWeights.objects.exists()


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"severity": -0.1}, "weight_off", "severity"),
        ({"equity": 10.1}, "weight_off", "equity"),
        ({"overdue": float("nan")}, "weight_off", "overdue"),
        ({"reason": "  "}, "reason_missing", "reason"),
        ({"reason": "x" * 301}, "reason_too_long", "reason"),
        ({"severity": 1.0, "equity": 1.0, "overdue": 0.25}, "already_set", None),
    ],
)
def test_weights_that_make_no_sense_are_refused(
    words: dict[str, Any], code: str, field: str | None, director: Cast
) -> None:
    with pytest.raises(Refused) as no:
        set_weights(None, **{**WORDS, **words}, stamp=director.stamp)
    assert (no.value.code, no.value.field) == (code, field)
    assert not OfficeWeights.objects.exists()


def test_page_that_was_open_meanwhile_overwrites_nothing(director: Cast) -> None:
    seen = version_of({name: f"{value:g}" for name, value in vars(DEFAULT_WEIGHTS).items()})
    set_weights(None, **WORDS, seen=seen, stamp=director.stamp)
    with pytest.raises(Stale) as no:
        set_weights(None, **{**WORDS, "severity": 3.0}, seen=seen, stamp=director.stamp)
    assert no.value.by == director.party.name
    assert ("Each step of severity", "2") in no.value.theirs
    again = {**WORDS, "severity": 3.0}
    assert set_weights(None, **again, seen=no.value.seen, stamp=director.stamp).severity == 3.0


def rows(director: Cast, sort: str) -> list[tuple[str, float]]:
    """The places in an order, each with what the office's order adds up."""
    page = candidate_page(director.actor, on=TODAY, sort=sort)
    weights = office_weights().weights
    return [(row.label.split()[0], row.terms(weights).total) for row in page.rows]


def test_offices_order_is_that_of_the_terms_on_the_page(uneven: Trouble, director: Cast) -> None:
    usual = rows(director, "")
    for words in (WORDS, {**WORDS, "equity": 10.0}, {**WORDS, "severity": 10.0, "equity": 0.0}):
        set_weights(None, **words, stamp=director.stamp)
        office = rows(director, "-office")
        totals = [total for _, total in office]
        assert totals == sorted(totals, reverse=True)
        assert rows(director, "office") == office[::-1]
        assert [place for place, _ in rows(director, "")] == [place for place, _ in usual]


def test_weights_of_nothing_give_the_usual_order(uneven: Trouble, director: Cast) -> None:
    none: dict[str, Any] = {"severity": 0.0, "equity": 0.0, "overdue": 0.0}
    set_weights(None, **none, reason="As the evidence", stamp=director.stamp)
    excess = candidate_page(director.actor, on=TODAY, sort="-excess").rows
    office = candidate_page(director.actor, on=TODAY, sort="-office").rows
    assert [r.id for r in office] == [r.id for r in excess]


def test_unsure_places_stay_behind_whatever_they_weigh(uneven: Trouble, director: Cast) -> None:
    from tests.trouble import set_up

    last = uneven.candidate(1)
    with set_up():
        uneven.detection.candidates.filter(pk=last.pk).update(flagged=False, severity=3, overdue=9)
    set_weights(None, **{**WORDS, "severity": 10.0}, stamp=director.stamp)
    from wardroom.problems.queries import Chosen

    page = candidate_page(director.actor, on=TODAY, chosen=Chosen(sure=False), sort="-office")
    assert page.rows[-1].id == last.pk
