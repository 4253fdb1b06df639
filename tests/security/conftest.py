"""A clock that tests move, and counts of sign-ins that begin at nothing."""

from __future__ import annotations

import pytest

from tests.security.clocks import Clock, hang_up


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return hang_up(monkeypatch)
