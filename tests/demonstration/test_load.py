"""The demonstration loads to its end, once, and carries on where it was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from shapely.geometry import box

from tests.cast import HOUSE
from wardroom.access.models import User
from wardroom.city.actions import Feature, load_boundaries
from wardroom.city.models import BoundarySet
from wardroom.city.queries import districts, is_schematic
from wardroom.demonstration import loader, reports, showcase
from wardroom.fieldwork.models import ConditionCheck
from wardroom.jobs.cli import DONE, FAILED, main
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask, Matter
from wardroom.problems.models import Candidate, Decision, Detection
from wardroom.reporting.models import Edition
from wardroom.service_requests import actions as importing
from wardroom.service_requests.actions import add_feed
from wardroom.service_requests.models import ImportRun, ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
N = 3_000
CALL = ["demo", "--requests", str(N), "--end", "2026-11-18"]
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of its own, so that the mark of the demonstration ends with the test."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def contents() -> dict[str, int]:
    """How much there is of everything the demonstration shows."""
    models = (
        BoundarySet, User, ServiceRequest, Detection, Candidate, Decision, Matter, Ask,
        ConditionCheck, Edition,
    )  # fmt: skip
    return {m.__name__: m.objects.count() for m in models}


def test_load_fills_every_page_and_a_second_one_changes_nothing(
    capsys: Output, client: Client
) -> None:
    assert not loader.is_loaded()
    assert main(CALL) == DONE
    assert loader.is_loaded()
    assert is_schematic()
    there = contents()
    assert there["ServiceRequest"] == N
    assert ImportRun.objects.get().rows_rejected == 0
    assert [name for name, count in there.items() if not count] == []
    assert set(Decision.objects.values_list("verdict", flat=True)) >= {"designate"}
    assert Counter(Edition.objects.values_list("state", flat=True))["signed"] == 6
    assert Edition.objects.filter(report="weekly").values("ward_code").distinct().count() == 8
    assert not Entry.objects.filter(at__gt=loader.Plan(N, 5, date(2026, 11, 18)).now).exists()
    sent = {"login": "liaison5@wardroom.example", "password": loader.PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302

    lines = Entry.objects.count()
    capsys.readouterr()
    assert main(CALL) == DONE
    assert "loaded already; nothing was changed" in capsys.readouterr().out
    assert (contents(), Entry.objects.count()) == (there, lines)


def cut_off(monkeypatch: pytest.MonkeyPatch, where: object, name: str, *, at_call: int) -> None:
    """Make the load stop, as if its machine had, when it calls this for the so manieth time."""
    original: Callable[..., object] = getattr(where, name)
    calls = 0

    def stop(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise KeyboardInterrupt
        return original(*given, **named)

    monkeypatch.setattr(where, name, stop)


CUTS = (
    (loader, "_hire", 4),
    (importing, "finish_import", 1),
    (showcase, "_adopt", 2),
    (reports, "draft_weekly_report", 7),
    (loader, "finish", 1),
)


def test_load_that_was_cut_off_again_and_again_carries_on_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each cut falls into what the one before left: one load, stopped in every part of it.

    Each of them into a load of its own: `tests/torture/test_cut_loads.py`.
    """
    for where, name, at_call in CUTS:
        with monkeypatch.context() as patch:
            cut_off(patch, where, name, at_call=at_call)
            assert main(CALL) == 130, name
        assert not loader.is_loaded(), name
    check_it_carries_on()


def check_it_carries_on() -> None:
    """A load that was cut off comes to the whole of it."""
    assert main(CALL) == DONE
    assert loader.is_loaded()
    there = contents()
    assert there["ServiceRequest"] == N
    assert ImportRun.objects.filter(rows_rejected__gt=0).count() == 0
    assert there["BoundarySet"] == 4
    assert there["User"] == len(loader.PEOPLE) + 1  # who takes over Ward 8
    assert [n for n, count in there.items() if not count] == []
    kinds = Counter(Edition.objects.values_list("report", "state"))
    assert kinds == {
        ("weekly", "signed"): 5,
        ("weekly", "draft"): 8,
        ("roll_up", "signed"): 1,
        ("roll_up", "draft"): 1,
        ("anc_monthly", "draft"): 1,
    }


def test_house_with_another_citys_requests_is_left_alone(capsys: Output) -> None:
    add_feed(None, code="dc", name="The District", zone="America/New_York", stamp=HOUSE)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="requests of another city"):
        loader.check_empty()
    assert main(CALL) == FAILED
    assert "holds requests of another city" in capsys.readouterr().err
    assert main([*CALL, "--when-empty"]) == DONE
    assert "was not loaded" in capsys.readouterr().out
    assert not loader.is_loaded()
    assert Entry.objects.count() == before
    assert not User.objects.exists()


def test_house_with_official_boundaries_is_left_alone(capsys: Output) -> None:
    load_boundaries(
        None,
        kind="ward",
        valid_from=date(2022, 1, 1),
        features=[Feature("5", "Ward 5", box(-77.02, 38.90, -76.98, 38.94))],
        source="the city",
        digest="0" * 64,
        stamp=HOUSE,
    )
    assert main(CALL) == FAILED
    assert "holds boundaries of another city" in capsys.readouterr().err
    assert BoundarySet.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("ward", date(2012, 1, 1)),
        ("ward", date(2022, 1, 1)),
        ("anc", date(2013, 1, 1)),
        ("smd", date(2023, 1, 2)),
    ],
)
def test_official_layers_load_over_the_schematic_ones(kind: str, day: date) -> None:
    loader.load_district(loader.Plan(0, 5, date(2026, 11, 18)), say=lambda _: None)
    load_boundaries(
        None,
        kind=kind,
        valid_from=day,
        features=[Feature("5", "The real one", box(-77.02, 38.90, -76.98, 38.94))],
        source="the city",
        digest="0" * 64,
        stamp=HOUSE,
    )
    assert [d.name for d in districts(kind, day)] == ["The real one"]
    assert len(districts(kind, date(2011, 12, 31))) >= 8


def test_mark_of_another_database_is_no_mark(home: Path) -> None:
    """The home may be kept while DATABASE_URL moves on to a new, empty server."""
    add_feed(None, code=loader.FEED, name="x", zone="America/New_York", stamp=HOUSE)
    loader.finish(loader.Plan(N, 5, date(2026, 11, 18)))
    assert loader.is_loaded()
    lines = loader.mark().read_text().splitlines()
    loader.mark().write_text("\n".join(["another", *lines[1:]]))
    assert not loader.is_loaded()
