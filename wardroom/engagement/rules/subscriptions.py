"""Who gets news about which area, how often, and when somebody may be written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardroom.engagement.rules.tongues import Tongue
from wardroom.kernel.errors import Refused

AROUND, MINE, NAMED, CITY = "around", "mine", "named", "city"
AREAS = (AROUND, MINE, NAMED, CITY)
DISTRICTS: Mapping[str, str] = {"smd": "SMD", "anc": "ANC", "ward": "Ward"}
FAR: Mapping[int, str] = {400: "¼", 800: "½", 1600: "1"}
DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
FREQUENCIES: Mapping[str, str] = {DAILY: "Every day", WEEKLY: "Every week", MONTHLY: "Every month"}
CONFIRM, NEWS_LINK = "news_confirm", "news"
CONFIRM_FOR = timedelta(days=7)
LINK_FOR = timedelta(days=5 * 365)
MOST_ASKED_A_DAY = 5
MOST_TOPICS = 20
NOT_CONFIRMED = "The address was never confirmed."
STOPPED = "They stopped the news."
BOUNCED = "The address takes no mail."
REFUSED = "They said no to progress information."
ENDED = "The address is not theirs any more."
NO_NEWS = "They get no news about this any more."


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for: an area, topics (none is all), and how often.

    ``where`` is an address as it is typed, for an area by address; ``code`` names a district.
    """

    area: str
    kind: str = ""
    code: str = ""
    where: str = ""
    metres: int = 0
    topics: tuple[str, ...] = ()
    frequency: str = WEEKLY


def check_wanted(wanted: Wanted) -> None:
    """Whether somebody's wish is whole. Refuses: an area or frequency that is none."""
    if wanted.area not in AREAS:
        raise Refused("unknown_area", "Choose an area.", field="area")
    if wanted.area == MINE and wanted.kind not in DISTRICTS:
        raise Refused("unknown_area", "Choose an area.", field="area")
    if wanted.area == AROUND and wanted.metres not in FAR:
        raise Refused("unknown_distance", "Choose how far around.", field="metres")
    check_often(wanted.frequency, wanted.topics)


def check_often(frequency: str, topics: Iterable[str]) -> None:
    """Whether it says how often. Refuses: a frequency that is none; too many topics."""
    if frequency not in FREQUENCIES:
        raise Refused("unknown_frequency", "Choose how often.", field="frequency")
    if len(tuple(topics)) > MOST_TOPICS:
        raise Refused("too_many_topics", "Choose fewer topics, or none for all.", field="topics")


def area_words(
    tongue: Tongue, *, area: str, kind: str = "", code: str = "", where: str = "", metres: int = 0
) -> str:
    """An area as a sentence of this language names it."""
    if area == AROUND:
        return tongue.around.format(far=FAR.get(metres, ""), where=where)
    if area == CITY:
        return tongue.city
    return (tongue.mine if area == MINE else tongue.named)[kind].format(code=code)


@dataclass(frozen=True)
class Said:
    """What the directory holds of the same address: a refusal, a bounce or an end, and when."""

    refused_at: datetime | None = None
    bounced_at: datetime | None = None
    ended_at: datetime | None = None


def hindrance(
    *,
    confirmed_at: datetime | None,
    stopped_at: datetime | None,
    bounced_at: datetime | None,
    said: Iterable[Said] = (),
) -> str:
    """Why somebody may not be written to now; empty where they may.

    Their own confirmation, from their own mailbox, outranks what was noted before it. Nothing
    that an import or a joining of records brings outranks a refusal.
    """
    if confirmed_at is None:
        return NOT_CONFIRMED
    if stopped_at is not None:
        return STOPPED
    if bounced_at is not None:
        return BOUNCED
    for row in said:
        if row.refused_at is not None and row.refused_at > confirmed_at:
            return REFUSED
        if row.bounced_at is not None and row.bounced_at > confirmed_at:
            return BOUNCED
        if row.ended_at is not None and row.ended_at > confirmed_at:
            return ENDED
    return ""


def period_of(frequency: str, on: date) -> str:
    """The day, week or month that a digest is for: 2026-11-18, 2026-W47, 2026-11."""
    if frequency == DAILY:
        return on.isoformat()
    if frequency == WEEKLY:
        year, week, _ = on.isocalendar()
        return f"{year}-W{week:02d}"
    return f"{on:%Y-%m}"
