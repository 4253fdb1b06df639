"""The kinds of work that staff is needed for, the placeholders of their times, and scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wardroom.kernel.errors import Refused


@dataclass(frozen=True)
class KindOfWork:
    """One kind of work: its word, and the hours of one piece until the office measured them."""

    one: str
    many: str
    placeholder: Decimal


KINDS: Mapping[str, KindOfWork] = {
    "issue": KindOfWork("Issue", "Issues opened", Decimal("1.5")),
    "persistent_location": KindOfWork(
        "Persistent location", "Persistent locations worked on", Decimal(120)
    ),
    "meeting": KindOfWork("Meeting or event", "Meetings and events", Decimal("2.5")),
    "incident": KindOfWork("Incident", "Incidents opened", Decimal(6)),
}
NET_HOURS, UTILISATION = 1698, Decimal("0.75")
FULL_YEAR = Decimal(2080)
# A post that somebody is at, and the hours of a year that it takes.
POSTS: Mapping[str, int] = {
    "8 hours on every day of the year": 8 * 365,
    "16 hours on every day of the year": 16 * 365,
    "Around the clock, all year": 24 * 365,
}
PRESSES = (5, 15, 30, 60, 90, 120, 240)
MOST_MINUTES = 24 * 60
MOST_SCENARIOS = 4


def check_log(kind: str, minutes: int, finished: int) -> None:
    """Minutes of a known kind of work, within a day. Refuses: `kind_unknown`, `minutes_off`."""
    if kind not in KINDS:
        raise Refused("kind_unknown", "Choose which kind of work it was.", field="kind")
    if not 0 < minutes <= MOST_MINUTES:
        raise Refused("minutes_off", "Give the minutes, within one day.", field="minutes")
    if not 0 <= finished <= 50:
        raise Refused("finished_off", "Give how many were finished, 0 to 50.", field="finished")


def check_work_year(net_hours: int, utilisation: Decimal) -> None:
    """A year that a person can work. Refuses: `hours_off`, `utilisation_off`."""
    if not 200 <= net_hours <= 2600:
        sentence = "Give the hours that a person is there in a year, 200 to 2,600."
        raise Refused("hours_off", sentence, field="net_hours")
    if not Decimal("0.1") <= utilisation <= 1:
        raise Refused("utilisation_off", "Give a part from 0.1 to 1.", field="utilisation")


def checked_changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a scenario changes, as it is kept: numbers that may be, and nothing that is blank.

    Refuses: `nothing_changed`, `number_off`.
    """
    kept: dict[str, Any] = {"volumes": {}, "hours": {}}
    for kind in KINDS:
        for part in ("volumes", "hours"):
            value = (given.get(part) or {}).get(kind)
            if value is not None:
                _check_number(value, 1_000_000 if part == "volumes" else 10_000, f"{part}_{kind}")
                kept[part][kind] = float(value)
    if given.get("net_hours") is not None or given.get("utilisation") is not None:
        net, used = given.get("net_hours"), given.get("utilisation")
        check_work_year(
            NET_HOURS if net is None else int(net),
            UTILISATION if used is None else Decimal(str(used)),
        )
        kept |= {"net_hours": int(net)} if net is not None else {}
        kept |= {"utilisation": float(used)} if used is not None else {}
    positions = given.get("positions")
    if positions:
        if not -200 <= positions <= 200:
            raise Refused(
                "number_off", "Give a number of jobs from -200 to 200.", field="positions"
            )
        kept["positions"] = float(positions)
    kept = {word: value for word, value in kept.items() if value not in ({}, None)}
    if not kept:
        raise Refused("nothing_changed", "Change at least one number.", field="name")
    return kept


def _check_number(value: Any, most: int, field: str) -> None:
    if not 0 <= value <= most:
        raise Refused("number_off", f"Give a number from 0 to {most:,}.", field=field)
