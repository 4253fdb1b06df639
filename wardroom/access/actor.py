"""Who acts: actor, reach, scope and stamp. Pure values, made once at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person is in the house. One person may hold several."""

    DIRECTOR = "director"
    LIAISON = "liaison"
    PARTNER = "partner"
    RECORDS = "records_officer"
    SYSTEM = "system"


class Window(StrEnum):
    """Through which window a change came in."""

    WEB = "web"
    API = "api"
    SHELL = "shell"
    WORKER = "worker"


@dataclass(frozen=True)
class Scope:
    """A rule about rows that serves both as a list's filter and as a single row's check.

    ``any_of`` holds pairs of a column path and the values allowed there; a row is inside
    when any pair matches. ``everything`` lets all rows in; an empty scope lets none in.
    """

    everything: bool = False
    any_of: tuple[tuple[str, frozenset[Any]], ...] = ()

    def covers(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is inside; a value that is a collection matches by any member."""
        if self.everything:
            return True
        for path, allowed in self.any_of:
            value = row.get(path)
            values = value if isinstance(value, set | frozenset | tuple | list) else (value,)
            if any(v in allowed for v in values):
                return True
        return False


ALL_ROWS = Scope(everything=True)
NO_ROWS = Scope()


@dataclass(frozen=True)
class Reach:
    """How far a person's sight goes: the whole city, some wards, or one agency's asks."""

    city: bool = False
    wards: frozenset[str] = field(default_factory=frozenset)
    agencies: frozenset[str] = field(default_factory=frozenset)

    def by(self, *, ward: str | None = None, agency: str | None = None) -> Scope:
        """The scope over rows that keep a ward's code and an agency's code at these paths."""
        if self.city:
            return ALL_ROWS
        pairs: list[tuple[str, frozenset[Any]]] = []
        if ward and self.wards:
            pairs.append((ward, self.wards))
        if agency and self.agencies:
            pairs.append((agency, self.agencies))
        return Scope(any_of=tuple(pairs))


@dataclass(frozen=True)
class Actor:
    """The person, or the system itself, on whose word something is done."""

    user_id: int | None
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    reach: Reach = field(default_factory=Reach)

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of these roles."""
        return bool(self.roles.intersection(roles))

    @property
    def is_staff(self) -> bool:
        """Whether the actor belongs to the office itself."""
        return self.has(Role.DIRECTOR, Role.LIAISON, Role.RECORDS, Role.SYSTEM)


SYSTEM = Actor(
    user_id=None, name="Wardroom", roles=frozenset({Role.SYSTEM}), reach=Reach(city=True)
)
NOBODY = Actor(user_id=None, name="Visitor")


@dataclass(frozen=True)
class Stamp:
    """Who, when, and through which window: carried by every change."""

    actor: Actor
    at: datetime
    window: Window

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a stamp needs an instant with a time zone")


def wards_of(codes: Iterable[str]) -> frozenset[str]:
    """The ward codes as a set, blanks dropped."""
    return frozenset(c.strip() for c in codes if c.strip())
