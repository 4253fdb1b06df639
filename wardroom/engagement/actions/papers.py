"""Taking in what a commission voted, answering it concern by concern, and writing back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.directory.queries import get_commission
from wardroom.engagement import facts, policy
from wardroom.engagement.models import CommissionPaper, Concern, PaperLetter
from wardroom.engagement.rules import papers as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import (
    add_legal_deadline,
    close_matter,
    drop_task,
    finish_task,
    open_matter,
    set_next_step,
)
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import LIVE

RECEIVED_AT = time(9)


@action(policy.may_take_in_paper)
def take_in_paper(
    commission: Party | None,
    *,
    kind: str,
    anc_code: str,
    smd_code: str = "",
    title: str,
    concerns: Sequence[str],
    received_on: date,
    voted_on: date | None,
    yes: int | None,
    no: int = 0,
    abstained: int = 0,
    owner: Party,
    next_on: date,
    ward: District | None = None,
    stamp: Stamp,
) -> CommissionPaper:
    """Take in what a commission voted: its clocks start the day it came.

    ``anc_code`` is what the paper says; ``commission`` the organisation, or the one that the
    directory has under this code. A proposal starts the clocks of 10 and 60 days; a
    recommendation has none, and is answered promptly. A next date after the first clock is
    drawn forward to it. Refuses: a kind that is neither; a code that is none; no vote, or one
    that did not carry; no concern; days that cannot be; what `open_matter` refuses.
    Records: `MatterOpened`, `PaperReceived`, `TaskAdded` for each clock, and `NextStepSet`.
    """
    sent = rules.PaperAsSent(
        kind, anc_code, smd_code, concerns, received_on, voted_on, yes, no, abstained
    )
    voted = rules.checked_paper(sent, today=localdate(stamp.at))
    matter = open_matter(
        None,
        kind=kind,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=rules.FIRST_STEP[kind],
        ward=ward,
        stamp=stamp,
    )
    paper = CommissionPaper.objects.create(
        matter=matter,
        commission=commission or get_commission(voted.columns["anc_code"]),
        **voted.columns,
    )
    _raise(paper, voted.concerns, stamp)
    _start_clocks(paper, owner, stamp)
    if rules.next_look(localdate(stamp.at), _next_due(matter), by=next_on) < next_on:
        _look_next(paper, stamp)
    return paper


@action(policy.may_answer_concern)
def answer_concern(concern: Concern, *, finding: str, text: str, stamp: Stamp) -> Concern:
    """Write down what was found on one concern of a paper, and on what it rests.

    A later finding replaces an earlier one, until the decision is sent.
    Refuses: a paper that is over, or whose decision was sent; a finding that is not known; no
    reason. Records: `ConcernAnswered`, and `NextStepSet` after the last one.
    """
    paper = _open(concern.paper.matter)
    if paper.letters.filter(letter=rules.DECISION).exists():
        raise Refused("decision_sent", "The decision was sent. What it found stands.")
    reason = rules.check_finding(finding, text)
    concern.finding, concern.finding_text = finding, reason
    concern.answered_at, concern.answered_by = stamp.at, stamp.actor.name
    concern.save()
    fact = facts.ConcernAnswered(
        **_words(paper),
        concern=concern.text,
        finding=finding,
        finding_label=rules.FINDINGS[finding],
        text=reason,
    )
    record(fact, stamp=stamp)
    if not paper.concerns.filter(finding="").exists():
        _look_next(paper, stamp)
    return concern


@action(policy.may_note_letter)
def note_letter(
    matter: Matter,
    *,
    letter: str,
    sent_on: date,
    text: str,
    to_commission: bool,
    to_councilmember: bool = False,
    councilmember: str = "",
    stamp: Stamp,
) -> PaperLetter:
    """Write down a letter that went to the commission; it stops the clock that it meets.

    Refuses: a paper that is over; a letter that is not wanted, or was sent; a decision while a
    concern has no finding, or without its copies; a day to come or before the paper came.
    Records: `PaperLetterSent`, `NextStepSet`, and `TaskDone` for the clock.
    """
    paper = _open(matter)
    _check_may_go(paper, letter, sent_on, today=localdate(stamp.at))
    rules.check_copies(letter, to_commission=to_commission, to_councilmember=to_councilmember)
    row = PaperLetter.objects.create(
        paper=paper,
        letter=letter,
        sent_on=sent_on,
        text=rules.check_letter_text(text),
        copied_to=rules.copied_to(councilmember) if to_councilmember else "",
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.PaperLetterSent(
        **_words(paper),
        letter=letter,
        letter_label=rules.LETTERS[letter],
        sent_on=sent_on,
        copied_to=row.copied_to,
        text=row.text,
    )
    record(fact, stamp=stamp)
    _stop_clocks(matter, letter, sent_on, stamp)
    _look_next(paper, stamp)
    return row


@action(policy.may_end_paper)
def end_paper(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say what came of a commission's paper.

    Where the commission withdrew it, or it was opened in error, its clocks are dropped.
    Refuses: any other end without a written decision, or against what its findings say; what
    `close_matter` refuses.
    Records: `MatterClosed`, and `TaskDropped` for a clock.
    """
    paper = _open(matter)
    rules.check_answered(
        outcome,
        set(paper.letters.values_list("letter", flat=True)),
        set(paper.concerns.values_list("finding", flat=True)),
    )
    if outcome in rules.UNANSWERED:
        label = rules.kind_words(matter.kind, outcome)
        for clock in _running(matter):
            drop_task(clock, reason=label, stamp=stamp)
    return close_matter(matter, outcome=outcome, text=text, stamp=stamp)


def _raise(paper: CommissionPaper, concerns: Sequence[str], stamp: Stamp) -> None:
    """Keep what a paper raises, one line each, and say that the paper came."""
    Concern.objects.bulk_create(
        Concern(paper=paper, position=position, text=text)
        for position, text in enumerate(concerns, start=1)
    )
    fact = facts.PaperReceived(
        **_words(paper),
        paper_kind=paper.matter.kind,
        received_on=paper.received_on,
        voted_on=paper.voted_on,
        yes=paper.yes,
        no=paper.no,
        abstained=paper.abstained,
        concerns=tuple(concerns),
    )
    record(fact, stamp=stamp)


def _check_may_go(paper: CommissionPaper, letter: str, sent_on: date, *, today: date) -> None:
    """Whether this letter may be what went out on that day."""
    rules.check_letter(
        letter,
        paper=paper.matter.kind,
        sent=set(paper.letters.values_list("letter", flat=True)),
        unanswered=paper.concerns.filter(finding="").count(),
    )
    rules.check_sent(sent_on, received_on=paper.received_on, today=today)


def _start_clocks(paper: CommissionPaper, owner: Party, stamp: Stamp) -> None:
    started = datetime.combine(paper.received_on, RECEIVED_AT, get_current_timezone())
    for rule_code, wording in rules.CLOCKS[paper.matter.kind].items():
        add_legal_deadline(
            paper.matter,
            party=owner,
            wording=wording,
            rule_code=rule_code,
            started_at=started,
            stamp=stamp,
        )


def _stop_clocks(matter: Matter, letter: str, sent_on: date, stamp: Stamp) -> None:
    """The clock that a letter meets; a decision says more than a status report does."""
    met = {rules.MEETS[letter]} if letter in rules.MEETS else set(rules.MEETS.values())
    for clock in _running(matter).filter(rule_code__in=met):
        finish_task(clock, text=rules.LETTERS[letter], done_on=sent_on, stamp=stamp)


def _look_next(paper: CommissionPaper, stamp: Stamp) -> None:
    """Set what comes next on a paper, and when: never later than the clock that is due first."""
    step = rules.next_step(
        set(_running(paper.matter).values_list("rule_code", flat=True)),
        unanswered=paper.concerns.filter(finding="").count(),
        decided=paper.letters.filter(letter=rules.DECISION).exists(),
    )
    look_on = rules.next_look(localdate(stamp.at), _next_due(paper.matter))
    set_next_step(paper.matter, next_on=look_on, next_step=step, stamp=stamp)


def _next_due(matter: Matter) -> date | None:
    """When the next legal clock of a paper is due; none where none runs."""
    due_on: date | None = _running(matter).values_list("due_on", flat=True).first()
    return due_on


def _running(matter: Matter) -> QuerySet[Ask]:
    """The legal clocks of a paper that run."""
    running = Ask.objects.filter(matter=matter, kind="legal_deadline", state__in=LIVE)
    return running.order_by("due_on", "pk")


def _open(matter: Matter) -> CommissionPaper:
    if matter.state != "open":
        raise Refused("wrong_state", "This paper is answered and closed.")
    rows = CommissionPaper.objects.select_for_update(of=("self",), no_key=True)
    paper: CommissionPaper = rows.select_related("matter").get(matter=matter)
    return paper


def _words(paper: CommissionPaper) -> Mapping[str, Any]:
    return {
        **matter_words(paper.matter),
        "anc_code": paper.anc_code,
        "commission_id": paper.commission_id,
    }
