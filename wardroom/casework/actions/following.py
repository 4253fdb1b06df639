"""What whoever sent a report does with it later, by their link; and what the office asks them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.hearing import (
    ANSWERED,
    CAME_BACK,
    NOT_SOLVED,
    STILL_THERE,
    keep_word_waiting,
)
from wardroom.casework.actions.intake import take_complaint
from wardroom.casework.actions.returning import issue_meant
from wardroom.casework.actions.wording import complaint_words
from wardroom.casework.models import (
    Complaint,
    Report,
    ReportQuestion,
    ReportRating,
    ReportReturn,
)
from wardroom.casework.queries.following import can_be_rated, own_complaint, report_of
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text
from wardroom.notices.actions import spend_key
from wardroom.notices.models import Key

MOST_LINKS, MOST_ASKED, MOST_A_DAY = 40, 10, 3
ONE_DAY = timedelta(days=1)


@action(policy.may_follow_report)
def say_still_there(_: None, *, token: str, text: str = "", stamp: Stamp) -> Complaint | None:
    """Say, by the link of a report, that the trouble is still there.

    Where the issue is open, whoever looks after it reads so; where it was closed, it comes
    back as a return, which counts against that closing.
    Refuses: `key_closed`; a report that was not taken in yet; words too long; three of them
    within a day.
    Records: `KeySpent`, and `StillThere` or what `take_complaint` records.
    """
    text = rules.check_words(text)
    report, complaint = _mine(token, stamp)
    matter = issue_meant(complaint.matter)
    if matter.state == "open":
        _check_seldom(complaint, stamp)
        record(facts.StillThere(**complaint_words(complaint), text=text), stamp=stamp)
        keep_word_waiting(matter, STILL_THERE, text=text, stamp=stamp)
        return None
    again = take_complaint(
        matter.place,
        said=text or rules.STILL_THERE,
        channel=rules.WEB,
        topic_code=report.topic.code,
        reporter=complaint.reporter,
        reporter_typed=complaint.reporter_typed,
        anonymous=complaint.anonymous,
        language=report.language,
        interpreter=complaint.interpreter,
        ward_code=matter.ward_code,
        onto=matter,
        anywhere=True,
        stamp=_house(stamp),
    )
    ReportReturn.objects.create(report=report, complaint=again, said_at=stamp.at)
    keep_word_waiting(again.matter, CAME_BACK, text=text, stamp=stamp)
    return again


@action(policy.may_follow_report)
def answer_office(_: None, *, token: str, question_id: int, text: str, stamp: Stamp) -> Report:
    """Answer, by the link of a report, what the office asked about it.

    Refuses: `key_closed`; no words, or too many; a question that was answered.
    Records: `KeySpent`, `ReporterAnswered`.
    """
    text = rules.check_words(text, needed=True)
    report, complaint = _mine(token, stamp)
    question = report.questions.select_for_update().filter(pk=question_id).first()
    if question is None:
        raise NotFound(f"no question {question_id}")
    if question.answered_at is not None:
        raise Refused("already_answered", "This was answered already.")
    question.answer, question.answered_at = text, stamp.at
    question.save(update_fields=["answer", "answered_at"])
    fact = facts.ReporterAnswered(**complaint_words(complaint), question_id=question.pk, text=text)
    record(fact, stamp=stamp)
    keep_word_waiting(complaint.matter, ANSWERED, text=text, stamp=stamp)
    return report


@action(policy.may_follow_report)
def rate_outcome(_: None, *, token: str, rating: str, text: str = "", stamp: Stamp) -> Report:
    """Say, by the link of a report, whether it was solved; once for each closing.

    Refuses: `key_closed`; an answer that is not in the list; an issue that is not closed; a
    closing that was rated. Records: `KeySpent`, `OutcomeRated`.
    """
    rating, text = rules.check_rating(rating), rules.check_words(text)
    report, complaint = _mine(token, stamp)
    matter = complaint.matter
    if matter.closed_at is None or not can_be_rated(complaint, stamp.at):
        raise Refused("wrong_state", "This is not closed yet.")
    rated = report.ratings.filter(matter=matter, closed_at=matter.closed_at)
    if rated.exists():
        raise Refused("already_rated", "You have said this already.")
    ReportRating.objects.create(
        report=report,
        matter=matter,
        closed_at=matter.closed_at,
        code=rating,
        text=text,
        rated_at=stamp.at,
    )
    label = rules.RATINGS[rating]
    fact = facts.OutcomeRated(
        **complaint_words(complaint), rating=rating, rating_label=label, text=text
    )
    record(fact, stamp=stamp)
    if rating in rules.LOW_RATINGS:
        keep_word_waiting(matter, NOT_SOLVED, text=text, stamp=stamp)
    return report


@action(policy.may_ask_reporter)
def ask_reporter(matter: Matter, *, complaint_id: int, text: str, stamp: Stamp) -> ReportQuestion:
    """Ask whoever sent a report something about it; they answer by their link.

    Refuses: a complaint that is not of this issue; one that came in otherwise, or whose sender
    left no e-mail address that we may use; no words; too many questions that wait.
    Records: `ReporterAsked`.
    """
    text = check_text(
        text, code="text_missing", sentence="Write your question.", field="text", most=1000
    )
    complaint = (
        matter.complaints.select_related("reporter", "matter").filter(pk=complaint_id).first()
    )
    if complaint is None:
        raise NotFound(f"no complaint {complaint_id}")
    report = report_of(complaint)
    if report is None or report.link is None or not report.link.holder:
        raise Refused(
            "cannot_be_asked",
            f"{complaint.who} left no e-mail address for this. Ask by phone or in person.",
            field="complaint_id",
        )
    if report.questions.filter(answered_at=None).count() >= MOST_ASKED:
        raise Refused("too_many", "Wait for the answers to what was asked before.", field="text")
    question: ReportQuestion = ReportQuestion.objects.create(
        report=report, matter=matter, text=text, asked_by=stamp.actor.name, asked_at=stamp.at
    )
    fact = facts.ReporterAsked(**complaint_words(complaint), question_id=question.pk, text=text)
    record(fact, stamp=stamp)
    return question


@action(policy.may_follow_report)
def ask_for_links(_: None, *, address: str, stamp: Stamp) -> int:
    """Ask for the links to all reports of an e-mail address; they go to that address alone.

    It does the same whether the address is known or not, so that nobody learns which is.
    Refuses: nothing. Records: `LinksWanted`.
    """
    links = _live_links(address, stamp.at)
    record(facts.LinksWanted(link_ids=links), stamp=stamp)
    return len(links)


def _check_seldom(complaint: Complaint, stamp: Stamp) -> None:
    """Whoever holds a link says it a few times a day, and fills no timeline."""
    lines = Entry.objects.filter(kind=facts.StillThere.__name__, at__gt=stamp.at - ONE_DAY)
    about = lines.filter(about__noun="complaint", about__key=str(complaint.pk))
    if about.count() >= MOST_A_DAY:
        raise Refused("too_often", "You have said this today. Say it again tomorrow.")


def _live_links(address: str, at: datetime) -> tuple[int, ...]:
    if "@" not in address:
        return ()
    rows = Key.objects.filter(
        purpose=rules.FOLLOW, holder__iexact=address.strip(), revoked_at=None, expires_at__gt=at
    )
    return tuple(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_LINKS])


def _mine(token: str, stamp: Stamp) -> tuple[Report, Complaint]:
    """The report of a link, held until the change is made, and the complaint it stands at now."""
    key = spend_key(None, token=token, purpose=rules.FOLLOW, stamp=_house(stamp))
    rows = Report.objects.select_for_update(of=("self",), no_key=True).select_related("topic")
    report = rows.filter(pk=int(key.key)).first()
    if report is None:
        raise NotFound(f"no report {key.key}")
    complaint = own_complaint(report)
    if complaint is None:
        raise Refused("wrong_state", "This was not taken in yet. Try again in a minute.")
    return report, complaint


def _house(stamp: Stamp) -> Stamp:
    """The house's own stamp, on the word of whoever holds the link."""
    return replace(stamp, actor=replace(SYSTEM, name=rules.CHANNELS[rules.WEB]))
