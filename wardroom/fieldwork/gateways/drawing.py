"""Reading what was closed, sharing the checks among wards and kinds, and drawing by lot.

Reading comes first and may take a second; the change that follows only stores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Stamp
from wardroom.analysis.lot_plans import LotPlan, NextSample, lot_plan, next_sample, plan_with
from wardroom.analysis.sampling import allocation, checks_for_margin, clean_checks_needed, draw
from wardroom.city.actions import PlaceDraft
from wardroom.city.rules import place_kind
from wardroom.fieldwork.actions import RoundDraft, StopDraft, StratumDraft, draw_round
from wardroom.fieldwork.gateways.judging import history_of
from wardroom.fieldwork.gateways.walking import walks_of
from wardroom.fieldwork.models import CheckRound
from wardroom.fieldwork.policy import may_draw_round
from wardroom.fieldwork.queries.closures import Closures, Spot, closures, earlier_checks, spots
from wardroom.fieldwork.rules import (
    EVEN_SPREAD,
    LOTS,
    REQUESTS,
    Cell,
    Wanted,
    check_wanted,
    seed_of,
    spread_of,
    strata_of,
    unpacked,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.service_requests.queries import data_as_of

Members = Mapping[Cell, list[int]]
SURE = 0.95


@dataclass(frozen=True)
class ShareOfChecks:
    """One stratum before it is drawn."""

    ward_code: str
    kind_name: str
    closed: int
    spread: float
    checks: int


@dataclass(frozen=True)
class Foreseen:
    """A round before it is drawn: how the checks are shared, and what they can tell.

    ``margin`` is how many points either way the share is told to; ``clean`` how many clean
    checks would show that 95 of 100 are fixed. ``plan`` is that of a lot, with the reason for
    the number of checks.
    """

    closed: int
    checks: int
    strata: tuple[ShareOfChecks, ...]
    margin: int
    clean: int
    plan: LotPlan | None
    sample: NextSample | None


def foresee_round(wanted: Wanted, *, stamp: Stamp) -> Foreseen:
    """How the checks would be shared, and how sharply they would tell.

    Refuses: what cannot be drawn; whoever may not draw it.
    """
    found = _found(wanted, stamp)
    checks, plan, sample = _checks(wanted, len(found.numbers))
    strata = _strata(wanted, found, checks)
    size = len(found.numbers)
    return Foreseen(
        closed=size,
        checks=checks,
        strata=tuple(
            ShareOfChecks(s.ward_code, s.kind_name, len(s.members), s.spread, s.checks)
            for s in strata
        ),
        margin=next(
            points for points in range(1, 101)
            if points == 100 or checks_for_margin(points / 100, size=size) <= checks
        ),
        clean=clean_checks_needed(SURE, size=size),
        plan=plan,
        sample=sample,
    )  # fmt: skip


def draw_wanted(wanted: Wanted, *, stamp: Stamp) -> CheckRound:
    """Read what was closed, draw by lot, and register the round.

    Refuses: what cannot be drawn; whoever may not draw it.
    """
    found = _found(wanted, stamp)
    checks, plan, sample = _checks(wanted, len(found.numbers))
    strata = _strata(wanted, found, checks)
    text = _text(wanted, strata)
    chosen = _drawn([s.members for s in strata], [s.checks for s in strata], seed_of(text))
    draft = RoundDraft(
        wanted=wanted,
        text=text,
        data_as_of=_as_of(wanted, stamp.at),
        strata=strata,
        stops=_stops(wanted, found, chosen, stamp.actor),
        plan=_kept_plan(wanted, plan, sample, len(found.numbers)),
    )
    return draw_round(draft, stamp=stamp)


def draws_the_same(row: CheckRound) -> bool:
    """Whether the lot of a round, drawn again from what is kept, gives the same stops."""
    strata = list(row.strata.order_by("number"))
    members = [unpacked(bytes(s.members)) for s in strata]
    again = _drawn(members, [s.checks for s in strata], row.seed)
    subject = "request_id" if row.source == REQUESTS else "ask_id"
    kept = row.stops.order_by("stratum__number", subject)
    return again == list(kept.values_list("stratum__number", subject))


def _found(wanted: Wanted, stamp: Stamp) -> Closures:
    check_wanted(wanted, today=localdate(stamp.at))
    if not may_draw_round(stamp.actor, wanted):
        raise NotAllowed
    found = closures(wanted, stamp.actor)
    if not found.numbers:
        raise Refused(
            "nothing_closed",
            "Nothing of this was closed in these days. Choose other days, or more kinds.",
            field="closed_from",
        )
    return found


def _checks(wanted: Wanted, size: int) -> tuple[int, LotPlan | None, NextSample | None]:
    """How many checks there are; a lot's plan and its history say so themselves."""
    if not wanted.lot:
        return min(wanted.checks or 0, size), None, None
    acceptable, rejectable = LOTS[wanted.lot]
    try:
        planned = lot_plan(acceptable, rejectable, size=size)
    except ValueError:
        raise Refused(
            "lot_too_small",
            f"Only {size} were closed: too few to tell good work from bad. Choose more"
            " days, or check all of them without a plan.",
            field="lot",
        ) from None
    sample = next_sample(planned.checks, history_of(wanted.agency, wanted.lot))
    checks = min(sample.checks, size)
    if checks == planned.checks:
        return checks, planned, sample
    return checks, plan_with(checks, acceptable, rejectable, size=size), sample


def _kept_plan(
    wanted: Wanted, plan: LotPlan | None, sample: NextSample | None, size: int
) -> tuple[int, int, float, float] | None:
    if plan is None or sample is None:
        return None
    planned = lot_plan(*LOTS[wanted.lot], size=size).checks
    return planned, plan.most_not_fixed, plan.passes_good, plan.passes_bad


def _strata(wanted: Wanted, found: Closures, checks: int) -> tuple[StratumDraft, ...]:
    """What was closed, by ward and kind, with the checks that each gets.

    The errors of a lot's plan hold for a lot drawn from all alike, so such a round has one.
    """
    of_cell = dict.fromkeys(found.cells, ("", ""))
    if not wanted.lot:
        of_cell = dict(strata_of(found.cells, checks))
    members: dict[Cell, list[int]] = {}
    for number, cell in zip(found.numbers, found.cell_of, strict=True):
        members.setdefault(of_cell[cell], []).append(number)
    names = sorted(members)
    size = np.array([len(members[name]) for name in names], dtype=np.int64)
    earlier = earlier_checks(found.kinds) if not wanted.lot else {}
    spread = np.array([_spread(earlier, name) for name in names])
    given = allocation(size, spread, checks, fewest=min(2, checks))
    return tuple(
        StratumDraft(
            ward_code=name[0],
            kind_code=name[1],
            kind_name=found.kinds.get(name[1], ""),
            spread=float(spread[n]),
            checks=int(given[n]),
            members=tuple(members[name]),
        )
        for n, name in enumerate(names)
    )


def _spread(earlier: Mapping[str, tuple[int, int]], name: Cell) -> float:
    return spread_of(*earlier[name[1]]) if name[1] in earlier else EVEN_SPREAD


def _text(wanted: Wanted, strata: Sequence[StratumDraft]) -> str:
    """All that the lot is drawn from, as one line; the rounds so far make each its own."""
    said = {
        "round": CheckRound.objects.count() + 1,
        "source": wanted.source,
        "closed": [wanted.closed_from.isoformat(), wanted.closed_until.isoformat()],
        "ward": wanted.ward_code,
        "agency": wanted.agency,
        "topics": sorted(wanted.topics),
        "lot": wanted.lot,
        "strata": [
            [s.ward_code, s.kind_code, len(s.members), s.checks, _hash(s.members)] for s in strata
        ],
    }
    return json.dumps(said, separators=(",", ":"), sort_keys=True)


def _hash(members: Sequence[int]) -> str:
    return hashlib.sha256(",".join(map(str, members)).encode()).hexdigest()


def _drawn(
    members: Sequence[Sequence[int]], checks: Sequence[int], seed: int
) -> list[tuple[int, int]]:
    """Which numbers the lot chooses, each with that of its stratum, in their order."""
    stratum = np.repeat(np.arange(len(members)), [len(some) for some in members])
    numbers = [number for some in members for number in some]
    rng = np.random.default_rng(seed)
    chosen = draw(stratum.astype(np.int64), np.array(checks, dtype=np.int64), rng)
    return [(int(stratum[n]), numbers[n]) for n in chosen.tolist()]


def _stops(
    wanted: Wanted, found: Closures, chosen: Sequence[tuple[int, int]], actor: Actor
) -> tuple[StopDraft, ...]:
    """What was chosen, ward by ward, in the order of walks of at most forty stops."""
    at = spots(wanted, actor, [number for _, number in chosen])
    kind_of = dict(zip(found.numbers, (kind for _, kind in found.cell_of), strict=True))
    stops: list[StopDraft] = []
    walk = 0
    for ward in sorted({spot.ward_code for spot in at.values()}):
        here = [(s, n) for s, n in chosen if at[n].ward_code == ward]
        for order in walks_of([(at[n].latitude, at[n].longitude) for _, n in here]):
            walk += 1
            stops += [
                _stop(here[i], at[here[i][1]], kind_of[here[i][1]], found, (walk, position))
                for position, i in enumerate(order, start=1)
            ]
    return tuple(stops)


def _stop(
    chosen: tuple[int, int], spot: Spot, kind: str, found: Closures, turn: tuple[int, int]
) -> StopDraft:
    name = spot.label or f"{place_kind(spot.place_key)} {spot.latitude:.4f}, {spot.longitude:.4f}"
    return StopDraft(
        number=chosen[1],
        stratum=chosen[0],
        place=PlaceDraft(spot.place_key, name, spot.latitude, spot.longitude),
        ward_code=spot.ward_code,
        kind_code=kind,
        kind_name=spot.wording or found.kinds[kind],
        agency=spot.agency,
        closed_on=spot.closed_on,
        walk=turn[0],
        position=turn[1],
    )


def _as_of(wanted: Wanted, at: datetime) -> datetime:
    known = data_as_of() if wanted.source == REQUESTS else None
    return min(known, at) if known else at
