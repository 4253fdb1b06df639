"""Promises made in public: the list, those nobody spoke of for 14 days, and one whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import Commitment
from wardroom.engagement.queries.listing import chosen
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules import commitments as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import After
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header

SORTS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-said": ("-said_on", "-pk"),
    "said": ("said_on", "pk"),
    "silent": ("last_word_on", "pk"),
}
OPEN, SILENT, OVERDUE = "open", "silent", "overdue"


@dataclass(frozen=True)
class CommitmentRow:
    """A promise in a list: the words, who and to whom, by when, and how it stands.

    ``silent_days`` is how long nothing was heard of it, 0 where it is closed.
    """

    id: int
    wording: str
    maker: str
    maker_name: str
    made_to: str
    said_on: date
    due_on: date | None
    stage: str
    ward_code: str
    agency_code: str
    silent_days: int
    silent: bool
    overdue: bool


@dataclass(frozen=True)
class CommitmentPage:
    """A page of promises, what is due first unless asked otherwise."""

    rows: tuple[CommitmentRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    following: After | None = None


@dataclass(frozen=True)
class ChangeRow:
    """What a promise was before it changed, why it did, and who was told."""

    wording: str
    due_on: date | None
    why: str
    told: str
    changed_on: date
    changed_by: str


@dataclass(frozen=True)
class CommitmentFile:
    """One promise whole, with everything it was before."""

    matter: MatterHeader
    row: CommitmentRow
    where: str
    authority: str
    agency_id: int | None
    agency_name: str
    heard_by: str
    confirmed_by: str
    confirmed_on: date | None
    evidence: str
    told: str
    public_text: str
    public_by: str
    public_on: date | None
    changes: tuple[ChangeRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def commitment_page(
    actor: Actor,
    *,
    on: date,
    ward: str = "",
    maker: str = "",
    agency: str = "",
    made_to: Iterable[str] = (),
    state: str = OPEN,
    sort: str = "due",
    page: int | After = 1,
) -> CommitmentPage:
    """The promises within reach on a day.

    ``state`` is open, silent (nothing heard for 14 days), overdue, a stage, an end, or empty
    for all. ``made_to`` are names, of which one has to stand in whom it was made to.
    """
    wanted = {"matter__ward_code": ward, "maker": maker, "agency__code": agency}
    rows = _seen(actor).filter(**{field: value for field, value in wanted.items() if value})
    named = [Q(made_to__icontains=name) for name in made_to]
    if named:
        rows = rows.filter(reduce(or_, named))
    if state:
        rows = rows.filter(_in(state, on))
    found = chosen(rows.select_related("matter", "agency"), sorts=SORTS, sort=sort, page=page)
    made = tuple(_row(row, on) for row in found.rows)
    return CommitmentPage(made, found.total, found.page, found.pages, found.sort, found.following)


def commitment_file(matter_id: int, actor: Actor, *, on: date) -> CommitmentFile:
    """One promise, whole; `NotFound` where it is out of reach."""
    related = ("matter__owner", "matter__place", "agency", "heard_by")
    row = _seen(actor).select_related(*related).filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no commitment {matter_id}")
    return CommitmentFile(
        matter=matter_header(row.matter, actor),
        row=_row(row, on),
        where=row.where,
        authority=row.authority,
        agency_id=row.agency_id,
        agency_name=row.agency.name if row.agency else "",
        heard_by=row.heard_by.name,
        confirmed_by=row.confirmed_by,
        confirmed_on=localdate(row.confirmed_at) if row.confirmed_at else None,
        evidence=row.evidence,
        told=row.told,
        public_text=row.public_text,
        public_by=row.public_by,
        public_on=localdate(row.public_at) if row.public_at else None,
        changes=tuple(
            ChangeRow(c.wording, c.due_on, c.why, c.told, localdate(c.changed_at), c.changed_by)
            for c in row.changes.order_by("pk")
        ),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, actor),
    )


def may_hear_commitments(actor: Actor) -> bool:
    """Whether the actor writes promises down at all."""
    return policy.may_hear_commitment(actor, None)


def _in(state: str, on: date) -> Q:
    live = Q(matter__state="open")
    if state == OPEN:
        return live
    if state == SILENT:
        heard = Q(last_word_on__lte=on - rules.SILENT_FOR)
        return live & heard & ~Q(stage=rules.HEARD)
    if state == OVERDUE:
        return live & Q(due_on__lt=on)
    if state in rules.STAGES:
        return live & Q(stage=state)
    return Q(matter__state="closed", matter__outcome=state)


def _seen(actor: Actor) -> QuerySet[Commitment]:
    return Commitment.objects.within(policy.reach(actor))


def _allowed(row: Commitment, actor: Actor) -> frozenset[str]:
    matter = row.matter
    moves = set(matter_allowed(matter, actor)) & OWN_MOVES
    if row.public_at is not None and policy.may_publish_commitment(actor, matter):
        moves |= {"withdraw"}
    tellable = rules.is_tellable(row.stage, matter.state, matter.outcome)
    if tellable and policy.may_publish_commitment(actor, matter) and not matter.restricted:
        moves |= {"publish"}
    if matter.state != "open":
        return frozenset(moves)
    able = {move for move, stages in rules.MOVES.items() if row.stage in stages} - {"publish"}
    if not policy.may_confirm_commitment(actor, matter):
        able -= {"confirm", "deny"}
    if not policy.may_carry_commitment(actor, matter):
        able &= {"confirm", "deny"}
    return frozenset(moves | able)


def _row(row: Commitment, on: date) -> CommitmentRow:
    matter, live = row.matter, row.matter.state == "open"
    counts = live and row.stage != rules.HEARD
    return CommitmentRow(
        id=matter.pk,
        wording=row.wording,
        maker=row.maker,
        maker_name=row.maker_name,
        made_to=row.made_to,
        said_on=row.said_on,
        due_on=row.due_on,
        stage=rules.stage_of(row.stage, matter.state, matter.outcome),
        ward_code=matter.ward_code,
        agency_code=row.agency.code if row.agency else "",
        silent_days=(on - row.last_word_on).days if live else 0,
        silent=counts and rules.silent_since(row.last_word_on, today=on),
        overdue=live and row.due_on is not None and row.due_on < on,
    )
