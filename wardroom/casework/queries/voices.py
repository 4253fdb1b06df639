"""Who reported an issue: each with their words, and whether they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.outgoing import WAITS, letters_of_tellings
from wardroom.directory.rules import LANGUAGES
from wardroom.matters.models import Matter

LINKS = ("report__link", "came_of__report__link", "came_of__report__complaint__matter")
# A row is as wide as seven tables, and little of it is read.
READ = (
    *("matter_id", "taken_for_id", "reporter__name", "reporter_typed", "anonymous", "channel"),
    *("said", "language", "interpreter", "may_share", "request_number", "request_id"),
    *("received_at", "taken_by", "told_at", "told_how", "told_text"),
    *("report__number", "report__link__holder", "report__complaint_id"),
    *("came_of__report__number", "came_of__report__link__holder"),
    *("came_of__report__complaint__said", "came_of__report__complaint__received_at"),
    "came_of__report__complaint__matter__ward_code",
)


@dataclass(frozen=True)
class FirstReport:
    """What somebody had reported before it came back: their words and answers of that time."""

    matter_id: int
    said: str
    received_at: datetime


@dataclass(frozen=True)
class ComplaintRow:
    """One person's complaint, and whether that person was told."""

    id: int
    reporter: str
    party_id: int | None
    anonymous: bool
    channel: str
    said: str
    language: str
    interpreter: bool
    may_share: bool
    request_number: str
    request_id: int | None
    received_at: datetime
    taken_by: str
    told_on: date | None
    told_how: str
    told_text: str
    came_from: int | None
    can_be_asked: bool
    report_number: str = ""
    first: FirstReport | None = None
    letter_waits: bool = False


def complaint_rows(matter: Matter, actor: Actor) -> tuple[ComplaintRow, ...]:
    """Everybody who reported an issue, the first on top, as far as this person reaches them."""
    seen = Complaint.objects.within(policy.reach(actor)).filter(matter=matter)
    far = seen.select_related("reporter", *LINKS).only(*READ)
    rows = list(far.order_by("received_at", "id"))
    letters = letters_of_tellings(rows)
    return tuple(
        ComplaintRow(
            id=c.pk,
            reporter=c.who,
            party_id=c.reporter_id,
            anonymous=c.anonymous,
            channel=rules.CHANNELS[c.channel],
            said=c.said,
            language="" if c.language == "en" else LANGUAGES.get(c.language, c.language),
            interpreter=c.interpreter,
            may_share=c.may_share,
            request_number=c.request_number,
            request_id=c.request_id,
            received_at=c.received_at,
            taken_by=c.taken_by,
            told_on=localdate(c.told_at) if c.told_at else None,
            told_how=rules.WAYS_TO_TELL.get(c.told_how, ""),
            told_text=c.told_text,
            came_from=c.taken_for_id if c.taken_for_id != matter.pk else None,
            can_be_asked=_has_link(c),
            report_number=_number(c),
            first=_first(c, actor),
            letter_waits=letters.get(c.pk) == WAITS,
        )
        for c in rows
    )


def _has_link(complaint: Complaint) -> bool:
    """Whether it came of a report whose sender lets us write: they answer by the link of it."""
    report = _report(complaint)
    return report is not None and report.link is not None and bool(report.link.holder)


def _number(complaint: Complaint) -> str:
    report = _report(complaint)
    return report.number if report is not None else ""


def _report(complaint: Complaint) -> Report | None:
    came_of = getattr(complaint, "came_of", None)
    found: Report | None = came_of.report if came_of else getattr(complaint, "report", None)
    return found


def _first(complaint: Complaint, actor: Actor) -> FirstReport | None:
    """What a return came of; none where that is out of reach."""
    came_of = getattr(complaint, "came_of", None)
    first: Complaint | None = came_of.report.complaint if came_of else None
    if first is None:
        return None
    about = {"matter_id": first.matter_id, "matter__ward_code": first.matter.ward_code}
    if not policy.reach(actor).covers(about):
        return None
    return FirstReport(first.matter_id, first.said, first.received_at)
