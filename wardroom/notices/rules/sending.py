"""What a message may look like, when it goes out, and how often a failing one is tried again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from wardroom.kernel.business_time import Calendar

R = TypeVar("R")
MOST_ATTEMPTS = 8
MOST_QUICK_ATTEMPTS = 24 * 60
UNDO_SECONDS = 30
ALARM_MINUTES = 15
MOST_REFERENCES = 10
DAYS_AHEAD = 30
FIRST_WAIT_SECONDS = 5 * 60
QUICK_WAIT_SECONDS = 60
LONGEST_WAIT_SECONDS = 12 * 60 * 60
LONGEST_SUBJECT = 200
MOST_FILE_NAME = 80
UNTOLD_LINKS = frozenset({"call_out", "records_request"})


def wait_after(attempts: int, *, quick: bool = False) -> int:
    """Seconds before the next try: 5 min, 15 min, 45 min, ... at most 12 h; quick mail 1 min.

    The first wait is also the lease of a try under way, so it is far longer than any
    conversation with a mail server; only where somebody is called at night a second copy
    does less harm than the wait.
    """
    if attempts < 1:
        raise ValueError("nothing was tried yet")
    if quick:
        return QUICK_WAIT_SECONDS
    grown: int = FIRST_WAIT_SECONDS * 3 ** (attempts - 1)
    return min(grown, LONGEST_WAIT_SECONDS)


def most_attempts(*, quick: bool) -> int:
    """How often a message is tried: quick mail for a day, minute by minute."""
    return MOST_QUICK_ATTEMPTS if quick else MOST_ATTEMPTS


def once_an_address(readers: Iterable[R], address: Callable[[R], str]) -> Iterator[R]:
    """The readers of a letter, without those whose address somebody before them has too."""
    written: set[str] = set()
    for reader in readers:
        known = address(reader).lower()
        if known not in written:
            written.add(known)
            yield reader


def one_line(text: str, *, most: int = LONGEST_SUBJECT) -> str:
    """Text as a single header line: no line breaks, no control characters, cut with a mark.

    A header made of this cannot smuggle in another header.
    """
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    line = " ".join(visible.split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."


def open_moment(at: datetime, calendar: Calendar) -> datetime:
    """When the offices next work, counted from an instant; that instant where they work then.

    Mail that nobody can act on at midnight waits for the morning. Where a calendar knows no
    open day within a month, the message does not wait.
    """
    local = calendar.local(at)
    if calendar.is_open(local.date()) and calendar.opens <= local.time() < calendar.closes:
        return at
    day = local.date() if local.time() < calendar.opens else local.date() + timedelta(days=1)
    for _ in range(DAYS_AHEAD):
        if calendar.is_open(day):
            return calendar.instant(datetime.combine(day, calendar.opens))
        day += timedelta(days=1)
    return at


def reference(thread: str) -> str:
    """The short word in a subject that names a matter, such as [W-412]; none for others."""
    noun, _, key = thread.partition(":")
    return f"[W-{key}]" if noun == "matter" and key.isascii() and key.isdigit() else ""


def subject_line(subject: str, thread: str) -> str:
    """The subject as it goes out: one line, led by the reference of its matter."""
    line, word = one_line(subject), reference(thread)
    return one_line(f"{word} {line}") if word and word not in line else line


def references_of(earlier: tuple[str, ...]) -> tuple[str, str]:
    """In-Reply-To and References for the next message after these: the first one and the last."""
    if not earlier:
        return "", ""
    kept = (
        earlier
        if len(earlier) <= MOST_REFERENCES
        else (earlier[0], *earlier[1 - MOST_REFERENCES :])
    )
    return earlier[-1], " ".join(kept)


def without_address(text: str, address: str) -> str:
    """What a mail server said, where the address that it names is told to nobody."""
    return re.sub(re.escape(address), "the address", text, flags=re.IGNORECASE)


def is_thread(words: str) -> bool:
    """Whether words name a thing of the house, such as matter:412."""
    return re.fullmatch(r"[a-z_]{1,30}:[A-Za-z0-9_.-]{1,48}", words) is not None
