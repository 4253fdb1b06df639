"""Who keeps the library."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_keep_library(actor: Actor, _: Any) -> bool:
    """The director and the house itself keep topics, clocks and calendars."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_keep_services(actor: Actor, _: Any) -> bool:
    """The director, liaisons and staff keep the services that people are sent to."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_end_alert(actor: Actor, _: Any) -> bool:
    """The house itself, in the night after its last day."""
    return actor.has(Role.SYSTEM)


def may_import_services(actor: Actor, _: Any) -> bool:
    """Whoever keeps the services reads a file of them in."""
    return may_keep_services(actor, None)


def may_write_service_file(actor: Actor, made: Any) -> bool:
    """Whoever read the file in, and the director, write it or take it back."""
    own = made.reader_id is not None and made.reader_id == actor.user_id
    return may_keep_services(actor, None) and (own or actor.has(Role.DIRECTOR, Role.SYSTEM))


def may_see_services(actor: Actor) -> bool:
    """Everybody of the office looks services up."""
    return actor.is_staff
