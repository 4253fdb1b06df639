"""What a phone hands in after it was out of reach: each thing once, whole, and in its turn.

A line names itself by a key, carries the hash of what it says, and has a number in the series
of its phone. What is here is the same for a walk and for the door of an event.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from wardroom.kernel.errors import Refused

EARLY, APPLIED, KEPT = "early", "applied", "kept"
AGAIN, CLASH, NOTED = "already_taken", "clash", "already_noted"
MOST_BODY, MOST_CLASHES = 4_000, 5
PASS_DAYS = timedelta(days=7)
LARGE_SKEW = timedelta(minutes=3)
LONGEST_SKEW = timedelta(days=3650)
EARLIEST_YEAR, LATEST_YEAR = 1970, 2200

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA = re.compile(r"[0-9a-f]{64}")


def is_key(text: object) -> bool:
    """Whether this is a name that a phone gives to what it keeps."""
    return type(text) is str and _UUID.fullmatch(text) is not None


def check_key(key: str, *, sha256: str) -> None:
    """A line or photograph names itself, and the hash of what it says."""
    if not is_key(key):
        raise Refused("bad_key", "This line does not name itself as it should.")
    if not _SHA.fullmatch(sha256):
        raise Refused("bad_hash", "This line does not carry its hash.")


def check_whole(content: bytes, sha256: str) -> None:
    """What came is what was sent, to the last byte."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("damaged", "This was damaged on its way. It is sent again.")


def check_body(body: str) -> None:
    """The words of a line can be kept. Refuses: too many, or the sign for nothing."""
    if len(body.encode("utf-8", "replace")) > MOST_BODY or "\0" in body:
        raise Refused("bad_line", "This line is too long.")


def check_new(before: str | None, *, mine: bool, sha256: str) -> None:
    """Nothing came under this key before; ``before`` is the hash of what did.

    Refuses: `already_taken` for the same thing from the same person, else `clash`.
    """
    if before is None:
        return
    if mine and before == sha256:
        raise Refused(AGAIN, "This is here already.")
    raise Refused(CLASH, "Something else came in under this key. Both are kept for a person.")


def with_clash(
    before: str | None,
    clashes: Sequence[Mapping[str, str]],
    *,
    sha256: str,
    body: str,
    by: str,
    at: datetime,
) -> list[Mapping[str, str]]:
    """The clashes under a key with one more. Refuses: no clash, a known one, or a sixth."""
    known = [] if before is None else [before, *(clash["sha256"] for clash in clashes)]
    if before is None or sha256 in known or len(known) > MOST_CLASHES:
        raise Refused(NOTED, "This is known already.")
    came = {"sha256": sha256, "body": body[:MOST_BODY], "by": by, "at": at.isoformat()}
    return [*clashes, came]


def can_be_kept(text: str) -> bool:
    """Half a sign and the sign for nothing can be written by a phone, and kept by no database."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def read_instant(text: str) -> datetime | None:
    """An instant that a phone's clock said; none where no clock says such a thing."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None and EARLIEST_YEAR <= at.year <= LATEST_YEAR else None


def skew_of(sent_at: datetime, *, at: datetime) -> timedelta:
    """How far the phone's clock is behind ours; a wild one counts as the farthest."""
    return max(-LONGEST_SKEW, min(at - sent_at, LONGEST_SKEW))


def true_time(seen_at: datetime, skew: timedelta, *, at: datetime) -> datetime:
    """When it was seen by our clock, and never later than it came in."""
    try:
        return min(seen_at + skew, at)
    except OverflowError:
        return at


def next_in_order(applied: int, numbers: Iterable[int]) -> list[int]:
    """Which of the lines that wait can be applied now: those without a gap before them."""
    ready: list[int] = []
    for number in sorted(numbers):
        if number > applied + 1:
            break
        ready.append(number)
        applied = max(applied, number)
    return ready
