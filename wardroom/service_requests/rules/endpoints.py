"""What another city's Open311 server may be, when it is read again, and in which windows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import is_public

MIRROR, SUBMIT, BOTH = "mirror", "submit", "both"
MODES: Mapping[str, str] = {
    MIRROR: "Read its requests",
    SUBMIT: "Send requests to it",
    BOTH: "Read its requests, and send requests to it",
}
FORMATS: Mapping[str, str] = {"json": "JSON", "xml": "XML"}
UPDATED, WINDOWS = "updated", "windows"
READS_BY: Mapping[str, str] = {
    "": "Not known yet",
    UPDATED: "By what changed since the last reading",
    WINDOWS: "By windows of days that overlap",
}
INSIDE = (
    "This address leads into a network that is not public. "
    "Where that is meant, set WARDROOM_ENDPOINTS_PRIVATE."
)
LONGEST_WINDOW = timedelta(days=30)
FIRST_WINDOW = timedelta(days=7)
SHORTEST_WINDOW = timedelta(minutes=1)
OVERLAP = timedelta(days=1)
UPDATE_OVERLAP = timedelta(minutes=10)
CAUGHT_UP = timedelta(days=2)
FEW_ROWS = 200
LARGE_SKEW = timedelta(minutes=5)
LONGEST_BACKOFF = timedelta(hours=6)
SHORTEST_PAUSE, LONGEST_PAUSE = 5, 1440
FARTHEST_BACK = timedelta(days=3660)
CAPS = frozenset({50, 100, 200, 250, 500, 1000})
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,30}")


@dataclass(frozen=True)
class EndpointDraft:
    """What somebody fills in about another city's Open311 server.

    ``own_codes`` keeps its service codes apart from the city's own; ``keeps_repeats`` says that
    the same request sent twice within minutes is kept once there, as Wardroom does.
    """

    code: str
    name: str
    url: str
    mode: str
    format: str = "json"
    jurisdiction: str = ""
    key_name: str = ""
    feed_code: str = ""
    own_codes: bool = True
    keeps_repeats: bool = False
    minutes: int = 15
    since_on: date | None = None


def check_endpoint(draft: EndpointDraft, *, today: date, private: bool) -> None:
    """Refuses: what no endpoint can be, each at the field it is about."""
    if not _CODE.fullmatch(draft.code):
        raise _bad("code", "Write the code in small letters, digits and hyphens, such as chicago.")
    if not draft.name.strip():
        raise _bad("name", "Fill in the name.")
    if draft.mode not in MODES:
        raise _bad("mode", "Choose what it is for.")
    if draft.format not in FORMATS:
        raise _bad("format", "Choose JSON or XML.")
    check_url(draft.url, private=private)
    if not SHORTEST_PAUSE <= draft.minutes <= LONGEST_PAUSE:
        raise _bad("minutes", f"Choose from {SHORTEST_PAUSE} to {LONGEST_PAUSE:,} minutes.")
    if draft.mode != SUBMIT:
        if draft.since_on is None:
            raise _bad("since_on", "Say from which day on its requests are read.")
        if draft.since_on > today:
            raise _bad("since_on", "This day is still ahead.")
        if draft.since_on < today - FARTHEST_BACK:
            raise _bad("since_on", "This is more than ten years ago.")


def check_url(url: str, *, private: bool) -> str:
    """The host of an endpoint's address: https, without a name or a password in it.

    With ``private`` http and any port are let through, for servers in the office's network.
    Refuses: `bad_address`.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _bad("url", "This is not an address of the web.") from None
    schemes = {"https", "http"} if private else {"https"}
    if parts.scheme.casefold() not in schemes or not parts.hostname:
        raise _bad("url", "The address has to begin with https://.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _bad("url", "Give the address alone, without a name, a password, ? or #.")
    if port not in (None, 443) and not private:
        raise _bad("url", "Give an address without a port in it.")
    return parts.hostname


def check_machine(address: str, *, private: bool) -> None:
    """An endpoint is reached over the open internet, never inside a network, unless that is set.

    Refuses: `bad_address`.
    """
    if not private and not is_public(address):
        raise _bad("url", INSIDE)


def next_reading(at: datetime, *, minutes: int, failures: int, wait: int = 0) -> datetime:
    """When an endpoint is read again: in so many minutes, longer after each failure in a row.

    ``wait`` are the seconds that the other side asked us to stay away.
    """
    pause = timedelta(minutes=minutes)
    if failures:
        pause = min(pause * 2 ** min(failures - 1, 12), max(LONGEST_BACKOFF, pause))
    return at + max(pause, min(timedelta(seconds=wait), LONGEST_BACKOFF))


def next_window(first: datetime, now: datetime, size: timedelta) -> tuple[datetime, datetime]:
    """The next span of time to read, never past now and never longer than allowed."""
    return first, min(first + min(size, LONGEST_WINDOW), max(now, first + SHORTEST_WINDOW))


def window_after(size: timedelta, *, rows: int, was_split: bool) -> timedelta:
    """How long the next window is: half where it had to be split, double where little came."""
    if was_split:
        return max(size / 2, SHORTEST_WINDOW)
    return min(size * 2, LONGEST_WINDOW) if rows < FEW_ROWS else size


def looks_cut_off(rows: int, page_size: int) -> bool:
    """Whether an answer of a server that knows no pages may have been cut off."""
    return rows in CAPS or rows == page_size or rows > max(CAPS)


def key_in(words: list[str], name: str) -> str | None:
    """The key that is set under a name; empty where no name is given, none where it is not set."""
    return keys_of(words).get(name) if name else ""


def keys_of(words: list[str]) -> dict[str, str]:
    """The keys of endpoints by their names, from words such as ``chicago=1234``."""
    pairs = (word.partition("=") for word in words)
    return {name.strip(): key.strip() for name, _, key in pairs if name.strip() and key.strip()}


def _bad(field: str, sentence: str) -> Refused:
    return Refused("bad_address" if field == "url" else f"bad_{field}", sentence, field=field)
