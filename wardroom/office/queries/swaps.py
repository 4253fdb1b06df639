"""Swaps as people read them, what speaks against one, and the own shifts with their wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.queries.duty import DutyRow, duty_between, duty_of_person, duty_row
from wardroom.calendar.rules.shifts import Turn
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import Swap, Wish
from wardroom.office.queries.languages import own_languages
from wardroom.office.queries.people import DutyPerson, duty_people, span_of, wishes_of
from wardroom.office.queries.rota import findings, oversees
from wardroom.office.queries.standing import shifts_around
from wardroom.office.rules.rota import Findings
from wardroom.office.rules.swaps import (
    ACCEPTED,
    DONE,
    GIVEN_AWAY,
    LIVE,
    OPEN,
    SWAP_STATES,
    next_step,
)
from wardroom.office.rules.wishes import WISHES

AROUND = timedelta(days=15)
EXCHANGE = timedelta(days=45)


@dataclass(frozen=True)
class SwapRow:
    """One swap as lists show it."""

    id: int
    shift: DutyRow
    asker_id: int
    asker: str
    asked: str
    taker: str
    in_return: DutyRow | None
    state: str
    warnings: tuple[str, ...]
    asked_at: datetime
    reminded_at: datetime | None
    allowed: frozenset[str]

    @property
    def state_label(self) -> str:
        """The state in words."""
        if self.state == DONE and self.in_return is None:
            return GIVEN_AWAY
        return SWAP_STATES[self.state]


@dataclass(frozen=True)
class SwapFile:
    """One swap whole, with what happened and what speaks against the reader's taking it."""

    row: SwapRow
    found: Findings
    timeline: TimelinePage


@dataclass(frozen=True)
class WishRow:
    """One wish as lists show it."""

    id: int
    user_id: int
    name: str
    kind: str
    from_on: date
    until_on: date
    entered_by: str = ""
    can_withdraw: bool = False

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return WISHES[self.kind]


@dataclass(frozen=True)
class MyShifts:
    """The own shifts to come, the own swaps, what others ask, and the own wishes."""

    shifts: tuple[DutyRow, ...]
    swaps: tuple[SwapRow, ...]
    asked: tuple[SwapRow, ...]
    wishes: tuple[WishRow, ...]
    swapping: frozenset[int]
    on_leave: frozenset[int]
    can: bool
    languages: str = ""


def my_shifts(actor: Actor, *, at: datetime) -> MyShifts:
    """What somebody has to do with the rota: theirs alone."""
    today = localdate(at)
    user_id = actor.user_id or 0
    shifts = tuple(row for row in duty_of_person(user_id, from_on=today) if row.ends_at > at)
    rows = [row for row in open_swaps(actor) if row.shift.starts_at > at]
    wishes = wish_list(actor, from_on=today, user_id=user_id)
    spans = wishes_of([user_id], today, today + timedelta(days=800))[user_id]
    away = frozenset(row.id for row in shifts if findings_of_leave(row, spans))
    own = tuple(row for row in rows if row.asker_id == user_id)
    return MyShifts(
        shifts=shifts,
        swaps=own,
        asked=tuple(row for row in rows if "accept_swap" in row.allowed),
        wishes=wishes,
        swapping=frozenset(row.shift.id for row in own),
        on_leave=away,
        can=policy.may_enter_wish(actor),
        languages=own_languages(actor),
    )


def findings_of_leave(row: DutyRow, wishes: list[Wish]) -> bool:
    """Whether somebody told that they are away when this shift is."""
    return any(span_of(w).touches(row.turn) for w in wishes if w.kind in ("leave", "cannot"))


def open_swaps(actor: Actor) -> tuple[SwapRow, ...]:
    """The swaps that go on, by shift; for the office alone."""
    if not policy.may_see_rota(actor):
        return ()
    rows = _swaps().filter(state__in=LIVE).order_by("shift__on_date", "shift__starts", "pk")
    return tuple(_row(swap, actor) for swap in rows[:200])


def swap_file(swap_id: int, actor: Actor, *, at: datetime) -> SwapFile:
    """One swap, whole."""
    swap = get_swap(swap_id, actor)
    row = _row(swap, actor)
    taker = swap.taker_id if swap.state == ACCEPTED else actor.user_id
    asks = swap.state in LIVE and taker not in (None, swap.asker_id)
    return SwapFile(
        row=row,
        found=_told(swap, taker, actor, at) if asks and taker is not None else Findings(),
        timeline=timeline(actor, refs=[Ref("swap", str(swap.pk))]),
    )


def get_swap(swap_id: int, actor: Actor) -> Swap:
    """One swap, to act on it; `NotFound` for those outside the office."""
    swap: Swap | None = _swaps().filter(pk=swap_id).first()
    if swap is None or not policy.may_see_rota(actor):
        raise NotFound(f"no swap {swap_id}")
    return swap


def get_swaps_to_chase(*, at: datetime) -> tuple[Swap, ...]:
    """The swaps that go on and for which something is due, for the clock."""
    rows = _swaps().filter(state__in=LIVE).order_by("pk")
    return tuple(swap for swap in rows if _is_due(swap, at))


def against_taking(
    shift: DutyRow, user_id: int, at: datetime, *, giving: int | None = None
) -> Findings:
    """What speaks against somebody's taking a shift: their other shifts, their days, their wards.

    ``giving`` is the shift that they give for it. Somebody who is never on duty, such as the
    director, can take it all the same.
    """
    people = [one for one in _crew_of(shift) if one.user_id == user_id]
    if not people:
        return Findings(warnings=("is not one of those on duty",))
    return _against(shift, people, giving)[user_id]


def against_swap(swap: Swap, taker_id: int, at: datetime) -> tuple[Findings, Findings]:
    """What speaks against both sides of a swap: the taker's, and that of whoever asked."""
    back = swap.in_return
    taking = against_taking(
        duty_row(swap.shift), taker_id, at, giving=back.pk if back is not None else None
    )
    if back is None:
        return taking, Findings()
    own = against_taking(duty_row(back), swap.asker_id, at, giving=swap.shift_id)
    return taking, own


def shifts_in_return(shift: DutyRow, actor: Actor, *, at: datetime) -> tuple[tuple[int, str], ...]:
    """The shifts to come of those who could take a shift, which one could take for it."""
    free = {user_id: name for user_id, name, _ in who_could_take(shift, at=at)}
    asked = set(
        Swap.objects.filter(state__in=LIVE, shift__cleared_at=None).values_list("shift", flat=True)
    )
    rows = duty_between(at, at + EXCHANGE, actor)
    return tuple(
        (row.id, f"{row.name}: {row.when}, {row.what}")
        for row in sorted(rows, key=lambda row: (row.name, row.starts_at))
        if row.user_id in free and row.starts_at > at and row.id not in asked
    )


def who_could_take(shift: DutyRow, *, at: datetime) -> tuple[tuple[int, str, Findings], ...]:
    """The colleagues who could take a shift, the freest first."""
    people = [person for person in _crew_of(shift) if person.user_id != shift.user_id]
    against = _against(shift, people)
    found = [(person.user_id, person.name, against[person.user_id]) for person in people]
    usable = [one for one in found if not one[2].never]
    return tuple(sorted(usable, key=lambda one: (len(one[2].warnings), one[1])))


def free_for(shifts: Sequence[DutyRow], user_id: int) -> frozenset[int]:
    """The shifts of these that nothing speaks against somebody's taking; read once for all."""
    if not shifts:
        return frozenset()
    first = min(shift.turn.on_date for shift in shifts)
    last = max(shift.turn.ends_on for shift in shifts)
    person = next((one for one in duty_people(first, last) if one.user_id == user_id), None)
    if person is None:
        return frozenset()
    around = shifts_around(first - AROUND, last + AROUND)
    held = [row for row in around if row.user_id == user_id]
    wishes = wishes_of([user_id], first, last)[user_id]
    return frozenset(
        shift.id
        for shift in shifts
        if not findings(
            person, shift.turn, [row.turn for row in held if row.id != shift.id], wishes
        ).words
    )


def _crew_of(shift: DutyRow) -> tuple[DutyPerson, ...]:
    return duty_people(shift.turn.on_date, shift.turn.ends_on)


def _against(
    shift: DutyRow, people: Sequence[DutyPerson], giving: int | None = None
) -> Mapping[int, Findings]:
    """What speaks against each of these people's taking a shift; read once for all of them."""
    day, ids = shift.turn.on_date, [person.user_id for person in people]
    held: dict[int, list[Turn]] = {user_id: [] for user_id in ids}
    for row in shifts_around(day - AROUND, day + AROUND):
        if row.user_id in held and row.id not in (shift.id, giving):
            held[row.user_id].append(row.turn)
    wishes = wishes_of(ids, day, shift.turn.ends_on)
    return {
        person.user_id: findings(person, shift.turn, held[person.user_id], wishes[person.user_id])
        for person in people
    }


def _told(swap: Swap, taker: int, actor: Actor, at: datetime) -> Findings:
    """What speaks against a swap, as the reader may read it."""
    taking, own = against_swap(swap, taker, at)
    if not oversees(actor):
        taking = taking if taker == actor.user_id else taking.discreet
        own = own if swap.asker_id == actor.user_id else own.discreet
    return both_sides(swap, taking, own)


def both_sides(swap: Swap, taking: Findings, own: Findings) -> Findings:
    """Both sides of a swap in one; what is about whoever asked has their name before it."""
    name = swap.asker.name
    return Findings(
        (*taking.never, *(f"{name}: {one}" for one in own.never)),
        (*taking.warnings, *(f"{name}: {one}" for one in own.warnings)),
    )


def first_start(swap: Swap) -> datetime:
    """When a swap is over at the latest: the first of its shifts begins."""
    rows = [duty_row(one) for one in (swap.shift, swap.in_return) if one is not None]
    return min(row.starts_at for row in rows)


def has_moved_on(swap: Swap) -> bool:
    """Whether a shift of a swap is not there any more, or not with whom it was."""
    back = swap.in_return
    gone = swap.shift.cleared_at is not None or swap.shift.user_id != swap.asker_id
    return gone or (
        back is not None and (back.cleared_at is not None or back.user_id != swap.asked_id)
    )


def wish_list(actor: Actor, *, from_on: date, user_id: int | None = None) -> tuple[WishRow, ...]:
    """The wishes within reach that are not over, by day; the director's reach is everybody."""
    rows = Wish.objects.within(policy.wish_reach(actor)).filter(
        withdrawn_at__isnull=True, until_on__gte=from_on
    )
    if user_id is not None:
        rows = rows.filter(user=user_id)
    return tuple(
        WishRow(
            w.pk,
            w.user_id,
            w.user.name,
            w.kind,
            w.from_on,
            w.until_on,
            w.entered_by,
            policy.may_withdraw_wish(actor, w),
        )
        for w in rows.select_related("user").order_by("from_on", "user__name", "pk")[:300]
    )


def get_wish(wish_id: int, actor: Actor) -> Wish:
    """One wish within reach."""
    wish: Wish | None = Wish.objects.within(policy.wish_reach(actor)).filter(pk=wish_id).first()
    if wish is None:
        raise NotFound(f"no wish {wish_id}")
    return wish


def _is_due(swap: Swap, at: datetime) -> bool:
    step = next_step(
        at=at,
        asked_at=swap.asked_at,
        starts_at=first_start(swap),
        reminded_at=swap.reminded_at,
        warned_at=swap.warned_at,
    )
    return has_moved_on(swap) or bool(step)


def _swaps() -> Any:
    return Swap.objects.select_related("shift__user", "asker", "asked", "taker", "in_return__user")


def _row(swap: Swap, actor: Actor) -> SwapRow:
    return SwapRow(
        id=swap.pk,
        shift=duty_row(swap.shift),
        asker_id=swap.asker_id,
        asker=swap.asker.name,
        asked=swap.asked.name if swap.asked is not None else "",
        taker=swap.taker.name if swap.taker is not None else "",
        in_return=duty_row(swap.in_return) if swap.in_return is not None else None,
        state=swap.state,
        warnings=tuple(swap.warnings),
        asked_at=swap.asked_at,
        reminded_at=swap.warned_at or swap.reminded_at,
        allowed=_allowed(swap, actor),
    )


def _allowed(swap: Swap, actor: Actor) -> frozenset[str]:
    moves = set()
    if swap.state == OPEN and policy.may_answer_swap(actor, swap):
        moves |= {"accept_swap"} | ({"decline_swap"} if swap.asked_id is not None else set())
    if swap.state == ACCEPTED and policy.may_settle_swap(actor, swap):
        moves |= {"approve_swap", "refuse_swap"}
    if swap.state in LIVE and policy.may_withdraw_swap(actor, swap):
        moves.add("withdraw_swap")
    return frozenset(moves)
