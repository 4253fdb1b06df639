"""Who acts: actor, reach, scope and stamp. Pure values, made once at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from wardroom.kernel.facts import HIRING


class Role(StrEnum):
    """What a person is in the house. One person may hold several."""

    DIRECTOR = "director"
    LIAISON = "liaison"
    STAFF = "staff"
    PARTNER = "partner"
    RECORDS = "records_officer"
    AUDITOR = "auditor"
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
    ``none_of`` is stronger than both: a row that matches one of its pairs is outside.
    """

    everything: bool = False
    any_of: tuple[tuple[str, frozenset[Any]], ...] = ()
    none_of: tuple[tuple[str, frozenset[Any]], ...] = ()

    def covers(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is inside; a value that is a collection matches by any member."""
        if any(_matches(row, path, closed) for path, closed in self.none_of):
            return False
        return self.everything or any(_matches(row, path, open_) for path, open_ in self.any_of)

    def without(self, *pairs: tuple[str, frozenset[Any]]) -> Scope:
        """The same scope with these rows left out; a pair that names nothing is dropped."""
        named = tuple((path, closed) for path, closed in pairs if closed)
        return replace(self, none_of=(*self.none_of, *named)) if named else self


def _matches(row: Mapping[str, Any], path: str, allowed: frozenset[Any]) -> bool:
    value = row.get(path)
    values = value if isinstance(value, set | frozenset | tuple | list) else (value,)
    return any(v in allowed for v in values)


ALL_ROWS = Scope(everything=True)
NO_ROWS = Scope()


@lru_cache(maxsize=256)
def _keys_of(sealed: frozenset[str], noun: str) -> frozenset[str]:
    start = f"{noun}:"
    return frozenset(ref.removeprefix(start) for ref in sealed if ref.startswith(start))


@lru_cache(maxsize=256)
def _numbers(keys: frozenset[str]) -> frozenset[int]:
    return frozenset(int(key) for key in keys)


@dataclass(frozen=True)
class Reach:
    """How far a person's sight goes: the whole city, some wards, or one agency's asks.

    ``asks`` are the single asks that the bearer of a one-off link reaches. ``sealed`` names
    as ``noun:key`` what is restricted and not open to this person, wherever the rest is.
    ``covers`` are those of the wards that this person looks after for a colleague. ``matters``
    are single ones that the person was called to, wherever they lie; those in ``runs`` the
    person runs.
    """

    city: bool = False
    wards: frozenset[str] = field(default_factory=frozenset)
    agencies: frozenset[str] = field(default_factory=frozenset)
    asks: frozenset[int] = field(default_factory=frozenset)
    sealed: frozenset[str] = field(default_factory=frozenset)
    covers: frozenset[str] = field(default_factory=frozenset)
    matters: frozenset[int] = field(default_factory=frozenset)
    runs: frozenset[int] = field(default_factory=frozenset)

    def with_own(self, scope: Scope, path: str) -> Scope:
        """The same scope with the rows of the single matters that this person was called to."""
        if scope.everything or not self.matters:
            return scope
        return replace(scope, any_of=(*scope.any_of, (path, self.matters)))

    def sealed_keys(self, noun: str) -> frozenset[str]:
        """The keys of one noun that are closed to this person."""
        return _keys_of(self.sealed, noun)

    def sealed_ids(self, noun: str) -> frozenset[int]:
        """The same as numbers, for columns that hold them."""
        return _numbers(_keys_of(self.sealed, noun))

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
        return self.has(
            Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.RECORDS, Role.AUDITOR, Role.SYSTEM
        )


def office_reach(actor: Actor, *, ward: str = "ward_code") -> Scope:
    """Rows of the actor's wards and of the whole city, which name no ward; the office alone."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward=ward)
    if scope.everything:
        return scope
    return replace(scope, any_of=(*scope.any_of, (ward, frozenset({""}))))


def staff_reach(actor: Actor, *, ward: str, matter: str) -> Scope:
    """Rows of the actor's wards and own matters, but of none that is sealed; the office alone."""
    scope = actor.reach.with_own(actor.reach.by(ward=ward), matter) if actor.is_staff else NO_ROWS
    return scope.without((matter, actor.reach.sealed_ids("matter")))


# Lines that not even all of the office reads, and whose they are.
APART: Mapping[str, frozenset[Role]] = {
    "money": frozenset({Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM}),
    "staffing": frozenset({Role.DIRECTOR, Role.AUDITOR, Role.RECORDS, Role.SYSTEM}),
    HIRING: frozenset(),
}


def apart_from(actor: Actor) -> frozenset[str]:
    """The audiences whose lines, and whatever follows from them, the actor does not read."""
    return frozenset(word for word, roles in APART.items() if not actor.roles & roles)


def lines_reach(actor: Actor, *, own: bool = True) -> Scope:
    """What was told of the actor's wards and own matters, or of none; a partner's agency's alone.

    Nothing sealed. What belongs to no agency is internal: a partner's scope never lets it in.
    Lines about money and about the people who work here are for those who lead the office or
    audit it; what concerns a hiring is read on its own pages only, by whom it names. Without
    ``own`` single matters in other wards are left out, where only wards can be looked up.
    """
    sealed = actor.reach.sealed_keys("matter")
    return _told(actor, own=own).without(("matter_key", sealed), ("audience", apart_from(actor)))


def _told(actor: Actor, *, own: bool) -> Scope:
    if actor.reach.city:
        return ALL_ROWS
    pairs: list[tuple[str, frozenset[Any]]] = []
    if actor.is_staff:
        pairs.append(("ward_code", actor.reach.wards | {""}))
        if own and actor.reach.matters:
            pairs.append(("matter_key", frozenset(map(str, actor.reach.matters))))
    agencies = actor.reach.agencies - {""}
    if agencies:
        pairs.append(("agency_code", agencies))
    return Scope(any_of=tuple(pairs))


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
