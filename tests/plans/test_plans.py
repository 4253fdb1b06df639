"""Adopting a plan, revising it, and reading how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, FRIDAY, NEXT
from wardroom.access.gate import guard_pass
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import (
    accept_ask,
    close_matter,
    decline_ask,
    move_promise,
    report_done,
    withdraw_ask,
)
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import ask_list
from wardroom.plans.actions import adopt_plan
from wardroom.plans.models import WorkPlan
from wardroom.plans.queries import forecast_of, plan_allowed, plan_of
from wardroom.plans.rules import StepDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
LATER = FRIDAY + timedelta(days=10)

BOARD_UP = StepDraft("DOB", "Board up the house", "DOB seals open houses", DUE)
CLEAR = StepDraft("DPW", "Clear the alley", "DPW cleans alleys", FRIDAY, after=(1,))
LIGHT = StepDraft("DDOT", "Repair the light", "DDOT owns the lights", LATER, after=(2,))


def adopt(matter: Matter, who: Cast, *steps: StepDraft, **words: Any) -> WorkPlan:
    sound: dict[str, Any] = {
        "objective": "No dumping for 90 days",
        "measure": "Episodes a month",
        "baseline": 6.0,
        "target": 1.0,
        "target_on": date(2027, 3, 1),
        "review_on": date(2027, 1, 4),
        "cause": "An open house draws dumping",
    }
    stamp = words.pop("stamp", who.stamp)
    return adopt_plan(matter, **{**sound, **words}, steps=steps, stamp=stamp)


def ask_of(plan: WorkPlan, position: int) -> Ask:
    return plan.steps.get(position=position).ask


def test_plan_puts_its_asks_to_the_agencies_at_once(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    plan = adopt(matter5, liaison5, BOARD_UP, CLEAR, LIGHT)
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert (view.version, view.newest, view.done_steps) == (1, True, 0)
    assert [(r.position, r.agency_code, r.state, r.waits_for, r.waiting) for r in view.rows] == [
        (1, "DOB", "requested", (), False),
        (2, "DPW", "requested", (1,), True),
        (3, "DDOT", "requested", (2,), True),
    ]
    assert [row.wording for row in ask_list(partner_dpw.actor, on=NOON.date()).rows] == [
        "Clear the alley"
    ]
    lines = timeline(liaison5.actor, refs=[Ref("matter", str(matter5.pk))]).lines
    assert lines[0].sentence == (
        "The work plan 'No dumping for 90 days' was adopted with 3 steps; "
        "review on Monday, January 4, 2027"
    )
    assert plan.adopted_by == "Liaison of Ward 5"


def test_slip_shows_on_everything_that_waits(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    plan = adopt(matter5, liaison5, BOARD_UP, CLEAR, LIGHT)
    ask = accept_ask(ask_of(plan, 2), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    move_promise(ask, promised_on=LATER, reason="Snow", stamp=partner_dpw.stamp)
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert [r.slip_days for r in view.rows] == [None, 10, None]
    likely = forecast_of(view, on=NOON.date())
    assert [(likely[n].starts_on, likely[n].likely_on) for n in (1, 2, 3)] == [
        (None, DUE),
        (DUE + timedelta(days=1), LATER),
        (LATER + timedelta(days=1), LATER + timedelta(days=1)),
    ]
    assert likely[3].why == (
        "Waits for step 2 (DPW), promised for Dec 14, 2026, moved 10 days later than Dec 4, 2026",
        "Step 2 waits for step 1 (DOB), asked for by Dec 1, 2026 and not promised",
    )
    assert (view.rows[1].first_promised_on, view.rows[1].promised_on) == (FRIDAY, LATER)


def test_waiting_ends_when_the_agency_says_done(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    plan = adopt(matter5, liaison5, CLEAR_FIRST, StepDraft("DDOT", "Light", "", LATER, after=(1,)))
    ask = accept_ask(ask_of(plan, 1), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    report_done(ask, disposition="fixed", stamp=partner_dpw.stamp)
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert (view.rows[1].waiting, view.done_steps) == (False, 1)


CLEAR_FIRST = StepDraft("DPW", "Clear the alley", "", FRIDAY)


def test_revision_keeps_the_old_version_and_carries_over_what_lives(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    first = adopt(matter5, liaison5, BOARD_UP, CLEAR, LIGHT)
    accept_ask(ask_of(first, 2), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    decline_ask(ask_of(first, 3), code="no_budget", stamp=partner_ddot.stamp)
    withdraw_ask(ask_of(first, 1), reason="The owner did it", stamp=liaison5.stamp)
    camera = StepDraft("DPW", "Put up a camera", "", LATER, after=(1,))
    second = adopt(matter5, liaison5, camera, reason="The light was declined")
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert (view.version, view.reason) == (2, "The light was declined")
    rows = [(r.wording, r.state, r.waits_for, r.carried) for r in view.rows]
    assert rows == [
        ("Clear the alley", "accepted", (), True),
        ("Put up a camera", "requested", (1,), False),
    ]
    assert ask_of(second, 1) == ask_of(first, 2)
    old = plan_of(matter5.pk, liaison5.actor, version=1)
    assert old is not None
    assert [r.wording for r in old.rows] == [s.wording for s in (BOARD_UP, CLEAR, LIGHT)]
    assert (old.newest, old.allowed) == (False, frozenset())
    assert [(v.version, v.reason) for v in old.versions] == [
        (2, "The light was declined"),
        (1, ""),
    ]


def test_done_step_stays_in_view(matter5: Matter, liaison5: Cast, partner_dpw: Cast) -> None:
    first = adopt(matter5, liaison5, CLEAR_FIRST)
    ask = accept_ask(ask_of(first, 1), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    report_done(ask, disposition="fixed", stamp=partner_dpw.stamp)
    adopt(matter5, liaison5, reason="A later target", target_on=date(2027, 6, 1))
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert [(r.state, r.carried) for r in view.rows] == [("done", True)]


def test_revision_needs_a_reason(matter5: Matter, liaison5: Cast) -> None:
    adopt(matter5, liaison5, BOARD_UP)
    with pytest.raises(Refused) as no:
        adopt(matter5, liaison5, CLEAR)
    assert (no.value.code, no.value.field) == ("reason_missing", "reason")
    assert WorkPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("steps", "words", "code", "field"),
    [
        ((), {}, "no_steps", "steps"),
        ((BOARD_UP,), {"objective": ""}, "objective_missing", "objective"),
        ((BOARD_UP,), {"measure": " "}, "measure_missing", "measure"),
        ((BOARD_UP,), {"target": 6.0}, "target_is_the_baseline", "target"),
        ((BOARD_UP,), {"review_on": NOON.date()}, "review_date_over", "review_on"),
        ((CLEAR,), {}, "waits_for_later_step", "steps-0-after"),
        (
            (BOARD_UP, StepDraft("NASA", "Launch", "", DUE)),
            {},
            "no_such_agency",
            "steps-1-agency_code",
        ),
        ((BOARD_UP, StepDraft("DPW", " ", "", DUE)), {}, "wording_missing", "steps-1-wording"),
        (
            (StepDraft("DPW", "Clear", "", NOON.date()),),
            {},
            "due_too_early",
            "steps-0-due_on",
        ),
    ],
)
def test_unsound_plan_leaves_nothing_behind(
    matter5: Matter,
    liaison5: Cast,
    steps: tuple[StepDraft, ...],
    words: dict[str, Any],
    code: str,
    field: str,
) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refused) as no:
        adopt(matter5, liaison5, *steps, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not WorkPlan.objects.exists()
    assert not Ask.objects.exists()
    assert Entry.objects.count() == lines


def test_closed_matter_takes_no_plan(matter5: Matter, liaison5: Cast) -> None:
    assert plan_allowed(matter5, liaison5.actor) == {"adopt_plan"}
    closed = close_matter(matter5, outcome="stopped", stamp=liaison5.stamp)
    assert not plan_allowed(closed, liaison5.actor)
    with pytest.raises(Refused) as no:
        adopt(matter5, liaison5, BOARD_UP)
    assert no.value.code == "wrong_state"


def test_only_the_wards_liaison_and_the_director_plan(
    matter5: Matter,
    director: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            adopt(matter5, who, BOARD_UP)
        assert not plan_allowed(matter5, who.actor)
    assert adopt(matter5, director, BOARD_UP).version == 1


def test_plan_is_read_inside_the_office_only(
    matter5: Matter,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    assert plan_of(matter5.pk, liaison5.actor) is None
    adopt(matter5, liaison5, CLEAR_FIRST)
    assert plan_of(matter5.pk, liaison7.actor) is None
    assert plan_of(matter5.pk, partner_dpw.actor) is None
    view = plan_of(matter5.pk, records_officer.actor)
    assert view is not None
    assert view.allowed == frozenset()
    assert all(not row.allowed for row in view.rows)
    assert plan_of(matter5.pk, liaison5.actor, version=9) is None


def test_plan_takes_the_same_statements_however_many_steps(
    matter5: Matter,
    liaison5: Cast,
    agencies: Mapping[str, Party],
    django_assert_num_queries: Any,
) -> None:
    adopt(matter5, liaison5, BOARD_UP)
    with django_assert_num_queries(6):
        plan_of(matter5.pk, liaison5.actor)
    more = [StepDraft("DPW", f"Step {n}", "", DUE, after=(n,)) for n in range(1, 9)]
    adopt(matter5, liaison5, *more, reason="More to do")
    with django_assert_num_queries(6):
        plan_of(matter5.pk, liaison5.actor)


def test_database_keeps_one_plan_a_version_and_its_reason(matter5: Matter, liaison5: Cast) -> None:
    adopt(matter5, liaison5, BOARD_UP)
    adopt(matter5, liaison5, CLEAR, reason="More")
    for broken in ({"version": 1}, {"reason": ""}):
        with guard_pass("goes round"), pytest.raises(DatabaseError), transaction.atomic():
            WorkPlan.objects.filter(version=2).update(**broken)


def test_next_day_stamp_counts_in_local_days(matter5: Matter, liaison5: Cast) -> None:
    evening = NOON.replace(hour=23) + timedelta(hours=4)
    assert evening.date() == NOON.date() + timedelta(days=1)
    stamp = stamp_for(liaison5.actor, evening)
    tomorrow = NOON.date() + timedelta(days=1)
    adopt(matter5, liaison5, StepDraft("DPW", "Clear", "", tomorrow), stamp=stamp)
    assert matter5.next_on == NEXT


def next_date(matter: Matter) -> date | None:
    matter.refresh_from_db()
    return matter.next_on


def test_next_date_is_the_first_open_day_of_carried_and_new_steps(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    plan = adopt(matter5, liaison5, BOARD_UP, CLEAR)
    adopt(matter5, liaison5, LIGHT, reason="The light is out")
    assert next_date(matter5) == DUE, "the step carried over comes first"
    withdraw_ask(ask_of(plan, 1), reason="Sold", stamp=liaison5.stamp)
    ask = accept_ask(ask_of(plan, 2), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    adopt(matter5, liaison5, reason="The house was sold")
    assert next_date(matter5) == FRIDAY
    report_done(ask, disposition="fixed", stamp=partner_dpw.stamp)
    adopt(matter5, liaison5, reason="The alley is clear")
    assert next_date(matter5) == LATER
    adopt(matter5, liaison5, reason="Look sooner", review_on=DUE)
    assert next_date(matter5) == DUE


def test_next_date_is_today_where_a_carried_step_is_overdue(
    matter5: Matter, liaison5: Cast
) -> None:
    adopt(matter5, liaison5, BOARD_UP)
    late = stamp_for(liaison5.actor, NOON + timedelta(days=20))
    adopt(matter5, liaison5, reason="DOB is silent", stamp=late)
    assert next_date(matter5) == late.at.date()
