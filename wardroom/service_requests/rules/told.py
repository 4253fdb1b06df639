"""What another Open311 server tells: of a request, of a service, and of what was sent to it.

Everything comes from a stranger: any value may be absent, of another kind, or nonsense.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONGEST = 4_000
COLUMNS = (
    "service_request_id", "status", "service_code", "service_name", "agency_responsible",
    "requested_datetime", "closed_datetime", "expected_datetime", "updated_datetime",
    "address", "address_id", "zipcode", "lat", "long",
)  # fmt: skip
CLOSED_WORDS = frozenset({"closed", "completed", "resolved"})
LONGEST_AGENCY = 20
_FRACTION = re.compile(r"(\.\d+)(?=$|[Zz+-])")


@dataclass(frozen=True)
class Told:
    """One request as another server tells it; all as text, blank where it says nothing.

    ``description`` and ``notes`` are a stranger's words: they are looked at, never kept in
    the mirror.
    """

    number: str
    status: str = ""
    notes: str = ""
    service_code: str = ""
    service_name: str = ""
    agency: str = ""
    requested: str = ""
    updated: str = ""
    expected: str = ""
    address: str = ""
    address_id: str = ""
    zip_code: str = ""
    latitude: str = ""
    longitude: str = ""
    description: str = ""
    token: str = ""
    notice: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether it is closed there."""
        return self.status.casefold() in CLOSED_WORDS


@dataclass(frozen=True)
class TheirService:
    """A kind of request that another server takes."""

    code: str
    name: str
    group: str = ""
    asks: bool = False


def told_of(fields: Mapping[str, object]) -> Told:
    """One request from the names that the standard gives its parts."""

    def say(name: str) -> str:
        return said(fields.get(name))

    return Told(
        number=say("service_request_id")[:200],
        status=say("status")[:60],
        notes=say("status_notes")[:500],
        service_code=say("service_code")[:120],
        service_name=say("service_name")[:200],
        agency=say("agency_responsible")[:200],
        requested=say("requested_datetime")[:40],
        updated=say("updated_datetime")[:40],
        expected=say("expected_datetime")[:40],
        address=say("address")[:200],
        address_id=say("address_id")[:40],
        zip_code=say("zipcode")[:10],
        latitude=say("lat")[:40],
        longitude=say("long")[:40],
        description=say("description"),
        token=say("token")[:200],
        notice=say("service_notice")[:500],
    )


def service_of(fields: Mapping[str, object]) -> TheirService | None:
    """One service, or nothing where it has no code."""
    code = said(fields.get("service_code"))[:120]
    if not code:
        return None
    return TheirService(
        code=code,
        name=said(fields.get("service_name"))[:200] or code,
        group=said(fields.get("group"))[:120],
        asks=said(fields.get("metadata")).casefold() == "true",
    )


def said(value: object) -> str:
    """A stranger's value as one line that a database keeps and a page shows."""
    if value is None or isinstance(value, Mapping | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)[:LONGEST]
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    plain = "".join(sign for sign in kept if unicodedata.category(sign) != "Cs")
    return " ".join(plain.split())


def instant_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant that a text names; without an offset it is on the clocks of the zone."""
    words = _FRACTION.sub("", text.strip()).replace(" ", "T", 1)
    try:
        at = datetime.fromisoformat(words)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def as_written(text: str, zone: ZoneInfo) -> str:
    """An instant as the mirror reads it; what is none stays as it came, for the rejects."""
    at = instant_of(text, zone)
    return f"{at:%Y-%m-%dT%H:%M:%S}+00:00" if at else text


def row_of(told: Told, *, agency: str, prefix: str, zone: ZoneInfo) -> dict[str, str]:
    """A request as a row of the mirror's own layout; its service keeps apart by a prefix.

    What is closed says no closing time of its own: it is the time of the last change.
    """
    code = told.service_code or told.service_name
    updated = as_written(told.updated, zone)
    return {
        "service_request_id": told.number,
        "status": told.status,
        "service_code": f"{prefix}{code}" if code else "",
        "service_name": told.service_name or told.service_code,
        "agency_responsible": agency,
        "requested_datetime": as_written(told.requested, zone),
        "closed_datetime": updated if told.is_closed else "",
        "expected_datetime": as_written(told.expected, zone),
        "updated_datetime": updated,
        "address": told.address,
        "address_id": told.address_id,
        "zipcode": told.zip_code,
        "lat": told.latitude,
        "long": told.longitude,
    }


def lies_outside(
    times: Iterable[str], first: datetime, last: datetime, zone: ZoneInfo
) -> tuple[int, int]:
    """How many of these times lie outside of a span, and how many could be read at all."""
    read = [at for text in times if (at := instant_of(text, zone)) is not None]
    return sum(1 for at in read if not first <= at <= last), len(read)
