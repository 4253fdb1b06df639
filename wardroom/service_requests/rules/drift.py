"""Where two systems do not say the same: the kinds of drift, and what counts as one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardroom.kernel.errors import Refused
from wardroom.service_requests.rules.layouts import LIVE

CLOSED_THERE, OPEN_THERE = "closed_there", "open_there"
DUE_MOVED, PLACE_MOVED = "due_moved", "place_moved"
VANISHED, NO_NUMBER = "vanished", "no_number"
DRIFTS: Mapping[str, str] = {
    CLOSED_THERE: "Closed there, open here",
    OPEN_THERE: "Open there, closed here",
    DUE_MOVED: "Due date moved",
    PLACE_MOVED: "Place changed",
    VANISHED: "No longer there",
    NO_NUMBER: "Never got a number",
}
LASTING = frozenset({CLOSED_THERE, OPEN_THERE, VANISHED, NO_NUMBER})
DRIFT_STATES: Mapping[str, str] = {
    "open": "To be looked at",
    "accepted": "Accepted",
    "ignored": "Ignored, with a reason",
    "planned": "A next step is set",
    "gone": "Agrees again",
}
FAR_METRES = 30.0
DAY = timedelta(days=1)
FEW_VANISHED, SHARE_VANISHED = 20, 0.2


@dataclass(frozen=True)
class Seen:
    """What we knew, or know now, of a request: open or not, due when, and where."""

    is_open: bool
    due_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Held:
    """A matter of ours that hangs on a mirrored request: whether it is still open here."""

    request_id: int
    matter_id: int
    ward_code: str
    is_open: bool


def is_open(status: str) -> bool:
    """Whether a mirrored status means that the city still works on it."""
    return status in LIVE


def standing_drift(*, open_there: bool, open_here: bool) -> str:
    """Which of the two calls it done where the other does not; empty where they agree."""
    if open_there == open_here:
        return ""
    return OPEN_THERE if open_there else CLOSED_THERE


def moved_drifts(before: Seen, now: Seen, *, metres: float) -> tuple[str, ...]:
    """What moved since we last looked: the due date by a day or more, the place by far.

    A date or a place that was not there before is news and no drift.
    """
    found = []
    if before.due_at and (now.due_at is None or abs(now.due_at - before.due_at) >= DAY):
        found.append(DUE_MOVED)
    if before.latitude is not None and now.latitude is not None and metres > FAR_METRES:
        found.append(PLACE_MOVED)
    return tuple(found)


def too_many_vanished(vanished: int, checked: int) -> bool:
    """Whether so much is gone at once that the other side is rather broken than right."""
    return vanished > FEW_VANISHED and vanished > SHARE_VANISHED * checked


def check_reason(reason: str) -> str:
    """Why a drift is left as it is. Refuses: no reason."""
    if not reason.strip():
        raise Refused("no_reason", "Say why nothing follows from it.", field="reason")
    return reason.strip()[:300]


def check_open(state: str) -> None:
    """Refuses: a drift that somebody has settled, or that is gone."""
    if state != "open":
        words = DRIFT_STATES.get(state, state).lower()
        raise Refused("wrong_state", f"This was settled in the meantime: {words}.")
