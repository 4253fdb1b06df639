"""What may be read of somebody else's calendar, and what changed in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import is_public

MOST_BYTES = 2_000_000
MOST_EVENTS = 2_000
SECONDS = 10


@dataclass(frozen=True)
class TheirEvent:
    """One event as somebody else's calendar tells it; each meeting of a series by itself."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    cancelled: bool = False
    occurrence: str = ""

    @property
    def key(self) -> str:
        """What stays the same when it moves: its UID, and which meeting of a series it is."""
        return f"{self.uid}\n{self.occurrence}"


@dataclass(frozen=True)
class Difference:
    """What a calendar tells now against what it told before."""

    new: tuple[TheirEvent, ...]
    changed: tuple[TheirEvent, ...]
    vanished: tuple[str, ...]


def difference(before: Mapping[str, TheirEvent], now: Iterable[TheirEvent]) -> Difference:
    """What is new, what changed, and the keys of what a calendar no longer tells."""
    told = {event.key: event for event in now}
    return Difference(
        new=tuple(event for key, event in told.items() if key not in before),
        changed=tuple(
            event for key, event in told.items() if key in before and before[key] != event
        ),
        vanished=tuple(key for key in before if key not in told),
    )


def check_address(url: str) -> str:
    """The host of an address that may be read: https, its own port, and no name for a machine.

    Refuses: `bad_address`.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _bad("This is not an address of the web.") from None
    if parts.scheme.casefold() == "webcal":
        raise _bad("Write https:// in place of webcal://.")
    if parts.scheme.casefold() != "https" or not parts.hostname:
        raise _bad("The address has to begin with https://.")
    if port not in (None, 443) or parts.username or parts.password:
        raise _bad("Give an address without a port, a name or a password in it.")
    return parts.hostname


def check_machine(address: str) -> None:
    """A calendar is read from the open internet, never from inside a network.

    Refuses: `bad_address`.
    """
    if not is_public(address):
        raise _bad("This address leads into a network that is not public.")


def _bad(sentence: str) -> Refused:
    return Refused("bad_address", sentence, field="url")
