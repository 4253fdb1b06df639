"""Kinds of incident, how grave one is, and how whoever has it works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.errors import Refused

LONGEST_WHERE, LONGEST_WORDS = 200, 1_000


@dataclass(frozen=True)
class IncidentKind:
    """A kind of incident: its words, and how grave one is until somebody knows better."""

    code: str
    label: str
    severity: int
    told_by: tuple[str, ...] = ()


INCIDENT_KINDS: Mapping[str, IncidentKind] = {
    kind.code: kind
    for kind in (
        IncidentKind("fire", "Fire", 1, ("fire", "smoke", "explosion")),
        IncidentKind("closure", "Building closed", 1, ("building", "collapse", "evacuation")),
        IncidentKind("violence", "Violence", 1, ("shooting", "violence", "police", "civil")),
        IncidentKind("outage", "Power, gas or water out", 2, ("power", "water main", "gas")),
        IncidentKind(
            "weather", "Weather", 2, ("flood", "storm", "snow", "heat", "wind", "tornado", "cold")
        ),
        IncidentKind("other", "Something else", 3),
    )
}
GRAVITIES: Mapping[int, str] = {
    1: "Lives or homes: somebody died, people lost their homes, an officer is involved, or a "
    "building is closed",
    2: "Several blocks: power, gas or water is out, or streets are closed",
    3: "Anything else",
}
MODES: Mapping[str, str] = {"go": "Goes there", "remote": "Works from where they are"}


def check_incident_kind(code: str) -> IncidentKind:
    """A kind of incident; `Refused` for one that is not known."""
    kind = INCIDENT_KINDS.get(code)
    if kind is None:
        raise Refused(
            "unknown_incident",
            "Tap what happened: nobody is called before that.",
            field="kind_code",
        )
    return kind


def check_gravity(severity: int) -> int:
    """How grave an incident is, 1 to 3; `Refused` for anything else."""
    if severity not in GRAVITIES:
        raise Refused("unknown_severity", "Choose how grave it is: 1, 2 or 3.", field="severity")
    return severity


def check_mode(mode: str) -> str:
    """How somebody works on it; `Refused` for anything else."""
    if mode not in MODES:
        raise Refused("unknown_mode", "Choose whether you go there.", field="mode")
    return mode


def kind_of_alert(event: str, title: str) -> IncidentKind:
    """The kind of incident that an alert tells of, by its words."""
    said = f"{event} {title}".casefold()
    told = (k for k in INCIDENT_KINDS.values() if any(word in said for word in k.told_by))
    return next(told, INCIDENT_KINDS["other"])


def incident_title(label: str, where_text: str, ward_code: str, *, exercise: bool) -> str:
    """What an incident is called until somebody gives it another name."""
    where = where_text or (f"Ward {ward_code}" if ward_code else "the whole city")
    return f"{'EXERCISE: ' if exercise else ''}{label}, {where}"[:200]
