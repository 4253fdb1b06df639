"""Writing a posting, publishing it, ending it, and who keeps it and sits on its panel."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.hiring import facts, policy
from wardroom.hiring.actions.panel import settle_discussion
from wardroom.hiring.actions.waiting import APPLIED, NOT_THEY, keep_hiring_waiting
from wardroom.hiring.models import PanelMember, Posting, PostingQuestion, Score
from wardroom.hiring.rules import postings as rules
from wardroom.hiring.rules import stages
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_reason


@action(policy.may_open_hiring)
def draft_posting(_: None, *, words: rules.PostingWords, stamp: Stamp) -> Posting:
    """Begin a posting; whoever begins it keeps the hiring.

    Refuses: what `rules.check_words` refuses. Records: `PostingDrafted`.
    """
    rules.check_words(words)
    assert stamp.actor.user_id is not None
    posting: Posting = Posting.objects.create(
        **asdict(words),
        slug=f"draft-{uuid.uuid4().hex}",
        keeper_id=stamp.actor.user_id,
        written_at=stamp.at,
    )
    posting.slug = rules.slug_of(posting.title, posting.pk)
    posting.save(update_fields=["slug"])
    record(facts.PostingDrafted(**told(posting)), stamp=stamp)
    return posting


@action(policy.may_keep_hiring)
def rewrite_posting(posting: Posting, *, words: rules.PostingWords, stamp: Stamp) -> Posting:
    """Write a posting anew until somebody applies; from then on it stays as they read it.

    Its public address stays as it is. Refuses: one to which somebody began to apply, or that is
    over; a last day that is over; what `rules.check_words` refuses. Records: `PostingRewritten`.
    """
    _check_unread(posting)
    rules.check_words(words)
    public = posting.published_at is not None
    if public and words.closes_on is not None and words.closes_on < localdate(stamp.at):
        raise Refused("over_already", "Choose a day from today on.", field="closes_on")
    for name, value in asdict(words).items():
        setattr(posting, name, value)
    if not public:
        posting.slug = rules.slug_of(posting.title, posting.pk)
    posting.save()
    record(facts.PostingRewritten(**told(posting)), stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


@action(policy.may_keep_hiring)
def add_question(
    posting: Posting,
    *,
    asked_of: str,
    text: str,
    kind: str = rules.TEXT,
    must: bool = True,
    points: int = 0,
    stamp: Stamp,
) -> PostingQuestion:
    """Put a question to everybody who applies, or one that the panel asks everybody.

    Refuses: a question to applicants once somebody began to apply; one of the panel once
    somebody was scored; too many; what `rules.check_question` refuses.
    Records: `PostingQuestionSet`.
    """
    _check_askable(posting, asked_of)
    words = rules.check_question(text, kind=kind, asked_of=asked_of, points=points)
    standing = posting.questions.filter(asked_of=asked_of, taken_off_at__isnull=True)
    if standing.count() >= rules.MOST_QUESTIONS:
        raise Refused("too_many", f"Ask at most {rules.MOST_QUESTIONS} questions.", field="text")
    question = PostingQuestion.objects.create(
        posting=posting,
        place=posting.questions.count() + 1,
        asked_of=asked_of,
        text=words,
        kind=kind,
        must=must,
        points=points if asked_of == rules.PANEL else 0,
    )
    _tell_question(question, stamp)
    return question


@action(policy.may_keep_hiring)
def take_off_question(posting: Posting, *, question_id: int, stamp: Stamp) -> Posting:
    """Take a question off again before anybody answered or was scored by it.

    Refuses: as `add_question`, and a question that is not there. Records: `PostingQuestionSet`.
    """
    found = posting.questions.filter(pk=question_id, taken_off_at__isnull=True).first()
    if found is None:
        raise NotFound(f"no question {question_id}")
    _check_askable(posting, found.asked_of)
    found.taken_off_at = stamp.at
    found.save(update_fields=["taken_off_at"])
    _tell_question(found, stamp, taken_off=True)
    return posting


@action(policy.may_keep_hiring)
def publish_posting(posting: Posting, *, stamp: Stamp) -> Posting:
    """Put a posting on the public pages; it takes applications on its days, both included.

    Refuses: a posting whose last day is over, or that is filled or withdrawn; one without a
    panel. Records: `PostingPublished`.
    """
    rules.check_move(posting.state, rules.OPEN)
    if not posting.panel:
        sentence = "Seat somebody on the panel first: nobody would read what is sent."
        raise Refused("no_panel", sentence)
    if posting.closes_on is not None and posting.closes_on < localdate(stamp.at):
        raise Refused("over_already", "Its last day is over. Move its last day first.")
    again = posting.published_at is not None
    posting.state = rules.OPEN
    posting.published_at = posting.published_at or stamp.at
    posting.ended_at, posting.ended_for = None, ""
    posting.save(update_fields=["state", "published_at", "ended_at", "ended_for"])
    fact = facts.PostingPublished(
        **told(posting),
        opens=long_day(posting.opens_on),
        closes=long_day(posting.closes_on) if posting.closes_on else "",
        again=again,
    )
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


@action(policy.may_keep_hiring)
def end_posting(posting: Posting, *, state: str, reason: str, stamp: Stamp) -> Posting:
    """Close a posting, or say that it is filled or withdrawn.

    Refuses: no reason; a state that does not follow. Records: `PostingEnded`.
    """
    reason = check_reason(reason)
    if state not in (rules.CLOSED, *rules.ENDED):
        raise Refused("unknown_state", "Choose what becomes of it.", field="state")
    rules.check_move(posting.state, state)
    label = rules.STATES[state]
    was_published = posting.published_at is not None
    posting.state, posting.ended_at, posting.ended_for = state, stamp.at, reason
    posting.save(update_fields=["state", "ended_at", "ended_for"])
    if was_published:
        record(facts.PostingEnded(**told(posting), state_label=label), stamp=stamp)
    else:
        record(facts.PostingRewritten(**told(posting)), stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


@action(policy.may_keep_hiring)
def move_last_day(
    posting: Posting, *, closes_on: date | None, reason: str, stamp: Stamp
) -> Posting:
    """Let a posting take applications until another day, or until it is filled.

    Nobody who has time today loses any: the day is never brought forward to one that is over.
    One that closed by its day is open again. Refuses: no reason; a day that is over, or before
    it opens; the same day; a posting that is not public. Records: `LastDayMoved`.
    """
    reason = check_reason(reason)
    if posting.state not in (rules.OPEN, rules.CLOSED):
        raise Refused("wrong_state", "Only a posting that is public has a last day to move.")
    if closes_on is not None and closes_on < max(posting.opens_on, localdate(stamp.at)):
        raise Refused("over_already", "Choose a day from today on.", field="closes_on")
    if closes_on == posting.closes_on:
        raise Refused("already_so", "That is its last day already.", field="closes_on")
    posting.closes_on, posting.moved_for = closes_on, reason
    posting.save(update_fields=["closes_on", "moved_for"])
    fact = facts.LastDayMoved(**told(posting), closes=long_day(closes_on) if closes_on else "")
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


@action(policy.may_keep_hiring)
def seat_panel_member(posting: Posting, *, user_id: int, stamp: Stamp) -> PanelMember:
    """Let somebody of the office read and score what is sent to this posting.

    Refuses: somebody who is not of the office; who sits there already; who applied.
    Records: `PanelMemberSet`.
    """
    user = of_the_office(user_id, stamp)
    if user.pk in posting.panel:
        raise Refused("already_there", f"{user.name} sits on this panel.", field="user_id")
    if _sent(posting).filter(email__iexact=user.email).exists():
        raise Refused(
            "applied", f"{APPLIED}, and cannot sit on the panel. {NOT_THEY}", field="user_id"
        )
    for row in _sent(posting).filter(discussed_at=None):
        settle_discussion(row, stamp)
    seat = PanelMember.objects.create(posting=posting, user=user, since=stamp.at)
    fact = facts.PanelMemberSet(**told(posting), user=user.pk, member_name=user.name)
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return seat


@action(policy.may_keep_hiring)
def unseat_panel_member(posting: Posting, *, user_id: int, stamp: Stamp) -> Posting:
    """Let somebody leave the panel; the points they gave stay.

    Refuses: somebody who does not sit there. Records: `PanelMemberSet`.
    """
    seat = posting.members.filter(user_id=user_id, left_at__isnull=True).first()
    if seat is None:
        raise Refused("not_there", "They do not sit on this panel.", field="user_id")
    seat.left_at = stamp.at
    seat.save(update_fields=["left_at"])
    fact = facts.PanelMemberSet(
        **told(posting), user=user_id, member_name=seat.user.name, left=True
    )
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


@action(policy.may_keep_hiring)
def hand_over_posting(posting: Posting, *, user_id: int, reason: str, stamp: Stamp) -> Posting:
    """Let another director keep this hiring, as where the keeper knows somebody who applied.

    Refuses: no reason; somebody who is no director, or keeps it already; who applied.
    Records: `PostingHandedOver`.
    """
    return _hand_over(posting, user_id, reason, stamp)


@action(policy.may_pass_on_hiring)
def take_over_hiring(posting: Posting, *, user_id: int, reason: str, stamp: Stamp) -> Posting:
    """Let another director keep the hiring of somebody who leaves, as the handover arranged it.

    Refuses: as `hand_over_posting`. Records: `PostingHandedOver`.
    """
    return _hand_over(posting, user_id, reason, stamp)


def _hand_over(posting: Posting, user_id: int, reason: str, stamp: Stamp) -> Posting:
    reason, user = check_reason(reason), of_the_office(user_id, stamp)
    if user.pk == posting.keeper_id:
        raise Refused("already_there", f"{user.name} keeps it already.", field="user_id")
    if not actor_for(user, on=localdate(stamp.at)).has(Role.DIRECTOR):
        raise Refused("no_director", "A hiring is kept by a director.", field="user_id")
    if _sent(posting).filter(email__iexact=user.email).exists():
        raise Refused("applied", f"{APPLIED}. {NOT_THEY}", field="user_id")
    posting.keeper, posting.handed_for = user, reason
    posting.save(update_fields=["keeper", "handed_for"])
    fact = facts.PostingHandedOver(**told(posting), keeper_name=user.name)
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting


def of_the_office(user_id: int, stamp: Stamp) -> User:
    """Somebody who works at the office now. Refuses: anybody else."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not actor_for(user, on=localdate(stamp.at)).is_staff:
        raise Refused("not_of_the_office", "Choose somebody of the office.", field="user_id")
    return user


def told(posting: Posting) -> dict[str, Any]:
    """What every line about a posting says of it."""
    return {"posting": posting.pk, "title": posting.title}


def _sent(posting: Posting) -> Any:
    """What was sent and not withdrawn: nobody learns who only began to write."""
    return posting.applications.exclude(stage__in=(stages.DRAFT, stages.WITHDRAWN))


def _check_unread(posting: Posting) -> None:
    if posting.state in rules.ENDED:
        raise Refused("wrong_state", "This posting is over.")
    if posting.applications.exists():
        sentence = "Somebody began to apply: everybody who applies has to read the same."
        raise Refused("wrong_state", sentence)


def _check_askable(posting: Posting, asked_of: str) -> None:
    if asked_of == rules.APPLICANT:
        _check_unread(posting)
    elif Score.objects.filter(application__posting=posting).exists():
        sentence = "Somebody was scored already: everybody has to be asked the same."
        raise Refused("wrong_state", sentence)
    elif posting.state in rules.ENDED:
        raise Refused("wrong_state", "This posting is over.")


def _tell_question(question: PostingQuestion, stamp: Stamp, *, taken_off: bool = False) -> None:
    fact = facts.PostingQuestionSet(
        **told(question.posting),
        question=question.pk,
        wording=question.text,
        asked_of=question.asked_of,
        taken_off=taken_off,
    )
    record(fact, stamp=stamp)
