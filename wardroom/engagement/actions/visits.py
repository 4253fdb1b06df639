"""A request for the Mayor or the cabinet: decided on, its event and tasks, its end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import EventDraft, cancel_event, move_event, plan_event
from wardroom.calendar.actions.words import when
from wardroom.calendar.rules import CANCELLED, MAYOR_EVENT
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.waiting import keep_request_waiting
from wardroom.engagement.models import EventRequest, EventTask
from wardroom.engagement.rules import visits as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import (
    add_task,
    close_matter,
    drop_task,
    finish_task,
    move_task,
    set_next_step,
)
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.queries.clocks import working_calendar
from wardroom.matters.rules import LIVE, TO_DO, check_text

SPAN = timedelta(days=60)


@action(policy.may_decide_event_request)
def decide_event_request(
    matter: Matter, *, decision: str, words: str = "", representative: str = "", stamp: Stamp
) -> EventRequest:
    """Decide on a request: yes, somebody else goes, or no with words for whoever asked.

    A yes puts the event into the calendar, with its tasks on days that follow from its own.
    Refuses: one that was decided; a no without words; somebody else who is not named.
    Records: `EventRequestDecided`; `EventPlanned` and `TaskAdded` for each task, or for a no
    `MatterClosed`, and `TaskDropped` for what was still to be done for it.
    """
    row = _open(matter)
    if row.decision:
        raise Refused("already_decided", "It was decided already.")
    row.decided_words, row.representative = rules.check_decision(decision, words, representative)
    row.decision, row.decided_at, row.decided_by = decision, stamp.at, stamp.actor.name
    if decision != rules.DECLINED:
        row.event = plan_event(_event_draft(row), stamp=stamp)
        row.tasks_from = row.starts_at
    row.save()
    fact = facts.EventRequestDecided(
        **request_words(row),
        decision_label=rules.DECISIONS[decision],
        words_said=row.decided_words,
        representative=row.representative,
    )
    record(fact, stamp=stamp)
    keep_request_waiting(row, stamp=stamp)
    if decision == rules.DECLINED:
        _drop_tasks(matter, row.decided_words, stamp)
        close_matter(matter, outcome="declined", text=row.decided_words, stamp=stamp)
        return row
    _add_tasks(row, stamp)
    on = localdate(row.starts_at)
    set_next_step(matter, next_on=on, next_step=rules.PREPARE_STEP, stamp=stamp)
    return row


@action(policy.may_run_event)
def move_requested_event(
    matter: Matter, *, starts_at: datetime, ends_at: datetime, reason: str, stamp: Stamp
) -> EventRequest:
    """Give the event another time; its run of show and its tasks go with it.

    Refuses: one without an event; no reason; what `move_event` refuses.
    Records: `EventMoved`, `EventTasksMoved`, `TaskMoved` for each task with another day.
    """
    row = _open(matter)
    if row.event is None:
        raise Refused("not_decided_state", "It is not decided yet, so there is no event.")
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=200
    )
    move_event(row.event, starts_at=starts_at, ends_at=ends_at, reason=reason, stamp=stamp)
    return move_event_tasks(matter, stamp=stamp)


@action(policy.may_run_event)
def move_event_tasks(matter: Matter, *, stamp: Stamp) -> EventRequest:
    """Let the tasks of an event have the days that follow from the time it has now.

    Refuses: one without an event; tasks that have these days already.
    Records: `EventTasksMoved`, `TaskMoved` for each task with another day.
    """
    row = _open(matter)
    if row.event is None or row.tasks_from == row.event.starts_at:
        raise Refused("already_so", "Its tasks have their days.")
    starts_at = row.event.starts_at
    row.tasks_from = starts_at
    row.save(update_fields=["tasks_from"])
    live = row.tasks.filter(ask__state__in=LIVE).select_related("ask__party", "ask__matter")
    days = _days(row, stamp)
    moved = [
        (task.ask, days[task.step])
        for task in live.order_by("pk")
        if days[task.step] != task.ask.due_on
    ]
    fact = facts.EventTasksMoved(
        **request_words(row), when=when(starts_at), tasks=len(moved), starts_at=starts_at
    )
    record(fact, stamp=stamp)
    for ask, due_on in moved:
        move_task(ask, due_on=due_on, reason=f"The event is {when(starts_at)}", stamp=stamp)
    return row


@action(policy.may_run_event)
def finish_event_tasks(matter: Matter, *, tasks: Collection[int], stamp: Stamp) -> EventRequest:
    """Tick off several tasks of an event at once.

    Refuses: none chosen; one that is no open task of this event. Records: `TaskDone` for each.
    """
    row = _open(matter)
    chosen = list(matter.asks.filter(pk__in=tasks, state__in=LIVE, kind=TO_DO).order_by("pk"))
    if not chosen or len(chosen) < len(set(tasks)):
        raise Refused("unknown_task", "Choose from the tasks that are open.", field="tasks")
    for task in chosen:
        finish_task(task, stamp=stamp)
    return row


@action(policy.may_run_event)
def end_event_request(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say what came of a request: it took place, or it was called off.

    Where it was called off, its event is canceled and its tasks are dropped.
    Refuses: an event that was not held; no words for calling off; what `close_matter` refuses.
    Records: `MatterClosed`; `EventCancelled` and `TaskDropped` where it was called off.
    """
    row = _open(matter)
    if outcome == "took_place" and (row.event is None or row.event.state != "held"):
        raise Refused(
            "not_held", "Check people in or write down that it was held.", field="outcome"
        )
    if outcome in ("called_off", "opened_in_error"):
        _call_off(row, text, stamp)
    row.matter = close_matter(matter, outcome=outcome, text=text, stamp=stamp)
    keep_request_waiting(row, stamp=stamp)
    return row.matter


@action(policy.may_follow_calendar)
def follow_cancelled_visit(matter: Matter, *, stamp: Stamp) -> Matter:
    """Call off a request whose event the calendar alone canceled; its tasks are dropped.

    Refuses: one that is closed, or whose event the calendar still has.
    Records: `MatterClosed`; `TaskDropped` for each task that was open.
    """
    row = _open(matter)
    if row.event is None or row.event.state != CANCELLED:
        raise Refused("wrong_state", "The calendar still has this event.")
    why = row.event.cancelled_why
    _drop_tasks(matter, why, stamp)
    return close_matter(matter, outcome="called_off", text=why, stamp=stamp)


def request_words(row: EventRequest) -> Mapping[str, Any]:
    """What every line about a request says of it."""
    return {**matter_words(row.matter), "asked_by_id": row.asked_by_id}


def _open(matter: Matter) -> EventRequest:
    if matter.state != "open":
        raise Refused("wrong_state", "This request is closed.")
    rows = EventRequest.objects.select_for_update(of=("self",), no_key=True)
    row: EventRequest = rows.select_related("matter", "event").get(matter=matter)
    return row


def _event_draft(row: EventRequest) -> EventDraft:
    return EventDraft(
        kind=MAYOR_EVENT,
        title=row.matter.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ward_code=row.matter.ward_code,
        place_text=row.where,
        matter=row.matter,
    )


def _days(row: EventRequest, stamp: Stamp) -> dict[str, Any]:
    assert row.event is not None
    on = localdate(row.event.starts_at)
    is_open = working_calendar(on - SPAN, on + SPAN).is_open
    today = localdate(stamp.at)
    return {s.code: rules.step_day(s, on, is_open=is_open, today=today) for s in rules.STEPS}


def _add_tasks(row: EventRequest, stamp: Stamp) -> None:
    days = _days(row, stamp)
    for step in rules.steps_for(language=row.language_needs, access=row.access_needs):
        ask = add_task(
            row.matter,
            party=row.matter.owner,
            wording=step.wording,
            due_on=days[step.code],
            stamp=stamp,
        )
        EventTask.objects.create(request=row, ask=ask, step=step.code)


def _call_off(row: EventRequest, text: str, stamp: Stamp) -> None:
    if row.event is not None and row.event.state == "planned":
        cancel_event(row.event, reason=text, stamp=stamp)
    _drop_tasks(row.matter, text, stamp)


def _drop_tasks(matter: Matter, text: str, stamp: Stamp) -> None:
    for ask in matter.asks.filter(state__in=LIVE).order_by("pk"):
        drop_task(ask, reason=text.strip() or "It was opened in error", stamp=stamp)
