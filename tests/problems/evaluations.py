"""Evaluations for tests: open locations, and a draft that the house would register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.ground import NEXT
from tests.trouble import Trouble
from wardroom.problems.actions import Told, Tried, decide_candidate, register_evaluation
from wardroom.problems.models import Evaluation, PersistentLocation
from wardroom.problems.rules.evaluations import EvaluationDraft, PlaceDraft

DATA_UNTIL = date(2026, 11, 11)
STARTS, VERDICT = date(2026, 12, 1), date(2027, 12, 1)


def designated(trouble: Trouble, place: int, who: Cast) -> PersistentLocation:
    """The location of a candidate that this person takes on."""
    candidate = trouble.candidate(place)
    decision = decide_candidate(
        candidate, verdict="designate", reason="Again", next_on=NEXT, stamp=who.stamp
    )
    return PersistentLocation.objects.get(decision=decision)


def drafted(*locations: PersistentLocation, **changes: Any) -> EvaluationDraft:
    """A sound draft over these locations, or with something else in it."""
    draft = EvaluationDraft(
        title="Crews twice a week",
        places=tuple(
            PlaceDraft(
                location_id=location.pk,
                ward_code=location.matter.ward_code,
                latitude=38.91,
                longitude=-77.01,
                radius_m=35.0,
                topics=("dumping",),
                before=12 - n,
            )
            for n, location in enumerate(locations)
        ),
        data_until=DATA_UNTIL,
        starts_on=STARTS,
        verdict_on=VERDICT,
    )
    return replace(draft, **changes)


def registered(*locations: PersistentLocation, who: Cast, **changes: Any) -> Evaluation:
    """A sound evaluation of these locations."""
    return register_evaluation(drafted(*locations, **changes), stamp=who.stamp)


def told(**changes: Any) -> Told:
    """What the judge may say after a month."""
    figures = {
        "effect": 0.7, "low": 0.4, "high": 1.2, "p_value": 0.2, "before": 12, "after": 7,
        "expected": 10.0, "treated": 1, "compared": 20, "passed_gate": 1, "draws": 999,
        "exact": False, "needed": ["To see 50% fewer it takes 3 more treated places."],
        "ring": {"effect": 1.0, "low": 0.8, "high": 1.3}, "watch": None, "places": [],
        "checks": None,
    }  # fmt: skip
    words = Told(
        data_until=date(2027, 1, 1),
        months=1,
        interim=True,
        word="cannot tell yet",
        sentence="We cannot tell yet.",
        a_a_rate=0.05,
        method="A method 1",
        figures=figures,
    )
    return replace(words, **changes)


def tried(**changes: Any) -> Tried:
    """What a try of the judge may have come to: too careful, right, and wrong too often."""
    rates = {10: (0.02, 0.012, 0.035), 20: (0.05, 0.035, 0.071), 40: (0.09, 0.07, 0.116)}
    figures = tuple(
        {"size": size, "plans": 600, "rate": rate, "low": low, "high": high, "held": 0.9}
        for size, (rate, low, high) in rates.items()
    )
    plain = Tried(
        data_until=DATA_UNTIL,
        method="A method 1",
        requests=1_234,
        starts=("2025-08", "2025-11"),
        months=12,
        places=130,
        figures=figures,
    )
    return replace(plain, **changes)
