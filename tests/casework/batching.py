"""Batches of the tests: prepared, done and taken back, and all that a page shows of an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from tests.casework.intake import later
from tests.cast import HOUSE, Cast
from tests.ground import DUE, NEXT
from wardroom.casework.actions import (
    begin_batch,
    go_on_with_batch,
    prepare_batch,
    undo_batch,
)
from wardroom.casework.models import Batch
from wardroom.casework.queries import issue_file
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.models import Matter, Waiting
from wardroom.search.models import Doc

# What a page shows of itself and not of the issue: the version and the lines of the ledger.
BESIDES = ("timeline",)


FORMER: dict[str, Any] = {"next_on": NEXT, "next_step": "Call the owner"}


VERBS = ("next", "give", "topic", "join", "ask", "close", "restrict")


def shown(matter: Matter, who: Cast) -> dict[str, Any]:
    """All that the page of an issue says of it, and its rows in the worklist and the search."""
    file = asdict(issue_file(matter.pk, who.actor))
    for name in BESIDES:
        del file[name]
    del file["matter"]["version"]
    for ask in file["asks"]:
        ask.pop("allowed")
    rows = Waiting.objects.filter(matter=matter).order_by("noun", "key")
    file["waiting"] = list(rows.values_list("noun", "key", "party", "reason", "due_on", "title"))
    found = Doc.objects.filter(noun="matter", key=str(matter.pk))
    file["search"] = list(found.values_list("title", "text", "ward_code"))
    return file


def prepared(who: Cast, verb: str, words: Mapping[str, Any], issues: list[Matter]) -> Batch:
    """A batch with its preview."""
    batch = prepare_batch(
        None,
        verb=verb,
        words=words,
        said="A change",
        issues=[matter.pk for matter in issues],
        stamp=who.stamp,
    )
    return go_on_with_batch(batch, rows=500, stamp=who.stamp)


def done(batch: Batch, who: Cast) -> Batch:
    begin_batch(batch, digest=batch.digest, stamp=who.stamp)
    return go_on_with_batch(batch, rows=500, stamp=who.stamp)


def taken_back(batch: Batch, who: Cast, *, days: int = 0) -> Batch:
    stamp = later(who, days)
    undo_batch(batch, stamp=stamp)
    return go_on_with_batch(batch, rows=500, stamp=stamp)


def states(batch: Batch) -> list[str]:
    return [item.state for item in batch.items.order_by("matter_id")]


def deliver() -> None:
    """What follows from the lines, as the worker does it."""
    for pk in Receipt.objects.filter(state="due").order_by("pk").values_list("pk", flat=True):
        deliver_receipt(pk, stamp=HOUSE)


def words_for(verb: str, liaison: Cast, director: Cast, issues: list[Matter]) -> dict[str, Any]:
    words: dict[str, dict[str, Any]] = {
        "next": {"next_on": "2026-12-24", "next_step": "Walk the block"},
        "give": {"owner": director.party.pk},
        "topic": {"topic_code": "trash"},
        "join": {"into": issues[0].pk},
        "ask": {"agency_code": "DPW", "wording": "Set traps", "due_on": DUE.isoformat()},
        "close": {"outcome": "fixed", "text": "The house was sealed."},
        "restrict": {"reason": "A witness"},
    }
    return words[verb]


def sealed_to(who: Cast, matter: Matter) -> Cast:
    """The same person, to whom an issue is sealed."""
    reach = replace(who.actor.reach, sealed=frozenset({f"matter:{matter.pk}"}))
    return replace(who, actor=replace(who.actor, reach=reach))


def indexed() -> list[tuple[str, str, str]]:
    """All that the search knows."""
    return sorted(Doc.objects.values_list("noun", "key", "title"))
