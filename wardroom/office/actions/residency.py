"""Counting residency, reminding of it, seeing proof, and deciding where there was none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.documents.gateways import must_be_kept
from wardroom.kernel.business_time import Aim, Clock, Due
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.models import Rule
from wardroom.library.queries import RuleRow, days_in_force, due_under, rule_in_force
from wardroom.library.rules.clocks import PEOPLE
from wardroom.matters.queries.clocks import working_calendar
from wardroom.matters.rules import Wait, check_reason, check_text
from wardroom.office import facts, policy
from wardroom.office.actions.waits import end_waits, wait_for_both
from wardroom.office.models import Reminder, ResidencyClock, ResidencyDecision, ResidencyProof
from wardroom.office.rules import residency as rules

NOUN = "residency"
OPENS = time(9, 0)


@action(policy.may_start_residency)
def start_residency_clock(
    party: Party, *, appointed_on: date, appointed_as: str, source: str = "", stamp: Stamp
) -> ResidencyClock:
    """Begin to count the days in which somebody who was appointed has to live in the city.

    Refuses: somebody who is no person, or whose clock runs; no position; a source that started
    one; an appointment more than a year away. Records: `ResidencyClockStarted`.
    """
    if party.kind != Party.Kind.PERSON:
        raise Refused("not_a_person", f"{party.name} is not a person.", field="party")
    if ResidencyClock.objects.filter(party=party, state__in=("running", "proved")).exists():
        sentence = f"The residency of {party.name} is counted already."
        raise Refused("already_counted", sentence, field="party")
    if source and ResidencyClock.objects.filter(source=source).exists():
        raise Refused("already_counted", "This appointment is counted already.")
    if abs((appointed_on - localdate(stamp.at)).days) > 366:
        sentence = "Choose the day of the appointment, at most a year from today."
        raise Refused("too_far", sentence, field="appointed_on")
    words = check_text(
        appointed_as,
        code="title_missing",
        sentence="Say to which position they were appointed.",
        field="appointed_as",
        most=120,
    )
    due = due_day(appointed_on)
    clock: ResidencyClock = ResidencyClock.objects.create(
        party=party,
        appointed_as=words,
        appointed_on=appointed_on,
        due_on=due.due_on,
        why_due=due.to_plain(),
        source=source[:60],
    )
    fact = facts.ResidencyClockStarted(
        **_about(clock),
        appointed_as=words,
        appointed_on=appointed_on,
        due_on=due.due_on,
        citation=due.citation,
    )
    record(fact, stamp=stamp)
    return clock


@action(policy.may_start_residency)
def name_appointee(clock: ResidencyClock, *, party: Party, stamp: Stamp) -> ResidencyClock:
    """Say who of the office an appointee is, whose clock was started by a name only.

    What was told of it stays in the lists, and is in theirs now. Refuses: a clock that is over,
    or that is somebody's; somebody whose residency is counted already. Records: `AppointeeNamed`.
    """
    if clock.state not in ("running", "proved"):
        raise Refused("clock_over", "This residency is not counted any more.")
    if clock.party.user_id is not None:
        sentence = f"This is the residency of {clock.party.name}, who signs in."
        raise Refused("already_named", sentence, field="party")
    if ResidencyClock.objects.filter(party=party, state__in=("running", "proved")).exists():
        sentence = f"The residency of {party.name} is counted already."
        raise Refused("already_counted", sentence, field="party")
    before = clock.party.name
    clock.party = party
    clock.save(update_fields=["party"])
    record(facts.AppointeeNamed(**_about(clock), named_before=before), stamp=stamp)
    end_waits(NOUN, clock.pk)
    by = clock.recheck_on if clock.state == "proved" else clock.due_on
    key = f"{clock.pk}:{by}" if clock.state == "proved" else str(clock.pk)
    if by is not None and Reminder.objects.filter(noun=NOUN, key=key).exists():
        _wait(clock, by, localdate(stamp.at), stamp)
    return clock


@action(policy.may_remind_of_residency)
def remind_of_residency(clock: ResidencyClock, *, stamp: Stamp) -> ResidencyClock:
    """Remind of a residency that is not proved yet, once at 30, 90, 150 and 170 days.

    Refuses: a clock of which nothing is to be told today. Records: `ResidencyReminded`.
    """
    today, key = localdate(stamp.at), str(clock.pk)
    told = set(Reminder.objects.filter(noun=NOUN, key=key).values_list("step", flat=True))
    owed = rules.steps_owed(clock.appointed_on, today, told)
    if clock.state != "running" or not owed:
        raise Refused("nothing_due", "Nothing is to be told of this clock today.")
    Reminder.objects.bulk_create(
        Reminder(noun=NOUN, key=key, step=step, at=stamp.at) for step in owed
    )
    record(
        facts.ResidencyReminded(**_about(clock), step=owed[-1], due_on=clock.due_on), stamp=stamp
    )
    _wait(clock, clock.due_on, today, stamp)
    return clock


@action(policy.may_remind_of_residency)
def remind_of_recheck(clock: ResidencyClock, *, stamp: Stamp) -> ResidencyClock:
    """Say that proof is to be looked at again, once 30 days ahead and once on the day.

    Refuses: a clock of which nothing is to be told today. Records: `ResidencyRecheckDue`.
    """
    today = localdate(stamp.at)
    if clock.state != "proved" or clock.recheck_on is None:
        raise Refused("nothing_due", "Nothing is to be told of this clock today.")
    key = f"{clock.pk}:{clock.recheck_on.isoformat()}"
    told = set(Reminder.objects.filter(noun=NOUN, key=key).values_list("step", flat=True))
    step = rules.recheck_step(clock.recheck_on, today, told)
    if step is None:
        raise Refused("nothing_due", "Nothing is to be told of this clock today.")
    Reminder.objects.create(noun=NOUN, key=key, step=step, at=stamp.at)
    fact = facts.ResidencyRecheckDue(**_about(clock), step=step, recheck_on=clock.recheck_on)
    record(fact, stamp=stamp)
    _wait(clock, clock.recheck_on, today, stamp)
    return clock


@action(policy.may_record_proof)
def record_proof(
    clock: ResidencyClock, *, kinds: Iterable[str], seen_on: date, stamp: Stamp
) -> ResidencyProof:
    """Write down which kinds of document you saw as proof; no document and no address is kept.

    It is looked at again a year later. Refuses: no known kind of document; a day to come, or
    long before the appointment; a clock that is over. Records: `ResidencyProved`.
    """
    if clock.state not in ("running", "proved"):
        raise Refused("clock_over", "This residency is not counted any more.")
    today = localdate(stamp.at)
    known = rules.check_proof(kinds, seen_on, since=clock.appointed_on, today=today)
    days = days_in_force(rules.RECHECK, seen_on).get("", rules.RECHECK_DAYS)
    clock.state, clock.proved_on = "proved", seen_on
    clock.recheck_on = rules.recheck_day(max(seen_on, clock.appointed_on), days)
    clock.save(update_fields=["state", "proved_on", "recheck_on"])
    proof: ResidencyProof = ResidencyProof.objects.create(
        clock=clock, kinds=known, seen_on=seen_on, seen_by=stamp.actor.name, at=stamp.at
    )
    fact = facts.ResidencyProved(
        **_about(clock), kinds=tuple(known), seen_on=seen_on, recheck_on=clock.recheck_on
    )
    record(fact, stamp=stamp)
    end_waits(NOUN, clock.pk)
    return proof


@action(policy.may_decide_residency)
def decide_residency(
    clock: ResidencyClock, *, outcome: str, reason: str, stamp: Stamp
) -> ResidencyDecision:
    """Decide what follows where residency was not proved in time; the house never decides that.

    Either ends the clock and nothing else: roles and the seat are ended by the director.
    Refuses: a clock that is not late; no outcome; no reason. Records: `ResidencyDecided`.
    """
    if outcome not in rules.OUTCOMES:
        raise Refused("outcome_unknown", "Say what was decided.", field="outcome")
    today = localdate(stamp.at)
    if not rules.is_overdue(clock.state, clock.due_on, clock.recheck_on, today):
        raise Refused("not_due", "There is nothing to decide before the day has passed.")
    why = check_text(reason, code="reason_missing", sentence="Say why.", field="reason", most=500)
    decision: ResidencyDecision = ResidencyDecision.objects.create(
        clock=clock, outcome=outcome, reason=why, at=stamp.at, by=stamp.actor.name
    )
    clock.state, clock.ended_on = outcome, today
    clock.save(update_fields=["state", "ended_on"])
    record(facts.ResidencyDecided(**_about(clock), outcome=outcome, reason=why), stamp=stamp)
    end_waits(NOUN, clock.pk)
    return decision


@action(policy.may_end_residency)
def end_residency_clock(clock: ResidencyClock, *, reason: str, stamp: Stamp) -> ResidencyClock:
    """End a clock because the person left, or because it was started by mistake.

    Refuses: a clock that is over; no reason. Records: `ResidencyClockEnded`.
    """
    if clock.state not in ("running", "proved"):
        raise Refused("clock_over", "This residency is not counted any more.")
    why = check_reason(reason)
    clock.state, clock.ended_on = "ended", localdate(stamp.at)
    clock.save(update_fields=["state", "ended_on"])
    record(facts.ResidencyClockEnded(**_about(clock), reason=why), stamp=stamp)
    end_waits(NOUN, clock.pk)
    return clock


@action(policy.may_dispose_staffing)
def dispose_of_proofs(clock: ResidencyClock, *, reason: str, stamp: Stamp) -> ResidencyClock:
    """Dispose of what was kept about proof, once the clock is over; that there was proof stays.

    Refuses: a clock that runs; nothing left; what a legal hold keeps; no reason.
    Records: `ResidencyDisposed`.
    """
    if clock.state in ("running", "proved"):
        raise Refused("still_needed", "This is needed while the residency is counted.")
    if must_be_kept("staff", f"{NOUN}:{clock.pk}"):
        raise Refused("held", "A legal hold keeps it.")
    why = check_reason(reason)
    rows = clock.proofs.filter(disposed_at=None)
    if not rows.update(kinds=[], seen_by="", disposed_at=stamp.at):
        raise Refused("nothing_left", "Nothing is kept about proof any more.")
    record(facts.ResidencyDisposed(**_about(clock), reason=why), stamp=stamp)
    return clock


def due_day(appointed_on: date) -> Due:
    """By when residency is proved, by the rule that held on the day, with its arithmetic."""
    calendar = working_calendar(appointed_on, appointed_on + timedelta(days=rules.DAYS + 1))
    start = make_aware(datetime.combine(appointed_on, OPENS))
    due = due_under(_rule(appointed_on), start, calendar=calendar)
    return replace(due, steps=rules.said_of_appointment(due.steps))


def _rule(on: date) -> RuleRow:
    if Rule.objects.filter(code=rules.RULE).exists():
        return rule_in_force(rules.RULE, on)
    (seed,) = (seed for seed in PEOPLE if seed.code == rules.RULE)
    return RuleRow(
        code=seed.code,
        name=seed.name,
        citation=seed.citation,
        clock=Clock(seed.clock),
        days=seed.days,
        calendar_code="",
        valid_from=seed.valid_from,
        valid_until=None,
        aim=Aim(seed.aim),
        extends="",
        condition="",
        own=False,
    )


def _wait(clock: ResidencyClock, due_on: date, today: date, stamp: Stamp) -> None:
    wait_for_both(
        NOUN,
        clock.pk,
        Wait("residency", due_on),
        party=clock.party,
        title=f"Residency of {clock.party.name}",
        own="Show proof that you live in the city",
        today=today,
        stamp=stamp,
    )


def _about(clock: ResidencyClock) -> dict[str, Any]:
    return {
        "clock_id": clock.pk,
        "party_id": clock.party.pk,
        "party_name": clock.party.name,
    }
