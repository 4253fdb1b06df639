"""Which places are on which list: sure or not, busiest, stuck, past due, of an earlier method."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.problems.listed import on_map, places
from tests.trouble import Report, Trouble, bring_in, monthly, set_up
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import Detection
from wardroom.problems.queries import (
    Chosen,
    candidate_file,
    candidate_page,
    undecided_candidates,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MOST_STATEMENTS = 10


def test_place_that_is_not_sure_enough_waits_behind_a_filter(
    crowded: Trouble, director: Cast
) -> None:
    rows = crowded.detection.candidates
    unsure = rows.filter(flagged=False).exclude(q_value=None)
    assert unsure.exists()
    sure = candidate_page(director.actor, on=TODAY)
    every = candidate_page(director.actor, on=TODAY, chosen=Chosen(sure=False))
    assert sure.total == rows.filter(flagged=True).count()
    assert every.total == sure.total + unsure.count()
    assert {c.pk for c in undecided_candidates(on=TODAY)} == {
        c.pk for c in rows.filter(flagged=True)
    }
    file = candidate_file(unsure[0].pk, director.actor, on=TODAY)
    assert file.how_sure.startswith("Not sure enough for the list: ")


def test_watched_place_comes_back_though_it_is_sure_no_more(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    kept = trouble.candidate(2)
    decide_candidate(
        kept, verdict="watch", reason="Cleared", look_again_on=NEXT, stamp=liaison5.stamp
    )
    with set_up():
        trouble.detection.candidates.filter(pk=kept.pk).update(flagged=False)
    assert places(director.actor) == ["1", "3"]
    page = candidate_page(director.actor, on=NEXT)
    assert [r.label[0] for r in page.rows] == ["1", "2", "3"]


def test_busiest_are_listed_whether_that_is_ordinary_or_not(
    trouble: Trouble, director: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    at_one_house = monthly(700, months=8, kind="NOISE")
    bring_in(trouble.folder, at_one_house, at=NOON + timedelta(seconds=1))
    kept = detect(stamp=HOUSE).candidates
    assert places(director.actor, listed="busiest") == ["1", "2", "3", "700"]
    assert places(liaison7.actor, listed="busiest") == ["3"]
    assert places(partner_dpw.actor, listed="busiest") == []
    assert kept.get(place__label="1 ALLEY STREET NE").busy_episodes == 12
    assert on_map(director.actor, listed="busiest")[-1] == "700"


def test_case_that_nobody_closes_is_stuck_and_no_new_trouble(
    trouble: Trouble, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    begun = Report(701, NOON - timedelta(days=500), due=NOON - timedelta(days=490), reporter=4)
    again = [replace(r, closed=None) for r in monthly(701, months=9)]
    bring_in(trouble.folder, [begun, *again], at=NOON + timedelta(seconds=1))
    kept = detect(stamp=HOUSE).candidates.get(place__label="701 ALLEY STREET NE")
    assert (kept.q_value, kept.flagged, kept.stuck_months) == (None, False, 9)
    assert places(director.actor, listed="stuck") == ["701"]
    assert places(liaison7.actor, listed="stuck") == []
    file = candidate_file(kept.pk, liaison5.actor, on=TODAY)
    assert file.row.sentence == (
        "Illegal dumping: one case, open since July 2025, was reported again in 9 of the last 12"
        " months."
    )
    assert file.how_sure.startswith("Not weighed: ")
    assert file.expected_a_month is None
    assert [len(e.requests) for e in file.episodes] == [10]
    assert kept.overdue == 9


def test_open_request_past_its_day_stands_beside_the_score(
    trouble: Trouble, director: Cast
) -> None:
    before = trouble.candidate(3)
    late = Report(3, NOON - timedelta(days=100), due=NOON - timedelta(days=90), ward="7",
                  kind="NOISE", reporter=7)  # fmt: skip
    bring_in(trouble.folder, [late], at=NOON + timedelta(seconds=1))
    after = detect(stamp=HOUSE).candidates.get(place=before.place)
    assert (before.overdue, after.overdue) == (0, 1)
    assert after.severity == before.severity == 2


def test_candidate_of_the_first_method_stays_readable(trouble: Trouble, liaison5: Cast) -> None:
    """As the move to the second left it: no chance of an error, and its old words."""
    kept = trouble.candidate(1)
    old = {k: kept.numbers[k] for k in ("last_month", "first_month", "median_return_days")}
    with set_up():
        Detection.objects.update(method="Method 1: chance that the rate is over twice expected")
        trouble.detection.candidates.update(p_value=None, q_value=None, course="")
        trouble.detection.candidates.filter(pk=kept.pk).update(numbers=old)
    assert places(liaison5.actor) == ["1", "2"]
    file = candidate_file(kept.pk, liaison5.actor, on=TODAY)
    assert file.how_sure.startswith("Ranked by an earlier method")
    assert "a place of the same kind in the same ward has about" in file.reasons[0]
    assert (file.method_text, file.row.sentence) == ("", f"{file.row.summary}.")
    assert {n.code for n in file.numbers} < {"episodes", "expected", *dir(file.row)}
    assert file.episodes
