"""What the storeys above tell this one: the office's hours, and whom they know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from wardroom.kernel.business_time import Calendar

CalendarOf = Callable[[], Calendar | None]
KnownSender = Callable[[str, str, date], bool]
_HOURS: list[CalendarOf] = []
_KNOWN: list[KnownSender] = []


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
