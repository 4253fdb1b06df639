"""To-dos, approvals and legal deadlines: each explains itself and is answered by one of ours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, hire
from tests.conftest import NOON
from tests.trouble import load_topics
from wardroom.access.actor import Role
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters import actions
from wardroom.matters.models import Ask, Matter, Waiting

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
BEGAN = NOON - timedelta(days=7)


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    load_topics()


@pytest.fixture
def todo(matter5: Matter, liaison5: Cast) -> Ask:
    return actions.add_task(
        matter5, party=liaison5.party, wording="Call DPW", due_on=TODAY, stamp=liaison5.stamp
    )


@pytest.fixture
def approval(matter5: Matter, liaison5: Cast, director: Cast) -> Ask:
    return actions.add_task(
        matter5,
        kind="approval",
        party=director.party,
        wording="Approve the letter",
        due_on=TODAY,
        stamp=liaison5.stamp,
    )


@pytest.fixture
def deadline(matter5: Matter, liaison5: Cast) -> Ask:
    return actions.add_legal_deadline(
        matter5,
        party=liaison5.party,
        wording="Answer the records request",
        rule_code="dc-foia",
        started_at=BEGAN,
        stamp=liaison5.stamp,
    )


def last_kind() -> str:
    return str(Entry.objects.order_by("pk").values_list("kind", flat=True).last())


def waits(ask: Ask) -> Waiting | None:
    return Waiting.objects.filter(noun="ask", key=str(ask.pk)).first()


def code_of(no: pytest.ExceptionInfo[Refused]) -> str:
    return no.value.code


def test_todo_is_done_taken_back_moved_and_dropped(todo: Ask, liaison5: Cast) -> None:
    stamp = liaison5.stamp
    assert last_kind() == "TaskAdded"
    done = actions.finish_task(todo, text="They come on Friday", stamp=stamp)
    assert (done.state, last_kind(), waits(todo)) == ("done", "TaskDone", None)
    with pytest.raises(Refused) as no:
        actions.finish_task(todo, stamp=stamp)
    assert code_of(no) == "wrong_state"
    actions.reopen_task(todo, stamp=stamp)
    assert last_kind() == "TaskReopened"
    moved = actions.move_task(todo, due_on=TODAY + timedelta(days=2), stamp=stamp)
    assert (moved.due_on, last_kind()) == (TODAY + timedelta(days=2), "TaskMoved")
    with pytest.raises(Refused) as no:
        actions.drop_task(todo, reason=" ", stamp=stamp)
    assert code_of(no) == "reason_missing"
    actions.drop_task(todo, reason="No longer needed", stamp=stamp)
    assert (last_kind(), waits(todo)) == ("TaskDropped", None)


def test_task_goes_to_a_colleague_only(
    todo: Ask, liaison5: Cast, director: Cast, partner_dpw: Cast
) -> None:
    for party, code in ((liaison5.party, "already_so"), (partner_dpw.party, "not_on_staff")):
        with pytest.raises(Refused) as no:
            actions.give_task(todo, party=party, stamp=liaison5.stamp)
        assert code_of(no) == code
    actions.give_task(todo, party=director.party, stamp=liaison5.stamp)
    row = waits(todo)
    assert row is not None
    assert (row.party, last_kind()) == (director.party, "TaskGiven")


def test_approval_is_given_or_refused_with_a_reason(approval: Ask, director: Cast) -> None:
    with pytest.raises(Refused) as no:
        actions.finish_task(approval, stamp=director.stamp)
    assert code_of(no) == "wrong_kind"
    with pytest.raises(Refused) as no:
        actions.refuse_approval(approval, reason="", stamp=director.stamp)
    assert code_of(no) == "reason_missing"
    actions.refuse_approval(approval, reason="Wrong tone", stamp=director.stamp)
    assert (last_kind(), waits(approval)) == ("ApprovalRefused", None)
    with pytest.raises(Refused) as no:
        actions.approve_task(approval, stamp=director.stamp)
    assert code_of(no) == "wrong_state"


def test_given_approval_is_not_taken_back(approval: Ask, director: Cast) -> None:
    assert actions.approve_task(approval, stamp=director.stamp).disposition == "approved"
    with pytest.raises(Refused) as no:
        actions.reopen_task(approval, stamp=director.stamp)
    assert code_of(no) == "wrong_state"


def test_legal_deadline_explains_itself(deadline: Ask, liaison5: Cast) -> None:
    why = deadline.why_due
    assert why is not None
    assert (why["name"], why["citation"]) == ("Public-records answer", "D.C. Code 2-532(c)")
    assert deadline.due_on == date(2026, 12, 3)
    assert {"on": "2026-11-26", "why": "Thanksgiving Day"} in why["skipped"]
    assert why["steps"][-1] == "Due Thursday, December 3, 2026 at 5:00 p.m."
    with pytest.raises(Refused) as no:
        actions.move_task(deadline, due_on=date(2027, 1, 1), stamp=liaison5.stamp)
    assert code_of(no) == "wrong_kind"


def test_longer_deadline_keeps_how_its_condition_was_met(matter5: Matter, liaison5: Cast) -> None:
    def add(condition: str) -> Ask:
        return actions.add_legal_deadline(
            matter5,
            party=liaison5.party,
            wording="Answer",
            rule_code="dc-foia-extended",
            started_at=BEGAN,
            condition=condition,
            stamp=liaison5.stamp,
        )

    with pytest.raises(Refused) as no:
        add("")
    assert code_of(no) == "condition_missing"
    assert (add("Letter of 16 November").why_due or {})["condition"] == "Letter of 16 November"


def test_paused_deadline_leaves_the_list_and_comes_back_later(
    deadline: Ask, liaison5: Cast
) -> None:
    stamp = liaison5.stamp
    actions.pause_clock(deadline, from_on=date(2026, 11, 13), reason="Fee is open", stamp=stamp)
    assert (last_kind(), waits(deadline)) == ("ClockPaused", None)
    with pytest.raises(Refused) as no:
        actions.pause_clock(deadline, from_on=TODAY, reason="Again", stamp=stamp)
    assert code_of(no) == "already_paused"
    ask = actions.resume_clock(deadline, until_on=date(2026, 11, 17), stamp=stamp)
    row = waits(ask)
    assert row is not None
    assert row.due_on == ask.due_on == date(2026, 12, 7)
    assert last_kind() == "ClockResumed"
    assert "Fee is open" in " ".join((ask.why_due or {})["steps"])
    with pytest.raises(Refused) as no:
        actions.resume_clock(deadline, until_on=TODAY, stamp=stamp)
    assert code_of(no) == "wrong_state"


@pytest.mark.parametrize(
    ("from_on", "reason", "code"),
    [
        (TODAY + timedelta(days=1), "Fee", "pause_to_come"),
        (date(2026, 11, 10), "Fee", "pause_too_early"),
        (TODAY, " ", "reason_missing"),
    ],
)
def test_senseless_pause_is_refused(
    deadline: Ask, liaison5: Cast, from_on: date, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as no:
        actions.pause_clock(deadline, from_on=from_on, reason=reason, stamp=liaison5.stamp)
    assert code_of(no) == code


@pytest.mark.parametrize(
    ("days", "code"), [(0, "ends_too_early"), (-1, "ends_too_early"), (1, "resumes_to_come")]
)
def test_senseless_end_of_a_pause_is_refused(
    deadline: Ask, liaison5: Cast, days: int, code: str
) -> None:
    actions.pause_clock(deadline, from_on=TODAY, reason="Fee", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        actions.resume_clock(deadline, until_on=TODAY + timedelta(days=days), stamp=liaison5.stamp)
    assert code_of(no) == code


def test_only_a_legal_deadline_has_a_clock(todo: Ask, liaison5: Cast) -> None:
    with pytest.raises(Refused) as no:
        actions.pause_clock(todo, from_on=TODAY, reason="Fee", stamp=liaison5.stamp)
    assert code_of(no) == "wrong_kind"


def test_others_may_not_touch_it(
    deadline: Ask, matter5: Matter, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    auditor = hire("auditor", "The Auditor", Role.AUDITOR)
    for person in (liaison7, partner_dpw, records_officer, auditor):
        stamp = person.stamp
        with pytest.raises(NotAllowed):
            actions.pause_clock(deadline, from_on=TODAY, reason="Fee", stamp=stamp)
        with pytest.raises(NotAllowed):
            actions.resume_clock(deadline, until_on=TODAY, stamp=stamp)
        with pytest.raises(NotAllowed):
            actions.finish_task(deadline, stamp=stamp)
        with pytest.raises(NotAllowed):
            actions.drop_task(deadline, reason="No", stamp=stamp)
        with pytest.raises(NotAllowed):
            actions.add_task(
                matter5, party=person.party, wording="Do it", due_on=TODAY, stamp=stamp
            )
