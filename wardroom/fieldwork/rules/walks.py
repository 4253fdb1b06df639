"""What a walk is made of, what may be found at its stops, and what a phone may hand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import atan2, cos, degrees, radians
from typing import Any

from wardroom.fieldwork.rules.rounds import RATINGS, SPOT_FINDINGS, check_spot_rating
from wardroom.kernel.deliveries import can_be_kept, check_body, is_key, read_instant
from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json

DONE, RECHECK, OPEN, RANDOM = "done", "recheck", "open", "random"
REASONS: Mapping[str, str] = {
    DONE: "An agency says it is done",
    RECHECK: "Due for another look",
    OPEN: "Open matter",
    RANDOM: "Random stop",
}
# On a phone nobody reads what an agency says before they looked.
PHONE_REASONS: Mapping[str, str] = {**REASONS, DONE: "Is it done?"}
MOST_WALK_STOPS, USUAL_STOPS, USUAL_RANDOM, MOST_RANDOM = 25, 20, 3, 20
WALK_METRES = (900.0, 1_800.0)
FARTHEST_DAY = timedelta(days=60)
PACE, SECONDS_A_STOP = 75.0, 45
PLANNED, UNDER_WAY, OVER = "planned", "under_way", "over"

FINDING, TROUBLE = "finding", "trouble"
AS_CHECK: Mapping[str, str] = {"fixed": "clean"}
MOST_LINES, MOST_PHOTOS, PHOTOS_A_LINE, MOST_NOTE = 400, 300, 4, 500
LONGEST_CAME = 2_000
_WAYS = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One line of a phone as it was written down: a finding at a stop, or new trouble near it.

    ``position`` is there only where the phone was let say it.
    """

    kind: str
    stop: int
    finding: str
    rating: int | None
    note: str
    seen_at: datetime
    photos: tuple[str, ...]
    topic: str = ""
    position: tuple[float, float] | None = None


def check_walk(title: str, walk_on: date, stops: int, *, today: date) -> str:
    """The title of a walk that can be written down, put right."""
    title = " ".join(title.split())
    if not title or len(title) > 120:
        raise Refused("title_missing", "Give the walk a title of 1 to 120 letters.", field="title")
    if not today <= walk_on <= today + FARTHEST_DAY:
        raise Refused(
            "walk_day", "Choose a day from today on, in the next 60 days.", field="walk_on"
        )
    if not stops:
        raise Refused("no_stops", "Choose at least one stop.", field="stops")
    if stops > MOST_WALK_STOPS:
        raise Refused(
            "too_many_stops",
            f"These are {stops} stops. More than {MOST_WALK_STOPS} do not fit into a walk.",
            field="stops",
        )
    return title


def walk_text(ward: str, walk_on: date, start: tuple[float, float], number: int) -> str:
    """What the seed of the random stops follows from: nobody can choose where they fall."""
    at = f"{start[0]:.5f},{start[1]:.5f}"
    return f"walk of ward {ward} on {walk_on:%Y-%m-%d} from {at}, {number} random stops"


def walking_minutes(metres: float, stops: int) -> int:
    """About how long a walk takes, on foot and at its stops."""
    return round(metres / PACE + stops * SECONDS_A_STOP / 60)


def way_from(a: tuple[float, float], b: tuple[float, float]) -> str:
    """In which direction one point lies from another, in words."""
    north, east = b[0] - a[0], (b[1] - a[1]) * cos(radians(a[0]))
    return _WAYS[round(degrees(atan2(east, north)) / 45) % 8]


def read_body(body: str) -> Seen:
    """What a line says. Refuses: what no phone of ours writes."""
    check_body(body)
    try:
        said = read_json(body)
        return _seen(said)
    except Refused:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise Refused("bad_line", "This line cannot be read.") from None


def _seen(said: Mapping[str, Any]) -> Seen:
    kind, stop, finding, rating = said["kind"], said["stop"], said["finding"], said["rating"]
    note, photos, seen_at = said["note"], said["photos"], read_instant(said["seen_at"])
    position = said.get("position")
    good = (
        kind in {FINDING, TROUBLE}
        and type(stop) is int
        and 0 < stop < 1 << 60
        and (rating is None or (type(rating) is int and rating in RATINGS))
        and type(note) is str
        and len(note) <= MOST_NOTE
        and can_be_kept(note)
        and type(photos) is list
        and len(photos) <= PHOTOS_A_LINE
        and all(is_key(p) for p in photos)
    )
    if not good or seen_at is None:
        raise Refused("bad_line", "This line cannot be read.")
    if kind == FINDING:
        if type(finding) is not str:
            raise Refused("bad_line", "This line cannot be read.")
        check_spot_rating(finding, rating)
        if rating is None and finding in {"partly", "not_fixed"}:
            raise Refused("bad_line", "Rate it from 2 to 4.")
    return Seen(
        kind=kind,
        stop=stop,
        finding=finding if kind == FINDING else "",
        rating=rating,
        note=" ".join(note.split()),
        seen_at=seen_at,
        photos=tuple(dict.fromkeys(photos)),
        topic=_topic(said) if kind == TROUBLE else "",
        position=_position(position) if kind == TROUBLE else None,
    )


def _topic(said: Mapping[str, Any]) -> str:
    topic = said["topic"]
    if type(topic) is not str or not 0 < len(topic) <= 40:
        raise Refused("bad_line", "Choose what kind of trouble it is.")
    return topic


def _position(given: Any) -> tuple[float, float] | None:
    """Where the phone was; it says so only with the walker's consent, which is written beside."""
    if given is None or given.get("consent") is not True:
        return None
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused("bad_line", "This line cannot be read.")
    return round(latitude, 6), round(longitude, 6)


def disagree(findings: Sequence[str]) -> bool:
    """Whether observers say different things of one stop; could not tell contradicts nobody."""
    return len({f for f in findings if f != "cannot_determine"}) > 1


def walk_standing(*, seen: int, over: bool) -> str:
    """Where a walk stands: planned, under way, or over."""
    if over:
        return OVER
    return UNDER_WAY if seen else PLANNED


def finding_words(finding: str, *, random: bool) -> str:
    """A finding in words; at a random stop nobody had said that anything was wrong."""
    if random:
        return {"fixed": "Nothing wrong here", "not_fixed": "Trouble here"}.get(
            finding, SPOT_FINDINGS[finding]
        )
    return SPOT_FINDINGS[finding]


def check_came(text: str) -> str:
    """Who came, one a line, put right."""
    lines = [" ".join(line.split()) for line in text.replace("\0", "").splitlines()]
    kept = "\n".join(line for line in lines if line)
    if len(kept) > LONGEST_CAME:
        raise Refused(
            "came_too_long", f"Keep this within {LONGEST_CAME} characters.", field="who_came"
        )
    return kept
