"""What web processes share is there before they are made, and stays shared."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from wardroom.jobs.web_process import share_what_all_need


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What is frozen here is looked at again by whatever is tested after."""
    yield
    gc.unfreeze()


def test_the_addresses_are_known_and_nothing_is_looked_at_again() -> None:
    before = gc.get_freeze_count()
    marked: list[list[str]] = [[]]
    share_what_all_need()
    assert gc.get_freeze_count() > before
    assert not any(held is marked for held in gc.get_objects())
    assert get_resolver()._populated  # type: ignore[attr-defined]


def test_power_what_is_not_frozen_is_looked_at() -> None:
    """Power check: the same question finds a thing that was made later."""
    share_what_all_need()
    later: list[list[str]] = [[]]
    assert any(held is later for held in gc.get_objects())
