"""Who is treated first, by lot, where there is not enough for all at once.

Then the places that wait are a fair comparison, and the test is exact: it lists what the lot
could have done. Source: engine notes, section 5, point 2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
GROUPS = 4
FEWEST_IN_GROUP = 4


@dataclass(frozen=True)
class Lot:
    """A lot as it was drawn: everything that is needed to draw it again.

    ``groups`` goes by place: similar places stand in one group, and each wave takes about the
    same part of every group. ``waves`` gives the wave of each place, 0 first.
    """

    places: tuple[str, ...]
    groups: tuple[int, ...]
    capacities: tuple[int, ...]
    seed: int
    waves: tuple[int, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The places wave by wave."""
        at = sorted(range(len(self.places)), key=lambda i: (self.waves[i], self.places[i]))
        return tuple(self.places[i] for i in at)

    @property
    def sha256(self) -> str:
        """The hash of the lot, to be named in the registration."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """The lot as plain values, to be kept."""
        return {
            name: value if name == "seed" else list(value) for name, value in vars(self).items()
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Lot:
        """A lot that was kept."""
        places, groups, capacities, waves = (
            tuple(kept[name]) for name in ("places", "groups", "capacities", "waves")
        )
        return cls(places, groups, capacities, int(kept["seed"]), waves)

    def is_true(self) -> bool:
        """Whether drawing again with the same seed gives the same waves."""
        return self.waves == _draw(self.groups, self.capacities, self.seed)


def draw_lot(
    before: dict[str, int], capacities: Sequence[int], *, seed: int, groups: int = GROUPS
) -> Lot:
    """Draw which places are treated in which wave.

    ``before`` gives each place's count before; ``capacities`` how many each wave can take, and
    what is left over makes a last wave. Raises ValueError where nobody would have to wait.
    """
    if not capacities or min(capacities) < 1:
        raise ValueError("Say how many places can be treated at once, at least one.")
    if capacities[0] >= len(before):
        raise ValueError("There is enough for all places at once, so no draw is needed.")
    places = sorted(before, key=lambda key: (before[key], key))
    number = max(1, min(groups, len(places) // FEWEST_IN_GROUP))
    group = tuple(i * number // len(places) for i in range(len(places)))
    waves = _draw(group, tuple(capacities), seed)
    return Lot(tuple(places), group, tuple(capacities), seed, waves)


def _draw(groups: Sequence[int], capacities: Sequence[int], seed: int) -> tuple[int, ...]:
    """Shuffle within groups, deal the groups out evenly, and cut the row into waves.

    Each group starts to be dealt at a place of its own, so that none comes first by its number.
    """
    rng = np.random.default_rng(seed)
    n = len(groups)
    turn, start = rng.random(n), rng.random(int(max(groups)) + 1)
    group = np.array(groups)
    slot = np.empty(n)
    for g in np.unique(group):
        mine = np.flatnonzero(group == g)
        rank = np.argsort(np.argsort(turn[mine], kind="stable"), kind="stable")
        slot[mine] = (rank + start[g]) / len(mine)
    row = np.lexsort((group, slot))
    cuts = np.cumsum(capacities)
    wave = np.empty(n, dtype=np.int64)
    wave[row] = np.searchsorted(cuts, np.arange(n), side="right")
    return tuple(wave.tolist())
