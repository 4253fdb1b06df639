"""When an agency is silent: each step of the ladder, dated and written down."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.tasks import add_task
from wardroom.matters.actions.words import ask_words
from wardroom.matters.models import Ask
from wardroom.matters.queries.clocks import LADDER_SPAN, ladder_days, working_calendar


def start_ladder(ask: Ask) -> None:
    """Count silence anew from what just happened to a referral; the caller saves it."""
    ask.rung = 0
    ask.rung_on = _next_rung_on(ask)


@action(policy.may_climb_ladder)
def climb_ladder(ask: Ask, *, stamp: Stamp) -> Ask:
    """Take the next step with an agency that is silent: remind, call, tell the director, write up.

    Refuses: an ask whose agency does not owe an answer; a day or an hour that is too early:
    nothing goes out outside working hours. Records: `AskReminded`, `CallWanted`,
    `DirectorTold` or `AgencyHeadTold`, and `TaskAdded` for the call and for the director.
    """
    today = localdate(stamp.at)
    rung = rules.rung_after(ask.rung)
    if ask.rung_on is None or rung is None:
        raise Refused("wrong_state", "This agency does not owe an answer.")
    calendar = working_calendar(today, today)
    local = calendar.local(stamp.at)
    if today < ask.rung_on or not calendar.is_open(today):
        raise Refused("too_early", "The next step is not due yet.")
    if not calendar.opens <= local.time() < calendar.closes:
        raise Refused("too_early", "The next step waits for working hours.")
    since = rules.silent_since(ask.state, asked_on=_asked_on(ask), promised_on=ask.promised_on)
    ask.rung = rung.number
    ask.rung_on = _after_today(_next_rung_on(ask), today)
    ask.save(update_fields=["rung", "rung_on"])
    kind = facts.RUNGS[rung.code]
    record(
        kind(**ask_words(ask), rung=rung.number, silent_since=since or today, broken=_broken(ask)),
        stamp=stamp,
    )
    _put_on_lists(ask, rung.code, today, stamp)
    return ask


def _put_on_lists(ask: Ask, code: str, today: date, stamp: Stamp) -> None:
    """The liaison's call and the director's step are to-dos of their own."""
    matter = ask.case
    if code == "call":
        wording = f"Call {ask.party.name} about: {ask.wording}"
        _add(ask, (matter.owner,), wording, today, stamp)
    if code == "director":
        wording = f"{ask.party.name} has not answered, follow up: {ask.wording}"
        _add(ask, get_directors(on=today), wording, today, stamp)


def _add(ask: Ask, parties: tuple[Party, ...], wording: str, today: date, stamp: Stamp) -> None:
    for party in parties:
        add_task(
            ask.case,
            kind=rules.TO_DO,
            party=party,
            wording=wording[:300],
            due_on=today,
            stamp=stamp,
        )


def _next_rung_on(ask: Ask) -> date | None:
    since = rules.silent_since(ask.state, asked_on=_asked_on(ask), promised_on=ask.promised_on)
    rung = rules.rung_after(ask.rung)
    if since is None or rung is None:
        return None
    days = ladder_days(since)
    return rules.rung_on(
        rung, since, calendar=working_calendar(since, since + LADDER_SPAN), days=days
    )


def _after_today(day: date | None, today: date) -> date | None:
    """One step a day: after a standstill the agency is still reminded before anybody is told."""
    return day if day is None or day > today else today + timedelta(days=1)


def _asked_on(ask: Ask) -> date | None:
    return localdate(ask.asked_at) if ask.asked_at else None


def _broken(ask: Ask) -> bool:
    """Whether it is a promise that was not kept, rather than an answer that did not come."""
    return ask.state == "accepted"
