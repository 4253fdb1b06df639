"""What others saw after an agency called an ask done: one answer for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardroom.ledger.models import Entry

STEP_LOOK, PLACE_LOOK = "StepVerified", "ConditionChecked"
SAID_OF_A_PLACE: Mapping[str, str] = {"fixed": "clean"}


@dataclass(frozen=True)
class DoneAsk:
    """An ask that an agency called done at an instant, with who asked whom."""

    ask_id: int
    matter_id: int
    done_at: datetime
    asked_by_id: int
    party_id: int


@dataclass(frozen=True)
class Look:
    """What somebody found who had no hand in it; ``finding`` is in the words of a check."""

    at: datetime
    on: date
    finding: str
    observer_name: str
    note: str


def seen_by_others(
    done: Iterable[DoneAsk], *, until: datetime | None = None
) -> Mapping[int, tuple[Look, ...]]:
    """The looks at each of these asks since it was called done, the first one first.

    A look at the step itself says more than one at its place, so where there are any of the
    first, they alone count. Whoever asked for it or did it has no say.
    """
    asks = list(done)
    steps, places = (_until(lines, until) for lines in _lines(asks))
    found = {}
    for ask in asks:
        looks = [look for _, look in steps.get(ask.ask_id, ()) if look.at >= ask.done_at]
        if not looks:
            hands = (ask.asked_by_id, ask.party_id)
            looks = [
                look
                for observer_id, look in places.get(ask.matter_id, ())
                if look.at > ask.done_at and observer_id not in hands
            ]
        if looks:
            found[ask.ask_id] = tuple(looks)
    return found


Lines = dict[int, list[tuple[int, Look]]]


def _until(lines: Lines, until: datetime | None) -> Lines:
    """What was seen by an instant; a later look displaces nothing in an earlier week."""
    if until is None:
        return lines
    return {
        key: [(observer_id, look) for observer_id, look in looks if look.at < until]
        for key, looks in lines.items()
    }


def _lines(asks: list[DoneAsk]) -> tuple[Lines, Lines]:
    """The looks at steps by their ask, and those at places by their matter."""
    steps: Lines = {}
    places: Lines = {}
    if not asks:
        return steps, places
    matters = {str(ask.matter_id) for ask in asks}
    lines = Entry.objects.filter(kind__in=[STEP_LOOK, PLACE_LOOK], matter_key__in=matters)
    for kind, at, key, body in lines.order_by("pk").values_list("kind", "at", "matter_key", "body"):
        if kind == STEP_LOOK:
            steps.setdefault(body["ask_id"], []).append((body["observer_id"], _look(at, body)))
        else:
            seen_at = datetime.fromisoformat(body["seen_at"])
            places.setdefault(int(key), []).append((body["observer_id"], _look(seen_at, body)))
    for looks in places.values():
        looks.sort(key=lambda pair: pair[1].at)
    return steps, places


def _look(at: datetime, body: Mapping[str, Any]) -> Look:
    return Look(
        at=at,
        on=date.fromisoformat(body["seen_on"]),
        finding=SAID_OF_A_PLACE.get(body["finding"], body["finding"]),
        observer_name=body["observer_name"],
        note=body["note"],
    )
