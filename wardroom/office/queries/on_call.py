"""Who is on call: now, next, and for the next 30 days, with the gaps in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.queries.duty import DutyRow, Gap, duty_between
from wardroom.calendar.rules.shifts import BACKUP, DUTIES, ON_CALL
from wardroom.office import policy
from wardroom.office.queries.coverage import WardAnswers, all_gaps, ward_answers
from wardroom.office.queries.rota import oversees
from wardroom.office.queries.swaps import SwapRow, free_for, open_swaps, who_could_take

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class RoleNow:
    """One kind of duty: whoever has it now, and whoever comes next; neither may be there."""

    role: str
    now: tuple[DutyRow, ...]
    following: DutyRow | None

    @property
    def label(self) -> str:
        """The kind of duty in words."""
        return DUTIES[self.role]


@dataclass(frozen=True)
class OnCallPage:
    """The page of who is on call; ``answers`` are for working hours, on the day ``answers_on``."""

    roles: tuple[RoleNow, ...]
    ahead: tuple[DutyRow, ...]
    gaps: tuple[Gap, ...]
    swaps: tuple[SwapRow, ...]
    answers_on: date
    answers: tuple[WardAnswers, ...]
    allowed: frozenset[str]

    def tonight(self, today: date) -> dict[int, str]:
        """Who is on now or begins today, by name."""
        soon = [row for role in self.roles for row in (*role.now, role.following) if row]
        return {
            row.user_id: row.name
            for row in soon
            if row.user_id is not None and localdate(row.starts_at) <= today
        }


@dataclass(frozen=True)
class ShiftSheet:
    """One shift in force to give to somebody, with who could have it and what speaks against."""

    row: DutyRow
    people: tuple[tuple[int, str], ...]


def on_call_page(actor: Actor, *, at: datetime) -> OnCallPage:
    """Who is on call, for the office alone."""
    ahead = duty_between(at, at + AHEAD, actor)
    today = localdate(at)
    allowed = set()
    if policy.may_plan_rota(actor):
        allowed.add("give_shift")
    if policy.may_take_gap(actor):
        allowed.add("take_gap")
    answers_on, answers = ward_answers(today)
    return OnCallPage(
        roles=tuple(_now(role, ahead, at) for role in (ON_CALL, BACKUP)),
        ahead=ahead,
        gaps=all_gaps(today, today + AHEAD),
        swaps=open_swaps(actor),
        answers_on=answers_on,
        answers=answers,
        allowed=frozenset(allowed),
    )


def shift_sheet(row: DutyRow, actor: Actor, *, at: datetime) -> ShiftSheet:
    """One shift with the colleagues who could have it, the freest first, each in words.

    What somebody told of their days is said to those who plan alone.
    """
    whole = oversees(actor)
    return ShiftSheet(
        row,
        tuple(
            (user_id, f"{name}: {(found if whole else found.discreet).words or 'free'}")
            for user_id, name, found in who_could_take(row, at=at)
        ),
    )


def gaps_to_take(rows: Iterable[DutyRow], actor: Actor) -> frozenset[int]:
    """The shifts of these that nobody has and the asker could take without anybody's leave."""
    if not policy.may_take_gap(actor) or actor.user_id is None:
        return frozenset()
    return free_for([row for row in rows if row.user_id is None], actor.user_id)


def _now(role: str, ahead: tuple[DutyRow, ...], at: datetime) -> RoleNow:
    own = [row for row in ahead if row.turn.role == role]
    now = tuple(row for row in own if row.starts_at <= at)
    later = sorted((row for row in own if row.starts_at > at), key=lambda row: row.starts_at)
    return RoleNow(role, now, later[0] if later else None)
