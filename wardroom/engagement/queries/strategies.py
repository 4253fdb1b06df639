"""Strategies that colleagues shared, with what came of each where it was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import Strategy
from wardroom.engagement.rules import outreach, strategies
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter

PAGE_ROWS = 20


@dataclass(frozen=True)
class UseRow:
    """Where a strategy was used, with whom, and what came of it."""

    where: str
    group: str
    language: str
    result: str
    result_label: str
    what: str
    by: str
    on: date


@dataclass(frozen=True)
class StrategyRow:
    """A strategy with every use of it, the first one its own."""

    id: int
    text: str
    matter_id: int | None
    matter_kind: str
    matter_title: str
    shared_by: str
    shared_on: date
    uses: tuple[UseRow, ...]


@dataclass(frozen=True)
class StrategyPage:
    """A page of strategies, the newest first."""

    rows: tuple[StrategyRow, ...]
    total: int
    page: int
    pages: int
    allowed: frozenset[str]


def strategy_page(
    actor: Actor, *, group_kind: str = "", language: str = "", result: str = "", page: int = 1
) -> StrategyPage:
    """The strategies of the whole office, that were used so: staff only."""
    rows = Strategy.objects.all() if policy.may_read_strategies(actor) else Strategy.objects.none()
    wanted = {"group_kind": group_kind, "language": language, "result": result}
    fits = Q(**{f"uses__{name}": value for name, value in wanted.items() if value})
    rows = rows.filter(pk__in=rows.filter(fits).values("pk")) if fits else rows
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.annotate(reads=_reads(actor)).select_related("matter")
    chosen = chosen.prefetch_related("uses").order_by("-shared_at", "-pk")
    return StrategyPage(
        rows=tuple(_row(one, one.matter if one.reads else None) for one in chosen[on_page]),
        total=total,
        page=page,
        pages=pages,
        allowed=frozenset({"share_strategy"} if policy.may_share_strategy(actor, None) else ()),
    )


def get_strategy(strategy_id: int, actor: Actor) -> Strategy:
    """One strategy, to say that one used it; `NotFound` for who may not read it."""
    row = Strategy.objects.filter(pk=strategy_id).first()
    if row is None or not policy.may_read_strategies(actor):
        raise NotFound(f"no strategy {strategy_id}")
    return row


def _reads(actor: Actor) -> Exists:
    """Whether the actor reads the plan or campaign that a strategy belongs to."""
    seen = Matter.objects.within(matters_policy.reach_inside(actor))
    return Exists(seen.filter(pk=OuterRef("matter")))


def _row(strategy: Any, matter: Matter | None) -> StrategyRow:
    return StrategyRow(
        id=strategy.pk,
        text=strategy.text,
        matter_id=matter.pk if matter is not None else None,
        matter_kind=matter.kind if matter is not None else "",
        matter_title=matter.title if matter is not None else "",
        shared_by=strategy.shared_by,
        shared_on=localdate(strategy.shared_at),
        uses=tuple(_use(use) for use in sorted(strategy.uses.all(), key=lambda u: u.pk)),
    )


def _use(use: Any) -> UseRow:
    return UseRow(
        where=f"Ward {use.ward_code}" if use.ward_code else "Citywide",
        group=outreach.KINDS.get(use.group_kind, ""),
        language=outreach.words_of(outreach.LANGUAGE, use.language) if use.language else "",
        result=use.result,
        result_label=strategies.RESULTS[use.result],
        what=use.what,
        by=use.noted_by,
        on=localdate(use.noted_at),
    )


def may_share_strategies(actor: Actor) -> bool:
    """Whether the actor writes down what worked at all."""
    return policy.may_share_strategy(actor, None)
