"""The agency is told of our moves, and we are told of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.kernel.text import long_day
from wardroom.matters.facts import (
    AskAccepted,
    AskCountered,
    AskDeclined,
    AskDone,
    AskRequested,
    AskReworded,
    AskWithdrawn,
    CounterAgreed,
    PromiseMoved,
)
from wardroom.matters.models import Ask
from wardroom.matters.reactions.letters import (
    LAST,
    answer_link,
    ask_link,
    facts_of,
    get_asked,
    whoever_runs,
    write_to,
)

OfficeMove = AskRequested | AskReworded | AskWithdrawn | CounterAgreed
AgencyAnswer = AskAccepted | AskDeclined | AskCountered | AskDone | PromiseMoved

SUBJECTS = {
    "AskRequested": "Asked of {agency}: {wording}",
    "AskReworded": "Asked otherwise of {agency}: {wording}",
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
    "AskReworded": "What you promised stands. Where it no longer fits, move your date:",
    "AskWithdrawn": "You need do nothing. The record of it stays here:",
    "CounterAgreed": "The date you suggested is now your promise. Report here when it is done:",
    "AskAccepted": "The promise and what led to it:",
    "AskDeclined": "The reason, and what you can do next:",
    "AskCountered": "Agree to the date or withdraw the ask:",
    "PromiseMoved": "The first promise stays on record beside the new one:",
    "AskDone": "Done by the agency's word only. Somebody else looks before it counts:",
}
ANSWERED_BY_LINK = ("AskRequested", "CounterAgreed")


def tell_agency(fact: OfficeMove, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the agency that it was asked, released, or taken at its word."""
    ask = get_asked(fact.ask_id)
    linked = fact.kind in ANSWERED_BY_LINK and ask.state in ("requested", "accepted")
    _tell(ask.party, ask, fact, linked=linked, entry_id=entry_id, stamp=stamp)


def tell_owner(fact: AgencyAnswer, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the owner of the matter what the agency answered.

    Where the owner no longer works in the ward, whoever holds its seat is told instead, and
    where nobody does, the director.
    """
    ask = get_asked(fact.ask_id)
    for party in whoever_runs(ask.case, on=localdate(stamp.at)):
        _tell(party, ask, fact, linked=False, entry_id=entry_id, stamp=stamp)


def _tell(
    party: Party,
    ask: Ask,
    fact: OfficeMove | AgencyAnswer,
    *,
    linked: bool,
    entry_id: int,
    stamp: Stamp,
) -> None:
    def text(address: str) -> str:
        ways = [answer_link(ask, address, stamp=stamp)] if linked else []
        ways.append(f"Signed in:\n{ask_link(ask)}" if linked else ask_link(ask))
        return f"{_facts(ask, fact)}\n\n{CLOSINGS[fact.kind]}\n{chr(10).join(ways)}\n\n{LAST}\n"

    write_to(
        party,
        subject=SUBJECTS[fact.kind].format(agency=ask.party.name, wording=ask.wording),
        text=text,
        thread=f"matter:{ask.matter_id}",
        entry_id=entry_id,
        stamp=stamp,
    )


def _facts(ask: Ask, fact: OfficeMove | AgencyAnswer) -> str:
    place = ask.case.place
    told = fact.to_plain()
    return facts_of(
        [
            ("Asked", ask.wording),
            ("Of", ask.party.name),
            ("Where", place.label if place else ask.where_text),
            ("Asked before for", _former(told)),
            ("Wanted by", _day(ask.due_on)),
            ("Wanted before by", _former_day(told)),
            ("Authority", ask.authority),
            ("Promised before for", _day(told.get("moved_from"))),
            ("Promised for", _day(told.get("promised_on") or told.get("stands_on"))),
            ("Date suggested", _day(told.get("counter_on"))),
            ("Answer", told.get("label")),
            ("Reason", told.get("reason")),
            ("In their words", told.get("text")),
        ]
    )


def _former(told: Mapping[str, Any]) -> str:
    was = told.get("former_wording", "")
    return was if was != told.get("wording") else ""


def _former_day(told: Mapping[str, Any]) -> str:
    was = told.get("former_due_on")
    return _day(was) if was != told.get("due_on") else ""


def _day(day: date | str | None) -> str:
    return long_day(date.fromisoformat(str(day))) if day else ""
