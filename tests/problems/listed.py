"""Which places a list and a map show."""

from __future__ import annotations

from typing import Any

from tests.conftest import NOON
from wardroom.access.actor import Actor
from wardroom.problems.queries import (
    Chosen,
    candidate_map,
    candidate_page,
)

TODAY = NOON.date()


def places(actor: Actor, **words: Any) -> list[str]:
    """The addresses on the first page, in its order, without the street."""
    past, sort = words.pop("past", None), words.pop("sort", "")
    page = candidate_page(actor, on=TODAY, chosen=Chosen(**words), past=past, sort=sort)
    assert page.total == len(page.rows)
    return [row.label.split()[0] for row in page.rows]


def on_map(actor: Actor, **words: Any) -> list[str]:
    drawn = candidate_map(actor, on=TODAY, chosen=Chosen(**words))
    return [f["properties"]["label"].split()[0] for f in drawn["features"]]
