"""What is done at the table of a core team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.calendar.conftest import on
from tests.cast import Cast
from tests.ground import DUE
from wardroom.calendar.actions import (
    agree_ask,
    call_seat,
)
from wardroom.calendar.models import AgreedAsk, Event
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import Refused
from wardroom.matters.models import Matter


def refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(Refused) as no:
        call()
    assert no.value.code == code


def call_all(event: Event, who: Cast, days: float, **words: str) -> None:
    """Call the roll of the whole table; whoever is not named was present."""
    for seat in Seat.objects.filter(ward_code="5", title="Core team").order_by("pk"):
        attended = words.get(seat.organisation.code, "present")
        call_seat(event, seat=seat, attended=attended, stamp=on(who, days))


def agree(event: Event, matter: Matter, agency: Party, who: Cast, **more: Any) -> AgreedAsk:
    given = {
        "wording": "Clear the alley",
        "owner_name": "Pat of the yard",
        "due_on": DUE,
        "stamp": on(who, 6),
    }
    return agree_ask(event, matter=matter, agency=agency, **{**given, **more})
