"""The list and the check come from one rule, for any rows and any actor."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import AskMaker, open_at
from wardroom.access.actor import Actor, Reach, Role
from wardroom.matters import policy
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import ask_list

pytestmark = pytest.mark.django_db

WARDS = st.frozensets(st.sampled_from(["5", "7", "8", ""]))
AGENCIES = st.frozensets(st.sampled_from(["DPW", "DDOT", "DOB", ""]))
ACTORS = st.builds(
    lambda roles, city, wards, agencies, asks, sealed: Actor(
        user_id=None,
        name="Any",
        roles=roles,
        reach=Reach(city, wards - {""}, agencies - {""}, asks, sealed),
    ),
    st.frozensets(st.sampled_from(list(Role))),
    st.booleans(),
    WARDS,
    AGENCIES,
    st.frozensets(st.integers(1, 6), max_size=2),
    st.frozensets(st.integers(1, 3).map(lambda n: f"matter:{n}"), max_size=2),
)
NO_PARTY = SimpleNamespace(user_id=None)


@dataclass
class Rows:
    """Asks of all kinds: two wards, two agencies, asked and only written."""

    matters: list[Matter]
    asks: list[Ask]


@pytest.fixture
def rows(ground: Any, director: Cast, ask_in: AskMaker) -> Rows:
    matters = [open_at(ground, director, ward) for ward in ("5", "7", "5")]
    asks = [
        ask_in(matters[0], director, "DPW"),
        ask_in(matters[0], director, "DDOT", asked=False),
        ask_in(matters[1], director, "DPW", asked=False),
        ask_in(matters[1], director, "DDOT"),
        ask_in(matters[1], director, "DDOT"),
    ]
    return Rows(matters, asks)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actor=ACTORS)
def test_list_and_check_agree_on_real_rows(rows: Rows, actor: Actor) -> None:
    listed = {row.id for row in ask_list(actor, on=NOON.date()).rows}
    assert listed == {ask.pk for ask in rows.asks if policy.may_see_ask(actor, ask)}
    seen = set(Matter.objects.within(policy.reach(actor)).values_list("pk", flat=True))
    asked: dict[int, set[str]] = {m.pk: set() for m in rows.matters}
    for ask in rows.asks:
        asked[ask.case.pk].add(ask.asked_agency)
    assert seen == {
        m.pk for m in rows.matters if policy.may_see_matter(actor, m, asked[m.pk] or {""})
    }


@given(ACTORS, st.sampled_from(["5", "7", ""]), st.sampled_from(["DPW", "DDOT", ""]))
def test_no_hand_changes_what_the_eye_does_not_reach(
    actor: Actor, ward_code: str, asked_agency: str
) -> None:
    matter = SimpleNamespace(pk=1, ward_code=ward_code)
    ask = SimpleNamespace(
        pk=1, asked_agency=asked_agency, ward_code=ward_code, matter_id=1, party=NO_PARTY
    )
    if policy.may_accept_ask(actor, ask) and not actor.reach.sealed:
        assert policy.may_see_ask(actor, ask)
        assert actor.has(Role.PARTNER)
    if policy.may_request_ask(actor, ask) and not actor.has(Role.DIRECTOR):
        assert policy.may_see_ask(actor, ask)
        assert policy.may_see_inside(actor, matter)


@given(ACTORS)
def test_unasked_row_is_hidden_from_every_partner(actor: Actor) -> None:
    ask = SimpleNamespace(pk=9, asked_agency="", ward_code="6", matter_id=9, party=NO_PARTY)
    assert policy.may_see_ask(actor, ask) == actor.reach.city
    assert not policy.may_accept_ask(actor, ask)
