"""What belongs to a matter besides its referrals: tasks, and other matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Value
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask, Matter, MatterLink
from wardroom.matters.queries.files import AskRow, ask_row

JOINED = "joined"


@dataclass(frozen=True)
class TaskRow:
    """A to-do, an approval or a legal deadline of a matter."""

    id: int
    kind: str
    kind_label: str
    wording: str
    party_name: str
    state: str
    due_on: date
    done_on: date | None
    paused: bool
    why_due: Mapping[str, Any] | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class LinkRow:
    """Another matter that has to do with this one."""

    link_id: int
    matter_id: int
    kind: str
    title: str
    label: str
    state: str


def asks_and_tasks_of(
    matter: Matter, actor: Actor
) -> tuple[tuple[AskRow, ...], tuple[TaskRow, ...]]:
    """The referrals of a matter within reach as they were written, and its tasks by their day.

    The matter comes with its place.
    """
    rows = Ask.objects.within(policy.reach_of_asks(actor)).filter(matter_id=matter.pk)
    found = list(rows.select_related("party").order_by("id"))
    for ask in found:
        ask.matter = matter
    asks = tuple(ask_row(ask, actor) for ask in found if ask.kind == rules.REFERRAL)
    tasks = sorted((a for a in found if a.kind != rules.REFERRAL), key=lambda a: (a.due_on, a.pk))
    return asks, tuple(_task(ask, actor) for ask in tasks)


def task_allowed(ask: Ask, actor: Actor) -> frozenset[str]:
    """What this actor may do with a to-do, an approval or a deadline now."""
    if not policy.may_run_task(actor, ask):
        return frozenset()
    moves = rules.moves_from(rules.TASK_MOVES, ask.state)
    if ask.kind == rules.APPROVAL:
        return moves - {"finish_task", "reopen_task", "pause_clock", "resume_clock"}
    moves -= {"approve_task", "refuse_approval"}
    if ask.kind == rules.TO_DO:
        return moves - {"pause_clock", "resume_clock"}
    return moves - {"move_task", "pause_clock" if ask.clock_is_paused else "resume_clock"}


def _task(ask: Ask, actor: Actor) -> TaskRow:
    return TaskRow(
        id=ask.pk,
        kind=ask.kind,
        kind_label=rules.ASK_KINDS[ask.kind],
        wording=ask.wording,
        party_name=ask.party.name,
        state=ask.state,
        due_on=ask.due_on,
        done_on=localdate(ask.done_at) if ask.done_at else None,
        paused=ask.clock_is_paused,
        why_due=ask.why_due,
        allowed=task_allowed(ask, actor),
    )


def links_of(matter_id: int, actor: Actor) -> tuple[LinkRow, ...]:
    """The matters within reach that have to do with this one, and those joined to it."""
    columns = ("pk", "kind", "title", "state", "ward_code")
    rows = MatterLink.objects.filter(ended_at=None)
    others = {end: tuple(f"{end}__{column}" for column in columns) for end in ("of", "to")}
    there = rows.filter(of_id=matter_id).values_list("pk", Value("of"), "kind", *others["to"])
    back = rows.filter(to_id=matter_id).values_list("pk", Value("to"), "kind", *others["of"])
    merged = Matter.objects.filter(merged_into_id=matter_id)
    joined = merged.values_list(Value(0), Value("to"), Value(JOINED), *columns)
    scope, links = policy.reach_inside(actor), []
    for pk, end, kind, other, of_kind, title, state, ward in there.union(back, joined, all=True):
        if scope.covers({"id": other, "ward_code": ward}):
            joins, words = kind == JOINED, rules.LINKS if end == "of" else rules.LINKS_BACK
            label = "was joined by" if joins else words[kind]
            links.append(LinkRow(pk, other, of_kind, title, label, "closed" if joins else state))
    links.sort(key=lambda link: (not link.link_id, link.link_id, link.matter_id))
    return tuple(links)
