"""R13: what a phone hands in comes once, however often and in whatever order it is sent.

The orders of chance stand in tests/fieldwork/test_walk_delivery.py, fifteen of them in every run
and 500 in make torture; real Chromium stands in tests/browser/test_walk.py, and one that is killed
with 50 edits waiting in tests/torture/test_phone.py.
"""

from __future__ import annotations

import json

import pytest

from tests.cast import Cast
from tests.fieldwork.outings import follow_up, phone_of
from tests.fieldwork.test_walk_delivery import (
    an_hour,
    effects,
    files,
    hand_in,
    in_turn,
    oak_street,
)
from wardroom.fieldwork.models import Walk

__all__ = ["files", "oak_street"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("anew", [False, True])
def test_power_where_a_second_sending_has_another_name_it_shows(
    oak_street: Walk, liaison5: Cast, director: Cast, anew: bool
) -> None:
    """Power check: a phone that names what it sends anew each time hands it in twice."""
    wanted = in_turn(oak_street, (liaison5, director))
    for name, who in (("a", liaison5), ("b", director)):
        phone = phone_of(oak_street, who, name=name)
        for what, thing in an_hour(phone):
            hand_in(phone, what, thing)
        first = phone.lines[0]
        phone.send(phone.keep(json.loads(first["body"])) if anew else first)
    follow_up()
    assert (effects(oak_street) == wanted) is not anew
