"""What a rota breaks, and what rotas one or two swaps away break instead, without solving again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wardroom.analysis.rota_bounds import Bound
from wardroom.analysis.rota_nouns import Part, Problem

MOST = 80
Parts = frozenset[Part]
Masks = tuple[int, ...]


class Judge:
    """Says which parts a choice of people breaks. A person's turns are the bits of a number."""

    def __init__(self, problem: Problem, every: Iterable[Bound]) -> None:
        self.people = [p.key for p in problem.people]
        self.turns = [t.key for t in problem.turns]
        bit = {t.key: 1 << n for n, t in enumerate(problem.turns)}
        weekend: dict[int, int] = {}
        for turn in problem.turns:
            if turn.weekend is not None:
                weekend[turn.weekend] = weekend.get(turn.weekend, 0) | bit[turn.key]
        self._sums: dict[str, list[tuple[int, int, int, Part]]] = {p: [] for p in self.people}
        self._weekends: dict[str, list[tuple[list[int], int, Part]]] = {p: [] for p in self.people}
        for bound in every:
            if bound.weekends:
                masks = [weekend[key] for _, key in bound.weekends]
                self._weekends[bound.weekends[0][0]].append((masks, bound.most, bound.part))
                continue
            mask = sum(bit[turn] for _, turn in bound.pairs)
            self._sums[bound.pairs[0][0]].append((mask, bound.least, bound.most, bound.part))

    def masks(self, given: Mapping[str, str]) -> Masks:
        """Each person's turns."""
        return tuple(
            sum(1 << n for n, turn in enumerate(self.turns) if given.get(turn) == person)
            for person in self.people
        )

    def broken(self, who: int, mask: int) -> Parts:
        """The parts that one person's turns break."""
        person = self.people[who]
        found = {
            part
            for its, least, most, part in self._sums[person]
            if not least <= (its & mask).bit_count() <= most
        }
        for masks, most, part in self._weekends[person]:
            if sum(1 for its in masks if its & mask) > most:
                found.add(part)
        return frozenset(found)

    def near(self, given: Mapping[str, str]) -> set[Parts]:
        """What this rota breaks, and what those beside it break where that is no more."""
        start = self.masks(given)
        seen, found, row = {start}, {self.all_broken(start)}, [start]
        most = len(self.all_broken(start))
        while row and len(found) < MOST and len(seen) < 10 * MOST:
            for masks in self._swapped(row.pop(0)):
                breaks = self.all_broken(masks)
                if masks not in seen and len(breaks) <= most:
                    seen.add(masks)
                    if breaks not in found:
                        found.add(breaks)
                        row.append(masks)
        return found

    def all_broken(self, masks: Masks) -> Parts:
        """The parts that a whole rota breaks."""
        return frozenset().union(*(self.broken(who, mask) for who, mask in enumerate(masks)))

    def _swapped(self, masks: Masks) -> Iterator[Masks]:
        """The rotas in which one turn that breaks something goes to somebody else."""
        for who, mask in enumerate(masks):
            now = self.broken(who, mask)
            for n in range(len(self.turns)) if now else ():
                bit = 1 << n
                if mask & bit and now - self.broken(who, mask ^ bit):
                    for other in range(len(masks)):
                        if other != who:
                            changed = list(masks)
                            changed[who] ^= bit
                            changed[other] |= bit
                            yield tuple(changed)
