"""What the storeys above tell this one: how a line reads whose words are kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from wardroom.access.actor import Actor


class Line(Protocol):
    """What a teller reads of a line."""

    pk: int
    kind: str
    body: Any


Teller = Callable[[Sequence[Line], Actor], Mapping[int, str]]
_TELLERS: list[Teller] = []


def tell_lines_with(teller: Teller) -> None:
    """Ask this how lines of its own kinds read to somebody; it names the others not at all."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def told_elsewhere(lines: Sequence[Line], actor: Actor) -> dict[int, str]:
    """The sentences, by a line's number, that are not to be read from the line itself."""
    found: dict[int, str] = {}
    for teller in _TELLERS:
        found.update(teller(lines, actor))
    return found
