"""Situation reports: one whole, and in plain words for mail and for a bad line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from wardroom.access.actor import Actor
from wardroom.directory.models import Party
from wardroom.directory.queries.consents import points_allowed
from wardroom.directory.rules import PROGRESS
from wardroom.incidents import policy, rules
from wardroom.incidents.models import SituationReport
from wardroom.incidents.queries.call_list import to_be_told
from wardroom.incidents.queries.incidents import get_incident
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_instant


@dataclass(frozen=True)
class ReportView:
    """One situation report, and whether this person may release it."""

    matter_id: int
    title: str
    number: int
    last: int
    what: str
    where_text: str
    lead_text: str
    affected: tuple[tuple[str, int], ...]
    needs: str
    partners: str
    next_update_at: datetime | None
    written_at: datetime
    written_by: str
    released_at: datetime | None
    released_by: str
    sent_to: int
    returned_at: datetime | None
    returned_by: str
    returned_for: str
    goes_to: tuple[tuple[str, bool], ...]
    follows_from: str
    text: str
    allowed: frozenset[str]

    @property
    def reaches(self) -> int:
        """How many would get it."""
        return sum(agreed for _, agreed in self.goes_to)


def report_view(matter_id: int, number: int, actor: Actor, *, on: date) -> ReportView:
    """One situation report; `NotFound` where its incident is out of reach."""
    report = get_report(matter_id, number, actor)
    last = report.incident.reports.order_by("-number").values_list("number", flat=True)[0]
    waits = report.released_at is None and report.returned_at is None
    open_ = waits and last == report.number
    may = open_ and policy.may_release_report(actor, report)
    return ReportView(
        matter_id=matter_id,
        title=report.incident.matter.title,
        number=report.number,
        last=last,
        what=report.what,
        where_text=report.where_text,
        lead_text=report.lead_text,
        affected=affected_words(report),
        needs=report.needs,
        partners=report.partners,
        next_update_at=report.next_update_at,
        written_at=report.written_at,
        written_by=report.written_by,
        released_at=report.released_at,
        released_by=report.released_by,
        sent_to=report.sent_to,
        returned_at=report.returned_at,
        returned_by=report.returned_by,
        returned_for=report.returned_for,
        goes_to=_goes_to(report, on) if may else (),
        follows_from=_follows_from(report) if may else "",
        text=report_text(report),
        allowed=_allowed(report) if may else frozenset(),
    )


def _allowed(report: SituationReport) -> frozenset[str]:
    """Release it, or send it back while somebody can write a later one."""
    runs = report.incident.matter.state == "open"
    return frozenset({"release_situation", *(["return_situation"] if runs else [])})


def report_to_change(matter_id: int, actor: Actor) -> dict[str, Any]:
    """What a later report begins with where the newest was sent back; nothing otherwise."""
    incident = get_incident(matter_id, actor)
    last = incident.reports.order_by("-number").first()
    if last is None or last.returned_at is None:
        return {}
    names = ("what", "where_text", "lead_text", "needs", "partners")
    return {**{name: getattr(last, name) for name in names}, **last.affected}


def _goes_to(report: SituationReport, on: date) -> tuple[tuple[str, bool], ...]:
    """Who would be written to, by name, and whether they agreed to it; an exercise tells nobody."""
    if report.incident.exercise:
        return ()
    told = to_be_told(report.incident, on=on)
    reached = points_allowed(told, purpose=PROGRESS, channel="email")
    names = dict(Party.objects.filter(pk__in=told).values_list("pk", "name"))
    return tuple((names[pk], pk in reached) for pk in told)


def _follows_from(report: SituationReport) -> str:
    """What says to whom it goes: the known place of the incident, else no more than its ward."""
    place, ward = report.incident.matter.place, report.incident.ward_code
    if place is not None:
        return place.label
    area = f"Ward {ward}" if ward else "the whole city"
    return f"{area}, for no exact place is known"


def get_report(matter_id: int, number: int, actor: Actor) -> SituationReport:
    """A situation report to act on; `NotFound` where its incident is out of reach."""
    incident = get_incident(matter_id, actor)
    rows = SituationReport.objects.select_related("incident__matter__place")
    found: SituationReport | None = rows.filter(incident=incident, number=number).first()
    if found is None:
        raise NotFound(f"no report {number} of {matter_id}")
    return found


def affected_words(report: SituationReport) -> tuple[tuple[str, int], ...]:
    """How many people it touches, by sort; what nobody counted is not said."""
    return tuple(
        (label, report.affected[name])
        for name, label in rules.AFFECTED.items()
        if name in report.affected
    )


def report_text(report: SituationReport) -> str:
    """A report in plain words; it counts people and names none."""
    counted = ", ".join(f"{label.lower()} {count}" for label, count in affected_words(report))
    lines = [
        "THIS IS AN EXERCISE." if report.incident.exercise else "",
        f"Situation report {report.number}, {long_instant(localtime(report.written_at))}",
        report.incident.matter.title,
        "",
        f"What: {report.what}",
        f"Where: {report.where_text}" if report.where_text else "",
        f"Who leads at the scene: {report.lead_text}" if report.lead_text else "",
        f"People: {counted}" if counted else "",
        f"Needed: {report.needs}" if report.needs else "",
        f"Called: {report.partners}" if report.partners else "",
        f"Next report: {long_instant(localtime(report.next_update_at))}"
        if report.next_update_at
        else "This is the last report.",
    ]
    return "\n".join(line for n, line in enumerate(lines) if line or n == 3).strip() + "\n"
