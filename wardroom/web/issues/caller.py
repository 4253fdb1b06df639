"""Nobody is noted twice unasked: who has a known number is this person, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.access.actor import Actor
from wardroom.casework.queries import known_callers
from wardroom.kernel.errors import Refused
from wardroom.web.rows import number_meant
from wardroom.web.ui.words import counted

KNOWN_CALLER = "known_caller"


def check_caller_chosen(actor: Actor, given: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
    """Whoever takes a call in has been shown who has this telephone or address, and has chosen.

    A browser with script shows them while the number is typed, and sends whom it showed as
    ``offered``; another shows them with this refusal. Refuses: `known_caller`.
    """
    phone, email = given["phone"], given["email"]
    if given["anonymous"] or number_meant(given["person"]) is not None or not (phone or email):
        return
    known = known_callers(actor, phone=phone, email=email)
    offered = sent.get("offered", "").split(",")
    if not known or ("person" in sent and all(str(p.party_id) in offered for p in known)):
        return
    by_phone = known[0].found_by_channel == "phone"
    who = known[0].name if len(known) == 1 else f"{counted(len(known), 'person', 'people')}"
    has = "has" if len(known) == 1 else "have"
    raise Refused(
        KNOWN_CALLER,
        f"{who} {has} this {'phone number' if by_phone else 'e-mail'} already. Choose under “Who"
        " is calling?”: somebody we know, or somebody new.",
        field="phone" if by_phone else "email",
    )
