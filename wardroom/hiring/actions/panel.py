"""What the panel does: conflicts first, points each by themselves, then the discussion."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.hiring import facts, policy
from wardroom.hiring.actions.applying import told
from wardroom.hiring.actions.moving import check_decides, check_no_part
from wardroom.hiring.actions.waiting import keep_hiring_waiting
from wardroom.hiring.models import Application, Declaration, Posting, Score
from wardroom.hiring.queries.panels import free_of_conflict, is_discussed, panel_questions
from wardroom.hiring.rules import stages
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length, check_reason

MOST_NOTE = 2000
# Points are given until an offer is made or the application is over.
SCORED = frozenset({stages.RECEIVED, stages.SCREENING, stages.INTERVIEW})


@action(policy.may_sit)
def declare_conflict(
    application: Application, *, conflict: bool, words: str = "", stamp: Stamp
) -> Application:
    """Say whether one has a conflict of interest, before anything of the application is read.

    Whoever has one reads nothing of it and gives no points. It stays as it was said, but for
    one that is found later. Refuses: a conflict without its words; taking one back.
    Records: `ConflictDeclared`.
    """
    words = check_length(words, field="words", most=500)
    if conflict and not words:
        raise Refused("words_missing", "Say what the conflict is.", field="words")
    mine = application.declarations.filter(user_id=policy.seat_of(stamp.actor)).first()
    if mine is not None and (mine.conflict or not conflict):
        raise Refused("already_declared", "You said so already, and it stays as you said it.")
    if mine is None:
        mine = Declaration(application=application, user_id=policy.seat_of(stamp.actor))
    mine.conflict, mine.words, mine.at = conflict, words, stamp.at
    mine.save()
    record(facts.ConflictDeclared(**told(application), conflict=conflict), stamp=stamp)
    keep_hiring_waiting(application.posting, stamp)
    return application


@action(policy.may_read_hiring)
def declare_no_conflicts(posting: Posting, *, numbers: list[int], stamp: Stamp) -> Posting:
    """Say of several applications at once, by their names, that one has no conflict with them.

    Refuses: who does not sit on the panel; nothing chosen; what was declared already.
    Records: `ConflictDeclared` for each.
    """
    rows = posting.applications.filter(number__in=numbers).order_by("number")
    if not rows:
        raise Refused("nothing_chosen", "Choose at least one.", field="numbers")
    for row in rows:
        declare_conflict(row, conflict=False, stamp=stamp)
    return posting


@action(policy.may_sit)
def score_application(
    application: Application, *, points: Mapping[int, int], words: Mapping[int, str], stamp: Stamp
) -> Application:
    """Give points to an application, question by question, the same for everybody.

    They may be given anew until others can see them. Refuses: no declaration yet, or a
    conflict; an application that is past its interviews; points that others see; a question
    left out; a panel without questions. Records: `ApplicationScored`.
    """
    if not free_of_conflict(application, policy.seat_of(stamp.actor)):
        raise Refused("not_declared", "Say first that you have no conflict of interest.")
    if application.stage not in SCORED:
        raise Refused("wrong_state", "Points are given until the interviews are over.")
    if is_discussed(application):
        raise Refused("wrong_state", "The discussion is open: points stay as they are now.")
    questions = panel_questions(application.posting)
    if not questions:
        raise Refused("no_questions", "The panel has no question yet; the keeper adds them.")
    stages.check_points(points, {q.pk: q.points for q in questions})
    for question in questions:
        note = check_length(
            words.get(question.pk, ""), field=f"words_{question.pk}", most=MOST_NOTE
        )
        Score.objects.update_or_create(
            application=application,
            question=question,
            user_id=policy.seat_of(stamp.actor),
            defaults={"points": points[question.pk], "words": note, "at": stamp.at},
        )
    settle_discussion(application, stamp)
    record(facts.ApplicationScored(**told(application)), stamp=stamp)
    keep_hiring_waiting(application.posting, stamp)
    return application


@action(policy.may_move_application)
def open_discussion(application: Application, *, reason: str, stamp: Stamp) -> Application:
    """Let the panel see each other's points though somebody has not given theirs.

    Refuses: no reason; who may not read it; a discussion that is open; an application
    with the keeper's address. Records: `DiscussionOpened`.
    """
    reason = check_reason(reason)
    check_decides(application, stamp)
    check_no_part(application.posting)
    if is_discussed(application):
        raise Refused("already_open", "The panel sees each other's points already.")
    application.discussed_at, application.discussed_for = stamp.at, reason
    application.save(update_fields=["discussed_at", "discussed_for"])
    record(facts.DiscussionOpened(**told(application)), stamp=stamp)
    keep_hiring_waiting(application.posting, stamp)
    return application


def settle_discussion(application: Application, stamp: Stamp) -> None:
    """Keep that members see each other's points, so that nobody who comes later undoes it."""
    if application.discussed_at is None and is_discussed(application):
        application.discussed_at = stamp.at
        application.save(update_fields=["discussed_at"])
