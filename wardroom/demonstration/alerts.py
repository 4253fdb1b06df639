"""Alerts of other authorities: one that waits, an incident, one set aside, and an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.queries import get_party_of
from wardroom.incidents.actions import open_incident, set_alert_aside, write_situation
from wardroom.incidents.gateways.taking import TakenIn, take_in
from wardroom.incidents.models import IncidentDraft
from wardroom.kernel.text import long_instant

FIVE = "5"
LIAISON = "liaison5@wardroom.example"
DIRECTOR = "director@wardroom.example"
SENDER = "alerts@weather.example"
BLOCKS = "38.915,-77.005 38.915,-76.985 38.930,-76.985 38.930,-77.005 38.915,-77.005"
ALONG = "38.890,-77.010 38.890,-76.950 38.925,-76.950 38.925,-77.010 38.890,-77.010"


@dataclass(frozen=True)
class Warned:
    """One message: what it says, when, and where."""

    name: str
    event: str
    headline: str
    description: str
    instruction: str
    severity: str
    sent: datetime
    hours: int
    where: str
    shape: str = ""
    status: str = "Actual"
    kind: str = "Alert"
    follows: str = ""

    def content(self) -> bytes:
        """The message in CAP 1.2."""
        expires = self.sent + timedelta(hours=self.hours)
        area = f"<areaDesc>{escape(self.where)}</areaDesc>"
        area += (
            f"<polygon>{self.shape}</polygon>"
            if self.shape
            else "<geocode><valueName>SAME</valueName><value>011001</value></geocode>"
        )
        named = f"<references>{self.follows}</references>" if self.follows else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
            f"<identifier>{self.name}</identifier><sender>{SENDER}</sender>"
            f"<sent>{self.sent.isoformat()}</sent><status>{self.status}</status>"
            f"<msgType>{self.kind}</msgType><scope>Public</scope>{named}"
            "<info><language>en-US</language><category>Met</category>"
            f"<event>{self.event}</event><urgency>Expected</urgency>"
            f"<severity>{self.severity}</severity><certainty>Likely</certainty>"
            f"<onset>{self.sent.isoformat()}</onset><expires>{expires.isoformat()}</expires>"
            "<senderName>Schematic weather service</senderName>"
            f"<headline>{escape(self.headline)}</headline>"
            f"<description>{escape(self.description)}</description>"
            f"<instruction>{escape(self.instruction)}</instruction>"
            f"<area>{area}</area></info></alert>"
        ).encode()


def show_alerts(plan: Plan) -> int:
    """A flood that became an incident, a storm that waits, snow set aside, and a drill."""
    if not IncidentDraft.objects.exists():
        _flood(plan)
        _snow(plan)
        _take(_drill(plan))
        _take(_storm(plan))
    return IncidentDraft.objects.count()


def _take(one: Warned) -> TakenIn:
    stamp = Stamp(actor=SYSTEM, at=one.sent + timedelta(minutes=1), window=Window.WORKER)
    return take_in(one.content(), way_in="feed", stamp=stamp)


def _draft(taken: TakenIn) -> IncidentDraft:
    return IncidentDraft.objects.get(pk=taken.draft_id)


def _flood(plan: Plan) -> None:
    """The blocks by the rail yard were under water; the liaison of Ward 5 looks after it."""
    sent = _sent(plan, hours=30)
    first = Warned(
        "demonstration-flood-1",
        "Flash Flood Warning",
        f"Flash flood warning until {_clock(sent, 4)}",
        "Two inches of rain fell within the hour. Water stands in the underpasses.",
        "Do not drive into standing water. Basement apartments should be left.",
        "Severe",
        sent,
        4,
        "Low blocks beside the rail yard",
        BLOCKS,
    )
    draft = _draft(_take(first))
    at = sent + timedelta(minutes=25)
    stamp = stamp_of(LIAISON, at)
    matter = open_incident(
        draft,
        title="Flooded basements by the rail yard",
        owner=get_party_of(stamp.actor),
        next_on=plan.end + timedelta(days=1),
        next_step="Ask who needs a place to stay tonight",
        ward=get_ward(FIVE, at.date()),
        stamp=stamp,
    )
    write_situation(
        matter.incident,
        what="Water stands in six basements. The street is closed; nobody is hurt.",
        where_text="Low blocks beside the rail yard",
        affected={"homes": 6, "adults": 14, "children": 5},
        needs="Pumps, and dry blankets for three homes",
        next_update_at=None,
        stamp=stamp_of(LIAISON, sent + timedelta(minutes=68)),
    )
    later = sent + timedelta(hours=2)
    words = {
        "name": "demonstration-flood-2",
        "kind": "Update",
        "sent": later,
        "hours": 3,
        "headline": f"Flash flood warning now until {_clock(later, 3)}",
        "follows": f"{SENDER},{first.name},{first.sent.isoformat()}",
    }
    _take(Warned(**{**vars(first), **words}))


def _snow(plan: Plan) -> None:
    sent = _sent(plan, hours=75)
    taken = _take(
        Warned(
            "demonstration-snow",
            "Winter Weather Advisory",
            "Up to an inch of snow overnight",
            "Light snow falls after midnight and melts by noon.",
            "Allow more time on the way to work.",
            "Minor",
            sent,
            18,
            "The whole District",
        )
    )
    stamp = stamp_of(DIRECTOR, sent + timedelta(minutes=50))
    reason = "The plows are out anyway; no group asked for help"
    set_alert_aside(_draft(taken), reason=reason, stamp=stamp)


def _drill(plan: Plan) -> Warned:
    sent = _sent(plan, hours=50)
    return Warned(
        "demonstration-drill",
        "Practice warning",
        "Exercise: evacuation of the river wards",
        "This is an exercise.",
        "Nothing has to be done.",
        "Extreme",
        sent,
        6,
        "The whole District",
        status="Exercise",
    )


def _storm(plan: Plan) -> Warned:
    sent = _sent(plan, hours=1)
    return Warned(
        "demonstration-storm",
        "Severe Thunderstorm Watch",
        "Severe storms are possible this week",
        "Gusts of 60 miles an hour may bring down trees and wires.",
        "Charge phones. Stay away from wires on the ground and call 911.",
        "Moderate",
        sent,
        24 * 7,
        "East of the railroad",
        ALONG,
    )


def _sent(plan: Plan, *, hours: int) -> datetime:
    return (plan.now - timedelta(hours=hours)).replace(microsecond=0)


def _clock(sent: datetime, hours: int) -> str:
    return long_instant(sent + timedelta(hours=hours)).rpartition(", ")[2]
