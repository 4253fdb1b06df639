"""An application as whoever sends it sees it; the link is the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.hiring.models import Application, Posting
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.applying import PURPOSE
from wardroom.hiring.rules.postings import APPLICANT, NO_PREFERENCE, takes_applications
from wardroom.kernel.errors import Refused
from wardroom.notices.gateways import key_token
from wardroom.notices.queries import open_key

EMPTIED = "This application is no longer kept."


@dataclass(frozen=True)
class AskedRow:
    """One question of the posting, with what was answered so far."""

    id: int
    text: str
    kind: str
    must: bool
    answer: str


@dataclass(frozen=True)
class OwnLetter:
    """A letter about a stage, with the words that were added to that one."""

    stage: str
    at: datetime
    told: str


@dataclass(frozen=True)
class OwnApplication:
    """Everything of one application that its sender sees."""

    id: int
    slug: str
    title: str
    office_name: str
    closes_on: date | None
    takes: bool
    asks_residency: bool
    language: str
    number: int | None
    stage: str
    name: str
    email: str
    phone: str
    lives_here: str
    pasted: str
    file_name: str
    file_size: int
    questions: tuple[AskedRow, ...]
    saved_at: datetime
    sent_at: datetime | None
    parts: tuple[tuple[str, str], ...]
    letters: tuple[OwnLetter, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it was not sent yet."""
        return self.stage == stages.DRAFT

    @property
    def can_withdraw(self) -> bool:
        """Whether there is something to withdraw."""
        return not self.is_draft and self.stage not in stages.OVER


def application_of(token: str, *, at: datetime, lock: bool = False) -> Application:
    """The application behind a link, to act on it.

    Refuses: `key_closed` where the link opens nothing, or nothing any more.
    """
    held = open_key(token, purpose=PURPOSE, at=at)
    rows = Application.objects.select_related("posting")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    row = rows.get(pk=int(held.key))
    if row.emptied_at is not None:
        raise Refused("key_closed", EMPTIED)
    return row


def own_application(token: str, *, at: datetime, today: date) -> OwnApplication:
    """The application behind a link, as its sender sees it."""
    row = application_of(token, at=at)
    posting = row.posting
    given = dict(row.answers.values_list("question_id", "text"))
    return OwnApplication(
        id=row.pk,
        slug=posting.slug,
        title=posting.title,
        office_name=posting.office_name,
        closes_on=posting.closes_on,
        takes=_takes(posting, today),
        asks_residency=posting.preference != NO_PREFERENCE,
        language=row.language,
        number=row.number,
        stage=row.stage,
        name=row.name,
        email=row.email,
        phone=row.phone,
        lives_here=row.lives_here,
        pasted=row.pasted,
        file_name=row.file_name,
        file_size=row.file_size,
        questions=tuple(
            AskedRow(q.pk, q.text, q.kind, q.must, given.get(q.pk, ""))
            for q in posting.questions.filter(asked_of=APPLICANT, taken_off_at__isnull=True)
        ),
        saved_at=row.saved_at,
        sent_at=row.sent_at,
        parts=tuple((part["name"], part["digest"]) for part in row.receipt),
        letters=tuple(
            OwnLetter(move.to_stage, move.at, move.told)
            for move in row.moves.exclude(to_stage=stages.RECEIVED).order_by("-at", "-pk")
        ),
    )


def link_token(row: Application) -> str:
    """The token of an application's link; computed anew each time and kept nowhere."""
    link = row.link
    return key_token(link.purpose, link.pk, link.nonce) if link is not None else ""


def _takes(posting: Posting, today: date) -> bool:
    return takes_applications(
        posting.state, opens_on=posting.opens_on, closes_on=posting.closes_on, today=today
    )
