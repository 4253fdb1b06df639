"""What one of many lacks stops no other."""

from __future__ import annotations

import logging

import pytest

from wardroom.jobs.each import do_each
from wardroom.kernel.errors import NotFound, Refused


def test_one_that_fails_is_written_down_and_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[int] = []

    def deed(number: int) -> None:
        if number == 1:
            raise Refused("closed", "It is closed.")
        if number == 2:
            raise NotFound("nowhere")
        if number == 3:
            raise ZeroDivisionError
        done.append(number)

    with caplog.at_level(logging.INFO):
        assert do_each([1, 2, 3, 4, 5], deed, told="digest") == 2
    assert done == [4, 5]
    said = [(r.levelname, r.getMessage()) for r in caplog.records]
    assert said == [
        ("INFO", "digest 1: Refused: closed"),  # its words may name somebody
        ("INFO", "digest 2: NotFound"),
        ("ERROR", "digest 3 stopped at an error"),
    ]
