"""A step that somebody else saw done is verified for everybody: plan, report and meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.plans.planning import SEEN, at, done_step
from wardroom.calendar.queries.asks import heard
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import accept_ask, repeat_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries.seeing import DoneAsk, seen_by_others
from wardroom.plans.actions import verify_step
from wardroom.plans.models import PlanStep
from wardroom.plans.queries import plan_of
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.queries import promises_by_agency, report_file, rows_of_figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


@pytest.fixture
def step(matter5: Matter, liaison5: Cast, partner_dpw: Cast) -> PlanStep:
    """A step that the liaison of ward 5 asked for and DPW calls done."""
    return done_step(matter5, liaison5, partner_dpw)


def said(step: PlanStep, who: Cast) -> tuple[str, str, str]:
    """What the weekly report, the meeting and the plan say of the step."""
    edition = draft_weekly_report(None, ward_code="5", week="2026-W47", stamp=at(who, days=2))
    groups = report_file(edition.pk, who.actor).groups
    figures = {f.code: f.shown for group in groups for f in group.figures}
    ask = Ask.objects.select_related("matter", "party").get(pk=step.ask_id)
    plan = plan_of(ask.case.pk, who.actor)
    assert plan is not None
    seen = plan.rows[0].seen
    read = heard([ask], on=NOON.date())[0].standing
    return figures["verified"], read, seen.finding if seen else ""


def test_step_that_another_saw_done_is_verified_everywhere(
    step: PlanStep, director: Cast, liaison5: Cast
) -> None:
    assert said(step, liaison5) == ("-", "done", "")
    verify_step(step, finding="fixed", seen_at=SEEN, note="Swept", stamp=at(director, days=1))
    assert said(step, liaison5) == ("1 of 1", "verified", "fixed")


@pytest.mark.parametrize(
    ("finding", "verified", "standing"),
    [("not_fixed", "0 of 1", "not_fixed"), ("cannot_determine", "-", "done")],
)
def test_other_findings_read_the_same_everywhere(
    step: PlanStep, director: Cast, liaison5: Cast, finding: str, verified: str, standing: str
) -> None:
    verify_step(step, finding=finding, seen_at=SEEN, note="", stamp=at(director, days=1))
    assert said(step, liaison5) == (verified, standing, finding)


def test_look_at_the_place_counts_but_not_of_whoever_asked(
    step: PlanStep, matter5: Matter, director: Cast, liaison5: Cast
) -> None:
    look: dict[str, Any] = {"finding": "worse", "rating": 4, "note": "", "seen_at": SEEN}
    record_check(matter5, **look, stamp=at(liaison5, days=1))
    assert said(step, liaison5) == ("-", "done", "")
    record_check(matter5, **look, stamp=at(director, days=1))
    assert said(step, liaison5) == ("0 of 1", "not_fixed", "not_fixed")


def test_look_at_the_step_says_more_than_one_at_its_place(
    step: PlanStep, matter5: Matter, director: Cast, liaison5: Cast
) -> None:
    look: dict[str, Any] = {"finding": "not_fixed", "rating": 3, "note": "", "seen_at": SEEN}
    record_check(matter5, **look, stamp=at(director, days=1))
    verify_step(step, finding="fixed", seen_at=SEEN, note="", stamp=at(director, days=1))
    assert said(step, liaison5) == ("1 of 1", "verified", "fixed")


def test_look_at_the_step_after_the_week_takes_nothing_out_of_it(
    step: PlanStep, matter5: Matter, director: Cast, liaison5: Cast
) -> None:
    look: dict[str, Any] = {"finding": "not_fixed", "rating": 3, "note": "", "seen_at": SEEN}
    record_check(matter5, **look, stamp=at(director, days=1))
    verify_step(step, finding="fixed", seen_at=SEEN, note="", stamp=at(director, days=9))
    ask = Ask.objects.get(pk=step.ask_id)
    assert ask.done_at is not None
    done = DoneAsk(ask.pk, matter5.pk, ask.done_at, liaison5.party.pk, ask.party_id)
    looks = seen_by_others([done], until=NOON + timedelta(days=5))
    assert [one.finding for one in looks[ask.pk]] == ["not_fixed"]


def test_look_from_before_it_was_asked_again_is_not_one_at_what_was_done_since(
    step: PlanStep, director: Cast, liaison5: Cast, partner_dpw: Cast
) -> None:
    verify_step(step, finding="not_fixed", seen_at=SEEN, note="", stamp=at(director, days=0.2))
    ask = repeat_ask(
        Ask.objects.get(pk=step.ask_id), due_on=NOON.date() + timedelta(days=9),
        reason="Bags again", stamp=at(liaison5, days=0.3),
    )  # fmt: skip
    ask = accept_ask(ask, promised_on=ask.due_on, stamp=at(partner_dpw, days=0.4))
    report_done(ask, disposition="fixed", stamp=at(partner_dpw, days=0.5))
    assert said(step, liaison5) == ("-", "done", "")


def test_promises_of_the_agency_count_the_look_at_the_step(
    step: PlanStep, matter5: Matter, director: Cast, liaison5: Cast
) -> None:
    def looked() -> tuple[int, int, int]:
        on = NOON.date() + timedelta(days=20)
        (row,) = promises_by_agency(director.actor, on=on).rows
        return row.done, row.looked, row.clean

    assert looked() == (1, 0, 0)
    look: dict[str, Any] = {"finding": "not_fixed", "rating": 3, "note": "", "seen_at": SEEN}
    record_check(matter5, **look, stamp=at(director, days=1))
    assert looked() == (1, 1, 0)
    verify_step(step, finding="fixed", seen_at=SEEN, note="", stamp=at(director, days=1))
    assert looked() == (1, 1, 1)


def test_report_opens_the_verified_step(step: PlanStep, director: Cast, liaison5: Cast) -> None:
    verify_step(step, finding="fixed", seen_at=SEEN, note="", stamp=at(director, days=1))
    edition = draft_weekly_report(None, ward_code="5", week="2026-W47", stamp=at(liaison5, days=2))
    rows = rows_of_figure(edition.pk, "verified", liaison5.actor).rows
    assert [row.key for row in rows] == [step.ask_id]
