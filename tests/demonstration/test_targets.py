"""The demonstration's targets: set once, three months ago, by the director."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.demonstration import loader
from wardroom.demonstration.targets import WANTED, show_targets
from wardroom.reporting.models import MeasureTarget

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLAN = loader.Plan(requests=1_000, seed=5, end=date(2026, 11, 18))


def test_targets_are_set_once_and_hold_since_then() -> None:
    loader.load_district(PLAN, say=lambda _: None)
    assert show_targets(PLAN) == show_targets(PLAN) == len(WANTED)
    assert set(MeasureTarget.objects.values_list("from_on", flat=True)) == {date(2026, 8, 20)}
    assert set(MeasureTarget.objects.values_list("code", "value")) == {
        (code, value) for code, value, _ in WANTED
    }
