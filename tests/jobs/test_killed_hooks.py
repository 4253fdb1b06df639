"""A worker that is killed while it sends a webhook: nothing is lost, and a copy can be told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.ground import NEXT, Ground, open_at
from tests.jobs.test_kill import SOON, address_of_test_database, wait_for
from tests.notices.sink import open_sink
from wardroom.jobs import hooks as job
from wardroom.jobs.stamps import worker_stamp
from wardroom.matters.actions import set_next_step
from wardroom.notices.actions import make_hook
from wardroom.notices.models import HookDelivery
from wardroom.notices.rules.hooks import WAITS

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "import django; django.setup(); from wardroom.jobs.hooks import send_hooks; send_hooks()"


def test_killed_worker_loses_no_line(
    ground: Ground, liaison5: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOOKS_INSIDE = True
    matter = open_at(ground, liaison5, "5")
    with open_sink() as sink:
        words = {"name": "Board", "address": sink.address}
        make_hook(liaison5.user, kinds=["NextStepSet"], stamp=liaison5.stamp, **words)
        for n in range(3):
            set_next_step(matter, next_on=NEXT, next_step=f"Step {n}", stamp=liaison5.stamp)
        sink.free.clear()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address_of_test_database(),
            "WARDROOM_HOOKS_INSIDE": "1",
        }
        worker = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
        wait_for("the first message", lambda: bool(sink.came), SOON)
        worker.kill()
        worker.wait(10)
        sink.free.set()
        later = replace(worker_stamp(), at=worker_stamp().at + timedelta(seconds=WAITS[0] + 1))
        monkeypatch.setattr(job, "worker_stamp", lambda: later)
        assert job.send_hooks() == 3
    told = [json.loads(body)["data"]["line"] for _, body in sink.came]
    assert len(told) == 4
    assert len(set(told)) == len({headers["webhook-id"] for headers, _ in sink.came}) == 3
    assert set(HookDelivery.objects.values_list("state", flat=True)) == {"sent"}
