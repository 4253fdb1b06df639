"""The demonstration's quarter on duty: by the rules, but for the one gap it is to show."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast, hire
from wardroom.access.actor import Role
from wardroom.calendar.queries import gaps
from wardroom.demonstration import duty
from wardroom.demonstration.loader import Plan
from wardroom.office.actions import drop_rota, revise_rota
from wardroom.office.models import Rota
from wardroom.office.queries import open_swaps, rota_file, week_board

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = date(2026, 11, 18)


def test_the_quarter_keeps_every_rule(director: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [hire(f"l{n}", f"Person {n}", Role.LIAISON, ward=str(n)) for n in range(1, 9)]
    monkeypatch.setattr(duty, "DIRECTOR", director.email)
    monkeypatch.setattr(duty, "ASKS", people[4].email)
    monkeypatch.setattr(duty, "AWAY", people[1].email)
    plan = Plan(requests=0, seed=1, end=TODAY)
    assert duty.show_rota(plan) > 100
    assert duty.show_rota(plan) > 100
    quarter = Rota.objects.get(state="published")
    file = rota_file(quarter.pk, director.actor)
    assert (file.row.turns, file.row.gaps) == (195, 1)
    assert file.fairness.spread("nights") <= 8
    spanish = quarter.turns.filter(role="evening", ward_code="1", language="es")
    assert set(spanish.values_list("user__name", flat=True)) == {"Person 1", "Person 5"}
    made = revise_rota(quarter, stamp=director.stamp)
    troubled = rota_file(made.pk, director.actor).troubled
    assert {row.found.words for row in troubled} == {"not in Ward 1"}
    drop_rota(made, stamp=director.stamp)
    assert [row.asker for row in open_swaps(director.actor)] == ["Person 5"]
    found = [gap for gap in gaps(TODAY, TODAY.replace(month=12)) if gap.shift_id]
    assert len(found) == 1
    at = datetime(2026, 11, 18, 12, tzinfo=UTC)
    board = week_board(director.actor, monday=date(2026, 11, 16), at=at, wards=())
    [event] = [one for one in board.uncovered if one.key.startswith("event-")]
    assert event.words == "Nobody from the office goes to Evening of the block captains"
    assert event.options
