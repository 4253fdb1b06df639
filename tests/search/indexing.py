"""Filling the index as the house does: inside an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.cast import HOUSE
from tests.conftest import NOON
from wardroom.access import gate
from wardroom.access.actor import Actor, Reach, Role
from wardroom.kernel.facts import Fact, Ref
from wardroom.search.actions import index_things
from wardroom.search.queries import find
from wardroom.search.rules import Thing

DIRECTOR = Actor(1, "D", frozenset({Role.DIRECTOR}), Reach(city=True))
WARD5 = Actor(2, "L5", frozenset({Role.LIAISON}), Reach(wards=frozenset({"5"})))
WARD7 = Actor(3, "L7", frozenset({Role.LIAISON}), Reach(wards=frozenset({"7"})))
DPW = Actor(4, "P", frozenset({Role.PARTNER}), Reach(agencies=frozenset({"DPW"})))
DDOT = Actor(5, "Q", frozenset({Role.PARTNER}), Reach(agencies=frozenset({"DDOT"})))
NOBODY = Actor(None, "Visitor")


@dataclass(frozen=True, kw_only=True)
class Tried(Fact):
    """Something that only tests record."""

    def sentence(self) -> str:
        return "A test ran"

    def about(self) -> tuple[Ref, ...]:
        return ()


def inside(call: Callable[[], Any]) -> Any:
    """What a call gives inside an action."""

    def body(subject: None, /, *, stamp: Any) -> Any:
        gate.note_fact(Tried(), stamp)
        return call()

    body.__module__ = "tests.search.indexing"
    run = gate.action(lambda actor, row: True)(body)
    gate.ACTIONS.pop("search.body", None)
    return run(None, stamp=HOUSE)


def keep(*things: Thing) -> None:
    """Index these, the oldest first."""
    inside(lambda: index_things(things))


def thing(key: str, title: str, noun: str = "note", **more: Any) -> Thing:
    return Thing(ref=Ref(noun, key), title=title, at=more.pop("at", NOON), **more)


def found(actor: Actor, text: str, **more: Any) -> list[str]:
    """The keys of what is found, in order."""
    return [row.ref.key for row in find(actor, text, **more).rows]


def all_found(actor: Actor, texts: Iterable[str]) -> dict[str, list[str]]:
    return {text: found(actor, text) for text in texts}
