"""Who may ask for records, who looks for them, and who answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardroom.access.actor import Actor, Role

READERS = (Role.RECORDS, Role.DIRECTOR)


def may_read_records_requests(actor: Actor) -> bool:
    """The records officer and the director: what is found may be of any ward, and restricted."""
    return actor.has(*READERS)


def searching_as(actor: Actor) -> Actor:
    """Whoever answers requests searches as both of its roles together do.

    The law asks for all that the office holds, whoever looks: money and what is sealed are
    found by the records officer as by the director, and nothing of a hiring by either.
    """
    both = actor.roles | frozenset(READERS)
    return replace(actor, roles=both) if may_read_records_requests(actor) else actor


def may_ask_for_records(actor: Actor, _: Any) -> bool:
    """Anybody, without an account, and without saying what for."""
    return True


def may_take_request(actor: Actor, _: Any) -> bool:
    """Whoever of the office gets a letter that asks for records writes it down."""
    return actor.has(Role.RECORDS, Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_answer_request(actor: Actor, _: Any) -> bool:
    """The records officer, and the director: they search, review, take out and release."""
    return actor.has(Role.RECORDS, Role.DIRECTOR)


def may_decide_appeal(actor: Actor, _: Any) -> bool:
    """The appeal is the Mayor's to decide; whoever keeps the records writes down what came."""
    return actor.has(Role.RECORDS, Role.DIRECTOR)


def may_file_release(actor: Actor, _: Any) -> bool:
    """The house itself puts the finished release on file."""
    return actor.has(Role.SYSTEM)
