"""Ledger lines with their chain, receipts and search entries, as `ledger.actions` writes them."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.office.store import Store, plain
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.actions.writing import salts_for
from wardroom.ledger.models import About, Entry, Link, Receipt
from wardroom.ledger.reactions import reactions_to
from wardroom.ledger.rules import (
    NO_LINE_YET,
    canonical,
    commitments_to,
    covered,
    wait_after,
)
from wardroom.search import rules
from wardroom.search.models import Doc, Spelling
from wardroom.search.rules import Thing


@dataclass(frozen=True)
class Who:
    """Somebody of the cast, as ledger lines and rows name them."""

    user_id: int | None
    name: str
    party_id: int = 0


HOUSE = Who(None, "Wardroom")


class Ledger:
    """The end of the chain, and what is written after it."""

    def __init__(
        self,
        store: Store,
        *,
        delivered: bool,
        new_uid: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        self.store, self.delivered, self.new_uid = store, delivered, new_uid
        self.entries, self.abouts = store.table(Entry), store.table(About)
        self.links, self.receipts = store.table(Link), store.table(Receipt)
        head = Link.objects.order_by("-position").values_list("position", "digest").first()
        self.position, self.digest = head or (0, NO_LINE_YET)

    def record(self, fact: Fact, at: datetime, who: Who, *, window: str = "web") -> int:
        """Write a fact down; returns the number of its line."""
        about = tuple(dict.fromkeys(fact.about()))
        keys = {ref.noun: ref.key for ref in reversed(about)}
        body = fact.to_plain()
        salts = salts_for(fact, body)
        uid = self.new_uid()
        row = self.entries.row(
            uid=uid.hex,
            at=plain(at),
            actor_id=who.user_id,
            actor_name=who.name,
            window=window,
            kind=fact.kind,
            audience=fact.audience,
            ward_code=keys.get("ward", ""),
            agency_code=keys.get("agency", "") if fact.audience == "partner" else "",
            matter_key=keys.get("matter", ""),
            sentence=fact.sentence(),
            body=json.dumps(body),
            salts=json.dumps(salts),
        )
        number = int(row["id"])
        self.entries.put(row)
        for ref in about:
            self.abouts.put(self.abouts.row(entry_id=number, noun=ref.noun, key=ref.key))
        kept = covered(row["sentence"], body, commitments_to(row["sentence"], body, salts))
        self._chain(number, row, at, kept, about)
        self._receipts(number, fact, at)
        if fact.words():
            self._let_be_found(number, row, fact, at)
        return number

    def _chain(
        self,
        number: int,
        row: dict[str, Any],
        at: datetime,
        kept: tuple[str, Any],
        about: tuple[Ref, ...],
    ) -> None:
        """The digest of `digest_after`, which here need not read the body back first."""
        names = ("actor_id", "actor_name", "window", "kind", "audience", "ward_code")
        words = [
            self.digest,
            row["uid"],
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            *(row[name] for name in (*names, "agency_code", "matter_key")),
            *kept,
            sorted(about),
        ]
        self.digest = hashlib.sha256(canonical(words).encode("ascii")).hexdigest()
        self.position += 1
        self.links.put({"position": self.position, "entry_id": number, "digest": self.digest})

    def _receipts(self, number: int, fact: Fact, at: datetime) -> None:
        for reaction in reactions_to(fact.kind):
            row = self.receipts.row(
                entry_id=number, reaction=reaction.name, state="due", next_try_at=plain(at)
            )
            if self.delivered:
                later = at + timedelta(seconds=2)
                row |= {"state": "done", "attempts": 1, "done_at": plain(later)}
                row["next_try_at"] = plain(later + timedelta(seconds=wait_after(1)))
            self.receipts.put(row)

    def _let_be_found(self, number: int, row: dict[str, Any], fact: Fact, at: datetime) -> None:
        thing = Thing(
            ref=Ref("entry", str(number)),
            title=row["sentence"],
            text=fact.words(),
            at=at,
            ward_code=row["ward_code"],
            matter_key=row["matter_key"],
        )
        find(self.store, thing)


def find(store: Store, thing: Thing) -> None:
    """Let a thing be found, as `search.actions` does."""
    docs, ref = store.table(Doc), thing.ref
    words = rules.bag(thing)
    docs.put(
        docs.row(
            noun=ref.noun,
            key=ref.key,
            exact=rules.exact_of(ref, thing.code),
            title=rules.kept(thing.title, 200),
            text=rules.kept(thing.text, 1000),
            words=words,
            ward_code=thing.ward_code,
            agency_code=thing.told_agency,
            audience=thing.audience,
            matter_key=ref.key if ref.noun == "matter" else thing.matter_key,
            at=plain(thing.at),
        )
    )
    if store.spelt is None:
        store.spelt = set(Spelling.objects.values_list("word", flat=True))
    table = store.table(Spelling)
    for word in sorted(set(words.split()) - store.spelt):
        store.spelt.add(word)
        if rules.is_spelt(word):
            for variant in sorted(rules.variants(word)):
                table.put(table.row(variant=variant, word=word))
