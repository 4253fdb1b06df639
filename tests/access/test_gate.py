"""The gate lets no change through that is not an action."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import NOON, plain_actor, stamp_for
from wardroom.access.actor import Role
from wardroom.access.gate import WriteOutsideAction, action
from wardroom.access.models import User
from wardroom.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_write_outside_an_action_is_refused() -> None:
    with pytest.raises(WriteOutsideAction, match="access_user"):
        User.objects.create(email="a@example.org", name="A", joined_at=NOON)


def test_action_that_records_no_fact_is_a_mistake() -> None:
    @action(lambda actor, _: actor.has(Role.DIRECTOR))
    def forget_to_record(day: date, *, stamp: object) -> None:
        User.objects.create(email="a@example.org", name="A", joined_at=NOON)

    with pytest.raises(RuntimeError, match="recorded no fact"):
        forget_to_record(NOON.date(), stamp=stamp_for(plain_actor(Role.DIRECTOR)))
    assert not User.objects.exists()


def test_policy_says_no_before_the_body_runs() -> None:
    @action(lambda actor, _: actor.has(Role.DIRECTOR))
    def never(day: date, *, stamp: object) -> None:
        raise AssertionError("the body ran")

    with pytest.raises(NotAllowed):
        never(NOON.date(), stamp=stamp_for(plain_actor(Role.LIAISON, wards="5")))
