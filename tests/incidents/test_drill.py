"""Workers that are killed in the middle of a step, in a night on which the clocks go back."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.jobs.test_kill import address_of_test_database
from wardroom.access.gate import guard_pass
from wardroom.incidents.models import CallOut
from wardroom.jobs.drilling import Night, faults, prepare, rehearse

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
BACK = datetime.fromisoformat("2026-11-01T01:50").replace(tzinfo=ZoneInfo("America/New_York"))


def test_each_step_comes_once_whoever_is_killed(tmp_path: Path) -> None:
    night = Night("Clocks go back", BACK)
    prepare([night])
    environment = {**os.environ, "DATABASE_URL": address_of_test_database()}
    wrong, scene = rehearse(night, folder=tmp_path, environment=environment)
    assert wrong == []
    assert scene.killed == 2
    assert CallOut.objects.filter(incident=scene.incident_id).count() == 8
    with guard_pass("a test of the drill itself"):
        CallOut.objects.filter(incident=scene.incident_id, step=2).update(called_at=BACK)
    assert "step 2 came at another time than it was due" in next(faults(night, scene.incident_id))
