"""Whether a report from outside can be taken in, and what of it the public reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.casework import rules
from wardroom.casework.models import Report
from wardroom.casework.queries.placing import place_meant, spot_meant
from wardroom.city.queries import is_inside
from wardroom.city.rules import has_point
from wardroom.library.queries import PublicTopicRow, public_topic
from wardroom.matters.rules import KINDS
from wardroom.notices.gateways import key_token

OF_MATTER = ("state", "outcome", "next_on", "restricted")
LISTED = Q(
    complaint__isnull=False,
    complaint__matter__restricted=False,
    complaint__matter__destroyed_at__isnull=True,
) & ~Q(kind=rules.BLACKBOX)


@dataclass(frozen=True, kw_only=True)
class PublicReport:
    """A report as everybody may read it: no exact point, no name, no way to reach anybody.

    Its words are there only where the app that sent it says that they are public. ``look_on``
    is when the office looks at it next; empty where it is closed or nobody knows where it is.
    That day is no inner plan: whoever reported reads the same one, as a promise to look, in the
    receipt and on the page of their link. Both leave out a day that is past (`day_ahead`).
    """

    number: str
    channel: str
    service_code: str
    service_name: str
    is_open: bool
    outcome: str
    said: str
    media_url: str
    address: str
    latitude: float | None
    longitude: float | None
    received_at: datetime
    changed_at: datetime
    look_on: date | None


def report_problems(
    draft: rules.ReportDraft,
    *,
    at: datetime,
    topic: PublicTopicRow | None = None,
    anywhere: bool = False,
) -> tuple[rules.Problem, ...]:
    """All that keeps a report from being taken in, at once; ``topic`` where it was read.

    Whether it lies in the city is not looked up for one that may lie ``anywhere``.
    """
    topic = topic or public_topic(draft.topic_code)
    pointed = draft.latitude is not None and draft.longitude is not None
    spot = spot_meant(draft) if draft.channel == rules.OPEN311 and not pointed else None
    point = (spot.latitude, spot.longitude) if spot else (draft.latitude, draft.longitude)
    return rules.report_errors(
        draft,
        known=topic is not None,
        questions=topic.questions if topic is not None and draft.onto is None else (),
        is_place=pointed or spot is not None or _is_findable(draft),
        is_inside=anywhere or not (pointed or spot) or _is_inside(*point, at),
    )


def _is_findable(draft: rules.ReportDraft) -> bool:
    """Whether a place without a point may do: people can be asked about it, programs cannot."""
    if draft.channel == rules.OPEN311:
        return False
    return bool(draft.address) or draft.address_id is None or place_meant(draft) is not None


def _is_inside(latitude: float | None, longitude: float | None, at: datetime) -> bool:
    if latitude is None or longitude is None or not has_point(latitude, longitude):
        return False
    return is_inside(latitude, longitude, localdate(at))


@dataclass(frozen=True)
class Taken:
    """What whoever sent a report is told: its number, or the token until it has one.

    One that is silent has neither. ``look_on`` is when the office looks at it next.
    """

    number: str
    token: str
    is_silent: bool
    look_on: date | None


def taken(report: Report) -> Taken:
    """What whoever sent this report is told."""
    matter = report.complaint.matter if report.complaint is not None else None
    placed = report.place is not None and report.place.latitude is not None
    on = localdate(report.received_at)
    told = placed and matter is not None and matter.state == "open"
    look_on = rules.day_ahead(matter.next_on, today=on) if matter is not None and told else None
    return Taken(
        number=rules.shown_number(report.number) if matter is not None else "",
        token=report.token,
        is_silent=report.kind == rules.BLACKBOX,
        look_on=look_on,
    )


def follow_token(report: Report) -> str:
    """The token of the link by which whoever reported follows it; empty where there is none.

    It is computed anew each time and kept nowhere: never log it.
    """
    link = report.link
    return key_token(link.purpose, link.pk, link.nonce) if link is not None else ""


def public_report(number: str, *, at: datetime) -> PublicReport | None:
    """The report with this number as everybody may read it; none where it is not public."""
    letters = rules.number_in(number)
    return next(iter(public_reports(Q(number=letters), most=1, at=at)), None) if letters else None


def report_waiting(token: str) -> tuple[str, str] | None:
    """The token of a report that took its time, and its number once it has one; else none."""
    row = Report.objects.filter(token=token[:64], kind=rules.BATCH).first() if token else None
    if row is None:
        return None
    return row.token, rules.shown_number(row.number) if row.complaint_id else ""


def public_reports(which: Q, *, most: int, at: datetime) -> Iterable[PublicReport]:
    """The reports that are public among these, the newest first, so many at most."""
    rows = Report.objects.filter(LISTED & which).order_by("-received_at", "-id")
    return [as_everybody_reads(row, at) for row in rows.values(*COLUMNS)[:most]]


ISSUE = "complaint__matter__issue"
END, AGAIN, NOW = f"{ISSUE}__end_public_at", f"{ISSUE}__again_public_at", f"{ISSUE}__stands_as"
COLUMNS = (
    "number",
    "channel",
    "service_code",
    "service_name",
    "publishes",
    "shown_said",
    "media_url",
    "shown_address",
    "shown_latitude",
    "shown_longitude",
    "received_at",
    END,
    AGAIN,
    NOW,
    *(f"{matter}__{name}" for matter in ("complaint__matter", NOW) for name in OF_MATTER),
)


def ended_by(at: datetime) -> Q:
    """The reports of which everybody may read by an instant that they are closed."""
    return Q(**{f"{END}__lte": at})


def open_by(at: datetime) -> Q:
    """The reports that everybody reads as open at an instant."""
    return Q(**{f"{END}__isnull": True}) | Q(**{f"{END}__gt": at})


def changed_since(since: datetime, *, at: datetime) -> Q:
    """The reports that came, ended or opened again for everybody since an instant."""
    again = Q(**{f"{AGAIN}__gte": since})
    return Q(received_at__gte=since) | again | (Q(**{f"{END}__gte": since}) & ended_by(at))


def changed_until(until: datetime, *, at: datetime) -> Q:
    """The reports of which nothing changed for everybody after an instant."""
    again = Q(**{f"{AGAIN}__isnull": True}) | Q(**{f"{AGAIN}__lte": until})
    return Q(received_at__lte=until) & again & (Q(**{f"{END}__lte": until}) | open_by(at))


def as_everybody_reads(row: dict[str, Any], at: datetime) -> PublicReport:
    """A report of these columns as everybody may read it: its end with the letter, not before."""
    end = row[END] if row[END] is not None and row[END] <= at else None
    matter = NOW if row[NOW] is not None else "complaint__matter"
    outcome = row[f"{matter}__outcome"] if end is not None else ""
    looks = row[f"{matter}__state"] == "open" and row["shown_latitude"] is not None
    looks = looks and not row[f"{matter}__restricted"]
    return PublicReport(
        number=rules.shown_number(row["number"]),
        channel=row["channel"],
        service_code=row["service_code"],
        service_name=row["service_name"],
        is_open=end is None,
        outcome=KINDS["issue"].outcomes.get(outcome, "") if outcome else "",
        said=row["shown_said"] if row["publishes"] else "",
        media_url=rules.public_url(row["media_url"]) if row["publishes"] else "",
        address=row["shown_address"],
        latitude=row["shown_latitude"],
        longitude=row["shown_longitude"],
        received_at=row["received_at"],
        changed_at=max(on for on in (row["received_at"], row[AGAIN], end) if on is not None),
        look_on=row[f"{matter}__next_on"] if looks else None,
    )
