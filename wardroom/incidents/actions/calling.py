"""Calling people to an incident, step by step, each step once.

Everything of a step is one commit: the row, which no second step can have again, the one-off
link, the message in the outbox, the line of the ledger, and the time of the next step. A
worker that is killed before the commit did nothing; the next minute does it. One that is
killed after it did all of it, and a twin finds the step not due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.holding import hold_matter
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import CallOut, Incident
from wardroom.incidents.queries.duty import people_now
from wardroom.incidents.queries.links import CALL_OUT, TOKEN_LENGTH, map_link, opened_words
from wardroom.incidents.queries.reaching import get_addresses
from wardroom.incidents.rules import Called, NextCall
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import clock, ended
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.library.queries import office_hours
from wardroom.matters.actions.waiting import end_wait, end_waits, wait_for
from wardroom.matters.rules import Wait
from wardroom.notices.actions import issue_key, note_nobody_to_tell, queue_message
from wardroom.notices.rules import open_moment

CALLED, NOBODY_TOOK, UNSENT = "call_out", "nobody_took", "call_unsent"


@action(policy.may_run_house)
def begin_calling(incident: Incident, *, stamp: Stamp) -> CallOut | None:
    """Call the first: whoever is on call, or whoever stands in for a gap in the rota.

    Refuses: `already_called`. Records: `CallOutMade`, or `CallOutsExhausted` where nobody is there.
    """
    if incident.call_outs.exists():
        raise Refused("already_called", "Somebody was called already.")
    return call_next(incident, stamp=stamp)


@action(policy.may_run_house)
def climb_call_out(incident: Incident, *, stamp: Stamp) -> CallOut | None:
    """Call the next, where nobody answered in time; called every minute by the clock.

    Refuses: `not_due` where the step is not due, was made by a twin, or is needed no more.
    Records: `CallOutMade`, or `CallOutsExhausted`.
    """
    hold_matter(incident)
    last = incident.call_outs.order_by("-step").first()
    waits = last is not None and last.state in rules.WAITED_ON and last.due_at <= stamp.at
    over = incident.taken_at is not None or incident.exhausted_at is not None
    if not waits or over or incident.matter.state != "open":
        raise Refused("not_due", "No step is due.")
    end_open(incident, rules.CALL_LAPSED, stamp=stamp)
    return call_next(incident, stamp=stamp)


@action(policy.may_run_house)
def call_next(incident: Incident, *, stamp: Stamp) -> CallOut | None:
    """Make the next step of an incident, for whatever reason it is due.

    Refuses: nothing. Records: `CallOutMade`, or `CallOutsExhausted` where nobody is left.
    """
    called, chosen = _chosen(incident, stamp)
    if chosen is None:
        _give_up(incident, len(called), stamp=stamp)
        return None
    call_out = _keep(incident, called, chosen, stamp)
    entry = _told(call_out, stamp)
    _write(call_out, entry, stamp)
    wait_for(
        CALLED,
        f"{incident.pk}-{call_out.party_id}",
        Wait(CALLED, localdate(stamp.at)),
        party=call_out.party,
        title=incident.matter.title,
        matter=incident.matter,
        ward_code=incident.ward_code,
        stamp=stamp,
    )
    return call_out


def call_after_giving_back(incident: Incident, party: Party, *, stamp: Stamp) -> None:
    """Call the next, and not whoever gave it back, called or not, while anybody else is left."""
    calls = incident.call_outs.order_by("-step")
    last, own = calls.first(), calls.filter(party=party).first()
    if own is not None:
        CallOut.objects.filter(pk=own.pk).update(state=rules.CALL_PASSED)
    chosen = _chosen(incident, stamp)[1]
    if own is None or (own != last and chosen is not None and chosen.party == party.pk):
        own = CallOut.objects.create(
            incident=incident,
            step=last.step + 1 if last is not None else 1,
            rung=rules.UNCALLED,
            role=rules.UNCALLED,
            party=party,
            state=rules.CALL_PASSED,
            called_at=stamp.at,
            due_at=stamp.at,
            ended_at=stamp.at,
        )
    call_after_pass(incident, own, stamp=stamp)


def call_after_pass(incident: Incident, call_out: CallOut, *, stamp: Stamp) -> None:
    """Call the next at once; where all who are left said that they cannot, call again later."""
    _, chosen = _chosen(incident, stamp)
    cannot = incident.call_outs.filter(state=rules.CALL_PASSED)
    if chosen is None or not cannot.filter(party=chosen.party).exists():
        call_next(incident, stamp=stamp)
        return
    call_out.due_at = rules.asked_again_at(
        severity=incident.severity, at=stamp.at, opens=_next_morning
    )
    call_out.save(update_fields=["due_at"])


def end_called(incident: Incident, party_id: int | None = None) -> None:
    """Take a call off the list of whoever was called, or of all of them."""
    if party_id is not None:
        end_wait(CALLED, f"{incident.pk}-{party_id}")
        return
    for noun in (CALLED, NOBODY_TOOK, UNSENT):
        end_waits(noun, f"{incident.pk}-")


@action(policy.may_run_house)
def note_call_not_sent(incident: Incident, *, call_out: CallOut, stamp: Stamp) -> Incident:
    """Put a call whose message did not arrive onto every director's list: somebody phones.

    Refuses: `not_needed` where somebody has it, or it is over. Records: `CallNotSent`.
    """
    if incident.taken_at is not None or incident.matter.state != "open":
        raise Refused("not_needed", "Nobody is called to this incident any more.")
    fact = facts.CallNotSent(
        **incident_words(incident),
        call_out_id=call_out.pk,
        step=call_out.step,
        party_id=call_out.party_id,
        party_name=call_out.party.name,
    )
    record(fact, stamp=stamp)
    title = f"{call_out.party.name}: {incident.matter.title}"[:300]
    _tell_directors(incident, UNSENT, f"{incident.pk}-{call_out.pk}", title=title, stamp=stamp)
    return incident


def end_open(incident: Incident, state: str, *, stamp: Stamp) -> None:
    """Say of the call that waits for an answer that it does so no more."""
    rows = incident.call_outs.filter(state=rules.CALL_OPEN)
    rows.update(state=state, ended_at=stamp.at)


def end_call_outs(incident: Incident, *, taken_by: Party | None, stamp: Stamp) -> None:
    """Somebody has it, or it is over: nobody is waited for, and it leaves their lists."""
    own = incident.call_outs.filter(party=taken_by).order_by("-step").first() if taken_by else None
    end_open(incident, rules.CALL_ENDED, stamp=stamp)
    if own is not None:
        CallOut.objects.filter(pk=own.pk).update(state=rules.CALL_TAKEN, ended_at=stamp.at)
    end_called(incident)


def _chosen(incident: Incident, stamp: Stamp) -> tuple[list[Called], NextCall | None]:
    made = list(incident.call_outs.order_by("step").values_list("rung", "party", "state"))
    called = [Called(rung, party, state == rules.CALL_PASSED) for rung, party, state in made]
    return called, rules.next_call(called, people_now(incident, at=stamp.at))


def _keep(incident: Incident, called: Sequence[Called], chosen: NextCall, stamp: Stamp) -> CallOut:
    due_at = rules.falls_at(
        called, chosen, severity=incident.severity, at=stamp.at, opens=_next_morning
    )
    made: CallOut = CallOut.objects.create(
        incident=incident,
        step=len(called) + 1,
        rung=chosen.rung,
        role=chosen.role,
        party=Party.objects.select_related("user").get(pk=chosen.party),
        why=chosen.why,
        called_at=stamp.at,
        due_at=due_at,
    )
    return made


def _next_morning(at: datetime) -> datetime:
    calendar = office_hours()
    return open_moment(at, calendar) if calendar is not None else at


def _told(call_out: CallOut, stamp: Stamp) -> Entry:
    fact = facts.CallOutMade(
        **incident_words(call_out.incident),
        call_out_id=call_out.pk,
        step=call_out.step,
        role_label=rules.ROLES[call_out.role],
        party_id=call_out.party_id,
        party_name=call_out.party.name,
        why=call_out.why,
        due_at=call_out.due_at,
    )
    return record(fact, stamp=stamp)


def _write(call_out: CallOut, entry: Entry, stamp: Stamp) -> None:
    """The messages of one step, each to one address with a link of its own."""
    incident = call_out.incident
    kind = rules.INCIDENT_KINDS[incident.kind_code].label
    lead = "EXERCISE: call-out" if incident.exercise else "CALL-OUT"
    where = incident.where_text or (f"Ward {incident.ward_code}" if incident.ward_code else "")
    subject = f"{lead}: {kind}, {where}" if where else f"{lead}: {kind}"
    addresses = get_addresses(call_out.party)
    if not addresses:
        note_nobody_to_tell(
            None, entry_id=entry.pk, to_name=call_out.party.name, subject=subject, stamp=stamp
        )
    for address in addresses:
        key = issue_key(
            None,
            purpose=CALL_OUT,
            noun=CALL_OUT,
            key=str(call_out.pk),
            holder=address.value,
            expires_at=stamp.at + timedelta(hours=rules.LINK_HOURS),
            stamp=stamp,
        )
        mark = f"{{{{key:{key.pk}}}}}"
        link = settings.SITE + reverse("call", args=["TOKEN"]).replace("TOKEN", mark)
        short = address.kind == "short"
        queue_message(
            None,
            entry_id=entry.pk,
            to_name=call_out.party.name,
            to_address=address.value,
            subject=lead if short else subject,
            text=_short(incident, kind, where, link) if short else _long(call_out, kind, link),
            key=f"call_out:{call_out.pk}:{address.pk}",
            quick=True,
            stamp=stamp,
        )


def _short(incident: Incident, kind: str, where: str, link: str) -> str:
    return rules.short_text(
        kind, where, link, exercise=incident.exercise, token_length=TOKEN_LENGTH
    )


def _long(call_out: CallOut, kind: str, link: str) -> str:
    incident, falls = call_out.incident, clock(localtime(call_out.due_at).time())
    lines = [
        "THIS IS AN EXERCISE." if incident.exercise else "",
        f"{kind}. {incident.where_text or 'The place is not known yet'}.",
        incident.words,
        f"Ward {incident.ward_code}." if incident.ward_code else "The whole city.",
        opened_words(incident),
        f"On a map: {where}" if (where := map_link(incident)) else "",
        "",
        f"You are called as {rules.ROLES[call_out.role]}. {call_out.why}".strip(),
        ended(f"Without an answer somebody else is called at {falls}"),
        "",
        "I have it, or I cannot:",
        link,
    ]
    kept = [line for line in lines[:6] if line]
    return "\n".join([*kept, *lines[6:]]) + "\n"


def _give_up(incident: Incident, steps: int, *, stamp: Stamp) -> None:
    """Nobody is left to be called: it stands on every director's list until somebody takes it."""
    incident.exhausted_at = stamp.at
    incident.save(update_fields=["exhausted_at"])
    record(facts.CallOutsExhausted(**incident_words(incident), steps=steps), stamp=stamp)
    _tell_directors(
        incident, NOBODY_TOOK, str(incident.pk), title=incident.matter.title, stamp=stamp
    )


def _tell_directors(incident: Incident, noun: str, key: str, *, title: str, stamp: Stamp) -> None:
    """Put it onto every director's list until somebody has the incident."""
    today = localdate(stamp.at)
    for director in get_directors(on=today):
        wait_for(
            noun,
            f"{key}-{director.pk}",
            Wait(noun, today),
            party=director,
            title=title,
            matter=incident.matter,
            ward_code=incident.ward_code,
            stamp=stamp,
        )
