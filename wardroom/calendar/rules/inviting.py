"""Whose answer to an invitation counts, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANSWERED: Mapping[str, str] = {"ACCEPTED": "yes", "DECLINED": "no"}


@dataclass(frozen=True)
class Reply:
    """What a calendar program answers for somebody: to which event, and to which version of it.

    ``answer`` is yes, no, or empty where they are not sure yet.
    """

    uid: str
    attendee: str
    answer: str
    sequence: int


def answer_of(partstat: str) -> str:
    """What a calendar program's word means here; empty for maybe, and for what we do not know."""
    return ANSWERED.get(partstat.upper(), "")


def is_invited(address: str, *, sender: str, attendee: str) -> bool:
    """Whether an answer is theirs: sent from the invited address, and for nobody else."""
    meant = address.strip().casefold()
    return bool(meant) and meant == sender.strip().casefold() == attendee.strip().casefold()
