"""Letters to many: the list, and one with its exact count, a sample, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.directory.queries import get_directors
from wardroom.engagement import policy
from wardroom.engagement.models import Circular, CircularCopy, Subscriber
from wardroom.engagement.queries.audiences import audience_of, reached
from wardroom.engagement.queries.consenting import hindered_among
from wardroom.engagement.rules import circulars as moves
from wardroom.engagement.rules.circulars import circular_mail
from wardroom.engagement.rules.digests import Mail
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.notices.models import Message

PAGE_ROWS = 25
LEFT_OUT_SHOWN = 50
SAMPLE_LINK = "(the reader's own link)"


@dataclass(frozen=True)
class CircularRow:
    """A letter to many in a list."""

    id: int
    subject: str
    audience: str
    state: str
    written_by: str
    written_at: datetime
    copies: int


@dataclass(frozen=True)
class CircularPage:
    """A page of letters, the newest first."""

    rows: tuple[CircularRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Wording:
    """The letter in one language, and to how many it goes in it."""

    code: str
    language: str
    subject: str
    text: str
    readers: int


@dataclass(frozen=True)
class LeftOut:
    """An address that gets no copy, or whose copy did not arrive, and why."""

    address: str
    why: str


@dataclass(frozen=True)
class CircularFile:
    """One letter: its words, to how many it goes, what one reader gets, and how far it is."""

    id: int
    subject: str
    audience: str
    state: str
    written_by: str
    written_at: datetime
    approved_by: str
    goes_at: datetime | None
    ended_at: datetime | None
    count: int
    hindered: int
    wordings: tuple[Wording, ...]
    sample_to: str
    sample: str
    progress: tuple[tuple[str, int], ...]
    left_out: tuple[LeftOut, ...]
    waits_for: tuple[str, ...]
    wrote: bool
    allowed: frozenset[str]


@dataclass(frozen=True)
class Going:
    """To how many a letter goes, in which languages, and one of those who will get it."""

    count: int
    hindered: int = 0
    spoken: Mapping[str, int] = field(default_factory=dict)
    first: Subscriber | None = None


def circular_page(actor: Actor, *, state: str = "", page: int = 1) -> CircularPage:
    """The letters to many, for the office."""
    rows = Circular.objects.all() if actor.is_staff else Circular.objects.none()
    if state:
        rows = rows.filter(state=state)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.select_related("written_by").prefetch_related("texts").order_by("-pk")
    found = chosen.annotate(held=Count("copies"))[on_page]
    return CircularPage(tuple(_row(row) for row in found), total, page, pages)


def circular_file(circular_id: int, actor: Actor, *, on: date) -> CircularFile:
    """One letter, whole; `NotFound` for those outside the office.

    The address of a reader is for those alone who may let it go out.
    """
    row = get_circular(circular_id, actor)
    audience, approves = audience_of(row), policy.may_approve_circular(actor, row)
    writers, going = _writers(row), _going(row, on)
    wrote = actor.user_id in writers
    texts, first = words_of_letter(row), going.first
    return CircularFile(
        id=row.pk,
        subject=texts[moves.ENGLISH].subject,
        audience=audience.words,
        state=row.state,
        written_by=row.written_by.name,
        written_at=row.written_at,
        approved_by=row.approved_by.name if row.approved_by else "",
        goes_at=row.goes_at,
        ended_at=row.ended_at,
        count=going.count,
        hindered=going.hindered,
        wordings=_wordings(texts, going.spoken),
        sample_to=first.address if first is not None and approves else "",
        sample=_sample(row, texts, first.language if first is not None else moves.ENGLISH),
        progress=_progress(row),
        left_out=_left_out(row) if approves else (),
        waits_for=_who_may_approve(row, writers, on),
        wrote=wrote and approves,
        allowed=_allowed(row, actor, wrote=wrote),
    )


def still_here(circular: Circular) -> QuerySet[Message]:
    """The copies in the outbox that nobody has tried to send yet."""
    copies = CircularCopy.objects.filter(circular=circular, state=moves.QUEUED)
    rows = Message.objects.filter(pk__in=copies.values("message"))
    return rows.filter(state=Message.State.QUEUED, attempts=0).order_by("pk")


def get_circular(circular_id: int, actor: Actor) -> Circular:
    """One letter, to act on it; `NotFound` for those outside the office."""
    rows = Circular.objects.select_related("written_by", "approved_by").filter(pk=circular_id)
    row: Circular | None = rows.first() if actor.is_staff else None
    if row is None:
        raise NotFound(f"no letter {circular_id}")
    return row


def may_write_circulars(actor: Actor) -> bool:
    """Whether the actor writes letters to many."""
    return policy.may_write_circular(actor, None)


def words_of_letter(row: Circular) -> dict[str, Mail]:
    """The subject and the text of a letter, by language."""
    return {text.language: Mail(text.subject, text.text) for text in row.texts.order_by("language")}


def _row(row: Circular) -> CircularRow:
    return CircularRow(
        id=row.pk,
        subject=next(t.subject for t in row.texts.all() if t.language == moves.ENGLISH),
        audience=audience_of(row).words,
        state=row.state,
        written_by=row.written_by.name,
        written_at=row.written_at,
        copies=getattr(row, "held", 0),
    )


def _going(row: Circular, on: date) -> Going:
    """To whom it would go, counted in the database; once opened, its copies."""
    if row.state not in (moves.DRAFT, moves.APPROVED):
        return Going(count=row.copies.count())
    readers = reached(audience_of(row), on=on)
    spoken: Counter[str] = Counter()
    by_language = readers.order_by("language").values_list("language").annotate(n=Count("pk"))
    for language, number in by_language:
        spoken[tongue_of(language).code] += number
    not_now = hindered_among(readers)
    first = readers.exclude(pk__in=not_now).first()
    return Going(spoken.total(), len(not_now), spoken, first)


def _wordings(texts: Mapping[str, Mail], spoken: Mapping[str, int]) -> tuple[Wording, ...]:
    """The words in each language, and how many read them; English also for want of others."""
    others = sum(n for language, n in spoken.items() if language not in texts)
    return tuple(
        Wording(
            code=code,
            language=tongue_of(code).english,
            subject=words.subject,
            text=words.text,
            readers=spoken.get(code, 0) + (others if code == moves.ENGLISH else 0),
        )
        for code, words in texts.items()
    )


def _sample(row: Circular, texts: Mapping[str, Mail], language: str) -> str:
    mail = circular_mail(
        tongue_of(language), texts, kind=row.area_kind, code=row.area_code, link=SAMPLE_LINK
    )
    return f"{mail.subject}\n\n{mail.text}"


def _progress(row: Circular) -> tuple[tuple[str, int], ...]:
    state = Message.State
    found = row.copies.aggregate(
        waiting=Count("pk", filter=Q(state=moves.WAITING)),
        outbox=Count("pk", filter=Q(message__state=state.QUEUED)),
        sent=Count("pk", filter=Q(message__state=state.SENT)),
        back=Count("pk", filter=Q(message__state__in=(state.BOUNCED, state.FAILED))),
        dropped=Count("pk", filter=Q(message__state__in=(state.RECALLED, state.SET_ASIDE))),
        left_out=Count("pk", filter=Q(state=moves.LEFT_OUT)),
    )
    words = {
        "waiting": "Still to come",
        "outbox": "In the outbox",
        "sent": "Sent",
        "back": "Failed or came back",
        "dropped": "Not sent after all",
        "left_out": "Left out",
    }
    return tuple((words[name], found[name]) for name in words)


def _left_out(row: Circular) -> tuple[LeftOut, ...]:
    state = Message.State
    gone = Q(message__state__in=(state.BOUNCED, state.FAILED, state.RECALLED))
    rows = row.copies.filter(Q(state=moves.LEFT_OUT) | gone).select_related("subscriber", "message")
    return tuple(
        LeftOut(copy.subscriber.address, _why(copy))
        for copy in rows.order_by("pk")[:LEFT_OUT_SHOWN]
    )


def _why(copy: CircularCopy) -> str:
    if copy.why or copy.message is None:
        return str(copy.why)
    return str(copy.message.error) or "It was taken back before it went out."


def _allowed(row: Circular, actor: Actor, *, wrote: bool) -> frozenset[str]:
    able = set(moves.CIRCULAR_MOVES[row.state])
    if not policy.may_write_circular(actor, row):
        able -= {"reword_circular", "withdraw_circular"}
    if not policy.may_approve_circular(actor, row):
        able -= {"approve_circular", "take_back_circular", "stop_circular"}
    if wrote:
        able -= {"approve_circular"}
    if row.state == moves.SENT and "stop_circular" in able and not still_here(row).exists():
        able -= {"stop_circular"}
    return frozenset(able - {"open_circular", "send_copies"})


def _writers(row: Circular) -> frozenset[int | None]:
    """Whose words stand in a draft, in any language: none of them approves it."""
    if row.state != moves.DRAFT:
        return frozenset()
    users = row.texts.values_list("written_by__user_id", flat=True)
    return frozenset({row.written_by.user_id, *users} - {None})


def _who_may_approve(row: Circular, writers: frozenset[int | None], on: date) -> tuple[str, ...]:
    """The directors who wrote no word of a draft."""
    directors = get_directors(on=on) if row.state == moves.DRAFT else ()
    return tuple(one.name for one in directors if one.user_id not in writers)
