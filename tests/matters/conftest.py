"""Somebody who takes work over, and a task to be handed over."""

from __future__ import annotations

import pytest

from tests.cast import Cast, hire
from tests.ground import DUE
from wardroom.access.actor import Role
from wardroom.matters.actions import (
    add_task,
)
from wardroom.matters.models import Ask


@pytest.fixture
def second(db: None) -> Cast:
    """Another liaison of Ward 5, who is to take over."""
    return hire("second", "Second Liaison", Role.LIAISON, ward="5")


@pytest.fixture
def task(liaison5: Cast) -> Ask:
    return add_task(
        None, party=liaison5.party, wording="Ring the owner", due_on=DUE, stamp=liaison5.stamp
    )
