"""Seven people with a rota in force, and the shifts that they swap."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.office.rotas import DAY, MONDAY, crew, published
from wardroom.calendar.models import Shift


@pytest.fixture
def people(director: Cast) -> list[Cast]:
    """Seven people, each on call one night of the week: Ada on Monday, Ben on Tuesday."""
    people = crew(7)
    published(director, people)
    return people


def shift_on(day: int) -> Shift:
    """The shift that begins so many days after the first Monday."""
    return Shift.objects.get(on_date=MONDAY + day * DAY)
