"""Which places are one report away from the list: what one more would change at each."""

from __future__ import annotations

import numpy as np

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.false_discovery import q_values
from wardroom.analysis.live_ranking import LiveRanking
from wardroom.analysis.persistent_places import FALSE_SHARE, LIKELY, Ranking
from wardroom.problems.gateways.mirrored_city import MirroredCity


class OneMore:
    """What one more report of its leading trouble, today, would do to a place not sure enough."""

    def __init__(self, mirror: MirroredCity, ranking: Ranking) -> None:
        self.mirror, self.ranking = mirror, ranking
        self.live = LiveRanking(mirror.city, ranking)
        self.number = {topic.code: n for n, topic in enumerate(mirror.topics)}

    def would_list(self, at: int, topic: str) -> bool:
        """Whether the place of a number in the ranking would then be sure enough to list."""
        ranking = self.ranking
        if ranking.flagged[at] or ranking.q_value[at] > LIKELY:
            return False
        change = self.live.would_be(
            x=float(ranking.x[at]),
            y=float(ranking.y[at]),
            kind=self.number[topic],
            opened=self.mirror.city.as_of,
            month=MONTHS - 1,
        )
        if change.repeat or change.p_value is None or change.p_value > FALSE_SHARE:
            return False
        p = ranking.p_value.copy()
        p[at] = min(change.p_value, p[at])
        return bool(np.take(q_values(p), at) <= FALSE_SHARE)
