"""The list of requests for records, one request whole, and one record that was found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.library.queries import ExemptionRow, exemptions_on
from wardroom.records import policy, rules
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction
from wardroom.records.queries.standing import matter_of
from wardroom.records.rules.redacting import Piece, Span, marked_of

PAGE_ROWS, RECORD_ROWS = 25, 50
UNDECIDED, LATE = "undecided", "late"
CUTS = Count("redactions", filter=Q(redactions__put_back_at=None))


@dataclass(frozen=True)
class RequestRow:
    """One request in the list; who asked stands on its own page only."""

    id: int
    words: str
    channel: str
    received_on: date
    due_on: date
    state: str
    is_late: bool
    outcome: str
    records: int
    undecided: int


@dataclass(frozen=True)
class RequestPage:
    """A page of requests."""

    rows: tuple[RequestRow, ...]
    total: int
    page: int
    pages: int
    may_take: bool
    reads: bool


@dataclass(frozen=True)
class SearchRow:
    """One search, as whoever asks how it was done is told."""

    terms: tuple[str, ...]
    kinds: tuple[str, ...]
    from_on: date
    until_on: date
    found: int
    new: int
    by_name: str
    at: datetime


@dataclass(frozen=True)
class RecordRow:
    """One record that was found, in the list of its request; ``said`` is how it begins."""

    id: int
    number: int
    noun: str
    title: str
    said: str
    said_at: datetime
    decision: str
    code: str
    cuts: int
    is_file: bool


@dataclass(frozen=True)
class ReleaseRow:
    """One answer that went out."""

    id: int
    outcome: str
    at: datetime
    by_name: str
    digest: str
    size: int


@dataclass(frozen=True)
class RequestFile:
    """One request whole."""

    id: int
    name: str
    email: str
    post: str
    language: str
    words: str
    channel: str
    received_on: date
    due_on: date
    first_due_on: date
    is_late: bool
    why_due: Mapping[str, Any]
    state: str
    outcome: str
    extended_for: str
    appealed_on: date | None
    appeal_due_on: date | None
    appeal_words: str
    searches: tuple[SearchRow, ...]
    records: tuple[RecordRow, ...]
    shown: str
    total: int
    page: int
    pages: int
    found: int
    undecided: int
    next_open: int | None
    given: int
    kept_back: int
    releases: tuple[ReleaseRow, ...]
    grounds: tuple[ExemptionRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class CutRow:
    """One part that is taken out, as whoever reviews it sees it."""

    id: int
    words: str
    code: str
    reason: str
    by_name: str


@dataclass(frozen=True)
class RecordFile:
    """One record that was found, with its text as it reads and as it would go out.

    ``matter`` is what it belongs to, as kind and number, where whoever reads it sees that.
    """

    id: int
    request_id: int
    number: int
    noun: str
    title: str
    said_at: datetime
    pieces: tuple[Piece, ...]
    matter: tuple[str, int] | None
    document_id: int | None
    media_type: str
    decision: str
    code: str
    reason: str
    decided_by: str
    cuts: tuple[CutRow, ...]
    of: int
    undecided: int
    before: int | None
    after: int | None
    next_open: int | None
    grounds: tuple[ExemptionRow, ...]
    allowed: frozenset[str]


def records_requests(actor: Actor, *, today: date, state: str = "", page: int = 1) -> RequestPage:
    """The requests for records, the next that is due first; those that are over come last."""
    may_take = policy.may_take_request(actor, None)
    if not policy.may_read_records_requests(actor):
        return RequestPage((), 0, 1, 1, may_take, reads=False)
    rows = RecordsRequest.objects.filter(destroyed_at=None)
    late = Q(state=rules.OPEN, due_on__lt=today)
    rows = rows.filter(late) if state == LATE else rows.filter(state=state) if state else rows
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    counted = rows.annotate(
        found=Count("records"), left=Count("records", filter=Q(records__decision="")),
        over=Q(state__in=[rules.ANSWERED, rules.WITHDRAWN]),
    )  # fmt: skip
    shown = counted.order_by("over", "due_on", "pk")[on_page]
    return RequestPage(
        rows=tuple(_row(row, today) for row in shown),
        total=total,
        page=page,
        pages=pages,
        may_take=may_take,
        reads=True,
    )


def get_request(request_id: int, actor: Actor) -> RecordsRequest:
    """One request, to act on it; `NotFound` for whoever reads none."""
    row: RecordsRequest | None = RecordsRequest.objects.filter(
        pk=request_id, destroyed_at=None
    ).first()
    if row is None or not policy.may_read_records_requests(actor):
        raise NotFound(f"no records request {request_id}")
    return row


def request_file(
    request_id: int, actor: Actor, *, today: date, shown: str = "", page: int = 1
) -> RequestFile:
    """One request whole, with a page of what was found; ``shown`` is a decision, or undecided."""
    row = get_request(request_id, actor)
    sorts = row.records.values_list("decision").annotate(many=Count("pk"), first=Min("number"))
    counted = {decision: (many, first) for decision, many, first in sorts.order_by("decision")}
    counts = {decision: many for decision, (many, _) in counted.items()}
    searches = tuple(_search(one) for one in row.searches.order_by("pk"))
    records = row.records.annotate(cuts=CUTS).order_by("number")
    if shown:
        records = records.filter(decision="" if shown == UNDECIDED else shown)
    total = records.count()
    page, pages, on_page = page_at(total, page, RECORD_ROWS)
    releases = row.releases.select_related("package").order_by("pk")
    return RequestFile(
        id=row.pk,
        name=row.name,
        email=row.email,
        post=row.post,
        language=row.language,
        words=row.words,
        channel=row.channel,
        received_on=row.received_on,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        is_late=_is_late(row, today),
        why_due=row.why_due,
        state=row.state,
        outcome=row.outcome,
        extended_for=row.extended_for,
        appealed_on=row.appealed_on,
        appeal_due_on=row.appeal_due_on,
        appeal_words=row.appeal_words,
        searches=searches,
        records=tuple(_record(one) for one in records[on_page]),
        shown=shown,
        total=total,
        page=page,
        pages=pages,
        found=sum(counts.values()),
        undecided=counts.get("", 0),
        next_open=counted[""][1] if "" in counted else None,
        given=counts.get(rules.RELEASE, 0),
        kept_back=counts.get(rules.WITHHOLD, 0),
        releases=tuple(
            ReleaseRow(
                one.pk,
                one.outcome,
                one.at,
                one.by_name,
                one.package.digest if one.package else "",
                one.package.size if one.package else 0,
            )
            for one in releases
        ),
        grounds=exemptions_on(today),
        allowed=_allowed(row, actor, today, counts, searched=bool(searches)),
    )


def get_record(request_id: int, number: int, actor: Actor) -> FoundRecord:
    """One record that was found for a request; `NotFound` for whoever reads none."""
    get_request(request_id, actor)
    rows = FoundRecord.objects.select_related("request", "document")
    row: FoundRecord | None = rows.filter(request=request_id, number=number).first()
    if row is None:
        raise NotFound(f"no record {number} of request {request_id}")
    return row


def record_file(request_id: int, number: int, actor: Actor, *, today: date) -> RecordFile:
    """One record whole: how it reads, what is taken out, and where the next one is."""
    row = get_record(request_id, number, actor)
    cuts = tuple(row.redactions.filter(put_back_at=None).order_by("start", "pk"))
    near = FoundRecord.objects.filter(request=request_id).aggregate(
        before=Max("number", filter=Q(number__lt=number)),
        after=Min("number", filter=Q(number__gt=number)),
        open=Min("number", filter=Q(decision="") & ~Q(number=number)),
        of=Count("pk"),
        undecided=Count("pk", filter=Q(decision="")),
    )
    is_open = row.request.state == rules.OPEN and policy.may_answer_request(actor, row.request)
    allowed = {"decide_record"} if is_open else set()
    if is_open and row.document_id is None:
        allowed |= {"redact_words", *(["drop_redaction"] if cuts else [])}
    return RecordFile(
        id=row.pk,
        request_id=request_id,
        number=row.number,
        noun=row.noun,
        title=row.title,
        said_at=row.said_at,
        pieces=marked_of(row.text, spans_of(cuts)),
        matter=matter_of(row, actor),
        document_id=row.document_id,
        media_type=row.document.media_type if row.document else "",
        decision=row.decision,
        code=row.code,
        reason=row.reason,
        decided_by=row.decided_by,
        cuts=tuple(
            CutRow(c.pk, row.text[c.start : c.end], c.code, c.reason, c.by_name) for c in cuts
        ),
        of=near["of"],
        undecided=near["undecided"],
        before=near["before"],
        after=near["after"],
        next_open=near["open"],
        grounds=exemptions_on(today),
        allowed=frozenset(allowed),
    )


def spans_of(cuts: tuple[Redaction, ...]) -> tuple[Span, ...]:
    """What is taken out of a record, as stretches of its text."""
    return tuple(Span(cut.start, cut.end, cut.code, cut.reason) for cut in cuts)


def _is_late(row: RecordsRequest, today: date) -> bool:
    due = row.appeal_due_on if row.state == rules.APPEALED else row.due_on
    return row.state in (rules.OPEN, rules.APPEALED) and due is not None and due < today


def _row(row: Any, today: date) -> RequestRow:
    return RequestRow(
        id=row.pk,
        words=row.words,
        channel=row.channel,
        received_on=row.received_on,
        due_on=row.appeal_due_on if row.state == rules.APPEALED else row.due_on,
        state=row.state,
        is_late=_is_late(row, today),
        outcome=row.outcome,
        records=row.found,
        undecided=row.left,
    )


def _search(row: Any) -> SearchRow:
    return SearchRow(
        tuple(row.terms),
        tuple(row.kinds),
        row.from_on,
        row.until_on,
        row.found,
        row.new,
        row.by_name,
        row.at,
    )


def _record(row: Any) -> RecordRow:
    return RecordRow(
        id=row.pk,
        number=row.number,
        noun=row.noun,
        title=row.title,
        said=rules.beginning_of(row.text),
        said_at=row.said_at,
        decision=row.decision,
        code=row.code,
        cuts=row.cuts,
        is_file=row.document_id is not None,
    )


def _allowed(
    row: RecordsRequest, actor: Actor, today: date, counts: Mapping[str, int], *, searched: bool
) -> frozenset[str]:
    if not policy.may_answer_request(actor, row):
        return frozenset()
    moves = set(rules.MOVES[row.state]) - {"file_release", "decide_record", "redact_words"}
    if row.state == rules.OPEN:
        late = row.due_on < today
        if row.extended_at is not None or row.appealed_on is not None or late:
            moves.discard("extend_request")
        if late:
            moves.add("note_appeal")
        if "" in counts or not searched:
            moves.discard("release_records")
        if counts:
            moves |= {"redact_everywhere", "redact_reaching"}
        if "" in counts:
            moves.add("decide_the_rest")
    return frozenset(moves)
