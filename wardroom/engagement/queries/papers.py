"""Commissions' papers: the list with their clocks, one whole, and how a commission stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import CommissionPaper, Concern
from wardroom.engagement.queries.legal_clocks import ClockRow, legal_clocks
from wardroom.engagement.queries.listing import chosen
from wardroom.engagement.rules import papers as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header
from wardroom.matters.rules import LIVE

OWN_MOVES = frozenset({"set_next_step", "hand_over_matter", "reopen_matter"})
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("first_due_on", "received_on", "pk"),
    "-received": ("-received_on", "-pk"),
    "received": ("received_on", "pk"),
    "commission": ("anc_code", "-received_on", "-pk"),
}


@dataclass(frozen=True)
class PaperRow:
    """A paper in a list: whose, what about, how many concerns are answered, and what is due."""

    id: int
    kind: str
    anc_code: str
    title: str
    ward_code: str
    received_on: date
    state: str
    outcome: str
    concerns: int
    answered: int
    due_on: date | None


@dataclass(frozen=True)
class PaperPage:
    """A page of papers, what is due first unless asked otherwise."""

    rows: tuple[PaperRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class ConcernRow:
    """One concern of a paper and what was found on it; the finding is empty while it waits."""

    id: int
    position: int
    text: str
    finding: str
    finding_text: str
    answered_on: date | None
    answered_by: str


@dataclass(frozen=True)
class LetterRow:
    """A letter that went to the commission."""

    letter: str
    sent_on: date
    text: str
    copied_to: str
    noted_by: str


@dataclass(frozen=True)
class PaperFile:
    """One paper whole: the vote, the concerns, the letters and the clocks."""

    matter: MatterHeader
    row: PaperRow
    commission_id: int | None
    smd_code: str
    voted_on: date
    yes: int
    no: int
    abstained: int
    concerns: tuple[ConcernRow, ...]
    letters: tuple[LetterRow, ...]
    clocks: tuple[ClockRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def decision_text(self) -> str:
        """The findings as a written decision has them; empty until each concern has one."""
        if not all(concern.finding for concern in self.concerns):
            return ""
        found = ((c.text, c.finding, c.finding_text) for c in self.concerns)
        return rules.decision_words(self.row.anc_code, self.row.title, self.voted_on, tuple(found))


def paper_page(
    actor: Actor,
    *,
    anc: str = "",
    ward: str = "",
    kind: str = "",
    state: str = "open",
    sort: str = "due",
    page: int = 1,
) -> PaperPage:
    """The papers within reach; ``state`` is open, closed, or empty for all."""
    rows = _counted(_seen(actor))
    wanted = {"anc_code": anc, "matter__ward_code": ward, "matter__kind": kind}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    if state:
        rows = rows.filter(matter__state=state)
    found = chosen(rows.select_related("matter"), sorts=SORTS, sort=sort, page=page)
    made = tuple(_row(row) for row in found.rows)
    return PaperPage(made, found.total, found.page, found.pages, found.sort)


def commissions_named(actor: Actor) -> tuple[str, ...]:
    """The commissions that sent something within reach, by their code."""
    codes = _seen(actor).order_by("anc_code").values_list("anc_code", flat=True)
    return tuple(codes.distinct())


def paper_file(matter_id: int, actor: Actor) -> PaperFile:
    """One paper, whole; `NotFound` where it is out of reach."""
    rows = _counted(_seen(actor)).select_related("matter__owner", "matter__place")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no paper {matter_id}")
    return PaperFile(
        matter=matter_header(row.matter, actor),
        row=_row(row),
        commission_id=row.commission_id,
        smd_code=row.smd_code,
        voted_on=row.voted_on,
        yes=row.yes,
        no=row.no,
        abstained=row.abstained,
        concerns=tuple(_concern(c) for c in row.concerns.order_by("position")),
        letters=tuple(
            LetterRow(n.letter, n.sent_on, n.text, n.copied_to, n.noted_by)
            for n in row.letters.order_by("sent_on", "pk")
        ),
        clocks=legal_clocks(matter_id),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, actor),
    )


def get_concern(concern_id: int, actor: Actor) -> Concern:
    """One concern by its number, to answer it; `NotFound` where it is out of reach."""
    rows = Concern.objects.filter(paper__in=_seen(actor)).select_related("paper__matter")
    concern: Concern | None = rows.filter(pk=concern_id).first()
    if concern is None:
        raise NotFound(f"no concern {concern_id}")
    return concern


def may_take_in_papers(actor: Actor) -> bool:
    """Whether the actor takes in papers at all."""
    return policy.may_take_in_paper(actor, None)


def _seen(actor: Actor) -> QuerySet[CommissionPaper]:
    return CommissionPaper.objects.within(policy.reach(actor))


def _counted(rows: QuerySet[CommissionPaper]) -> QuerySet[CommissionPaper]:
    live = Q(matter__asks__kind="legal_deadline", matter__asks__state__in=LIVE)
    return rows.annotate(
        raised=Count("concerns", distinct=True),
        answered=Count("concerns", filter=~Q(concerns__finding=""), distinct=True),
        first_due_on=Min("matter__asks__due_on", filter=live),
    )


def _allowed(row: CommissionPaper, actor: Actor) -> frozenset[str]:
    matter = row.matter
    moves = set(matter_allowed(matter, actor)) & OWN_MOVES
    if matter.state == "open" and matters_policy.runs_matter(actor, matter):
        moves |= {"note_letter", "end_paper"}
        if not row.letters.filter(letter=rules.DECISION).exists():
            moves.add("answer_concern")
    return frozenset(moves)


def _row(row: Any) -> PaperRow:
    matter = row.matter
    return PaperRow(
        id=matter.pk,
        kind=matter.kind,
        anc_code=row.anc_code,
        title=matter.title,
        ward_code=matter.ward_code,
        received_on=row.received_on,
        state=matter.state,
        outcome=matter.outcome,
        concerns=row.raised,
        answered=row.answered,
        due_on=row.first_due_on,
    )


def _concern(row: Concern) -> ConcernRow:
    return ConcernRow(
        id=row.pk,
        position=row.position,
        text=row.text,
        finding=row.finding,
        finding_text=row.finding_text,
        answered_on=_day(row.answered_at),
        answered_by=row.answered_by,
    )


def _day(at: Any) -> date | None:
    return localdate(at) if at is not None else None
