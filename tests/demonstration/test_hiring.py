"""The hiring of the demonstration: open, read by its panel, and one application ahead."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, PASSWORD
from tests.conftest import NOON
from wardroom.access.actor import Role
from wardroom.demonstration.hiring import DIRECTOR, MEMBERS, show_hiring
from wardroom.demonstration.loader import Plan, actor_of
from wardroom.directory.actions import add_user, grant_role
from wardroom.hiring.models import Posting
from wardroom.hiring.queries.hirings import application_rows
from wardroom.hiring.queries.public import public_postings

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = NOON.date()


def let_in(email: str, role: Role, ward: str = "") -> None:
    """Somebody of the demonstration's office."""
    party = add_user(
        None, email=email, name=email.partition("@")[0], password=PASSWORD, stamp=HOUSE
    )
    first = TODAY.replace(month=1, day=1)
    grant_role(party, role=role, ward_code=ward, agency_code="", valid_from=first, stamp=HOUSE)


def test_a_posting_is_open_and_its_panel_is_at_work() -> None:
    let_in(DIRECTOR, Role.DIRECTOR)
    for email, ward in zip(MEMBERS, ("5", "7"), strict=True):
        let_in(email, Role.LIAISON, ward)
    plan = Plan(requests=0, seed=1, end=TODAY)
    assert show_hiring(plan) == 3
    assert show_hiring(plan) == 3, "a second load adds nothing"
    (shown,) = public_postings(today=TODAY)
    assert shown.takes
    rows = application_rows(Posting.objects.get(), actor_of(DIRECTOR, plan.now))
    assert [(row.number, row.stage, row.resident) for row in rows] == [
        (1, "interview", True),
        (3, "received", True),
        (2, "received", False),
    ]
    assert rows[0].share is not None
    assert rows[1].share is None, "one member has not given points yet"
