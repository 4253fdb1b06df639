"""R15: a site that runs for long neither grows nor keeps files open.

At its full length, 200,000 requests, it is of the long tier (`make torture`). Here stands the
power check: what is put in on purpose is seen in both.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.live import live_site
from tests.ground import Ground
from tests.reliability.soak import leaks, soaked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
PATHS = ["/no/such/page/"]


def test_power_site_that_keeps_of_every_request_is_seen_to_grow(
    ground: Ground, tmp_path: Path
) -> None:
    """Power check: a layer around the site keeps 200 kilobytes and a file of each answer."""
    with live_site(tmp_path, settings="tests.reliability.leaking") as (host, port):
        rounds = list(soaked(host, port, PATHS, rounds=4, each=15))
    assert {status for each in rounds for status in each.statuses} == {200, 404}
    assert leaks(rounds) == {"memory", "files"}
