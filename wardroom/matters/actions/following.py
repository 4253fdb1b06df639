"""The next step of an issue follows what was done, unless a person wrote one of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action_is_running
from wardroom.ledger.actions import record
from wardroom.matters import facts, rules
from wardroom.matters.actions.waiting import keep_matter_waiting, settle_asks
from wardroom.matters.actions.words import matter_words, save_matter
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries.clocks import working_calendar

FORTNIGHT = timedelta(days=14)


def follow_ask(ask: Ask, *, done: bool = False, stamp: Stamp) -> None:
    """Let the next step follow what became of an ask; called by that change."""
    matter = _followed(ask.matter_id)
    if matter is None or ask.kind != rules.REFERRAL:
        return
    today = localdate(stamp.at)
    step = rules.step_by_asks(_asks(matter), now=matter.next_step, done=done, today=today)
    _set(matter, step, stamp)


def follow_look(matter: Matter, *, gone: bool, seen_at: datetime, stamp: Stamp) -> None:
    """Let the next step follow what somebody saw at the place; called by that change.

    Work that an agency had called done by then waits for a look no longer.
    """
    settle_asks(matter, states=("done",), answered_by=seen_at, stamp=stamp)
    followed = _followed(matter.pk)
    if followed is None:
        return
    waits = any(ask.state in rules.WITH_AGENCY for ask in _asks(followed))
    step = rules.step_after_look(gone=gone, waits=waits)
    if step is not None:
        _set(followed, step, stamp)


def follow_telling(matter: Matter, *, untold: int, stamp: Stamp) -> None:
    """Let the next step follow that somebody was told; called by that change."""
    followed = _followed(matter.pk)
    if followed is not None:
        _set(followed, rules.step_after_telling(untold=untold), stamp)


def follow_day(matter: Matter, *, words: str, by: date, stamp: Stamp) -> None:
    """Let the next step follow a day that somebody outside told; called by that change."""
    _set(matter, rules.Step(words, by), stamp)


def next_working_day(today: date) -> date:
    """The first day after today on which the office works."""
    calendar = working_calendar(today, today + FORTNIGHT)
    days = [today + timedelta(days=n) for n in range(1, 15)]
    return next((day for day in days if calendar.is_open(day)), days[0])


def _followed(matter_id: int | None) -> Matter | None:
    """The matter, locked, if it is open and its next step is one that the house wrote."""
    if not action_is_running():
        raise RuntimeError("the next step is kept by actions only")
    rows = Matter.objects.select_for_update(of=("self",), no_key=True)
    kept = rows.filter(pk=matter_id, state="open", next_step__in=rules.HOUSE_STEPS)
    return kept.select_related("owner", "place").first()


def _asks(matter: Matter) -> list[rules.AskNow]:
    rows = matter.asks.filter(kind=rules.REFERRAL).order_by("pk")
    return [
        rules.AskNow(state, rules.expected_on(promised_on, due_on))
        for state, promised_on, due_on in rows.values_list("state", "promised_on", "due_on")
    ]


def _set(matter: Matter, step: rules.Step, stamp: Stamp) -> None:
    same = matter.next_step == step.words
    by = step.by or (same and matter.next_on) or next_working_day(localdate(stamp.at))
    if same and by == matter.next_on:
        return
    matter.next_step, matter.next_on = step.words, by
    save_matter(matter, "next_on", "next_step")
    fact = facts.NextStepFollowed(**matter_words(matter), next_on=by, next_step=matter.next_step)
    record(fact, stamp=stamp)
    keep_matter_waiting(matter, stamp=stamp)
