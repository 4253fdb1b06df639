"""Places that came onto the ranking lately, and that nobody has decided about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.problems import policy, rules
from wardroom.problems.models import Candidate, Detection
from wardroom.problems.queries.candidates import undecided_candidates


@dataclass(frozen=True)
class NewPlace:
    """A candidate that was not on the ranking before."""

    id: int
    rank: int
    label: str
    ward_code: str
    summary: str


@dataclass(frozen=True)
class NewPlaces:
    """The highest ranked of the new candidates, how many are new, and how many undecided.

    ``compared`` says whether there was an earlier ranking; without one nothing is new.
    """

    rows: tuple[NewPlace, ...]
    total: int
    undecided: int
    compared: bool


def new_candidates(actor: Actor, *, on: date, since: datetime, few: int = 5) -> NewPlaces:
    """The undecided candidates within reach that no ranking up to an instant had.

    Where there was no ranking yet, the highest ranked are shown instead.
    """
    rows = undecided_candidates(on=on).within(policy.reach(actor))
    undecided = rows.count()
    before = Detection.objects.filter(ran_at__lt=since, carried_into=None)
    former = before.order_by("-data_as_of", "-ran_at", "-pk").first()
    if former is not None:
        rows = rows.exclude(place__in=Candidate.objects.filter(detection=former).values("place"))
    total = rows.count() if former is not None else 0
    return NewPlaces(
        rows=tuple(
            NewPlace(
                id=candidate.pk,
                rank=candidate.rank,
                label=candidate.place.label,
                ward_code=candidate.ward_code,
                summary=rules.summary_of(
                    candidate.episodes, candidate.expected, candidate.active_months
                ),
            )
            for candidate in rows.select_related("place").order_by("rank")[:few]
        ),
        total=total,
        undecided=undecided,
        compared=former is not None,
    )
