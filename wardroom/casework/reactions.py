"""What follows from a complaint: the person who made it hears from us, in their own thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.queries import actor_for
from wardroom.casework import policy
from wardroom.casework.actions import give_up_batch, go_on_with_batch, take_in, take_in_report
from wardroom.casework.actions.ending import note_letter_goes, note_no_letter
from wardroom.casework.facts import (
    BatchLeftToWorker,
    ComplaintTaken,
    LinksWanted,
    ReporterAsked,
    ReporterTold,
    ReportLeftWaiting,
    SuccessorIntroduced,
)
from wardroom.casework.models import Batch, Complaint, Report
from wardroom.casework.queries.following import get_report_of_link, number_shown, report_of
from wardroom.casework.queries.receipts import answers_given
from wardroom.casework.rules import (
    TIME_TO_TAKE_BACK,
    WALK,
    WORK_LEFT,
    Letter,
    day_ahead,
    links_letter,
    name_to_write,
    outcome_letter,
    public_title,
    question_letter,
    receipt_letter,
    told_letter,
)
from wardroom.casework.rules.tongues import told_in
from wardroom.directory.queries import email_addresses
from wardroom.fieldwork.actions import note_trouble_opened
from wardroom.fieldwork.facts import TroubleSeen
from wardroom.fieldwork.models import WalkLine
from wardroom.fieldwork.queries import get_walk_line
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.models import Entry
from wardroom.library.rules.topic_names import topic_in
from wardroom.notices.actions import queue_message
from wardroom.notices.facts import MessageRecalled
from wardroom.notices.models import Key
from wardroom.notices.queries import wrote_lately
from wardroom.notices.rules import ACKNOWLEDGE_AFTER

ONE_LETTER_IN = timedelta(hours=1)
ROWS_FOR_THE_WORKER = 25


def acknowledge_complaint(fact: ComplaintTaken, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever reported it: its number, who looks after it, and what comes next.

    Whoever wrote by e-mail is acknowledged once in 24 hours, so that no two programs write
    to each other for ever.
    """
    complaint = _complaint(fact.complaint_id)
    report = report_of(complaint)
    if report is not None:
        first = report.link is not None and report.complaint_id == complaint.pk
        if first and not _heard_of(report, entry_id, stamp):
            letter = _receipt(report, complaint, today=localdate(stamp.at))
            _write_by_link(report, letter, entry_id=entry_id, stamp=stamp)
        return
    if complaint.channel == "email" and _heard_lately(complaint, entry_id, stamp):
        return
    matter = complaint.matter
    lines = [
        "Thank you for telling us. We wrote it down as follows:",
        "",
        fact.said,
        "",
        f"Number: W-{matter.pk}",
        f"Who looks after it: {matter.owner.name}",
    ]
    if matter.next_on is not None:
        lines.append(f"We look at it by {long_day(matter.next_on)}.")
    lines += ["", "To add something, answer this message."]
    subject = f"We have your report: {_title(complaint)}"
    _write(complaint, subject, "\n".join(lines), entry_id=entry_id, stamp=stamp)


def _heard_of(report: Report, entry_id: int, stamp: Stamp) -> bool:
    """Whether a receipt went to this address within the hour: it is confirmed by nobody."""
    holder, since = report.link.holder if report.link else "", stamp.at - ONE_LETTER_IN
    return wrote_lately(holder, kind=ComplaintTaken.__name__, since=since, but=entry_id)


def _heard_lately(complaint: Complaint, entry_id: int, stamp: Stamp) -> bool:
    since = stamp.at - ACKNOWLEDGE_AFTER
    addresses = email_addresses(complaint.reporter.pk)[:1] if complaint.reporter else ()
    return any(
        wrote_lately(address, kind=ComplaintTaken.__name__, since=since, but=entry_id)
        for address in addresses
    )


def tell_by_mail(fact: ReporterTold, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever reported it what became of it, where they are told by e-mail.

    Whoever takes the telling back holds the same complaint: they find this letter, or it is
    never written.
    """
    if fact.how != "email":
        return
    complaint = _complaint(fact.complaint_id, hold=True)
    if _taken_back(fact.complaint_id, since=entry_id):
        return
    if not _tell(fact, complaint, entry_id=entry_id, stamp=stamp):
        note_no_letter(complaint, stamp=stamp)


def settle_after_recall(fact: MessageRecalled, *, entry_id: int, stamp: Stamp) -> None:
    """Let everybody read an end whose letter was taken back alone, once no other one waits."""
    note_letter_goes(fact.message, stamp=stamp)


def _tell(fact: ReporterTold, complaint: Complaint, *, entry_id: int, stamp: Stamp) -> bool:
    """Write the letter; whether there was an address that it may go to."""
    report = report_of(complaint)
    if report is not None and report.link is not None and report.link.holder:
        after = stamp.at + TIME_TO_TAKE_BACK
        letter = _outcome(report, fact)
        return _write_by_link(report, letter, entry_id=entry_id, send_after=after, stamp=stamp)
    title = _title(complaint)
    number = complaint.matter.pk
    text = told_letter(fact.text, number=number, title=title, own_language=fact.own_language)
    subject = f"What became of your report: {title}"
    return _write(complaint, subject, text, entry_id=entry_id, stamp=stamp)


def ask_by_mail(fact: ReporterAsked, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever sent a report what the office asks, with the link to answer by."""
    report = report_of(_complaint(fact.complaint_id))
    if report is None or report.link is None:
        return
    letter = question_letter(
        told_in(report.language),
        number=number_shown(report),
        text=fact.text,
        link=_link(report.link),
    )
    _write_by_link(report, letter, entry_id=entry_id, stamp=stamp)


def send_links(fact: LinksWanted, *, entry_id: int, stamp: Stamp) -> None:
    """Send the links to all reports of an address to that address, in one letter an hour."""
    reports = [get_report_of_link(link_id) for link_id in fact.link_ids]
    mine = [(number_shown(r) or _what(r), _link(r.link)) for r in reports if r.link is not None]
    if not mine:
        return
    newest = reports[0].link
    assert newest is not None
    since = stamp.at - ONE_LETTER_IN
    kind = LinksWanted.__name__
    if wrote_lately(newest.holder, kind=kind, since=since, but=entry_id):
        return
    letter = links_letter(told_in(reports[0].language), mine)
    _write_by_link(reports[0], letter, entry_id=entry_id, stamp=stamp)


def go_on(fact: BatchLeftToWorker, *, entry_id: int, stamp: Stamp) -> None:
    """Work on the next issues of a long batch, on the word of whoever began it, while they may."""
    batch = Batch.objects.select_related("acting").get(pk=fact.batch_id)
    if batch.state not in WORK_LEFT:
        return
    actor = actor_for(batch.acting, on=localdate(stamp.at))
    if not policy.may_run_batch(actor, batch):
        give_up_batch(batch, stamp=stamp)
        return
    go_on_with_batch(batch, rows=ROWS_FOR_THE_WORKER, leave=True, stamp=replace(stamp, actor=actor))


def open_trouble(fact: TroubleSeen, *, entry_id: int, stamp: Stamp) -> None:
    """Open an issue for what somebody came past on a walk, on their word, with its source.

    What cannot be opened stays on the walk for a person to see, with the reason.
    """
    line = get_walk_line(fact.line_id)
    if line.matter is not None or line.state != "applied":
        return
    actor = actor_for(line.observer.user, on=localdate(stamp.at))
    try:
        complaint = _taken_on_walk(line, replace(stamp, actor=actor))
    except Refused as no:
        note_trouble_opened(line, matter=None, why=no.sentence, stamp=stamp)
        return
    note_trouble_opened(line, matter=complaint.matter, stamp=stamp)


def _taken_on_walk(line: WalkLine, stamp: Stamp) -> Complaint:
    said = line.note or f"Seen on the walk “{line.walk.title}”, near stop {line.stop.position}."
    matter = line.stop.matter
    pointed = line.latitude is not None or matter is None or matter.place is None
    return take_in(
        None,
        spot=_spot(line) if pointed else "",
        place_text="",
        name="",
        phone="",
        email="",
        consent=False,
        reporter=None,
        said=said,
        channel=WALK,
        topic_code=line.topic_code,
        anonymous=True,
        language="en",
        interpreter=False,
        may_share=False,
        request_number="",
        ward_code=line.walk.ward_code,
        onto=None,
        place=None if pointed or matter is None else matter.place,
        received_at=line.seen_at,
        stamp=stamp,
    )


def _spot(line: WalkLine) -> str:
    """Where the phone said it was, or else the stop, as latitude and longitude."""
    if line.latitude is not None and line.longitude is not None:
        return f"{line.latitude},{line.longitude}"
    return f"{line.stop.latitude},{line.stop.longitude}"


def take_in_waiting(fact: ReportLeftWaiting, *, entry_id: int, stamp: Stamp) -> None:
    """Take in a report of a topic that takes its time."""
    report = Report.objects.select_related("topic", "sent_with").get(pk=fact.report_id)
    if report.complaint_id is None:
        take_in_report(report, stamp=stamp)


def write_hello(fact: SuccessorIntroduced, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever reported something who looks after it from now on."""
    numbers = ", ".join(f"W-{pk}" for pk in fact.matter_ids)
    lines = [
        f"{fact.successor_name} takes over from {fact.former_name} and looks after your report"
        f"{'s' if len(fact.matter_ids) > 1 else ''} {numbers} from now on.",
        "",
        "Nothing is lost: what you told us and what was promised stays as it is.",
        "To add something, answer this message.",
        "",
        fact.successor_name,
    ]
    for address in email_addresses(fact.reporter_id)[:1]:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name_to_write(fact.reporter),
            to_address=address,
            subject=f"{fact.successor_name} looks after your report now",
            text="\n".join(lines) + "\n",
            thread=f"matter:{fact.thread_matter}",
            send_after=stamp.at + TIME_TO_TAKE_BACK,
            stamp=stamp,
        )


def _write(complaint: Complaint, subject: str, text: str, *, entry_id: int, stamp: Stamp) -> bool:
    person = complaint.reporter
    addresses = email_addresses(person.pk)[:1] if person is not None else ()
    for address in addresses:
        assert person is not None
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name_to_write(person.name),
            to_address=address,
            subject=subject,
            text=text + "\n",
            thread=f"matter:{complaint.taken_for.pk}",
            send_after=stamp.at + TIME_TO_TAKE_BACK,
            stamp=stamp,
        )
    return bool(addresses)


def _write_by_link(
    report: Report,
    letter: Letter,
    *,
    entry_id: int,
    send_after: datetime | None = None,
    stamp: Stamp,
) -> bool:
    """Write to whoever sent a report, where they let us; the letter holds the link to it."""
    link, person = report.link, report.reporter
    if link is None or person is None or not _may_write(person.pk, link.holder):
        return False
    about = report.complaint.taken_for.pk if report.complaint is not None else None
    queue_message(
        None,
        entry_id=entry_id,
        to_name=name_to_write(person.name),
        to_address=link.holder,
        subject=letter.subject,
        text=letter.text,
        thread=f"matter:{about}" if about is not None else "",
        urgent=send_after is None,
        send_after=send_after,
        stamp=stamp,
    )
    return True


def _may_write(party_id: int, address: str) -> bool:
    """Whether an address is still one that its owner lets us use."""
    held = {each.casefold() for each in email_addresses(party_id)}
    return bool(address) and address.casefold() in held


def _receipt(report: Report, complaint: Complaint, *, today: date) -> Letter:
    assert report.link is not None
    matter = complaint.matter
    return receipt_letter(
        told_in(report.language),
        number=number_shown(report),
        place=report.shown_address,
        ward_code=matter.ward_code,
        next_on=day_ahead(matter.next_on, today=today),
        answers=_chosen(report),
        link=_link(report.link),
    )


def _chosen(report: Report) -> list[tuple[str, str]]:
    """The answers that were chosen: words of their own go to no address that nobody has shown."""
    given = answers_given(report, told_in(report.language).code)
    return [(row.question, row.answer) for row in given if not row.own]


def _outcome(report: Report, fact: ReporterTold) -> Letter:
    assert report.link is not None
    return outcome_letter(
        told_in(report.language),
        number=number_shown(report),
        what=_what(report),
        text=fact.text,
        own_words=fact.own_language,
        link=_link(report.link),
    )


def _what(report: Report) -> str:
    return topic_in(report.language, report.topic.name)


def _link(link: Key) -> str:
    """The address of a report's own page; its token is put in only while a letter is sent."""
    path = reverse("report_mine", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{link.pk}}}}}")
    return f"{settings.SITE}{path}"


def _taken_back(complaint_id: int, *, since: int) -> bool:
    """Whether the telling was taken back before its letter was written."""
    lines = Entry.objects.filter(kind="TellingTakenBack", pk__gt=since)
    return lines.filter(about__noun="complaint", about__key=str(complaint_id)).exists()


def _title(complaint: Complaint) -> str:
    matter = complaint.matter
    topic = matter.issue.topic
    return public_title(topic.name if topic else "", matter.place.label if matter.place else "")


def _complaint(complaint_id: int, *, hold: bool = False) -> Complaint:
    rows = Complaint.objects.select_related(
        "reporter", "matter__owner", "matter__place", "matter__issue__topic", "taken_for"
    )
    if hold:
        rows = rows.select_for_update(of=("self",), no_key=True)
    complaint = rows.filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound(f"no complaint {complaint_id}")
    found: Complaint = complaint
    return found
