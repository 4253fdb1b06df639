"""What is worked through in one incident: checklist, call list and reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.directory.rules import phone_key
from wardroom.incidents import rules
from wardroom.incidents.models import Incident


@dataclass(frozen=True)
class LineRow:
    """One line of the checklist."""

    id: int
    text: str
    state: str
    note: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True)
class CallLineRow:
    """Somebody to call: as what, the number as a link, and how it went."""

    id: int
    name: str
    role_label: str
    party_id: int | None
    phone: str
    dial: str
    outcome_label: str
    note: str
    called_at: datetime | None
    called_by: str


@dataclass(frozen=True)
class ReportRow:
    """One situation report in the list."""

    number: int
    what: str
    counted: str
    written_at: datetime
    written_by: str
    released_at: datetime | None
    released_by: str
    returned_by: str


@dataclass(frozen=True)
class DutyLine:
    """Somebody holding a role in an incident, or having held it."""

    role: str
    role_label: str
    name: str
    since_at: datetime
    until_at: datetime | None
    note: str


@dataclass(frozen=True)
class Work:
    """All of it; ``next_update_at`` is when the next report is due."""

    lines: tuple[LineRow, ...]
    calls: tuple[CallLineRow, ...]
    reports: tuple[ReportRow, ...]
    first_report_at: datetime | None
    next_update_at: datetime | None

    @property
    def open_lines(self) -> tuple[LineRow, ...]:
        """The lines that are not seen to yet."""
        return tuple(line for line in self.lines if line.state == "open")

    @property
    def done(self) -> int:
        """How many lines were seen to."""
        return len(self.lines) - len(self.open_lines)

    @property
    def last_done(self) -> tuple[LineRow, ...]:
        """The lines that were seen to last, one or several at once."""
        days = [line.done_at for line in self.lines if line.done_at is not None]
        return tuple(line for line in self.lines if days and line.done_at == max(days))


def duties_of(incident: Incident) -> tuple[DutyLine, ...]:
    """Who holds and held which role, those of now first."""
    rows = incident.duties.select_related("party").order_by("until_at", "since_at", "pk")
    lines = [
        DutyLine(
            role=row.role,
            role_label=rules.INCIDENT_ROLES[row.role],
            name=row.party.name,
            since_at=row.since_at,
            until_at=row.until_at,
            note=row.note,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.until_at is not None))


def work_of(incident: Incident) -> Work:
    """What is worked through in an incident; whoever asks may see the incident."""
    return Work(
        lines=tuple(
            LineRow(row.pk, row.text, row.state, row.note, row.done_at, row.done_by)
            for row in incident.checklist.order_by("position")
        ),
        calls=tuple(
            CallLineRow(
                id=row.pk,
                name=row.name,
                role_label=row.role_label,
                party_id=row.party_id,
                phone=row.phone,
                dial=phone_key(row.phone) if row.phone else "",
                outcome_label=rules.CALL_OUTCOMES.get(row.outcome, ""),
                note=row.note,
                called_at=row.called_at,
                called_by=row.called_by,
            )
            for row in incident.call_list.order_by("position")
        ),
        reports=tuple(
            ReportRow(
                number=row.number,
                what=row.what,
                counted=", ".join(
                    f"{label.lower()} {row.affected[name]}"
                    for name, label in rules.AFFECTED.items()
                    if name in row.affected
                ),
                written_at=row.written_at,
                written_by=row.written_by,
                released_at=row.released_at,
                released_by=row.released_by,
                returned_by=row.returned_by,
            )
            for row in incident.reports.order_by("-number")
        ),
        first_report_at=incident.first_report_at,
        next_update_at=incident.next_update_at,
    )
