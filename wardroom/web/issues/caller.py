"""Nobody is noted twice unasked: who has a known number is this person, or somebody new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wardroom.access.actor import Actor
from wardroom.casework.queries import KnownHere, known_callers
from wardroom.directory.queries import PersonHint
from wardroom.kernel.errors import Refused
from wardroom.web.rows import number_meant
from wardroom.web.ui.words import counted

SOMEBODY_NEW = "other"


def check_caller_chosen(actor: Actor, given: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
    """Whoever takes a call in has been shown who has this telephone or address, and has chosen.

    A browser with script shows them while the number is typed, and sends whom it showed as
    ``offered``; another shows them with this refusal. Refuses: `known_caller`.
    """
    phone, email = given["phone"], given["email"]
    if given["anonymous"] or number_meant(given["person"]) is not None or not (phone or email):
        return
    known = known_callers(actor, phone=phone, email=email)
    if not known or (given["person"] == SOMEBODY_NEW and _all_shown(known, sent)):
        return
    by_phone = known[0].found_by_channel == "phone"
    who = known[0].name if len(known) == 1 else f"{counted(len(known), 'person', 'people')}"
    has = "has" if len(known) == 1 else "have"
    raise Refused(
        "known_caller",
        f"{who} {has} this {'phone number' if by_phone else 'e-mail'} already. Choose under “Who"
        " is calling?”: somebody we know, or somebody new.",
        field="phone" if by_phone else "email",
    )


def person_chosen(known: KnownHere, sent: Mapping[str, Any]) -> str:
    """Who was chosen so far; that it is somebody new holds only for those who were shown then."""
    person = str(sent.get("person", ""))
    if person == SOMEBODY_NEW and known.asks_who and not _all_shown(known.people, sent):
        return ""
    return person


def _all_shown(people: Iterable[PersonHint], sent: Mapping[str, Any]) -> bool:
    shown = str(sent.get("offered", "")).split(",")
    return all(str(row.party_id) in shown for row in people if row.found_by_channel)
