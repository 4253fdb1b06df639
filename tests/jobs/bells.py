"""A tiny trade of our own, to watch deliveries with: a bell is rung, and somebody hears it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardroom.access.actor import Actor, Stamp
from wardroom.access.gate import action
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.actions import record
from wardroom.ledger.reactions import Reaction, register_reactions


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact):
    """Somebody rang."""

    tone: str

    def sentence(self) -> str:
        return f"The bell rang {self.tone}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("bell", self.tone),)


@dataclass(frozen=True, kw_only=True)
class BellHeard(Fact):
    """Somebody heard it."""

    tone: str

    def sentence(self) -> str:
        return f"The {self.tone} bell was heard"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("bell", self.tone),)


def may_do_anything(actor: Actor, _: Any) -> bool:
    return True


@action(may_do_anything)
def ring_bell(_: None, *, tone: str, stamp: Stamp) -> int:
    """Ring once."""
    return int(record(BellRung(tone=tone), stamp=stamp).pk)


@action(may_do_anything)
def hear_bell(_: None, *, tone: str, stamp: Stamp) -> None:
    """Hear once."""
    record(BellHeard(tone=tone), stamp=stamp)


def hear(fact: BellRung, *, entry_id: int, stamp: Stamp) -> None:
    """Hear the bell; a slow one takes a minute at the first try, a cracked one cannot be heard."""
    hear_bell(None, tone=fact.tone, stamp=stamp)
    if fact.tone == "cracked":
        raise ValueError("no sound")
    begun = Path(os.environ.get("BELL_BEGUN", "/nowhere"))
    if fact.tone == "slow" and not begun.exists():
        begun.write_text(str(os.getpid()))
        time.sleep(60)


def register_bells() -> None:
    """Let the bell be followed by its hearing."""
    register_reactions({BellRung: (Reaction("hear", hear),)})
