"""Whoever did the work or asked for it does not vouch for it; somebody else looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE
from tests.plans.planning import SEEN, at, done_step
from wardroom.access.actor import Role
from wardroom.directory.actions import grant_role
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import accept_ask, repeat_ask, report_done
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.plans.actions import name_step_owner, verify_step
from wardroom.plans.models import PlanStep, StepCheck
from wardroom.plans.queries import get_step, plan_of, step_file
from wardroom.plans.queries.steps import had_a_hand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


@pytest.fixture
def step(matter5: Matter, liaison5: Cast, partner_dpw: Cast) -> PlanStep:
    """A step that the liaison of ward 5 asked for and DPW calls done."""
    return done_step(matter5, liaison5, partner_dpw)


def look(step: PlanStep, who: Cast, **words: Any) -> StepCheck:
    sound: dict[str, Any] = {"finding": "fixed", "seen_at": SEEN, "note": "Swept to the wall"}
    return verify_step(step, **{**sound, **words}, stamp=at(who, days=1))


def test_agencys_word_stands_alone_until_somebody_else_looked(
    step: PlanStep, matter5: Matter, director: Cast, liaison5: Cast
) -> None:
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert (view.rows[0].state, view.rows[0].seen, view.seen_steps) == ("done", None, 0)
    look(step, director)
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    seen = view.rows[0].seen
    assert seen is not None
    assert (seen.observer_name, seen.seen_on, seen.finding) == (
        "The Director", NOON.date(), "fixed",
    )  # fmt: skip
    assert (view.rows[0].state, view.seen_steps) == ("done", 1), "what the agency said stays"
    lines = timeline(liaison5.actor, refs=[Ref("ask", str(step.ask_id))]).lines
    assert lines[0].sentence == (
        "The Director looked at step 1 (DPW: Clear the alley) on Wednesday, November 18, 2026. "
        "Seen to be done. Swept to the wall"
    )


def test_whoever_asked_does_not_vouch(step: PlanStep, liaison5: Cast, matter5: Matter) -> None:
    with pytest.raises(Refused) as no:
        look(step, liaison5)
    assert no.value.code == "own_work"
    assert not StepCheck.objects.exists()
    file = step_file(matter5.pk, 1, liaison5.actor)
    assert file.own
    assert "verify_step" not in file.allowed


def test_whoever_asked_once_does_not_vouch_after_a_colleague_took_over(
    step: PlanStep, liaison5: Cast, director: Cast
) -> None:
    Ask.objects.filter(pk=step.ask_id)
    ask = Ask.objects.get(pk=step.ask_id)
    ask.asked_by = director.party
    assert had_a_hand(ask, liaison5.actor), "the ledger knows who asked first"
    assert had_a_hand(ask, director.actor)


def test_whoever_answered_for_the_agency_does_not_vouch_from_the_desk(
    step: PlanStep, partner_dpw: Cast
) -> None:
    with pytest.raises(NotAllowed):
        look(step, partner_dpw)
    grant_role(partner_dpw.party, role=Role.STAFF, valid_from=NOON.date(), stamp=HOUSE)
    with pytest.raises(Refused) as no:
        look(step, partner_dpw)
    assert no.value.code == "own_work"


def test_who_may_look(
    step: PlanStep, liaison7: Cast, records_officer: Cast, staff: Cast, auditor: Cast
) -> None:
    for who in (liaison7, records_officer, auditor):
        with pytest.raises(NotAllowed):
            look(step, who)
    assert look(step, staff).observer == staff.party


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"finding": "splendid"}, "unknown_finding", "finding"),
        ({"seen_at": NOON + timedelta(days=2)}, "seen_in_the_future", "seen_at"),
        ({"seen_at": NOON - timedelta(days=40)}, "seen_too_long_ago", "seen_at"),
        ({"seen_at": NOON}, "seen_before_done", "seen_at"),
        ({"note": "x" * 501}, "too_long", "note"),
    ],
)
def test_look_that_cannot_be(
    step: PlanStep, director: Cast, words: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        look(step, director, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not StepCheck.objects.exists()


def test_step_that_nobody_calls_done_waits(
    matter5: Matter, liaison5: Cast, director: Cast, step: PlanStep, partner_dpw: Cast
) -> None:
    again_on = DUE + timedelta(days=7)
    repeat_ask(step.ask, due_on=again_on, reason="It is back", stamp=at(liaison5, days=1))
    with pytest.raises(Refused) as no:
        look(step, director)
    assert no.value.code == "not_done"


def test_look_counts_for_the_work_that_was_looked_at(
    step: PlanStep, matter5: Matter, liaison5: Cast, director: Cast, partner_dpw: Cast
) -> None:
    look(step, director, finding="not_fixed")
    again_on = DUE + timedelta(days=7)
    repeat_ask(step.ask, due_on=again_on, reason="It is back", stamp=at(liaison5, days=2))
    ask = Ask.objects.get(pk=step.ask_id)
    accept_ask(ask, promised_on=again_on, stamp=at(partner_dpw, days=2))
    report_done(ask, disposition="fixed", stamp=at(partner_dpw, days=3))
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert view.rows[0].seen is None
    assert [c.finding for c in step_file(matter5.pk, 1, liaison5.actor).checks] == ["not_fixed"]


def test_a_look_takes_the_step_off_the_list_of_what_waits_for_one(
    step: PlanStep, director: Cast
) -> None:
    waits = Waiting.objects.filter(noun="ask", key=str(step.ask_id), reason="look")
    assert waits.exists()
    look(step, director, finding="cannot_determine")
    assert waits.exists(), "nobody knows more than before"
    look(step, director, finding="partly")
    assert not waits.exists()


def test_owner_at_the_agency_is_whoever_they_say(
    step: PlanStep, matter5: Matter, liaison5: Cast, liaison7: Cast
) -> None:
    name_step_owner(step, owner_name=" Alley crew, north ", stamp=liaison5.stamp)
    assert step_file(matter5.pk, 1, liaison5.actor).row.owner_name == "Alley crew, north"
    for who, name, code in (
        (liaison5, "Alley crew, north", "already_so"),
        (liaison5, "x" * 121, "too_long"),
    ):
        with pytest.raises(Refused) as no:
            name_step_owner(PlanStep.objects.get(pk=step.pk), owner_name=name, stamp=who.stamp)
        assert no.value.code == code
    with pytest.raises(NotAllowed):
        name_step_owner(step, owner_name="Me", stamp=liaison7.stamp)


def test_other_ward_and_partner_find_no_step(
    step: PlanStep, matter5: Matter, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    assert get_step(matter5.pk, 1, liaison5.actor) == step
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            get_step(matter5.pk, 1, who.actor)
        with pytest.raises(NotFound):
            step_file(matter5.pk, 1, who.actor)
    with pytest.raises(NotFound):
        get_step(matter5.pk, 2, liaison5.actor)
