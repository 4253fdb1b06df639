"""The demonstration's load, cut off once in each of its parts, each time from the beginning."""

from __future__ import annotations

import pytest

from tests.demonstration.test_load import CALL, CUTS, check_it_carries_on, cut_off, home
from tests.torture.conftest import Tally
from wardroom.demonstration import loader
from wardroom.jobs.cli import main

__all__ = ["home"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "name", "at_call"),
    [
        pytest.param(*cut, marks=pytest.mark.torture(f"Loads cut off in {cut[1]}", 1), id=cut[1])
        for cut in CUTS
    ],
)
def test_load_that_was_cut_off_once_carries_on_to_the_same_end(
    where: object, name: str, at_call: int, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_off(patch, where, name, at_call=at_call)
        assert main(CALL) == 130
    assert not loader.is_loaded()
    check_it_carries_on()
    tally.done = tally.asked
