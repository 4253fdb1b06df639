"""What can happen, written down as frozen facts in the past tense.

A fact carries only plain values, tells its own timeline sentence, and names what it is
about. It is stored as JSON and read back years later, so a field is never renamed.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, Self


class Ref(NamedTuple):
    """A pointer to something in the house: its noun and its number or code."""

    noun: str
    key: str

    def __str__(self) -> str:
        return f"{self.noun}:{self.key}"


@dataclasses.dataclass(frozen=True)
class Change:
    """One field that moved: its name for programs, its name for people, before and after."""

    field: str
    label: str
    before: str
    after: str


# What concerns these is shown by nothing but the own pages of a hiring, to whom it names.
HIRING, HIRING_NOUNS = "hiring", frozenset({"hiring", "application"})

_KINDS: dict[str, type[Fact]] = {}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, once and for ever.

    ``noise`` marks what the house itself does all day; a page folds such lines away. A fact
    that moved fields has them as ``changes``, a tuple of `Change`. ``plain`` names fields that
    say nothing of anybody, beside those that `wardroom.kernel.personal` lists.
    """

    audience: ClassVar[str] = "internal"
    noise: ClassVar[bool] = False
    plain: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in _KINDS and _KINDS[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two facts are called {cls.__name__}")
        _KINDS[cls.__name__] = cls

    @property
    def kind(self) -> str:
        return type(self).__name__

    def sentence(self) -> str:
        """The line that a timeline shows."""
        raise TypeError(f"{self.kind} does not tell its sentence")

    def about(self) -> tuple[Ref, ...]:
        """The things whose timelines this line belongs on."""
        raise TypeError(f"{self.kind} does not say what it is about")

    def concerned(self) -> tuple[Ref, ...]:
        """What decides who may read this line: what it is about, unless it follows from more."""
        return self.about()

    def heard_by(self) -> str:
        """For whom the line is by itself, whatever it concerns."""
        return self.audience

    def words(self) -> str:
        """What a person typed, for the search; most facts hold nothing of the kind."""
        return ""

    def to_plain(self) -> dict[str, Any]:
        """The fact as JSON-ready values."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """The fact again, from what `to_plain` gave."""
        hints = typing.get_type_hints(cls)
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: _rich(hints[k], v) for k, v in plain.items() if k in known})


def kind_named(name: str) -> type[Fact]:
    """The class of a fact by its stored name; KeyError where no such fact exists."""
    return _KINDS[name]


def all_kinds() -> dict[str, type[Fact]]:
    """Every fact that the loaded parts of the house can record, by name."""
    return dict(_KINDS)


def audience_of(fact: Fact) -> str:
    """For whom a line is; whatever concerns a hiring is apart, however it came about."""
    return HIRING if any(is_apart(ref.noun) for ref in fact.concerned()) else fact.heard_by()


def is_apart(noun: str) -> bool:
    """Whether things of this noun are kept apart from everything else."""
    return noun in HIRING_NOUNS


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Change):
        return dataclasses.asdict(value)
    return value


def _rich(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return _rich(inner[0], value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is Change:
        return Change(**value)
    if hint is date:
        return date.fromisoformat(value)
    if origin is tuple:
        args = typing.get_args(hint)
        inner_hint = args[0] if args else Any
        return tuple(_rich(inner_hint, v) for v in value)
    return value
