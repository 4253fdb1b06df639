"""Notices that agencies owe ANCs: the list and its log, one whole, and our own initiatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.directory.queries import commissioners_of, get_commission
from wardroom.engagement import policy
from wardroom.engagement.models import NoticeArea, NoticeLine, NoticeOwed
from wardroom.engagement.queries.listing import chosen
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules import notices as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header
from wardroom.matters.rules import NAMED_FOR_ALL

SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("send_by_on", "pk"),
    "decision": ("decide_on", "pk"),
    "agency": ("agency__code", "send_by_on", "pk"),
    "-noted": ("-pk",),
}
OWN_SORTS: Mapping[str, tuple[Any, ...]] = {
    "unsaid": (F("notice_question").asc(nulls_first=True), "-opened_at", "-pk")
}
OPEN, PENDING = "open", "pending"


@dataclass(frozen=True)
class NoticeRow:
    """A notice in a list: who owes it, of what, to which ANCs, by when, and how it stands."""

    id: int
    title: str
    deed: str
    agency_code: str
    ward_code: str
    ancs: tuple[str, ...]
    smds: tuple[str, ...]
    wards: tuple[str, ...]
    decide_on: date
    send_by_on: date
    notice_on: date | None
    earliest_on: date | None
    standing: str
    closed: bool


@dataclass(frozen=True)
class NoticePage:
    """A page of notices, the one that is due first unless asked otherwise."""

    rows: tuple[NoticeRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class LogRow:
    """A notice that was seen, that the agency says it gave, or that does not count."""

    id: int
    sent_on: date
    medium: str
    sent_to: str
    noted_by: str
    noted_on: date
    state: str
    struck_why: str


@dataclass(frozen=True)
class ToldRow:
    """Somebody who is to be told: a commission, a commissioner, or a councilmember."""

    what: str
    name: str
    party_id: int | None


@dataclass(frozen=True)
class NoticeFile:
    """One notice whole: whom the agency has to tell, its log, and how the days were reached."""

    matter: MatterHeader
    row: NoticeRow
    agency_id: int
    agency_name: str
    where: str
    good_cause: str
    cause_said: str
    why_earliest: tuple[str, ...]
    told: tuple[ToldRow, ...]
    log: tuple[LogRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class OwnRow:
    """One of our own initiatives, and whether it needs notice; None while nobody said."""

    matter_id: int
    kind: str
    title: str
    ward_code: str
    required: bool | None
    reason: str
    answered_by: str
    answered_on: date | None
    may_answer: bool


@dataclass(frozen=True)
class OwnPage:
    """A page of our own initiatives; ``unsaid`` counts all of which nobody has said it."""

    rows: tuple[OwnRow, ...]
    total: int
    page: int
    pages: int
    unsaid: int


def notice_page(
    actor: Actor,
    *,
    on: date,
    anc: str = "",
    agency: str = "",
    ward: str = "",
    deed: str = "",
    state: str = OPEN,
    sort: str = "due",
    page: int = 1,
) -> NoticePage:
    """The notices within reach on a day; ``state`` is open, pending, a standing, or empty."""
    wanted = {"agency__code": agency, "deed": deed}
    rows = _seen(actor).filter(**{field: value for field, value in wanted.items() if value})
    if ward:
        owed = NoticeArea.objects.filter(kind="ward", code=ward).values("notice")
        rows = rows.filter(Q(matter__ward_code=ward) | Q(pk__in=owed))
    if anc:
        rows = rows.filter(areas__kind="anc", areas__code=anc)
    if state:
        rows = rows.filter(_in(state, on))
    found = chosen(_related(rows), sorts=SORTS, sort=sort, page=page)
    made = tuple(_row(row, on) for row in found.rows)
    return NoticePage(made, found.total, found.page, found.pages, found.sort)


def notices_pending(anc: str, actor: Actor, *, on: date) -> tuple[NoticeRow, ...]:
    """What is owed to an ANC and still open, the one that is due first first."""
    rows = _seen(actor).filter(areas__kind="anc", areas__code=anc, matter__state="open")
    return tuple(_row(row, on) for row in _related(rows).order_by("send_by_on", "pk"))


def notice_file(matter_id: int, actor: Actor, *, on: date) -> NoticeFile:
    """One notice, whole; `NotFound` where it is out of reach."""
    rows = _related(_seen(actor)).select_related("matter__owner", "matter__place", "agency")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no notice {matter_id}")
    made = _row(row, on)
    log = tuple(map(_line, row.log.order_by("sent_on", "pk")))
    return NoticeFile(
        matter=matter_header(row.matter, actor),
        row=made,
        agency_id=row.agency_id,
        agency_name=row.agency.name,
        where=row.where_text,
        good_cause=row.good_cause,
        cause_said=row.cause_said,
        why_earliest=tuple(row.why_earliest),
        told=_to_be_told(made, on),
        log=log,
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, log, actor),
    )


def get_matter_owed(matter_id: int, actor: Actor) -> Matter:
    """The matter of a notice within reach, to act on it; an agency reaches its own by this."""
    row = _seen(actor).filter(matter_id=matter_id).select_related("matter").first()
    if row is None:
        raise NotFound(f"no notice {matter_id}")
    matter: Matter = row.matter
    return matter


def ancs_owed(actor: Actor) -> tuple[str, ...]:
    """The ANCs that anything within reach is owed to, by their codes."""
    rows = _seen(actor).filter(areas__kind="anc").order_by("areas__code")
    return tuple(rows.values_list("areas__code", flat=True).distinct())


def own_initiatives(actor: Actor) -> tuple[tuple[int, str], ...]:
    """Our own open initiatives by number and title, the newest first."""
    return tuple(_own_rows(actor).order_by("-opened_at", "-pk").values_list("pk", "title"))


def own_page(actor: Actor, *, page: int = 1) -> OwnPage:
    """The same with whether they need notice, those first of which nobody said it."""
    rows = _own_rows(actor)
    found = chosen(rows.select_related("notice_question"), sorts=OWN_SORTS, sort="", page=page)
    made = tuple(_own(matter, actor) for matter in found.rows)
    unsaid = rows.filter(notice_question=None).count()
    return OwnPage(made, found.total, found.page, found.pages, unsaid)


def may_expect_notices(actor: Actor) -> bool:
    """Whether the actor writes notices down at all."""
    return policy.may_expect_notice(actor, None)


def may_announce_notices(actor: Actor) -> bool:
    """Whether the actor tells the office what the own agency plans."""
    return policy.may_announce_notices(actor)


def _own_rows(actor: Actor) -> QuerySet[Matter]:
    if not actor.is_staff:
        return Matter.objects.none()
    rows = Matter.objects.within(matters_policy.reach(actor))
    return rows.filter(kind__in=NAMED_FOR_ALL, state="open")


def _seen(actor: Actor) -> QuerySet[NoticeOwed]:
    return NoticeOwed.objects.within(policy.reach_of_notices(actor))


def _related(rows: QuerySet[NoticeOwed]) -> QuerySet[NoticeOwed]:
    return rows.select_related("matter", "agency").prefetch_related("areas")


def _in(state: str, on: date) -> Q:
    live = Q(matter__state="open")
    if state == OPEN:
        return live
    if state == "closed":
        return Q(matter__state="closed")
    if state == rules.EXCEPTED:
        return live & ~Q(good_cause="")
    waits = live & Q(good_cause="", notice_on__isnull=True)
    came = live & Q(good_cause="", notice_on__isnull=False)
    late = Q(notice_on__gt=F("decide_on"))
    short = Q(earliest_on__gt=F("decide_on"))
    nothing = waits & Q(claimed=False)
    return {
        PENDING: waits,
        rules.SAID: waits & Q(claimed=True),
        "awaited": nothing & Q(send_by_on__gte=on),
        "overdue": nothing & Q(send_by_on__lt=on, decide_on__gte=on),
        "none": nothing & Q(decide_on__lt=on),
        "late": came & late,
        "short": came & ~late & short,
        "in_time": came & ~late & ~short,
    }.get(state, live)


def _row(row: NoticeOwed, on: date) -> NoticeRow:
    codes: dict[str, list[str]] = {"anc": [], "smd": [], "ward": []}
    for area in row.areas.all():
        codes[area.kind].append(area.code)
    matter = row.matter
    closed = matter.state == "closed"
    standing = rules.standing_of_notice(
        decide_on=row.decide_on,
        send_by_on=row.send_by_on,
        notice_on=row.notice_on,
        earliest_on=row.earliest_on,
        excepted=bool(row.good_cause),
        claimed=row.claimed,
        today=on,
    )
    return NoticeRow(
        id=matter.pk,
        title=matter.title,
        deed=row.deed,
        agency_code=row.agency.code,
        ward_code=matter.ward_code,
        ancs=tuple(sorted(codes["anc"])),
        smds=tuple(sorted(codes["smd"])),
        wards=tuple(sorted(codes["ward"])),
        decide_on=row.decide_on,
        send_by_on=row.send_by_on,
        notice_on=row.notice_on,
        earliest_on=row.earliest_on,
        standing=matter.outcome if closed else standing,
        closed=closed,
    )


def _to_be_told(row: NoticeRow, on: date) -> tuple[ToldRow, ...]:
    """The central office, each ANC, its commissioners of the SMDs, and the councilmembers."""
    told = [ToldRow("Office of ANCs", "", None)]
    for code in row.ancs:
        party = get_commission(code)
        held = commissioners_of(party.pk, on=on) if party is not None else {}
        told.append(ToldRow(f"ANC {code}", "", party.pk if party is not None else None))
        told += [
            ToldRow(f"SMD {smd}", held.get(smd, "vacant or not known"), None)
            for smd in row.smds
            if smd.startswith(code)
        ]
    told += [ToldRow(f"Councilmember of Ward {code}", "", None) for code in row.wards]
    return tuple(told)


def _line(line: NoticeLine) -> LogRow:
    return LogRow(
        id=line.pk,
        sent_on=line.sent_on,
        medium=line.medium,
        sent_to=line.sent_to,
        noted_by=line.noted_by,
        noted_on=localdate(line.noted_at),
        state=line.state,
        struck_why=line.struck_why,
    )


def _allowed(row: NoticeOwed, log: Sequence[LogRow], actor: Actor) -> frozenset[str]:
    matter = row.matter
    moves = set(matter_allowed(matter, actor)) & OWN_MOVES
    if matter.state == "open" and policy.may_tell_notice(actor, matter):
        moves |= {"note_notice", "move_decision", "note_good_cause"}
    if matter.state == "open" and policy.may_watch_notice(actor, matter):
        moves.add("end_notice")
        counts = row.good_cause or any(line.state == rules.SEEN for line in log)
        moves |= {"confirm_claim"} if row.claimed else set()
        moves |= {"strike_claim"} if row.claimed or counts else set()
    return frozenset(moves)


def _own(matter: Matter, actor: Actor) -> OwnRow:
    answer = getattr(matter, "notice_question", None)
    return OwnRow(
        matter_id=matter.pk,
        kind=matter.kind,
        title=matter.title,
        ward_code=matter.ward_code,
        required=answer.required if answer else None,
        reason=answer.reason if answer else "",
        answered_by=answer.answered_by if answer else "",
        answered_on=localdate(answer.answered_at) if answer else None,
        may_answer=policy.may_answer_notice_question(actor, matter),
    )
