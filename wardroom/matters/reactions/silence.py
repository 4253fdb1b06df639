"""A silent agency climbs a ladder; at each step somebody is written to, in working hours."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_head_of
from wardroom.kernel.text import long_day
from wardroom.matters import rules
from wardroom.matters.facts import AgencyHeadTold, AskReminded, CallWanted, DirectorTold
from wardroom.matters.models import Ask
from wardroom.matters.reactions.letters import (
    LAST,
    addresses_of,
    answer_link,
    ask_link,
    facts_of,
    get_asked,
    whoever_runs,
    write_to,
)

Silence = AskReminded | CallWanted | DirectorTold | AgencyHeadTold
OPENINGS = {
    "AskReminded": "This still waits for your answer.",
    "CallWanted": "This agency does not answer. Please call it, and note the call.",
    "DirectorTold": "This agency was reminded and called, and still does not answer.",
    "AgencyHeadTold": "Your agency was reminded and called, and has not answered. "
    "Please have somebody answer.",
}
BROKEN = {
    "AskReminded": "The day you promised is over. Report it done, or move the promise.",
    "AgencyHeadTold": "Your agency was reminded and called. The day it promised is over. "
    "Please have somebody report it done or move the promise.",
}


def remind_agency(fact: AskReminded, *, entry_id: int, stamp: Stamp) -> None:
    """Remind an agency of what it was asked or had promised, with a link to answer by."""
    ask = get_asked(fact.ask_id)
    _to_agency(ask, ask.party, fact, "Reminder: {wording}", entry_id=entry_id, stamp=stamp)


def tell_caller(fact: CallWanted, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever runs the matter that the agency has to be called."""
    ask = get_asked(fact.ask_id)
    people = whoever_runs(ask.case, on=localdate(stamp.at))
    _to_ours(ask, people, fact, "Please call {agency}: {wording}", entry_id=entry_id, stamp=stamp)


def tell_directors(fact: DirectorTold, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the directors that an agency stays silent."""
    ask = get_asked(fact.ask_id)
    people = get_directors(on=localdate(stamp.at))
    _to_ours(ask, people, fact, "{agency} is silent: {wording}", entry_id=entry_id, stamp=stamp)


def tell_head(fact: AgencyHeadTold, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the head of a silent agency; where no head has an address, to the agency."""
    ask = get_asked(fact.ask_id)
    head = get_head_of(ask.party, on=localdate(stamp.at))
    to = head if head is not None and addresses_of(head, on=localdate(stamp.at)) else ask.party
    subject = "For the head of {agency}: {wording}"
    _to_agency(ask, to, fact, subject, entry_id=entry_id, stamp=stamp)


def _to_agency(
    ask: Ask, party: Party, fact: Silence, subject: str, *, entry_id: int, stamp: Stamp
) -> None:
    if ask.state not in rules.WITH_AGENCY:
        return  # it answered before the letter was written

    def text(address: str) -> str:
        ways = f"{answer_link(ask, address, stamp=stamp)}\nSigned in:\n{ask_link(ask)}"
        return _words(ask, fact, ways)

    _write(ask, party, subject, text, entry_id=entry_id, stamp=stamp)


def _to_ours(
    ask: Ask,
    people: tuple[Party, ...],
    fact: Silence,
    subject: str,
    *,
    entry_id: int,
    stamp: Stamp,
) -> None:
    if ask.state not in rules.WITH_AGENCY:
        return
    for party in people:
        _write(
            ask,
            party,
            subject,
            lambda _: _words(ask, fact, ask_link(ask)),
            entry_id=entry_id,
            stamp=stamp,
        )


def _write(
    ask: Ask,
    party: Party,
    subject: str,
    text: Callable[[str], str],
    *,
    entry_id: int,
    stamp: Stamp,
) -> None:
    write_to(
        party,
        subject=subject.format(agency=ask.party.name, wording=ask.wording),
        text=text,
        thread=f"matter:{ask.matter_id}",
        entry_id=entry_id,
        stamp=stamp,
    )


def _words(ask: Ask, fact: Silence, ways: str) -> str:
    place = ask.case.place
    broken = fact.broken and fact.kind in BROKEN
    told = facts_of(
        [
            ("Asked", ask.wording),
            ("Of", ask.party.name),
            ("Where", place.label if place else ""),
            ("Authority", ask.authority),
            ("Wanted by", long_day(ask.due_on)),
            ("Promised for", long_day(ask.promised_on) if ask.promised_on else ""),
            ("No answer since", "" if fact.broken else long_day(fact.silent_since)),
        ]
    )
    opening = BROKEN[fact.kind] if broken else OPENINGS[fact.kind]
    return f"{opening}\n\n{told}\n\n{ways}\n\n{LAST}\n"
