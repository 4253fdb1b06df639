"""What was said so far between the office and whoever sent a report: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.casework import rules
from wardroom.casework.facts import StillThere
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.outgoing import GoneOut
from wardroom.casework.rules.tongues import Told
from wardroom.ledger.models import Entry


@dataclass(frozen=True)
class SaidLine:
    """Something that was said: when, what it is, and the words.

    Words of the office are in English; those of whoever reported are in any language.
    """

    at: datetime
    heading: str
    text: str = ""
    by_office: bool = False

    @property
    def on(self) -> date:
        """The day on which it was said."""
        return localdate(self.at)


def complaints_of(report: Report) -> tuple[Complaint, ...]:
    """The complaints of a report: its first, and one for each time that it came back."""
    rows = Complaint.objects.select_related("matter", "reporter", "came_of")
    first = list(rows.filter(pk=report.complaint_id))
    return (*first, *rows.filter(came_of__report=report).order_by("pk"))


def said_lines(
    told: Told, report: Report, complaints: tuple[Complaint, ...], out: GoneOut
) -> tuple[SaidLine, ...]:
    """What the office said, what was said to it, and each closing; the newest first."""
    found = [
        *(line for each in complaints for line in _of_office(told, each, out)),
        *_of_returns(told, complaints),
        *_still(told, complaints),
        *_ratings(told, report),
    ]
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))


def _of_office(told: Told, complaint: Complaint, out: GoneOut) -> Iterator[SaidLine]:
    words, matter = told.follow, complaint.matter
    if complaint.told_at is not None and complaint.told_text and complaint.pk in out.words:
        yield SaidLine(complaint.told_at, words.what_was_said, complaint.told_text, by_office=True)
    told_apart = matter.merged_into_id is None and not matter.restricted
    told_apart = told_apart and out.tells_end(complaint, matter)
    if matter.closed_at is not None and matter.state == "closed" and told_apart:
        outcome = words.outcomes.get(matter.outcome, matter.outcome)
        day = told.day(localdate(matter.closed_at))
        yield SaidLine(matter.closed_at, words.closed.format(day=day, outcome=outcome))


def _of_returns(told: Told, complaints: tuple[Complaint, ...]) -> Iterator[SaidLine]:
    for complaint in complaints[1:]:
        text = "" if complaint.said == rules.STILL_THERE else complaint.said
        yield _mine(told, complaint.came_of.said_at, told.follow.still_send, text)


def _still(told: Told, complaints: tuple[Complaint, ...]) -> Iterator[SaidLine]:
    keys = [str(complaint.pk) for complaint in complaints]
    lines = Entry.objects.filter(
        kind=StillThere.__name__, about__noun="complaint", about__key__in=keys
    )
    for entry in lines.distinct():
        yield _mine(told, entry.at, told.follow.still_send, str(entry.body.get("text", "")))


def _ratings(told: Told, report: Report) -> Iterator[SaidLine]:
    words = told.follow
    for row in report.ratings.all():
        yield _mine(told, row.rated_at, f"{words.rating} {words.ratings[row.code]}", row.text)


def _mine(told: Told, at: datetime, what: str, text: str) -> SaidLine:
    """A line of whoever reported; their own words where they wrote any."""
    return SaidLine(at, f"{told.follow.your_words}: {what}", text)
