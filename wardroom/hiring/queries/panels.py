"""What a panel is asked, who is free to read, and who has given points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import User
from wardroom.hiring import policy
from wardroom.hiring.models import Application, Posting, PostingQuestion
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import PANEL


def panel_questions(posting: Posting) -> tuple[PostingQuestion, ...]:
    """What the panel asks everybody, in order."""
    return tuple(posting.questions.filter(asked_of=PANEL, taken_off_at__isnull=True))


def addresses_of(posting: Posting) -> Mapping[str, frozenset[int]]:
    """The addresses with which the keeper and the panel sign in, and whose each is."""
    people = User.objects.filter(pk__in=posting.panel | {posting.keeper_id})
    found: dict[str, frozenset[int]] = {}
    for pk, email in people.values_list("pk", "email"):
        found[email.casefold()] = found.get(email.casefold(), frozenset()) | {pk}
    return found


def applied_with(application: Application) -> frozenset[int]:
    """Whose address of the keeper and the panel an application gives.

    It is closed to them; they sit on as before, for anybody may type an address. The keeper asks
    them, and takes whoever did apply off the panel; whoever did not withdraws it by the link
    that was mailed to them.
    """
    return addresses_of(application.posting).get(application.email.casefold(), frozenset())


def applied_in(posting: Posting) -> tuple[tuple[int, frozenset[int]], ...]:
    """The applications that stand and give an address of the keeper or the panel, and whose."""
    sent = posting.applications.exclude(stage__in=(stages.DRAFT, *stages.OVER)).order_by("number")
    given = addresses_of(posting)
    return tuple(
        (row.number or 0, given[row.email.casefold()])
        for row in sent.only("number", "email")
        if row.email.casefold() in given
    )


def keeper_applied(posting: Posting) -> bool:
    """Whether an application that stands gives the address of the keeper."""
    return any(posting.keeper_id in people for _, people in applied_in(posting))


def free_of_conflict(application: Application, user_id: int) -> bool:
    """Whether somebody said that they have no conflict of interest with it, and is not in it."""
    mine = application.declarations.filter(user_id=user_id).first()
    free = mine is not None and not mine.conflict
    return free and user_id not in applied_with(application)


def may_read_whole(
    application: Application, actor: Actor, *, applied: frozenset[int] | None = None
) -> bool:
    """Whether somebody may read what was sent: nobody once it was withdrawn or emptied.

    A member of the panel has to have said that there is no conflict. The keeper reads to keep
    the hiring; one with a conflict hands it over, and one who also sits declares like the others.
    Whoever's address it gives reads nothing of it; ``applied`` is asked for where not given.
    """
    if application.stage == stages.WITHDRAWN or application.emptied_at is not None:
        return False
    applied = applied_with(application) if applied is None else applied
    if policy.seat_of(actor) in applied:
        return False
    mine = application.declarations.filter(user_id=policy.seat_of(actor)).first()
    if mine is not None:
        return not mine.conflict
    sits = policy.may_sit(actor, application)
    return not sits and policy.may_keep_hiring(actor, application.posting)


def points_due(posting: Posting) -> dict[int, date]:
    """Who of the panel has something to say or to give, and since which day it waits."""
    rows = posting.applications.filter(
        stage__in=stages.BEFORE_OFFER, discussed_at=None, emptied_at=None
    ).prefetch_related("scores", "declarations")
    panel, given, asks = posting.panel, addresses_of(posting), bool(panel_questions(posting))
    found: dict[int, date] = {}
    for row in rows.order_by("sent_at", "pk"):
        said = {one.user_id: one.conflict for one in row.declarations.all()}
        scored = {one.user_id for one in row.scores.all()}
        due = panel - given.get(row.email.casefold(), frozenset())
        due -= {user for user, conflict in said.items() if conflict}
        if due <= scored:
            continue
        for user in due - scored:
            if user not in said or asks:
                found.setdefault(user, localdate(row.sent_at))
    return found


def due_to_score(
    application: Application, *, applied: frozenset[int] | None = None
) -> frozenset[int]:
    """Who has to give points: the panel as it sits now, but those with a conflict."""
    closed = application.declarations.filter(conflict=True).values_list("user_id", flat=True)
    posting = application.posting
    applied = applied_with(application) if applied is None else applied
    return posting.panel - frozenset(closed) - applied


def is_discussed(application: Application, *, due: frozenset[int] | None = None) -> bool:
    """Whether the members see each other's points."""
    if application.discussed_at is not None:
        return True
    scored = frozenset(application.scores.values_list("user_id", flat=True))
    due = due_to_score(application) if due is None else due
    return stages.is_open_to_all(scored=scored, due=due, opened=False)
