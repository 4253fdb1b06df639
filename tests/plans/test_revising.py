"""A revision changes steps that come over: words, day, owner, order, and what each waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from tests.cast import Cast
from tests.ground import DUE, FRIDAY
from tests.plans.planning import BOARD_UP, CLEAR, LATER, LIGHT, adopted, ask_of, at
from wardroom.jobs.delivery import send_waiting, sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, counter_ask, report_done, reword_ask
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries.past import asks_at
from wardroom.plans.models import WorkPlan
from wardroom.plans.queries import plan_changes, plan_of
from wardroom.plans.rules import KeptStep, StepDraft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("agencies"),
]
TOW = StepDraft("DPW", "Tow the car", "", LATER)


def numbers(plan: WorkPlan) -> list[int]:
    return list(plan.steps.order_by("position").values_list("ask_id", flat=True))


def test_revision_changes_what_comes_over_and_the_old_version_stays(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    first = adopted(matter5, liaison5, BOARD_UP, CLEAR, LIGHT)
    board, clear, light = numbers(first)
    accept_ask(ask_of(first, 2), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    steps = (
        KeptStep(clear, wording="Clear and sweep the alley", due_on=LATER, after=()),
        TOW,
        KeptStep(board, owner_name="The board-up desk", days=3),
        KeptStep(light, after=(1, 3)),
    )
    second = adopted(
        matter5, liaison5, *steps, reason="The car is in the way", stamp=at(liaison5, days=1)
    )
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert [(r.position, r.wording, r.waits_for) for r in view.rows] == [
        (1, "Clear and sweep the alley", ()),
        (2, "Tow the car", ()),
        (3, "Board up the house", ()),
        (4, "Repair the light", (1, 3)),
    ]
    assert numbers(second)[0] == clear, "it is the same ask"
    row = view.rows[0]
    assert (row.state, row.promised_on, row.first_promised_on) == ("accepted", FRIDAY, FRIDAY)
    assert (row.due_on, row.first_due_on) == (LATER, FRIDAY)
    assert (view.rows[2].owner_name, view.rows[2].days) == ("The board-up desk", 3)
    old = plan_of(matter5.pk, liaison5.actor, version=1)
    assert old is not None
    assert [r.wording_then for r in old.rows] == [
        "Board up the house", "Clear the alley", "Repair the light",
    ]  # fmt: skip
    assert [r.waits_for for r in old.rows] == [(), (1,), (1, 2)]
    changes = plan_changes(matter5.pk, liaison5.actor, 2)
    assert changes is not None
    assert changes.added == ("DPW: Tow the car, asked for by Dec 14, 2026",)
    assert changes.changed == (
        "DPW: Clear and sweep the alley: it was asked for as “Clear the alley”",
        "DPW: Clear and sweep the alley: asked for by Dec 14, 2026 instead of Dec 4, 2026, "
        "10 days later; the promise for Dec 4, 2026 stands",
        "DPW: Clear and sweep the alley: waits for other steps than before",
        "DPW: Clear and sweep the alley: now step 1, before step 2",
        "DOB: Board up the house: The board-up desk sees to it, before nobody named",
        "DOB: Board up the house: takes 3 working days, before 1 working day",
        "DOB: Board up the house: now step 3, before step 1",
    )


def test_agency_is_told_what_changed_and_that_its_promise_stands(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    first = adopted(matter5, liaison5, CLEAR.__class__("DPW", "Clear the alley", "", FRIDAY))
    accept_ask(ask_of(first, 1), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    sweep()
    send_waiting()
    mail.outbox.clear()
    kept = KeptStep(numbers(first)[0], wording="Clear and sweep", due_on=LATER)
    adopted(matter5, liaison5, kept, reason="Glass", stamp=at(liaison5, days=1))
    entry = Entry.objects.get(kind="AskReworded")
    assert entry.audience == "partner"
    assert entry.sentence == (
        "DPW is now asked for 'Clear and sweep' instead of 'Clear the alley' by Monday, "
        "December 14, 2026 instead of Friday, December 4, 2026 (Glass). Its promise for Friday, "
        "December 4, 2026 stands"
    )
    sweep()
    send_waiting()
    (letter,) = mail.outbox
    assert "Asked otherwise of Department of Public Works: Clear and sweep" in letter.subject
    for words in ("Clear the alley", "Monday, December 14, 2026", "What you promised stands"):
        assert words in letter.body
    then = asks_at(at(liaison5, days=2).at)[kept.ask_id]
    assert (then.state, then.due_on, then.promised_on) == ("accepted", LATER, FRIDAY)


def test_order_that_breaks_what_waits_changes_nothing(matter5: Matter, liaison5: Cast) -> None:
    first = adopted(matter5, liaison5, BOARD_UP, CLEAR)
    board, clear = numbers(first)
    for steps, field in (
        ((KeptStep(clear), KeptStep(board)), "steps-0-after"),
        ((KeptStep(clear, after=(2,)), KeptStep(board)), "steps-0-after"),
        ((KeptStep(board, wording=" "), KeptStep(clear)), "steps-0-wording"),
        ((KeptStep(board), KeptStep(clear, due_on=DUE - timedelta(days=30))), "steps-1-due_on"),
    ):
        with pytest.raises(Refused) as no:
            adopted(matter5, liaison5, *steps, reason="Other order")
        assert no.value.field == field
    assert WorkPlan.objects.count() == 1
    assert not Entry.objects.filter(kind="AskReworded").exists()


def test_what_is_done_is_not_asked_otherwise(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    first = adopted(matter5, liaison5, CLEAR.__class__("DPW", "Clear the alley", "", FRIDAY))
    ask = accept_ask(ask_of(first, 1), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    report_done(ask, disposition="fixed", stamp=at(partner_dpw, days=1))
    with pytest.raises(Refused) as no:
        adopted(matter5, liaison5, KeptStep(ask.pk, wording="Sweep"), reason="More")
    assert (no.value.code, no.value.field) == ("step_is_done", "steps-0-wording")
    adopted(matter5, liaison5, KeptStep(ask.pk), TOW, reason="More", stamp=at(liaison5, days=2))


def test_step_that_comes_over_is_not_left_out(matter5: Matter, liaison5: Cast) -> None:
    first = adopted(matter5, liaison5, BOARD_UP, CLEAR)
    with pytest.raises(Refused) as no:
        adopted(matter5, liaison5, KeptStep(numbers(first)[0]), reason="Fewer")
    assert no.value.code == "stale"


def test_rewording_is_refused_where_it_makes_no_sense(
    requested: Ask, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    same: dict[str, Any] = {"wording": requested.wording, "due_on": requested.due_on}
    for words, code in (
        ({**same, "reason": "x"}, "nothing_changed"),
        ({**same, "wording": "Sweep", "reason": " "}, "reason_missing"),
        ({**same, "wording": "", "reason": "x"}, "wording_missing"),
    ):
        with pytest.raises(Refused) as no:
            reword_ask(requested, **words, stamp=liaison5.stamp)
        assert no.value.code == code
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            reword_ask(requested, **{**same, "wording": "Sweep"}, reason="x", stamp=who.stamp)
    offered = counter_ask(requested, counter_on=LATER, stamp=partner_dpw.stamp)
    ask = reword_ask(offered, **{**same, "wording": "Sweep"}, reason="x", stamp=liaison5.stamp)
    assert (ask.state, ask.counter_on) == ("countered", LATER)
