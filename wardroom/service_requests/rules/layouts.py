"""What a layout says, and what the city's many status words mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import available_timezones

from wardroom.kernel.errors import Refused
from wardroom.kernel.justice import refuse_justice

STATUSES = (
    "open",
    "in_progress",
    "closed",
    "duplicate_open",
    "duplicate_closed",
    "transferred",
    "incomplete",
    "cancelled",
    "unknown",
)
LIVE = frozenset({"open", "in_progress", "duplicate_open"})
OPEN = ("open", "in_progress")
NOT_MEASURED = ("duplicate_open", "duplicate_closed", "transferred", "cancelled")
STANDINGS: Mapping[str, str] = {
    "counted": "Without duplicates, transferred and canceled ones",
    "watched": "Whose time to close is known, or still running",
    "due_by_then": "Due by that time",
    "on_time": "Due by that time and done on time",
    "done_late": "Due by that time and done late",
    "overdue": "Due by that time and still open then",
    "due_later": "Not due by that time",
    "no_due_date": "Without a due date",
    "waiting": "Open at that time",
}
WORDS = {
    "open": "open",
    "new": "open",
    "pending": "open",
    "overdue open": "open",
    "in-progress": "in_progress",
    "in progress": "in_progress",
    "assigned": "in_progress",
    "closed": "closed",
    "completed": "closed",
    "resolved": "closed",
    "overdue closed": "closed",
    "closed - overdue": "closed",
    "duplicate (opened)": "duplicate_open",
    "open (duplicate)": "duplicate_open",
    "open - dup": "duplicate_open",
    "duplicate (closed)": "duplicate_closed",
    "closed (duplicate)": "duplicate_closed",
    "completed - dup": "duplicate_closed",
    "closed (transferred)": "transferred",
    "transferred": "transferred",
    "referred out": "transferred",
    "closed - incomplete information": "incomplete",
    "voided": "cancelled",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}
FIELDS = (
    "external_id",
    "service_code",
    "service_name",
    "agency",
    "status",
    "opened",
    "closed",
    "due",
    "address",
    "zip_code",
    "address_id",
    "latitude",
    "longitude",
    "ward",
    "priority",
    "calls",
    "channel",
    "reporter",
    "parent_id",
    "edited",
)
POINT = frozenset({"latitude", "longitude"})
NEEDED = ("external_id", "opened")
KINDS = ("ward", "anc", "smd")
WRITTEN_CLOCKS = ("local", "fixed-offset")
CLOCKS = ("local", "fixed-offset", "epoch-ms", "instant")


@dataclass(frozen=True)
class Layout:
    """How one city's file is written: which column is what, and how its times read.

    ``clock`` is local (wall time in ``zone``), fixed-offset (wall time at ``offset_minutes``
    from UTC all year), epoch-ms (milliseconds since 1970 UTC) or instant (ISO with offset).
    ``dated_by_name`` is how the name of a file tells the instant (UTC) of all its rows.
    """

    name: str
    title: str
    feed: str
    zone: str
    clock: str
    columns: Mapping[str, str]
    dated_by_name: str = ""
    formats: tuple[str, ...] = ()
    offset_minutes: int = 0
    statuses: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def instant_of(self, file_name: str) -> str:
        """The instant that a file's name tells, as UTC text, or nothing where it tells none."""
        try:
            at = datetime.strptime(file_name.split(".")[0], self.dated_by_name).replace(tzinfo=UTC)
        except ValueError:
            return ""
        return f"{at:%Y-%m-%d %H:%M:%S}" if self.dated_by_name else ""

    @property
    def carried(self) -> frozenset[str]:
        """The fields that a file of this layout says something about; half a point is none."""
        fields = frozenset(self.columns)
        return fields if fields >= POINT else fields - POINT

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file with these column names is written in this layout."""
        return set(self.columns.values()) <= set(header)


def layout_from_toml(text: str, *, name: str) -> Layout:
    """A layout from its mapping file.

    Refuses: a file that is no TOML, lacks a part, names a field that does not exist, or reads a
    column that tells of criminal justice.
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused("bad_mapping", f"{name} is not a TOML file: {error}.") from error
    columns = read.get("columns", {})
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise Refused(
            "bad_mapping", f"{name} maps '{unknown[0]}'; known fields are {', '.join(FIELDS)}."
        )
    refuse_justice(map(str, columns.values()), code="bad_mapping", what=name)
    missing = [f for f in NEEDED if f not in columns]
    if missing or not ({"service_code", "service_name"} & set(columns)):
        lacks = missing[0] if missing else "service_code or service_name"
        raise Refused("bad_mapping", f"{name} does not map {lacks}.")
    time = read.get("time", {})
    if time.get("clock") not in CLOCKS:
        raise Refused("bad_mapping", f"{name}: time.clock must be one of {', '.join(CLOCKS)}.")
    zone = time.get("zone", "America/New_York")
    if zone not in available_timezones():
        raise Refused("bad_mapping", f"{name}: there is no time zone {zone}.")
    if time["clock"] in WRITTEN_CLOCKS and not time.get("formats"):
        raise Refused("bad_mapping", f"{name}: time.formats must say how times are written.")
    statuses = {k.strip().lower(): v for k, v in read.get("statuses", {}).items()}
    wrong = sorted(set(statuses.values()) - set(STATUSES))
    if wrong:
        raise Refused("bad_mapping", f"{name}: the status '{wrong[0]}' does not exist.")
    return Layout(
        name=name,
        title=read.get("title", name),
        feed=read.get("feed", name),
        zone=zone,
        clock=time["clock"],
        columns=columns,
        dated_by_name=str(time.get("dated_by_name", "")),
        formats=tuple(time.get("formats", ())),
        offset_minutes=int(time.get("offset_minutes", 0)),
        statuses=statuses,
        defaults=read.get("defaults", {}),
    )


def status_of(word: str, *, own: Mapping[str, str], closed: bool) -> str:
    """What a status word means; without a word, whether it was closed decides."""
    key = word.strip().lower()
    if not key:
        return "closed" if closed else "open"
    return own.get(key) or WORDS.get(key) or "unknown"


def status_after_closing(before: str, *, was_closed: bool, closed: bool) -> str:
    """What a status becomes where a file tells the closing time and has no word for it."""
    if was_closed == closed:
        return before
    if closed:
        other = "duplicate_closed" if before == "duplicate_open" else "closed"
        return other if before in LIVE or before == "unknown" else before
    if before in LIVE:
        return before
    return "duplicate_open" if before == "duplicate_closed" else "open"
