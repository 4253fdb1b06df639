"""What the storeys above tell this one: the office's hours, and whom they know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from wardroom.kernel.business_time import Calendar

CalendarOf = Callable[[], Calendar | None]
KnownSender = Callable[[str, str, date], bool]
Unwanted = Callable[[str, str], str]
_HOURS: list[CalendarOf] = []
_KNOWN: list[KnownSender] = []
_UNWANTED: dict[str, Unwanted] = {}
_HURRY: list[Callable[[], object]] = []


def keep_hours_of(calendar: CalendarOf) -> None:
    """Let mail that is not urgent wait for this calendar's working hours."""
    _HOURS[:] = [calendar]


def hours() -> Calendar | None:
    """The calendar that mail waits for; None where mail goes out at any hour."""
    return _HOURS[0]() if _HOURS and settings.QUIET_HOURS else None


def recognise_senders(known: KnownSender) -> None:
    """Ask this, too, whether an address is of somebody of a thread: (address, thread, day)."""
    if known not in _KNOWN:
        _KNOWN.append(known)


def is_recognised(address: str, thread: str, *, on: date) -> bool:
    """Whether anybody above knows this address as one of the thread's people."""
    return any(known(address, thread, on) for known in _KNOWN)


def ask_before_sending(noun: str, why_not: Unwanted) -> None:
    """Ask this before mail goes to somebody on a list of this noun: (key, address)."""
    _UNWANTED[noun] = why_not


def unwanted(on_list: str, address: str) -> str:
    """Why somebody on a list gets nothing now; empty where it may go."""
    noun, _, key = on_list.partition(":")
    why_not = _UNWANTED.get(noun)
    return why_not(key, address) if why_not else ""


def hurry_with(send: Callable[[], object]) -> None:
    """Call this once quick mail stands in the outbox."""
    _HURRY[:] = [send]


def hurry() -> None:
    """Have quick mail sent now, not with the next round."""
    for send in _HURRY:
        send()
