"""Reports from outside: taken in once, as a complaint with a public face."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.intake import take_complaint
from wardroom.casework.actions.suggesting import suggest_joining
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.placing import place_meant, spot_meant
from wardroom.casework.queries.reporting import report_problems
from wardroom.city.actions import add_place
from wardroom.city.models import Place
from wardroom.city.rules import block_point, metres_between
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.documents.actions import attach_document, keep_upload
from wardroom.documents.models import Attachment, Document
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Fact
from wardroom.ledger.actions import record, record_together
from wardroom.library.models import Topic
from wardroom.library.queries import PublicTopicRow, public_topic, questions_of
from wardroom.library.rules.asking import kept_answers
from wardroom.matters.models import Matter
from wardroom.notices.actions import issue_key
from wardroom.service_requests.queries import address_reported

SAME_PLACE = 150.0
FILLED = (
    "place", "onto", "reporter", "reporter_typed", "shown_latitude", "shown_longitude",
    "shown_address", "link", "complaint",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture as it was sent; ``with_spot`` where its sender lets us keep where it was taken."""

    name: str
    content: bytes
    with_spot: bool = False


def receive_report(
    draft: rules.ReportDraft, *, pictures: Sequence[Picture] = (), stamp: Stamp
) -> Report:
    """Take in what somebody outside reports, with pictures.

    The pictures are kept first, each in a commit of its own, so that nobody waits while they
    are made anew. Without any it is `take_report`. Refuses: what that refuses, before a
    picture is kept; more than three pictures; a file that is none.
    """
    if not pictures:
        return take_report(None, draft=draft, stamp=stamp)
    draft = rules.cleaned(draft)
    problems = list(report_problems(draft, at=stamp.at))
    if len(pictures) > rules.MOST_PICTURES:
        sentence = f"Send {rules.MOST_PICTURES} pictures at most."
        problems.append(rules.Problem("too_many", sentence, "pictures"))
    if problems:
        raise rules.ReportRefused(problems)
    house = _house(draft, stamp)
    kept = []
    for picture in pictures:
        try:
            kept.append(
                keep_upload(
                    None,
                    name=picture.name,
                    content=picture.content,
                    public=True,
                    bare=not picture.with_spot,
                    stamp=house,
                )
            )
        except Refused as no:
            problem = rules.Problem(no.code, no.sentence, "pictures")
            raise rules.ReportRefused([problem]) from no
    return take_report(None, draft=draft, pictures=kept, stamp=stamp)


@action(policy.may_report)
def take_report(
    _: None, *, draft: rules.ReportDraft, pictures: Sequence[Document] = (), stamp: Stamp
) -> Report:
    """Take in what somebody outside reports: it becomes a complaint with a number of its own.

    The same report sent again within ten minutes gives the first one back. One of a topic
    that takes its time waits, with a token, until the house takes it in.
    Refuses: all that is wrong with it at once (`ReportRefused`): a topic that is not open to
    the public, no place or one outside the city, a question without an answer, words too long.
    Records: `ReportReceived` and what `take_complaint` records, or `ReportRepeated`.
    """
    draft = rules.cleaned(draft)
    topic = public_topic(draft.topic_code)
    if report_problems(draft, at=stamp.at, topic=topic, anywhere=True):
        raise rules.ReportRefused(report_problems(draft, at=stamp.at, topic=topic))
    assert topic is not None
    once = _once(draft, pictures)
    report = _first(once, stamp) or _claimed(draft, topic, once, stamp)
    if report.place is not None:
        record(facts.ReportRepeated(**_words(report)), stamp=stamp)
        return report
    _fill(report, draft, topic, pictures, stamp)
    told: list[Fact] = [facts.ReportReceived(**_words(report))]
    if report.complaint is None:
        told.append(facts.ReportLeftWaiting(**_words(report)))
    record_together(told, stamp=stamp)
    return report


@action(policy.may_take_in_report)
def take_in_report(report: Report, *, stamp: Stamp) -> Report:
    """Take a report in that waited: it becomes a complaint, and has its number from now on.

    Refuses: one that was taken in. Records: what `take_complaint` records.
    """
    if report.complaint is not None:
        raise Refused("taken_in", "This report was taken in already.")
    questions = questions_of(report.topic.code)
    draft = rules.ReportDraft(
        channel=report.channel,
        topic_code=report.topic.code,
        said=report.said,
        answers=report.answers,
        language=report.language,
        interpreter=report.interpreter,
        media_url=report.media_url,
        address=report.address,
        key_name=report.sent_with.name if report.sent_with is not None else "",
    )
    place = report.place.label if report.place is not None else ""
    said = rules.said_in(draft, report.topic.name, questions, place=place)
    report.complaint = _complaint(report, said, _house(draft, stamp))
    report.save(update_fields=["complaint"])
    waiting = Attachment.objects.filter(noun="report", key=str(report.pk), removed_at=None)
    kept = waiting.select_related("document").order_by("pk")
    _attach(report, [each.document for each in kept], _house(draft, stamp))
    return report


def _once(draft: rules.ReportDraft, pictures: Sequence[Document]) -> str:
    """The fingerprint of a sending; empty where nothing says whose it is: it never repeats."""
    if draft.key_id is None and not draft.once:
        return ""
    return rules.content_digest(draft, [picture.digest for picture in pictures])


def _first(once: str, stamp: Stamp) -> Report | None:
    """The same report, where it was sent within ten minutes; an older one counts no more."""
    first = _sent(once)
    if first is None or first.received_at > stamp.at - rules.SAME_WITHIN:
        return first
    Report.objects.filter(pk=first.pk, once=once).update(once="")
    return None


def _sent(once: str) -> Report | None:
    found: Report | None = Report.objects.filter(once=once).first() if once else None
    return found


def _claimed(draft: rules.ReportDraft, topic: PublicTopicRow, once: str, stamp: Stamp) -> Report:
    """A new row, or the one of whoever sent the same at the same time and was first."""
    row = Topic(pk=topic.topic_id, code=topic.code, name=topic.name)
    for _ in range(3):
        try:
            with transaction.atomic():
                return _row(draft, topic, row, once, stamp)
        except IntegrityError:
            if (first := _sent(once)) is not None:
                return first
    raise RuntimeError("no number was free for a report")


def _row(
    draft: rules.ReportDraft, topic: PublicTopicRow, row: Topic, once: str, stamp: Stamp
) -> Report:
    made: Report = Report.objects.create(
        number=rules.new_number(secrets.choice),
        token=secrets.token_urlsafe(18) if topic.kind == rules.BATCH else "",
        once=once,
        kind=topic.kind,
        channel=draft.channel,
        topic=row,
        service_code=draft.service_code or topic.code,
        service_name=draft.service_name or topic.name,
        jurisdiction=draft.jurisdiction,
        sent_with_id=draft.key_id,
        publishes=draft.publishes,
        language=draft.language,
        interpreter=draft.interpreter,
        said=draft.said,
        shown_said=rules.public_words(draft.said) if draft.publishes else "",
        answers=kept_answers(topic.questions, draft.answers),
        address=draft.address,
        media_url=draft.media_url,
        device_id=draft.device_id,
        account_id=draft.account_id,
        received_at=stamp.at,
    )
    return made


def _fill(
    report: Report,
    draft: rules.ReportDraft,
    topic: PublicTopicRow,
    pictures: Sequence[Document],
    stamp: Stamp,
) -> None:
    """Give a new report its place, its person, its complaint and its pictures."""
    house = _house(draft, stamp)
    report.place = _place(draft, house)
    report.reporter, report.reporter_typed = _person(draft, house)
    point = block_point(report.place.latitude, report.place.longitude)
    if point is not None:
        report.shown_latitude, report.shown_longitude = point
    report.shown_address = _city_address(report.place)
    report.onto = _voice_for(draft.onto)
    if draft.channel == rules.WEB or (draft.may_write and draft.email):
        report.link = issue_key(
            None,
            purpose=rules.FOLLOW,
            noun="report",
            key=str(report.pk),
            holder=draft.email if draft.may_write else "",
            expires_at=stamp.at + rules.LINK_LASTS,
            stamp=house,
        )
    if report.kind != rules.BATCH:
        said = rules.said_in(draft, topic.name, topic.questions, place=report.place.label)
        report.complaint = _complaint(report, said, house)
    report.save(update_fields=FILLED)
    _attach(report, pictures, house)


def _city_address(place: Place) -> str:
    """How the city itself writes this address, by its block; nothing where only a stranger did."""
    if place.kind == "point":
        return ""
    known = address_reported(SYSTEM, place.label)
    return rules.public_address(known[0]) if known is not None else ""


def _voice_for(onto: int | None) -> Matter | None:
    """The issue that a report is one more voice for: none that is kept to a few people."""
    if onto is None:
        return None
    return Matter.objects.filter(pk=onto, kind="issue", restricted=False).first()


def _complaint(report: Report, said: str, house: Stamp) -> Complaint:
    """The complaint of a report; where it opens an issue, its owner learns of one like it."""
    made = take_complaint(
        report.place,
        said=said,
        channel=report.channel,
        topic_code=report.topic.code,
        reporter=report.reporter,
        reporter_typed=report.reporter_typed,
        anonymous=report.reporter is None and not report.reporter_typed,
        language=report.language,
        interpreter=report.interpreter,
        onto=report.onto,
        received_at=report.received_at,
        anywhere=True,
        stamp=house,
    )
    if not made.is_one_more_voice:
        suggest_joining(made.matter, stamp=house)
    return made


def _place(draft: rules.ReportDraft, house: Stamp) -> Place:
    """Where it is: the place that the address stands for, or the point that was sent.

    Where the two are far from each other, or the place has no point of its own, the point
    counts: nobody outside moves a place that we know.
    """
    known = place_meant(draft)
    if known is not None and (draft.latitude is None or _is_near(known, draft)):
        return known
    text = draft.address if known is None else ""
    latitude, longitude, numbered = draft.latitude, draft.longitude, None
    if latitude is None and (spot := spot_meant(draft)) is not None:
        numbered = None if text else draft.address_id
        text, latitude, longitude = text or spot.address, spot.latitude, spot.longitude
    try:
        return add_place(
            None,
            text=text[:200],
            latitude=latitude,
            longitude=longitude,
            address_id=numbered,
            stamp=house,
        )
    except Refused as no:
        outside = no.code in {"outside_the_city", "not_a_point"}
        problem = rules.OUTSIDE if outside else rules.Problem(no.code, no.sentence, "place")
        raise rules.ReportRefused([problem]) from no


def _is_near(place: Place, draft: rules.ReportDraft) -> bool:
    if place.latitude is None or place.longitude is None:
        return False
    if draft.latitude is None or draft.longitude is None:
        return False
    away = metres_between(place.latitude, place.longitude, draft.latitude, draft.longitude)
    return away <= SAME_PLACE


def _person(draft: rules.ReportDraft, house: Stamp) -> tuple[Party | None, str]:
    """Who reports it: a person where there is a way to reach them, else a name or nobody."""
    if not draft.email and not draft.phone:
        return None, draft.name
    how = f"said so ({rules.way_in(draft)})" if draft.may_write else ""
    person = note_person(
        None,
        name=draft.name or rules.NO_NAME,
        phone=draft.phone,
        email=draft.email,
        language=draft.language,
        interpreter=draft.interpreter,
        consent=draft.may_write,
        consent_how=how,
        stamp=house,
    )
    return person, ""


def _attach(report: Report, pictures: Sequence[Document], house: Stamp) -> None:
    """Put the pictures where the office looks for them: at the issue, or at what waits."""
    matter = report.complaint.matter if report.complaint is not None else None
    for picture in pictures:
        attach_document(
            picture,
            noun="matter" if matter is not None else "report",
            key=str(matter.pk if matter is not None else report.pk),
            ward_code=matter.ward_code if matter is not None else "",
            caption=rules.sent_with(report.number),
            stamp=house,
        )


def _words(report: Report) -> dict[str, Any]:
    matter = report.complaint.matter if report.complaint is not None else None
    return {
        "report_id": report.pk,
        "topic_code": report.topic.code,
        "topic_name": report.topic.name,
        "channel": report.channel,
        "channel_label": rules.CHANNELS[report.channel],
        "ward_code": matter.ward_code if matter is not None else "",
        "matter_id": matter.pk if matter is not None else None,
    }


def _house(draft: rules.ReportDraft, stamp: Stamp) -> Stamp:
    """The house's own stamp: whoever reports has no role, and is told apart by their way in."""
    return replace(stamp, actor=replace(SYSTEM, name=rules.way_in(draft)[:120]))
