"""What a budget submission says: every number in it, and the mark by which it is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.spending import first_day, last_day, months_of

DRAFT, SIGNED = "draft", "signed"
STEPS = ("amount", "certified", "allocated", "committed", "spent", "left")
QUARTERS = ("October to December", "January to March", "April to June", "July to September")
Told = Mapping[str, Any]


def quarters_of(year: int, planned: Mapping[str, int]) -> list[int]:
    """What is planned in each quarter of a fiscal year; none where nobody made a plan."""
    if not planned:
        return []
    months = months_of(first_day(year), last_day(year))
    return [sum(planned.get(m, 0) for m in months[n : n + 3]) for n in range(0, 12, 3)]


def told_quarters(fund: Told) -> list[int | None]:
    """The quarters of a fund as a paper shows them; no plan is not a plan of nothing."""
    return [*fund["quarters"]] or [None] * len(QUARTERS)


def added_up(funds: Iterable[Told]) -> dict[str, int]:
    """Some funds together, step by step."""
    rows = list(funds)
    return {step: sum(int(fund[step]) for fund in rows) for step in STEPS}


def content_of(
    year: int,
    *,
    scenario: str,
    note: str,
    existing: Sequence[Told],
    proposed: Sequence[Told],
) -> dict[str, Any]:
    """All that a submission says, in plain values: amounts are whole cents.

    What exists and what is only proposed are added up apart, and then shown together.
    """
    there, wished = added_up(existing), added_up(proposed)
    return {
        "year": year,
        "scenario": scenario,
        "note": note,
        "existing": list(existing),
        "proposed": list(proposed),
        "existing_sum": there,
        "proposed_sum": wished["amount"],
        "together": there["amount"] + wished["amount"],
    }


def digest_of(content: Told) -> str:
    """The mark of what a submission says: another number makes another mark."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def check_still_so(seen: str, content: Told) -> None:
    """Refuses to sign what says something else than what was read."""
    if seen != digest_of(content):
        raise Refused(
            "numbers_older",
            "Numbers changed since you opened this page, so it was not signed. Read it again: "
            f"existing funds now hold {shown(content['existing_sum']['amount'])}.",
        )
