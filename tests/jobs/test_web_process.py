"""What web processes share is there before they are made, and stays shared."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from pytest_django import Settings

from wardroom.jobs.commands.serve_command import add_arguments, web_argv
from wardroom.jobs.web_process import share_what_all_need

MOST_THAT_PROXIES_KEEP = 120


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


def kept_seconds() -> int:
    """How long the site as it is served keeps a connection on which nothing is asked."""
    words = argparse.ArgumentParser()
    add_arguments(words)
    call = web_argv(words.parse_args([]))
    return int(call[call.index("--keep-alive") + 1])


def test_a_proxy_is_the_first_to_close(settings: Settings) -> None:
    """Else it sends a form down a connection that closes at that moment, and answers 502."""
    settings.BEHIND_PROXY = True
    assert kept_seconds() > MOST_THAT_PROXIES_KEEP


def test_strangers_hold_no_connection_for_long(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    assert kept_seconds() < 5
