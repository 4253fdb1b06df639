"""One application as its keeper and its panel read it: after a declaration, and not each other's
points before their time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.documents.gateways import read_content
from wardroom.documents.queries import Served
from wardroom.hiring import policy
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.hirings import get_hiring
from wardroom.hiring.queries.panels import (
    applied_with,
    due_to_score,
    is_discussed,
    may_read_whole,
    panel_questions,
)
from wardroom.hiring.rules import postings, resumes, stages
from wardroom.kernel.errors import NotFound
from wardroom.notices.queries.about import LetterRow, letters_about

SCORED = frozenset({stages.RECEIVED, stages.SCREENING, stages.INTERVIEW})


def kept_resumes() -> Iterator[str]:
    """The hash of every file of an application, for who looks whether all are there."""
    rows = Application.objects.exclude(file_digest="").order_by("pk")
    yield from rows.values_list("file_digest", flat=True).iterator()


@dataclass(frozen=True)
class PanelQuestion:
    """A question of the panel, with what the asker gave."""

    id: int
    text: str
    most: int
    points: int | None
    words: str


@dataclass(frozen=True)
class ScoreLine:
    """What one member gave to one question, once it may be seen."""

    member: str
    question: str
    points: int
    most: int
    words: str


@dataclass(frozen=True)
class MoveLine:
    """A step of the application."""

    label: str
    reason: str
    told: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ApplicationFile:
    """One application whole; ``reads`` is false until the asker said that there is no conflict.

    ``appointed`` counts who was appointed from the posting, on the keeper's page of one of them.
    """

    posting_id: int
    title: str
    preference: str
    preference_words: str
    preference_points: int
    number: int
    stage: str
    name: str
    reads: bool
    conflict: bool
    applied_too: bool
    email: str
    phone: str
    lives_here: str
    pasted: str
    file_name: str
    file_size: int
    caution: str
    scanned: bool
    answers: tuple[tuple[str, str], ...]
    sent_at: datetime
    offered_at: datetime | None
    suitability: str
    appointed_on: date | None
    discussed: bool
    discussed_for: str
    waiting: tuple[str, ...]
    questions: tuple[PanelQuestion, ...]
    scores: tuple[ScoreLine, ...]
    share: float | None
    moves: tuple[MoveLine, ...]
    next_stages: tuple[tuple[str, str], ...]
    letters: tuple[LetterRow, ...]
    same_address: tuple[int, ...]
    emptied: bool
    seats: int
    appointed: int
    allowed: frozenset[str]


def get_application(posting_id: int, number: int, actor: Actor) -> Application:
    """One application, to act on it; `NotFound` for everybody but the keeper and the panel."""
    posting = get_hiring(posting_id, actor)
    row = posting.applications.filter(number=number).first()
    if row is None:
        raise NotFound(f"no application {number} of hiring {posting_id}")
    row.posting = posting
    found: Application = row
    return found


def resume_of(posting_id: int, number: int, actor: Actor) -> Served:
    """The file of a resume, to be saved; `NotFound` for whoever may not read the application."""
    row = get_application(posting_id, number, actor)
    if not row.file_digest or not may_read_whole(row, actor):
        raise NotFound(f"no resume of application {number}")
    return Served(row.file_name, row.file_type, read_content(row.file_digest))


def is_resume(digest: str) -> bool:
    """Whether these bytes are the file of an application; asked before they go off the disk."""
    return Application.objects.filter(file_digest=digest).exists()


def application_file(posting_id: int, number: int, actor: Actor) -> ApplicationFile:
    """One application whole, as far as the asker may read it."""
    row = get_application(posting_id, number, actor)
    posting, applied = row.posting, applied_with(row)
    reads, due = may_read_whole(row, actor, applied=applied), due_to_score(row, applied=applied)
    opened = is_discussed(row, due=due)
    scores = list(row.scores.select_related("user", "question").order_by("question__place", "pk"))
    own = {s.question_id: s for s in scores if s.user_id == actor.user_id}
    asked = panel_questions(posting)
    most = {q.pk: q.points for q in asked}
    given: dict[int, dict[int, int]] = {}
    for score in scores:
        given.setdefault(score.user_id, {})[score.question_id] = score.points
    shows = reads and opened
    letters = letters_about("application", str(row.pk)) if reads else ()
    failed = any(letter.state == "failed" for letter in letters)
    applied_too = policy.seat_of(actor) in applied
    ended_here = reads and row.stage == stages.APPOINTED and policy.may_move_application(actor, row)
    appointed = posting.applications.filter(stage=stages.APPOINTED).count() if ended_here else 0
    assert row.number is not None
    assert row.sent_at is not None
    return ApplicationFile(
        posting_id=posting.pk,
        title=posting.title,
        preference=postings.PREFERENCES[posting.preference],
        preference_words=posting.preference_words,
        preference_points=posting.preference_points,
        number=row.number,
        stage=row.stage if reads or row.stage == stages.WITHDRAWN else "",
        name="" if row.stage == stages.WITHDRAWN or applied_too else row.name,
        reads=reads,
        conflict=row.declarations.filter(user_id=policy.seat_of(actor), conflict=True).exists(),
        applied_too=applied_too,
        email=row.email if reads else "",
        phone=row.phone if reads else "",
        lives_here=row.lives_here if reads else "",
        pasted=row.pasted if reads else "",
        file_name=row.file_name if reads else "",
        file_size=row.file_size if reads else 0,
        caution=resumes.CAUTIONS.get(row.caution, "") if reads else "",
        scanned=row.scanned,
        answers=_answers(row) if reads else (),
        sent_at=row.sent_at,
        offered_at=row.offered_at if reads else None,
        suitability=row.suitability if reads else "",
        appointed_on=row.appointed_on if reads else None,
        discussed=opened,
        discussed_for=row.discussed_for if reads else "",
        waiting=_waiting(posting, due - frozenset(given)),
        questions=tuple(
            PanelQuestion(
                q.pk,
                q.text,
                q.points,
                own[q.pk].points if q.pk in own else None,
                own[q.pk].words if q.pk in own else "",
            )
            for q in asked
        ),
        scores=tuple(
            ScoreLine(s.user.name, s.question.text, s.points, s.question.points, s.words)
            for s in scores
        )
        if shows
        else (),
        share=stages.share_of(
            tuple(stages.Given(user, points) for user, points in given.items()), most
        )
        if shows
        else None,
        moves=_moves(row) if reads else (),
        next_stages=stages.keeper_moves(row.stage) if reads else (),
        letters=letters,
        same_address=_same_address(row) if reads else (),
        emptied=row.emptied_at is not None,
        seats=posting.seats,
        appointed=appointed,
        allowed=_allowed(row, actor, _Stands(reads, applied_too, opened, failed))
        | _ends(posting, appointed),
    )


def _answers(row: Application) -> tuple[tuple[str, str], ...]:
    given = row.answers.select_related("question").order_by("question__place", "pk")
    shown = {"yes": "Yes", "no": "No"}
    return tuple(
        (a.question.text, shown.get(a.text, a.text) if a.question.kind == "yes_no" else a.text)
        for a in given
    )


def _same_address(row: Application) -> tuple[int, ...]:
    """The numbers of other applications to the posting that give the same address."""
    rows = row.posting.applications.filter(email__iexact=row.email).exclude(pk=row.pk)
    numbers = rows.order_by("number").values_list("number", flat=True)
    return tuple(number for number in numbers if number is not None)


def _waiting(posting: Posting, missing: frozenset[int]) -> tuple[str, ...]:
    seats = posting.members.filter(user_id__in=missing, left_at__isnull=True)
    return tuple(seat.user.name for seat in seats.select_related("user").order_by("pk"))


def _moves(row: Application) -> tuple[MoveLine, ...]:
    return tuple(
        MoveLine(stages.STAGES[m.to_stage], m.reason, m.told, m.by_name, m.at)
        for m in row.moves.order_by("-at", "-pk")
    )


@dataclass(frozen=True)
class _Stands:
    """How the asker stands to an application: reads it, applied too; and how that stands."""

    reads: bool
    applied: bool
    opened: bool
    failed: bool


def _ends(posting: Posting, appointed: int) -> frozenset[str]:
    """Closing the posting from the page of the last one who was to be appointed."""
    open_still = postings.FILLED in postings.MOVES[posting.state]
    return frozenset({"end_posting"} if open_still and appointed >= posting.seats else ())


def _allowed(row: Application, actor: Actor, stands: _Stands) -> frozenset[str]:
    if row.emptied_at is not None:
        return frozenset()
    found = set()
    if policy.may_sit(actor, row) and row.stage not in stages.OVER and not stands.applied:
        mine = row.declarations.filter(user_id=policy.seat_of(actor)).first()
        if mine is None or not mine.conflict:
            found.add("declare_conflict")
        if mine is not None and not mine.conflict and row.stage in SCORED and not stands.opened:
            found.add("score_application")
    if policy.may_move_application(actor, row) and stands.reads:
        if stands.failed:
            found.add("send_letter_again")
        if stages.keeper_moves(row.stage):
            found.add("move_application")
        if row.stage in SCORED and not stands.opened:
            found.add("open_discussion")
        if row.stage == stages.SUITABILITY and not row.suitability:
            found.add("end_screening")
        if row.stage == stages.SUITABILITY and row.suitability == stages.CLEARED:
            found.add("appoint_applicant")
    return frozenset(found)
