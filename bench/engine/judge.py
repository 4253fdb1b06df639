"""Whether the judge is honest: measured on cities where no plan was made, and where one was.

  python -m bench.engine.judge      the cities kept apart for judging; about 2 CPU minutes

Places are ranked as of month 24 and followed through months 25 to 36. A plan is made up by
drawing places, the worst more readily; an effect by leaving out episodes there.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.engine.city import DAY, DAYS, MONTHS, build
from wardroom.analysis.calibration_check import (
    Checked,
    Trial,
    check,
    chosen_by_an_office,
    thinned,
)
from wardroom.analysis.comparison_pool import (
    RING_M,
    Counts,
    FollowedPlaces,
    comparison_places,
    count_at,
)
from wardroom.analysis.following import episodes_until, followed_places
from wardroom.analysis.monitoring import watch
from wardroom.analysis.observed_city import Kinds, look_at
from wardroom.analysis.persistent_places import rank

EVENTS = 1_000_000
START = 24
DEVELOPED_ON = tuple(range(201, 207))
HELD_APART = tuple(range(301, 305))
SEED = 5
PORTFOLIOS = 1_200
HALVED = 0.5
EFFECTS = (1.0, 0.7, HALVED)
COVERED, POWER = (0.87, 0.93), 0.95


def followed(seed: int, events: int = EVENTS) -> tuple[FollowedPlaces, Counts, Counts]:
    """The places of a city that pass the gate at month 24, and what came in months 25 to 36.

    The counts within their radius, and those in the ring around.
    """
    city = build(events, seed)

    def month_of(instants: NDArray[np.int64]) -> NDArray[np.int64]:
        return (instants - city.start) // DAY * MONTHS // DAYS

    kinds = Kinds(~city.routine, city.agency, np.full(len(city.agency), 40.0))
    as_of = city.start + START * DAYS // MONTHS * DAY - 1
    then = look_at(city.reports, kinds, as_of=as_of, month_of=month_of)
    places = followed_places(then, rank(then))
    end = city.start + DAYS * DAY - 1
    episodes = episodes_until(city.reports, kinds, as_of=end, month_of=month_of)
    return (
        places,
        count_at(places, episodes, start=START),
        count_at(places, episodes, start=START, ring_m=RING_M),
    )


def run(seeds: Sequence[int] = HELD_APART, *, portfolios: int = PORTFOLIOS) -> dict[str, Any]:
    """The figures of the judge over some cities: error rates, coverage, power, one place."""
    started = time.process_time()
    cities = [followed(seed) for seed in seeds]
    trials = [Trial(places, counts) for places, counts, _ in cities]
    judged = time.process_time()
    plans = check(trials, seed=SEED, effects=EFFECTS, portfolios=portfolios)
    checks = time.process_time() - judged
    rings = [Trial(places, ring) for places, _, ring in cities]
    around = check(rings, seed=SEED + 1, sizes=(20,), portfolios=portfolios)
    return {
        "seeds": list(seeds),
        "places": [len(t.places) for t in trials],
        "after_over_before": float(
            sum(t.counts.after.sum() for t in trials) / sum(t.counts.before.sum() for t in trials)
        ),
        "plans": [asdict(c) for c in plans],
        "one_place": [
            asdict(c)
            for c in check(
                trials, seed=SEED + 2, sizes=(1,), effects=EFFECTS, portfolios=portfolios
            )
        ],
        "ring": [asdict(c) for c in around],
        "alarms": {effect: _alarms(trials, effect, portfolios) for effect in (1.0, 0.5)},
        "missed": missed(plans),
        "cpu_seconds": {
            "a_verdict": checks / sum(c.portfolios for c in plans),
            "all": time.process_time() - started,
        },
    }


def missed(plans: Sequence[Checked]) -> list[str]:
    """The bars that were missed, in words."""
    found = []
    for c in plans:
        if c.effect == 1.0 and not c.honest:
            found.append(f"A/A rate {c.rate:.3f} with {c.size} places")
        if not COVERED[0] <= c.covered <= COVERED[1]:
            found.append(f"coverage {c.covered:.3f} with {c.size} places, effect {c.effect}")
        if c.effect == HALVED and c.size == 20 and c.rate < POWER:
            found.append(f"power {c.rate:.3f} with {c.size} places")
    return found


def _alarms(trials: Sequence[Trial], effect: float, portfolios: int) -> float:
    """How often 20 places raise the alarm in some month of the year."""
    raised = 0
    for n in range(portfolios):
        rng = np.random.default_rng([SEED, round(1000 * effect), n])
        trial = trials[n % len(trials)]
        treated = chosen_by_an_office(trial.counts.before, 20, rng)
        taken = treated | comparison_places(trial.places, treated)
        counts = trial.counts.part(taken)
        if effect < 1:
            counts = thinned(counts, treated[taken], effect, rng)
        raised += watch(counts, treated[taken], seed=n, draws=199).alarm_in is not None
    return raised / portfolios


def main() -> int:
    """Print the figures; 1 where a bar is missed."""
    figures = run()
    print(json.dumps(figures, indent=1))
    return 1 if figures["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
