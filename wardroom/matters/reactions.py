"""What follows from an ask: the agency is told of our moves, and we are told of its answers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.queries import actor_for
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day
from wardroom.matters import policy
from wardroom.matters.facts import (
    AskAccepted,
    AskCountered,
    AskDeclined,
    AskDone,
    AskRequested,
    AskWithdrawn,
    CounterAgreed,
    PromiseMoved,
)
from wardroom.matters.models import Ask
from wardroom.notices.actions import note_nobody_to_tell, queue_message

OfficeMove = AskRequested | AskWithdrawn | CounterAgreed
AgencyAnswer = AskAccepted | AskDeclined | AskCountered | AskDone | PromiseMoved

SUBJECTS = {
    "AskRequested": "Asked of {agency}: {wording}",
    "AskWithdrawn": "No longer asked of {agency}: {wording}",
    "CounterAgreed": "Your date is agreed: {wording}",
    "AskAccepted": "{agency} accepted: {wording}",
    "AskDeclined": "{agency} declined: {wording}",
    "AskCountered": "{agency} suggests another date: {wording}",
    "AskDone": "{agency} says it is done: {wording}",
    "PromiseMoved": "{agency} moved its promise: {wording}",
}
CLOSINGS = {
    "AskRequested": "Please accept it with the date you promise, suggest another date, "
    "or decline it with the reason:",
    "AskWithdrawn": "You need do nothing. The record of it stays here:",
    "CounterAgreed": "The date you suggested is now your promise. Report here when it is done:",
    "AskAccepted": "The promise and what led to it:",
    "AskDeclined": "The reason, and what you can do next:",
    "AskCountered": "Agree to the date or withdraw the ask:",
    "PromiseMoved": "The first promise stays on record beside the new one:",
    "AskDone": "Done by the agency's word only. Somebody else looks before it counts:",
}


def tell_agency(fact: OfficeMove, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the agency that it was asked, released, or taken at its word."""
    ask = _ask(fact.ask_id)
    _tell(ask.party, ask, fact, entry_id=entry_id, stamp=stamp)


def tell_owner(fact: AgencyAnswer, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the owner of the matter what the agency answered.

    Where the owner no longer works in the ward, whoever holds its seat is told instead, and
    where nobody does, the director.
    """
    ask = _ask(fact.ask_id)
    today = localdate(stamp.at)
    ward_code = ask.case.ward_code
    for party in (ask.case.owner, get_liaison_of(ward_code, on=today)):
        if party is not None and policy.runs(actor_for(party.user, on=today), ward_code):
            _tell(party, ask, fact, entry_id=entry_id, stamp=stamp)
            return
    for party in get_directors(on=today):
        _tell(party, ask, fact, entry_id=entry_id, stamp=stamp)


def _tell(
    party: Party, ask: Ask, fact: OfficeMove | AgencyAnswer, *, entry_id: int, stamp: Stamp
) -> None:
    subject = SUBJECTS[fact.kind].format(agency=ask.party.name, wording=ask.wording)
    addresses = _addresses(party)
    if not addresses:
        note_nobody_to_tell(
            None, entry_id=entry_id, to_name=party.name, subject=subject, stamp=stamp
        )
    for address in addresses:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=party.name,
            to_address=address,
            subject=subject,
            text=_text(ask, fact),
            stamp=stamp,
        )


def _ask(ask_id: int) -> Ask:
    rows = Ask.objects.select_related("party", "matter__owner__user", "matter__place")
    ask = rows.filter(pk=ask_id).first()
    if ask is None:
        raise NotFound(f"no ask {ask_id}")
    found: Ask = ask
    return found


def _addresses(party: Party) -> tuple[str, ...]:
    """The party's e-mail addresses that may be used; a user's sign-in address where none is."""
    points = ContactPoint.objects.filter(party=party, channel="email", consent=True)
    found = tuple(dict.fromkeys(points.order_by("id").values_list("value", flat=True)))
    if not found and party.user is not None and party.user.is_active:
        return (party.user.email,)
    return found


def _text(ask: Ask, fact: OfficeMove | AgencyAnswer) -> str:
    place = ask.case.place
    told = fact.to_plain()
    lines = [
        ("Asked", ask.wording),
        ("Of", ask.party.name),
        ("Where", place.label if place else ""),
        ("Wanted by", _day(ask.due_on)),
        ("Authority", ask.authority),
        ("Promised before for", _day(told.get("moved_from"))),
        ("Promised for", _day(told.get("promised_on"))),
        ("Date suggested", _day(told.get("counter_on"))),
        ("Answer", told.get("label")),
        ("Reason", told.get("reason")),
        ("In their words", told.get("text")),
    ]
    facts = "\n".join(f"{name}: {value}" for name, value in lines if value)
    link = settings.SITE + reverse("ask", args=[ask.pk])
    last = "Sent by Wardroom. Answer on the page, not here."
    return f"{facts}\n\n{CLOSINGS[fact.kind]}\n{link}\n\n{last}\n"


def _day(day: date | str | None) -> str:
    return long_day(date.fromisoformat(str(day))) if day else ""
