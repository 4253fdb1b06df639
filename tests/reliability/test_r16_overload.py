"""R16: four times as many people as the site has hands wait, and nobody is left hanging.

How quickly it lives and recovers is measured by make torture, on a machine that does nothing else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.live import live_site
from tests.cast import Cast
from tests.ground import Ground
from tests.reliability import overload
from tests.reliability.overload import HUNG, ask, rush, site_processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
HANDS, TIMES, EACH = 4, 4, 12
PATHS = ["/account/login/", "/news/", "/jobs/", "/no/such/page/"]
FINE = {200, 302, 404, 429, 503}


def test_four_times_too_many_people_are_all_answered(
    ground: Ground, liaison5: Cast, tmp_path: Path
) -> None:
    with live_site(tmp_path) as (host, port):
        assert [ask(host, port, path) for path in PATHS] == [200, 200, 200, 404]
        found = rush(host, port, PATHS, people=HANDS * TIMES, each=EACH, life="/healthz")
        assert set(found.statuses) <= FINE
        assert found.statuses[200] > HANDS * TIMES
        assert ask(host, port, "/account/login/") == 200


def test_power_site_that_stands_still_is_seen_to_hang(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the processes of the site are stopped in the middle."""
    monkeypatch.setattr(overload, "PATIENCE", 1.0)
    with live_site(tmp_path) as (host, port):
        stopped = site_processes()
        for process in stopped:
            process.suspend()
        try:
            found = rush(host, port, PATHS, people=2, each=1, life="/healthz")
        finally:
            for process in stopped:
                process.resume()
    assert set(found.statuses) == {HUNG}
