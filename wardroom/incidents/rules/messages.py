"""A message in the Common Alerting Protocol 1.2, once it was read: what it says and where.

The words are those of the standard (OASIS, July 2010); the office consumes and never sends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.errors import Refused

MOST_BYTES = 512 * 1024
MOST_SHAPES, MOST_POINTS, MOST_REFERENCES = 200, 5_000, 200
ALERT, UPDATE, CANCEL = "Alert", "Update", "Cancel"
ACTUAL = "Actual"
STATUSES: Mapping[str, str] = {
    ACTUAL: "Actual",
    "Exercise": "Exercise",
    "System": "System message",
    "Test": "Test",
    "Draft": "Draft",
}
KINDS: Mapping[str, str] = {ALERT: "Alert", UPDATE: "Update", CANCEL: "Cancellation"}
SCOPES = frozenset({"Public", "Restricted", "Private"})
SEVERITIES: Mapping[str, str] = {
    "Extreme": "Extreme",
    "Severe": "Severe",
    "Moderate": "Moderate",
    "Minor": "Minor",
    "Unknown": "Severity not known",
}
URGENCIES: Mapping[str, str] = {
    "Immediate": "Act at once",
    "Expected": "Act within the hour",
    "Future": "Act soon",
    "Past": "No longer needed",
    "Unknown": "Urgency not known",
}
CERTAINTIES: Mapping[str, str] = {
    "Observed": "Observed",
    "Likely": "Likely",
    "Possible": "Possible",
    "Unlikely": "Unlikely",
    "Unknown": "Certainty not known",
}
WAYS_IN: Mapping[str, str] = {
    "form": "entered by hand",
    "key": "sent with a key",
    "feed": "read from the feed",
}
_RANKS = tuple(SEVERITIES)[::-1]
_FORBIDDEN = frozenset(" ,<&")
Point = tuple[float, float]


@dataclass(frozen=True)
class Reference:
    """How one message names another: by sender, identifier, and when it was sent."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class Area:
    """A part of where an alert holds; points are latitude first, circles end in kilometers."""

    text: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether its outline is drawn, so that no code has to stand for it."""
        return bool(self.polygons or self.circles)


@dataclass(frozen=True)
class Message:
    """An alert as it was read, in the words of one language."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    kind: str
    scope: str
    references: tuple[Reference, ...] = ()
    note: str = ""
    event: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    sender_name: str = ""
    contact: str = ""
    web: str = ""
    urgency: str = "Unknown"
    severity: str = "Unknown"
    certainty: str = "Unknown"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    areas: tuple[Area, ...] = ()
    unread_shapes: int = 0

    @property
    def own(self) -> Reference:
        """How another message names this one."""
        return Reference(self.sender, self.identifier, self.sent)

    @property
    def title(self) -> str:
        """What it is about, in a line."""
        return self.headline or self.event or self.note or "Alert without a headline"

    @property
    def area_text(self) -> str:
        """Where it holds, in the sender's words."""
        return "; ".join(dict.fromkeys(area.text for area in self.areas if area.text))


def severity_rank(severity: str) -> int:
    """How grave it is: 0 where that is not known, 4 at most."""
    return _RANKS.index(severity) if severity in _RANKS else 0


def gravest(severities: Iterable[str]) -> str:
    """The gravest of several."""
    return max(severities, key=severity_rank, default="Unknown")


def check_name(text: str, element: str) -> str:
    """An identifier or a sender as the standard allows it. Refuses: `alert_incomplete`."""
    if not text or len(text) > 300 or _FORBIDDEN & set(text):
        raise incomplete(element)
    return text


def check_listed(text: str, element: str, known: Iterable[str]) -> str:
    """One of the words of the standard. Refuses: `alert_incomplete`."""
    if text not in known:
        raise incomplete(element)
    return text


def check_kind(text: str) -> str:
    """An alert, an update or a cancellation. Refuses: receipts and errors of other machines."""
    if text in ("Ack", "Error"):
        raise Refused(
            "not_an_alert", "This is a receipt between machines, not an alert.", field="content"
        )
    return check_listed(text, "msgType", KINDS)


def incomplete(element: str) -> Refused:
    """The refusal of a message in which one element is missing or says nothing known."""
    sentence = f"The message says nothing that can be read under “{element}”."
    return Refused("alert_incomplete", sentence, field="content")
