"""What a figure means, in a sentence and a version that a page can print under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """How a figure is made. The version goes up by one whenever the figure would change.

    ``meaning`` is for residents; ``source`` says where the formula is from.
    """

    name: str
    version: int
    meaning: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}, definition {self.version}. {self.meaning}"
