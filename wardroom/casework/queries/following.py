"""A report as whoever sent it follows it: their own words, how it stands, what they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM
from wardroom.casework import rules
from wardroom.casework.models import Complaint, Report, ReportReturn
from wardroom.casework.queries.chains import former_of, matter_now
from wardroom.casework.queries.followed_lines import SaidLine, complaints_of, said_lines
from wardroom.casework.queries.outgoing import GoneOut, gone_out
from wardroom.casework.queries.receipts import AnswerGiven, answers_given, pictures_sent
from wardroom.casework.rules import FactLine, Standing
from wardroom.casework.rules.tongues import Told, told_in
from wardroom.fieldwork.queries import checks_of
from wardroom.kernel.errors import NotFound, Refused
from wardroom.library.queries import PublicTopicRow, public_topic
from wardroom.library.rules.topic_names import topic_in
from wardroom.matters.models import Ask, Matter
from wardroom.notices.queries import open_key

UNDONE = ("requested", "accepted", "countered", "done")


@dataclass(frozen=True)
class QuestionRow:
    """Something the office asks, and what was answered."""

    id: int
    text: str
    asked_on: date
    answer: str
    answered_on: date | None


@dataclass(frozen=True, kw_only=True)
class FollowedReport:
    """One report on the page of its link. ``number`` is empty where it has none to show."""

    told: Told
    number: str
    topic_name: str
    place: str
    reported_on: date
    said: str
    answers: tuple[AnswerGiven, ...]
    pictures: tuple[bytes, ...]
    who: str
    next_on: date | None
    waits: bool
    is_open: bool
    joined: bool
    has_email: bool
    standing: tuple[str, ...]
    facts: tuple[FactLine, ...]
    lines: tuple[SaidLine, ...]
    questions: tuple[QuestionRow, ...]
    can_rate: bool
    rating: str
    rated_on: date | None


def followed_report(token: str, *, at: datetime, language: str = "") -> FollowedReport:
    """The report that a link opens, in the language it was sent in or another one.

    Nothing is told of an end that the office can still take back: that comes with the letter.
    Refuses: `key_closed`.
    """
    key = open_key(token, purpose=rules.FOLLOW, at=at)
    rows = Report.objects.select_related("topic", "place", "link", "complaint")
    report = rows.filter(pk=int(key.key)).first()
    if report is None:
        raise Refused("key_closed", "This link does not open anything.")
    complaints = complaints_of(report)
    complaint = complaints[-1] if complaints else None
    told = told_in(language or report.language)
    matter = matter_now(complaint.matter) if complaint is not None else None
    out = gone_out(complaints, [*(c.matter for c in complaints), *([matter] if matter else [])], at)
    told_at = max((c.told_at for c in complaints if c.told_at and c.pk in out.words), default=None)
    closed = _is_closed(complaint, matter, out)
    standing = _standing(report, complaint, matter, told_at, closed=closed)
    rating = _rating(report, matter) if closed else None
    return FollowedReport(
        told=told,
        number=number_shown(report),
        topic_name=_topic_name(report, told.code),
        place=_place_said(report),
        reported_on=localdate(report.received_at),
        said=report.said,
        answers=answers_given(report, told.code),
        pictures=pictures_sent(report),
        who=rules.role_in(told, matter.ward_code if matter else ""),
        next_on=_next_on(report, matter, localdate(at)),
        waits=complaint is None,
        is_open=not closed,
        joined=_joined(complaint),
        has_email=report.link is not None and bool(report.link.holder),
        standing=rules.standing_lines(told, standing),
        facts=rules.fact_lines(told, standing),
        lines=said_lines(told, report, complaints, out),
        questions=_questions(report),
        can_rate=closed and rating is None,
        rating=rating[0] if rating else "",
        rated_on=localdate(rating[1]) if rating else None,
    )


def report_of(complaint: Complaint) -> Report | None:
    """The report that a complaint came of, at first or as a return; else none."""
    rows = Report.objects.select_related("link", "topic", "place")
    mine = rows.filter(complaint=complaint).first()
    found: Report | None = mine or rows.filter(returns__complaint=complaint).first()
    return found


def own_complaint(report: Report) -> Complaint | None:
    """The complaint at which a report stands now: of its last return, else its first."""
    rows = Complaint.objects.select_related("matter", "reporter")
    last = rows.filter(came_of__report=report).order_by("-pk").first()
    found: Complaint | None = last or rows.filter(pk=report.complaint_id).first()
    return found


def number_shown(report: Report) -> str:
    """The number of a report as its sender reads it; a topic may give none."""
    hidden = report.kind == rules.BLACKBOX or report.complaint_id is None
    return "" if hidden else rules.shown_number(report.number)


def get_report_of_link(link_id: int) -> Report:
    """The report that a link belongs to, to write about it. `NotFound` where there is none."""
    rows = Report.objects.select_related("link", "topic", "place", "complaint__matter")
    report = rows.filter(link=link_id).first()
    if report is None:
        raise NotFound(f"no report of link {link_id}")
    found: Report = report
    return found


def _joined(complaint: Complaint | None) -> bool:
    if complaint is None:
        return False
    first = complaint.matter.complaints.order_by("pk").values_list("pk", flat=True).first()
    return first != complaint.pk


def _is_closed(complaint: Complaint | None, matter: Matter | None, out: GoneOut) -> bool:
    if complaint is None or matter is None or matter.state != "closed":
        return False
    return out.tells_end(complaint, matter)


def can_be_rated(complaint: Complaint, at: datetime) -> bool:
    """Whether whoever made a complaint knows by now that its issue is closed."""
    matter = complaint.matter
    return _is_closed(complaint, matter, gone_out([complaint], [matter], at))


def _standing(
    report: Report,
    complaint: Complaint | None,
    matter: Matter | None,
    told_at: datetime | None,
    *,
    closed: bool,
) -> Standing:
    if complaint is None or matter is None or matter.restricted:
        return Standing(is_open=True)
    is_return = _came_back_to_them(report, complaint, matter)
    back = complaint.matter.came_back_at
    back = back if back is not None and back >= complaint.taken_at else None
    if closed and complaint.anonymous:
        told_at = told_at or complaint.matter.closed_at
    known = Standing(
        is_open=not closed,
        is_return=is_return,
        closed_on=_day(matter.closed_at) if closed else None,
        outcome=matter.outcome if closed else "",
        told_on=_day(told_at),
        back_on=_day(back) or (localdate(matter.opened_at) if is_return else None),
    )
    return _with_work(known, matter)


def _came_back_to_them(report: Report, complaint: Complaint, matter: Matter) -> bool:
    """Whether an issue is a return for whoever made a complaint: they told of it before.

    Whoever reports it for the first time did not see it go, whatever others told before.
    """
    former = former_of(matter)
    if not former or ReportReturn.objects.filter(complaint=complaint).exists():
        return bool(former)
    mine = Q(pk=complaint.pk)
    if complaint.reporter_id is not None:
        mine |= Q(reporter=complaint.reporter_id)
    if report.link is not None and report.link.holder:
        mine |= Q(report__link__holder__iexact=report.link.holder)
    told: bool = Complaint.objects.filter(mine, matter__in=former).exists()
    return told


def _with_work(known: Standing, matter: Matter) -> Standing:
    """The same with what agencies were asked and said, and when somebody went to look."""
    asks = list(Ask.objects.filter(matter=matter, kind="referral", asked_at__isnull=False))
    asks = [ask for ask in asks if ask.state in UNDONE]
    promises = [ask.promised_on for ask in asks if ask.promised_on and ask.done_at is None]
    done = [ask.done_at for ask in asks if ask.done_at is not None]
    looks = checks_of(matter.pk, SYSTEM).rows
    return Standing(
        **{
            **vars(known),
            "asked": len({ask.party_id for ask in asks}),
            "promised_on": min(promises) if promises else None,
            "done_on": _day(max(done)) if done else None,
            "seen_on": _day(looks[0].seen_at) if looks else None,
        }
    )


def _rating(report: Report, matter: Matter | None) -> tuple[str, datetime] | None:
    if matter is None or matter.closed_at is None:
        return None
    rows = report.ratings.filter(matter=matter, closed_at=matter.closed_at)
    found: tuple[str, datetime] | None = rows.values_list("code", "rated_at").first()
    return found


def _questions(report: Report) -> tuple[QuestionRow, ...]:
    return tuple(
        QuestionRow(
            id=row.pk,
            text=row.text,
            asked_on=localdate(row.asked_at),
            answer=row.answer,
            answered_on=_day(row.answered_at),
        )
        for row in report.questions.order_by("-pk")
    )


def _topic_name(report: Report, language: str) -> str:
    public: PublicTopicRow | None = public_topic(report.topic.code)
    if public is not None:
        return public.name_in(language)
    return topic_in(language, report.topic.name)


def _next_on(report: Report, matter: Matter | None, today: date) -> date | None:
    """The day by which the office promises to look; Open311 tells everybody the same one."""
    tells = matter is not None and matter.state == "open" and not matter.restricted
    tells = tells and report.shown_latitude is not None
    return rules.day_ahead(matter.next_on, today=today) if matter is not None and tells else None


def _place_said(report: Report) -> str:
    """Where it is, in the words of whoever sent it; a bare point by its numbers."""
    if report.address or report.place is None:
        return report.address
    latitude, longitude = report.place.latitude, report.place.longitude
    return f"{latitude:.5f}, {longitude:.5f}" if latitude and longitude else ""


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at is not None else None
