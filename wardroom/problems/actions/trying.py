"""Keeping how often the judge was wrong on plans that nobody made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.problems import facts, policy
from wardroom.problems.models import FalseAlarmCheck


@dataclass(frozen=True)
class Tried:
    """What came of judging made-up plans at places where nothing was done.

    ``places`` is the smallest number of them at one of the pretended starts.
    """

    data_until: date
    method: str
    requests: int
    starts: tuple[str, ...]
    months: int
    places: int
    figures: tuple[Mapping[str, Any], ...]


@action(policy.may_try_judge)
def keep_false_alarms(subject: None, *, tried: Tried, stamp: Stamp) -> FalseAlarmCheck:
    """Keep how often the judge saw a success where nothing was done.

    Refuses: nothing. Records: `JudgeTried`.
    """
    kept = FalseAlarmCheck.objects.create(
        checked_at=stamp.at,
        data_until=tried.data_until,
        method=tried.method,
        requests=tried.requests,
        starts=list(tried.starts),
        months=tried.months,
        places=tried.places,
        figures=[dict(row) for row in tried.figures],
    )
    fact = facts.JudgeTried(
        check_id=kept.pk,
        plans=sum(row["plans"] for row in tried.figures),
        helped=sum(round(row["rate"] * row["plans"]) for row in tried.figures),
    )
    record(fact, stamp=stamp)
    return kept
