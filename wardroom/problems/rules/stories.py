"""The story of a place: what sorts of line it has, and where it lay and who looked after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

REQUESTS, MATTERS, ASKS, CHECKS = "requests", "matters", "asks", "checks"
DECISIONS, PLANS, EVALUATIONS = "decisions", "plans", "evaluations"
LIAISONS, BOUNDARIES = "liaisons", "boundaries"
SORTS: Mapping[str, str] = {
    REQUESTS: "Service requests",
    MATTERS: "Matters, notes and contacts",
    ASKS: "Asks and answers",
    CHECKS: "Checks in the field",
    DECISIONS: "Nominations, decisions, entries and exits",
    PLANS: "Versions of the plan",
    EVALUATIONS: "Evaluations",
    LIAISONS: "Changes of the liaison",
    BOUNDARIES: "Changes of the boundaries",
}
FROM_LEDGER = (MATTERS, ASKS, CHECKS, DECISIONS, PLANS, EVALUATIONS)
KINDS: Mapping[str, str] = {"ward": "Ward", "anc": "ANC", "smd": "SMD"}
_HOMES: Mapping[str, str] = {
    "wardroom.matters.facts.asks": ASKS,
    "wardroom.matters.facts.tasks": ASKS,
    "wardroom.plans.facts": PLANS,
    "wardroom.fieldwork.facts": CHECKS,
    "wardroom.problems.facts": DECISIONS,
}


@dataclass(frozen=True)
class Lay:
    """A district that a place lay in, by one version of the boundaries; ``until_on`` is in it."""

    kind: str
    code: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Served:
    """Who was liaison of a ward from a day until another, which is not in it any more."""

    ward_code: str
    name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Then:
    """Where a place lay and who was its liaison, from a day until the day before the next."""

    from_on: date
    until_on: date | None
    ward: str
    anc: str
    smd: str
    liaison: str


def sort_of(kind: str, home: str) -> str:
    """The sort of a line of the ledger, by the name and the home of its fact."""
    if home.startswith("wardroom.problems.facts") and kind.startswith(("Evaluation", "Verdict")):
        return EVALUATIONS
    return next((sort for start, sort in _HOMES.items() if home.startswith(start)), MATTERS)


def lay_then(lays: Sequence[Lay], served: Sequence[Served], *, today: date) -> tuple[Then, ...]:
    """Where a place lay and who looked after it, the newest first.

    Every change of a boundary or of a liaison begins another row; days to come have none.
    """
    days = {lay.from_on for lay in lays} | {
        lay.until_on + timedelta(days=1) for lay in lays if lay.until_on
    }
    days |= {s.from_on for s in served} | {s.until_on for s in served if s.until_on}
    starts = sorted(day for day in days if day <= today)
    rows: list[Then] = []
    for n, day in enumerate(starts):
        until = starts[n + 1] - timedelta(days=1) if n + 1 < len(starts) else None
        now = {kind: _code_on(lays, kind, day) for kind in KINDS}
        row = Then(
            day, until, now["ward"], now["anc"], now["smd"], _liaison_on(served, now["ward"], day)
        )
        if rows and _same(rows[-1], row):
            row = Then(rows[-1].from_on, until, row.ward, row.anc, row.smd, row.liaison)
            rows.pop()
        rows.append(row)
    known = [row for row in rows if row.ward or row.anc or row.smd]
    return tuple(reversed(known))


def _same(a: Then, b: Then) -> bool:
    return (a.ward, a.anc, a.smd, a.liaison) == (b.ward, b.anc, b.smd, b.liaison)


def _code_on(lays: Sequence[Lay], kind: str, day: date) -> str:
    held = [
        lay
        for lay in lays
        if lay.kind == kind and lay.from_on <= day and (lay.until_on is None or day <= lay.until_on)
    ]
    return max(held, key=lambda lay: lay.from_on).code if held else ""


def _liaison_on(served: Sequence[Served], ward: str, day: date) -> str:
    held = [
        s
        for s in served
        if s.ward_code == ward and s.from_on <= day and (s.until_on is None or day < s.until_on)
    ]
    return max(held, key=lambda s: s.from_on).name if held else ""
