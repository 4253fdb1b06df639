"""What is written down before a plan acts, so that nobody can choose the yardstick afterwards.

The text is made the same way every time and its SHA-256 is kept. Source: engine notes,
section 5, point 1.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite

FORMAT = "wardroom registration 1"
MEASURE = "folded episodes of the kinds that explain each place, within its radius"
COMPARISON = (
    "places that passed the same gate on the same day, without a plan, more than 400 m from a"
    " treated one; quartiles of the count before"
)
YEAR = 12


class NotRegistrable(ValueError):
    """What is wrong with a registration, and in which field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class ChangedAfterwards(ValueError):
    """What is judged is not what was registered."""


@dataclass(frozen=True)
class RegisteredPlace:
    """One place of a plan: its middle and radius in metres, and the codes of its kinds."""

    key: str
    x: float
    y: float
    radius_m: float
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Registration:
    """A plan's test, fixed before it acts.

    ``data_until`` is the last day of the data the places were chosen from. ``drawn_by_lot``
    is the hash of the lot that chose them, or nothing.
    """

    places: tuple[RegisteredPlace, ...]
    data_until: date
    starts_on: date
    verdict_on: date
    before_months: int = YEAR
    after_months: int = YEAR
    measure: str = MEASURE
    comparison_rule: str = COMPARISON
    drawn_by_lot: str = ""
    seed: int = 0

    @property
    def text(self) -> str:
        """All of it as one line of text, the same however the places and kinds stood."""
        plain = asdict(self)
        plain["places"] = sorted((_plain(p) for p in self.places), key=lambda p: str(p["key"]))
        for day in ("data_until", "starts_on", "verdict_on"):
            plain[day] = plain[day].isoformat()
        plain["format"] = FORMAT
        return json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """The hash of the text, 64 signs."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def register(registration: Registration) -> str:
    """The hash to keep. Raises `NotRegistrable` where a fair test cannot follow."""
    _check_places(registration.places)
    r = registration
    if r.starts_on <= r.data_until:
        raise NotRegistrable(
            "starts_on",
            f"The start must be after {r.data_until.isoformat()}, the last day of the data that"
            " is known already.",
        )
    if r.before_months < 1 or r.after_months < 1:
        raise NotRegistrable("after_months", "Give at least one month before and one after.")
    if r.verdict_on < months_later(r.starts_on, r.after_months):
        raise NotRegistrable(
            "verdict_on",
            f"The verdict can be given from {months_later(r.starts_on, r.after_months).isoformat()}"
            f" on, when {r.after_months} months have passed.",
        )
    for field in ("measure", "comparison_rule"):
        if not getattr(r, field).strip():
            raise NotRegistrable(field, "Say it in words before the plan starts.")
    return r.sha256


def require_unchanged(registration: Registration, registered: str) -> None:
    """Raises `ChangedAfterwards` where this is not what was registered under that hash."""
    if registration.sha256 != registered:
        raise ChangedAfterwards(
            f"This is not what was registered: its hash is {registration.sha256[:12]}, and"
            f" {registered[:12]} was kept."
        )


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    ends = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return date.fromordinal(min(date(year, month, 1).toordinal() + day.day - 1, ends))


def _plain(place: RegisteredPlace) -> dict[str, object]:
    return {
        "key": place.key,
        "x": f"{place.x:.2f}",
        "y": f"{place.y:.2f}",
        "radius_m": f"{place.radius_m:.2f}",
        "kinds": sorted(set(place.kinds)),
    }


def _check_places(places: tuple[RegisteredPlace, ...]) -> None:
    if not places:
        raise NotRegistrable("places", "Name at least one place.")
    keys = [p.key for p in places]
    if len(set(keys)) < len(keys):
        raise NotRegistrable("places", "The same place stands there twice.")
    for place in places:
        if not place.kinds:
            raise NotRegistrable("places", f"Say which kinds are counted at {place.key}.")
        if not all(isfinite(v) for v in (place.x, place.y, place.radius_m)) or place.radius_m <= 0:
            raise NotRegistrable("places", f"{place.key} needs a point and a radius.")
