"""Handovers of the tests: begun, and what is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.matters.actions import (
    start_handover,
)
from wardroom.matters.models import Handover
from wardroom.matters.queries import (
    worklist,
)

TODAY = NOON.date()


def begin(who: Cast, by: Cast, *, last_on: date = TODAY, ward: str = "") -> Handover:
    return start_handover(
        who.party, why="A detail", last_on=last_on, ward_code=ward, stamp=by.stamp
    )


def things(handover: Handover) -> list[Ref]:
    return [Ref(item.noun, item.key) for item in handover.items.order_by("pk")]


def ids(handover: Handover, state: str = "proposed") -> list[int]:
    return list(handover.items.filter(state=state).order_by("pk").values_list("pk", flat=True))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def reasons(who: Cast) -> list[str]:
    return [row.reason for row in worklist(who.actor, on=TODAY, size=100).rows]
