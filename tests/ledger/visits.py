"""Lines that tell of a visit to somebody, and what is still said of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cast import HOUSE
from wardroom.access.gate import action
from wardroom.kernel import facts
from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.ledger.actions import record, writing
from wardroom.ledger.models import About, Entry, Link, Mention, Receipt, TakenOut
from wardroom.ledger.queries import signed_heads, verified_chain
from wardroom.ledger.rules import Typed
from wardroom.matters.actions.words import index_line
from wardroom.search.models import Doc

CANARY, REASON = "Quillfeather", "closed issues, 3 years after their end"
MATTER = Ref("matter", "31")
Write = Callable[..., int]


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a line about somebody; gives the number of its entry."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))
    monkeypatch.setattr(writing, "_LISTENERS", [index_line])

    @dataclass(frozen=True, kw_only=True)
    class VisitKept(Fact):
        party_name: str
        text: str
        channel: str
        ward_code: str
        names: tuple[str, ...]
        changes: tuple[Change, ...]
        note: str = ""

        def sentence(self) -> str:
            return f"Visit to {self.party_name} by {self.channel}: {self.text}"

        def words(self) -> str:
            return self.text

        def about(self) -> tuple[Ref, ...]:
            return (MATTER, Ref("ward", self.ward_code))

    @action(lambda actor, _: True)
    def keep_visit(subject: None, *, text: str, stamp: Any) -> int:
        fact = VisitKept(
            party_name=f"Wilhelmina {CANARY}",
            text=text,
            channel="phone",
            ward_code="5",
            names=(f"{CANARY} senior", "", f"{CANARY} junior"),
            changes=(Change("phone", "Phone", "", f"202 {CANARY}"),),
        )
        kim = Typed(sign="@", text=f"kim{CANARY}", noun="party")
        return record(fact, mentions=[kim], stamp=stamp).pk

    return lambda text=f"{CANARY} told of rats", stamp=HOUSE: keep_visit(
        None, text=text, stamp=stamp
    )


@pytest.fixture
def older(write: Write, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three lines from before there were salts."""
    with monkeypatch.context() as patched:
        patched.setattr(writing, "salts_for", lambda *_: None)
        return [write() for _ in range(3)]


def why() -> str:
    broken = verified_chain(heads=signed_heads()).broken
    return broken.why if broken else ""


def position_of(entry: int) -> int:
    return Link.objects.values_list("position", flat=True).get(entry=entry)


def rows_with(word: str) -> list[str]:
    """The tables of the ledger and of the search for things in which a word still stands."""
    found = []
    for model in (Entry, About, Mention, Receipt, TakenOut, Doc):
        rows = json.dumps([list(row) for row in model._base_manager.values_list()], default=str)
        if word.lower() in rows.lower():
            found.append(model.__name__)
    return found
