"""R2, R3 and R4 at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import test_r02_killed_server as servers
from tests.reliability import test_r03_power_cuts as power
from tests.reliability import test_r04_postmaster as postgres
from tests.torture.conftest import Tally

office, server, writers = servers.office, servers.server, servers.writers
work, postmaster = power.work, postgres.postmaster


@pytest.mark.django_db(transaction=True)
@pytest.mark.torture("R2 kills of the whole server", 200)
def test_server_killed_200_times(writers: servers.Writers, tally: Tally) -> None:
    back = servers.survived(writers, tally.asked)
    tally.done = len(back) - 1
    assert max(one.seconds for one in back) <= servers.SECONDS_TO_BE_BACK


@pytest.mark.torture("R3 cuts of the power", 20_000, on=("sqlite",))
def test_20000_power_cuts(work: tuple[Path, list[str]], tally: Tally, tmp_path: Path) -> None:
    taped = power.played(work)
    for seed in range(tally.asked // power.CUTS):
        assert list(power.faults(taped, tmp_path, many=power.CUTS, seed=seed)) == []
        tally.done += power.CUTS


@pytest.mark.django_db(transaction=True)
@pytest.mark.torture("R4 kills of PostgreSQL", 20, on=("postgresql",))
@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set")
def test_postgres_killed_20_times(
    writers: servers.Writers, postmaster: postgres.Postmaster, tally: Tally
) -> None:
    postgres.survived(writers, postmaster, tally.asked)
    tally.done = tally.asked
