"""R13 at length: what phones hand in, in 500 orders of chance, ends as one delivery in order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.fieldwork.test_walk_delivery import (
    files,
    oak_street,
    test_any_delivery_ends_as_one_delivery_in_order,
    wanted,
)
from tests.torture.conftest import Tally
from wardroom.fieldwork.models import Walk

__all__ = ["files", "oak_street", "wanted"]
one_schedule: Any = test_any_delivery_ends_as_one_delivery_in_order.hypothesis.inner_test  # type: ignore[attr-defined]
del test_any_delivery_ends_as_one_delivery_in_order


@pytest.mark.django_db
@pytest.mark.torture("R13 schedules of two phones", 500)
@settings(
    max_examples=500,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_schedules(
    oak_street: Walk,
    wanted: dict[str, Any],
    liaison5: Cast,
    director: Cast,
    tally: Tally,
    data: st.DataObject,
) -> None:
    one_schedule(oak_street, wanted, liaison5, director, data)
    tally.done += 1
