"""How good the ranking is, and how honest: on made cities whose seeds are kept for judging only."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from bench.engine.forward import Came, came_true
from bench.engine.judged_city import JudgedCity
from bench.engine.peers import PEERS
from bench.engine.report import Bar
from bench.engine.scoring import Score, best_first, false_share, score_of
from wardroom.analysis.persistent_places import rank

MILLION, SMALL = 1_000_000, 100_000
LARGE_SEEDS, PEER_SEEDS = range(401, 411), range(401, 404)
SMALL_SEEDS = range(411, 414)
NULLS = {421: False, 422: False, 423: True, 424: True}
WINDOWS = {"12 months": 12, "36 months": 36}
SLOW = "HDBSCAN by kind"
ENGINE = "the engine"
Variant = tuple[str, str, str]


@dataclass
class Found:
    """What was measured on the cities of one size."""

    scores: dict[Variant, list[Score]] = field(default_factory=lambda: defaultdict(list))
    false_shares: list[float] = field(default_factory=list)
    flagged: list[int] = field(default_factory=list)
    came: dict[str, list[Came]] = field(default_factory=lambda: defaultdict(list))

    def mean(self, variant: Variant, what: str) -> float:
        """The mean of a figure over the seeds."""
        return float(np.mean([getattr(s, what) for s in self.scores[variant]]))

    def engine(self, what: str) -> float:
        """The engine's mean."""
        return self.mean((ENGINE, "", ""), what)

    def best_variant(self, peer: str) -> Variant:
        """How a peer did best."""
        own = [v for v in self.scores if v[0] == peer]
        return max(own, key=lambda v: self.mean(v, "average_precision"))

    def best_peer(self) -> Variant:
        """The best of all peers."""
        return max(
            (self.best_variant(p) for p in PEERS), key=lambda v: self.mean(v, "average_precision")
        )


def measure(events: int, seeds: range, peer_seeds: range, *, forward: bool) -> Found:
    """Each city once: the engine on all, its peers and the year after on some."""
    found = Found()
    for seed in seeds:
        _say(f"city {seed}, {events:,} reports")
        judged = JudgedCity.build(events, seed)
        seen = judged.looked_at()
        ranking = rank(seen)
        sites = judged.made.sites
        found.scores[ENGINE, "", ""].append(score_of(ranking.x, ranking.y, sites))
        flagged = ranking.flagged
        found.flagged.append(int(flagged.sum()))
        found.false_shares.append(false_share(ranking.x[flagged], ranking.y[flagged], sites))
        if seed in peer_seeds:
            for name, peer in PEERS.items():
                for span, months in WINDOWS.items():
                    if name == SLOW and months != 12:
                        continue
                    for folded in (False, True):
                        x, y, value, _ = peer(judged.trouble(seen, months=months, folded=folded))
                        order = best_first(x, y, value)
                        score = score_of(x[order], y[order], sites)
                        found.scores[name, span, "folded" if folded else "raw"].append(score)
        if forward and seed in peer_seeds:
            for name, came in came_true(judged, seen).items():
                found.came[name].append(came)
    return found


def null_flags() -> dict[int, int]:
    """How many places are flagged where nothing was planted."""
    flags = {}
    for seed, plain in NULLS.items():
        _say(f"null city {seed}")
        judged = JudgedCity.build(MILLION, seed, planted=False, plain=plain)
        flags[seed] = int(rank(judged.looked_at()).flagged.sum())
    return flags


def bars(large: Found, small: Found, nulls: dict[int, int]) -> list[Bar]:
    """Every bar of the ranking."""
    precise, top = large.engine("average_precision"), large.engine("precision_at_100")
    peer = large.best_peer()
    best = large.mean(peer, "average_precision")
    excess = {name: sum(c.excess for c in came) for name, came in large.came.items()}
    mean, worst = float(np.mean(large.false_shares)), max(large.false_shares)
    few = small.engine("average_precision")
    most = max(nulls.values())
    return [
        Bar.least("average precision, 1,000,000", precise, 0.80),
        Bar.least(f"over the best peer ({', '.join(peer)})", precise / best, 2.5, " x"),
        Bar.least("average precision, 100,000", few, 0.70),
        Bar.least("precision of the first 100, 1,000,000", top, 0.97),
        Bar.most("false share of flags, mean of 10", mean, 0.10),
        Bar.most("false share of flags, worst of 10", worst, 0.20),
        Bar.most("flags in a city without trouble, worst of 4", most, 3, digits=0),
        _worth(excess, "folded counts", 1.05),
        _worth(excess, "raw counts", 1.5),
    ]


def _worth(excess: dict[str, float], peer: str, times: float) -> Bar:
    """The excess of the year after against that of a peer, which may have none at all."""
    ours, theirs = excess[ENGINE], excess[peer]
    name, bar = f"worth in the year after, over {peer}", f"at least {times:g} x"
    shown = f"{ours / theirs:.2f} x" if theirs > 0 else f"{ours:,.0f} against {theirs:,.0f}"
    return Bar(name, shown, bar, ours >= times * max(theirs, 0.0) and ours > 0)


def table(large: Found, small: Found) -> list[tuple[str, ...]]:
    """The engine and each peer as it did best, in both sizes."""
    heads = (
        "list", "at a million: data", "AP", "first 100", "recall at N", "at 100,000: AP",
        "recall at N",
    )  # fmt: skip
    lines: list[tuple[str, ...]] = [heads]
    for name in (ENGINE, *PEERS):
        variant = (ENGINE, "", "") if name == ENGINE else large.best_variant(name)
        less = (ENGINE, "", "") if name == ENGINE else small.best_variant(name)
        data = "as it is" if name == ENGINE else ", ".join(variant[1:])
        shown = [
            large.mean(variant, w) for w in ("average_precision", "precision_at_100", "at_length")
        ]
        shown += [small.mean(less, w) for w in ("average_precision", "at_length")]
        lines.append((name, data, *(f"{v:.2f}" for v in shown)))
    return lines


def forward_table(large: Found) -> list[tuple[str, ...]]:
    """What came in the year after at each list's first 100."""
    lines: list[tuple[str, ...]] = [("first 100 of", "episodes", "if ordinary", "over it")]
    for name, came in large.came.items():
        lines.append(
            (
                name,
                f"{sum(c.episodes for c in came):,.0f}",
                f"{sum(c.expected for c in came):,.0f}",
                f"{sum(c.excess for c in came):,.0f}",
            )
        )
    return lines


def _say(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
