"""A site that is asked for page after page, and what it holds on to meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.reliability.overload import rush, size_of_site

PEOPLE, LIFE = 4, "/healthz"
WARM_PART, MOST_GROWTH = 10, 1.05


@dataclass(frozen=True)
class Round:
    """After so many requests: what came back, the site's own megabytes, its open files."""

    statuses: frozenset[int]
    megabytes: float
    files: int


def soaked(host: str, port: int, paths: list[str], *, rounds: int, each: int) -> Iterator[Round]:
    """Round by round, each of ``each`` requests by every one of a few people."""
    for _ in range(rounds):
        found = rush(host, port, paths, people=PEOPLE, each=each, life=LIFE)
        yield Round(frozenset(found.statuses), *size_of_site())


def leaks(rounds: list[Round]) -> set[str]:
    """What grew since the first tenth, which warmed the site up: memory, files."""
    warm, last = rounds[len(rounds) // WARM_PART], rounds[-1]
    found = set()
    if last.megabytes > warm.megabytes * MOST_GROWTH:
        found.add("memory")
    if last.files > warm.files + PEOPLE:
        found.add("files")
    return found
