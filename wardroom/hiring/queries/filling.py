"""The end of a hiring: whether all were appointed who were to be, and who was told nothing yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.hiring import policy
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.panels import may_read_whole
from wardroom.hiring.rules import postings, stages
from wardroom.hiring.rules.tongues import tongue_of


@dataclass(frozen=True)
class TheRest:
    """Who still waits for word after the end of a posting.

    ``numbers`` are told with one press, ``languages`` says how many read which. ``apart`` are
    told one by one: who has an offer, and whose application the keeper may not read.
    """

    numbers: tuple[int, ...]
    languages: tuple[tuple[str, int], ...]
    apart: int


@dataclass(frozen=True)
class Appointee:
    """Somebody who was appointed, as the form for hiring takes them over."""

    name: str
    email: str
    first_day: date | None


def is_filled(posting: Posting) -> bool:
    """Whether as many were appointed as were to be."""
    return posting.applications.filter(stage=stages.APPOINTED).count() >= posting.seats


def passed_over(application: Application, *, today: date) -> str:
    """Why an offer would be early: others may still apply, or nobody looked at what they sent.

    A posting that is open until filled has no day to wait for.
    """
    posting = application.posting
    others = posting.applications.filter(stage=stages.RECEIVED).exclude(pk=application.pk)
    takes = postings.takes_applications(
        posting.state, opens_on=posting.opens_on, closes_on=posting.closes_on, today=today
    )
    return stages.early_offer(posting.closes_on if takes else None, others.count())


def has_loose_ends(posting: Posting) -> bool:
    """Whether a hiring is done, and its posting is open still or somebody was told nothing."""
    if posting.state in postings.ENDED:
        return posting.applications.exclude(stage__in=(stages.DRAFT, *stages.OVER)).exists()
    return posting.state != postings.DRAFT and is_filled(posting)


def lacks_panel(posting: Posting) -> bool:
    """Whether nobody sits to read what may still be sent, or what nobody decided about yet."""
    if posting.state in (postings.DRAFT, *postings.ENDED) or posting.panel:
        return False
    waits = posting.applications.filter(stage__in=stages.BEFORE_OFFER)
    return posting.state == postings.OPEN or waits.exists()


def the_rest(posting: Posting, readable: frozenset[int]) -> TheRest:
    """Who waits for word once a posting is over; the keeper reads those of these numbers."""
    if posting.state not in postings.ENDED:
        return TheRest((), (), 0)
    rows = posting.applications.exclude(stage__in=(stages.DRAFT, *stages.OVER))
    waits = list(rows.order_by("number").values_list("number", "stage", "language"))
    told = [row for row in waits if row[0] in readable and row[1] in stages.BEFORE_OFFER]
    languages = Counter(tongue_of(language).english for _, _, language in told)
    return TheRest(
        numbers=tuple(number for number, _, _ in told if number is not None),
        languages=tuple(sorted(languages.items(), key=lambda one: (-one[1], one[0]))),
        apart=len(waits) - len(told),
    )


def rest_to_tell(posting: Posting, actor: Actor, *, lock: bool = False) -> tuple[Application, ...]:
    """The applications that are told together that they were not selected."""
    rows = posting.applications.filter(stage__in=stages.BEFORE_OFFER).order_by("number")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return tuple(row for row in rows if may_read_whole(row, actor))


def appointee(posting_id: int, number: int, actor: Actor) -> Appointee | None:
    """Somebody whom the asker appointed, or nobody: as if there were none for everybody else."""
    row = (
        Application.objects.select_related("posting")
        .filter(posting_id=posting_id, number=number, stage=stages.APPOINTED)
        .first()
    )
    if row is None or not policy.may_move_application(actor, row):
        return None
    if not may_read_whole(row, actor):
        return None
    return Appointee(row.name, row.email, row.appointed_on)
