"""What a round tells when it is over, and whether a lot passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.fieldwork.rounds import closed_reports, days_later, drawn, look_at, stops_of, wanted
from tests.trouble import bring_in
from wardroom.fieldwork.actions import correct_spot_check, end_round
from wardroom.fieldwork.gateways.drawing import foresee_round
from wardroom.fieldwork.models import CheckRound
from wardroom.fieldwork.queries import (
    get_round,
    unfixed_stops,
)
from wardroom.kernel.errors import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_end_tells_the_share_with_its_interval(
    closures: Path, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    row = drawn(director, checks=40)
    with pytest.raises(Refused) as no:
        end_round(row, stamp=director.stamp)
    assert no.value.code == "nobody_looked"
    people = {"5": liaison5, "7": liaison7}
    for n, stop in enumerate(stops_of(row)):
        look_at(stop, people[stop.ward_code], "not_fixed" if n in (3, 17, 33) else "fixed")
    for who in (liaison5, liaison7):
        with pytest.raises(NotAllowed):
            end_round(row, stamp=who.stamp)
    end_round(row, stamp=director.stamp)
    figures = get_round(row.pk, director.actor).figures
    assert figures is not None
    assert (figures["looked"], figures["fixed"], figures["not_fixed"]) == (40, 37, 3)
    assert figures["told"]["lower"] < figures["told"]["value"] < figures["told"]["upper"] < 1
    assert 0.85 < figures["told"]["value"] < 0.98
    assert figures["definition"]["name"] == "Verified fixed"
    assert len(unfixed_stops(row.pk, director.actor)) == 3
    with pytest.raises(Refused) as no:
        end_round(row, stamp=director.stamp)
    assert no.value.code == "already_ended"


def test_nobody_looks_after_the_end(closures: Path, director: Cast) -> None:
    row = drawn(director)
    first, second = stops_of(row)[:2]
    check = look_at(first, director, "cannot_determine")
    ended = end_round(row, stamp=director.stamp)
    assert ended.figures is not None
    assert ended.figures["told"]["value"] is None
    with pytest.raises(Refused) as no:
        look_at(second, director)
    assert no.value.code == "already_ended"
    with pytest.raises(Refused) as no:
        correct_spot_check(check, finding="fixed", stamp=director.stamp)
    assert no.value.code == "already_ended"


def lot_round(who: Cast, *, bad: int, unclear: int = 0) -> CheckRound:
    """A round that accepts or rejects DPW's work, with so many not fixed."""
    row = drawn(who, agency="DPW", lot="10-30")
    found = ["not_fixed"] * bad + ["cannot_determine"] * unclear
    for stop, finding in zip(stops_of(row), found + ["fixed"] * row.checks, strict=False):
        look_at(stop, who, finding)
    return end_round(row, stamp=days_later(who))


def test_lot_passes_or_not_and_says_what_the_next_one_takes(closures: Path, director: Cast) -> None:
    foreseen = foresee_round(wanted(agency="DPW", lot="10-30"), stamp=director.stamp)
    assert foreseen.plan is not None
    allowed = foreseen.plan.most_not_fixed
    good = lot_round(director, bad=allowed)
    assert (good.checks, good.passed) == (foreseen.checks, True)
    assert good.strata.count() == 1
    assert good.figures is not None
    assert good.figures["lot"]["next_checks"] == good.checks
    unknown = lot_round(director, bad=allowed, unclear=1)
    assert unknown.passed is None
    for _ in range(2):
        rejected = lot_round(director, bad=allowed + 1)
        assert rejected.passed is False
    assert rejected.figures is not None
    assert rejected.figures["lot"]["next_checks"] == 2 * rejected.checks
    doubled = drawn(director, agency="DPW", lot="10-30")
    assert doubled.checks == min(2 * good.checks, doubled.closed)
    assert doubled.planned_checks == good.checks
    assert doubled.most_not_fixed is not None
    assert doubled.most_not_fixed > allowed


def test_lot_of_too_few_closures_is_refused(
    small_city: Path, agencies: object, director: Cast
) -> None:
    bring_in(small_city, closed_reports("5", 2))
    with pytest.raises(Refused) as no:
        drawn(director, agency="DPW", lot="10-25")
    assert (no.value.code, no.value.field) == ("lot_too_small", "lot")
