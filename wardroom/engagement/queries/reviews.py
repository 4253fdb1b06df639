"""The log of groups in the review of programs: counts by program, the list, and one whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import ProgramReview, ReviewVoice
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline

PAGE_ROWS = 25
MOST_PROGRAMS = 20


@dataclass(frozen=True)
class ReviewRow:
    """A review in the log, with how many groups were asked, came, spoke, and were answered."""

    id: int
    program: str
    agency_code: str
    invited_by: str
    held_on: date
    ward_code: str
    invited: int
    came: int
    spoke: int
    answered: int


@dataclass(frozen=True)
class ProgramRow:
    """A program, and how groups took part in all its reviews within reach."""

    program: str
    reviews: int
    invited: int
    came: int
    spoke: int
    answered: int


@dataclass(frozen=True)
class ReviewPage:
    """A page of the log, the newest first, with the counts by program."""

    rows: tuple[ReviewRow, ...]
    programs: tuple[ProgramRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class VoiceRow:
    """A group that was asked: whether it came, what it said, and what became of that."""

    id: int
    party_id: int | None
    name: str
    came: bool
    said: str
    disposition: str
    reason: str
    decided_on: date | None


@dataclass(frozen=True)
class ReviewFile:
    """One review, whole."""

    row: ReviewRow
    agency_id: int | None
    agency_name: str
    about: str
    voices: tuple[VoiceRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def review_page(
    actor: Actor, *, ward: str = "", program: str = "", answered: str = "", page: int = 1
) -> ReviewPage:
    """The reviews within reach; ``answered`` is no for those where a group waits for an answer."""
    rows = _seen(actor)
    if ward:
        rows = rows.filter(ward_code=ward)
    if program:
        rows = rows.filter(program__icontains=program)
    if answered == "no":
        waits = ReviewVoice.objects.filter(disposition="").exclude(said="")
        rows = rows.filter(pk__in=waits.values("review"))
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = _counted(rows).order_by("-held_on", "-pk")[on_page]
    return ReviewPage(tuple(_row(row) for row in chosen), _programs(rows), total, page, pages)


def review_file(review_id: int, actor: Actor) -> ReviewFile:
    """One review, whole; `NotFound` where it is out of reach."""
    row = _counted(_seen(actor)).filter(pk=review_id).first()
    if row is None:
        raise NotFound(f"no review {review_id}")
    voices = row.voices.order_by("name", "pk")
    return ReviewFile(
        row=_row(row),
        agency_id=row.agency_id,
        agency_name=row.agency.name if row.agency else "",
        about=row.about,
        voices=tuple(
            VoiceRow(
                v.pk, v.party_id, v.name, v.came, v.said, v.disposition, v.reason, v.decided_on
            )
            for v in voices
        ),
        timeline=timeline(actor, refs=[Ref("review", str(review_id))]),
        allowed=frozenset({"hear", "answer"})
        if policy.may_keep_review(actor, row)
        else frozenset(),
    )


def get_voice(voice_id: int, review_id: int, actor: Actor) -> ReviewVoice:
    """One group of a review within reach, to write down what it said, or to answer it."""
    rows = ReviewVoice.objects.filter(review__in=_seen(actor), review=review_id, pk=voice_id)
    voice = rows.select_related("review").first()
    if voice is None:
        raise NotFound(f"no voice {voice_id}")
    return voice


def may_note_reviews(actor: Actor) -> bool:
    """Whether the actor keeps the log at all."""
    return policy.may_note_reviews(actor)


def _seen(actor: Actor) -> QuerySet[ProgramReview]:
    rows: QuerySet[ProgramReview] = ProgramReview.objects.within(policy.reach_of_reviews(actor))
    return rows


def _counts() -> dict[str, Count]:
    said = ~Q(voices__said="")
    return {
        "invited": Count("voices"),
        "came": Count("voices", filter=Q(voices__came=True)),
        "spoke": Count("voices", filter=Q(voices__isnull=False) & said),
        "answered": Count("voices", filter=Q(voices__isnull=False) & ~Q(voices__disposition="")),
    }


def _counted(rows: QuerySet[ProgramReview]) -> QuerySet[ProgramReview]:
    return rows.select_related("agency").annotate(**_counts())


def _programs(rows: QuerySet[ProgramReview]) -> tuple[ProgramRow, ...]:
    """The programs by name, most of them in few words."""
    found = rows.order_by().values("program").annotate(reviews=Count("pk", distinct=True))
    chosen = found.annotate(**_counts()).order_by("program")
    columns = [field.name for field in fields(ProgramRow)]
    return tuple(ProgramRow(*row) for row in chosen.values_list(*columns)[:MOST_PROGRAMS])


def _row(row: ProgramReview) -> ReviewRow:
    counted = row.__dict__
    return ReviewRow(
        id=row.pk,
        program=row.program,
        agency_code=row.agency.code if row.agency else "",
        invited_by=row.invited_by,
        held_on=row.held_on,
        ward_code=row.ward_code,
        invited=counted["invited"],
        came=counted["came"],
        spoke=counted["spoke"],
        answered=counted["answered"],
    )
