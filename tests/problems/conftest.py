"""What several tests of the candidates stand on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.trouble import EVERYDAY, Trouble, bring_in, monthly
from wardroom.problems.gateways import detect

TODAY = NOON.date()


@pytest.fixture
def crowded(trouble: Trouble) -> Trouble:
    """The small city with thirty more places in trouble in ward 5, not all of them surely."""
    more = [
        report
        for place in range(10, 40)
        for report in monthly(place, months=4 + place % 20, kind=EVERYDAY[place % 7])
    ]
    bring_in(trouble.folder, more, at=NOON + timedelta(seconds=1))
    return Trouble(detect(stamp=HOUSE), trouble.folder)
