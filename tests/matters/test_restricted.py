"""What is restricted stands in no list and no count; a to-do is no ask to an agency."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.actor import Actor
from wardroom.access.queries import actor_for
from wardroom.kernel.errors import NotFound
from wardroom.matters.actions import add_task, open_restricted_matter, restrict_matter
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import asks_at, get_matter, open_matters_at, worklist
from wardroom.reporting.queries import ward_glances

pytestmark = pytest.mark.django_db
TOMORROW = NOON.replace(day=19)


def again(who: Cast) -> Actor:
    """The same person at the next request."""
    return actor_for(who.user, on=NOON.date())


def counts(actor: Actor) -> dict[str, tuple[int, int]]:
    """Locations and asks that wait, by ward."""
    rows = ward_glances(actor, at=NOON)
    return {row.ward_code: (row.locations, row.asks_waiting) for row in rows}


def test_restricted_matter_is_absent_for_who_is_not_named(
    requested: Ask, matter5: Matter, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    assert counts(again(liaison5))["5"] == (1, 1)
    restrict_matter(
        Matter.objects.get(pk=matter5.pk), readers=[], reason="A witness", stamp=liaison5.stamp
    )
    assert counts(again(liaison5))["5"] == (1, 1)
    stranger = again(liaison5)
    sealed = Actor(
        user_id=liaison7.user.pk,
        name="A colleague in ward 5",
        roles=stranger.roles,
        reach=type(stranger.reach)(
            wards=frozenset({"5"}), sealed=frozenset({f"matter:{matter5.pk}"})
        ),
    )
    assert counts(sealed)["5"] == (0, 0)
    assert worklist(sealed, on=NOON.date(), whose="all").total == 0
    with pytest.raises(NotFound):
        get_matter(matter5.pk, sealed)
    assert f"matter:{matter5.pk}" in again(liaison7).reach.sealed
    assert again(director).reach.sealed == frozenset()


def test_restricted_matter_stands_in_no_report_until_it_is_open_again(
    requested: Ask, matter5: Matter, liaison5: Cast
) -> None:
    assert requested.pk in asks_at(TOMORROW)
    kept = restrict_matter(
        Matter.objects.get(pk=matter5.pk), readers=[], reason="A witness", stamp=liaison5.stamp
    )
    assert asks_at(TOMORROW) == {}
    assert open_matters_at(TOMORROW) == {}
    open_restricted_matter(kept, reason="It is public", stamp=liaison5.stamp)
    assert requested.pk in asks_at(TOMORROW)


def test_to_do_is_no_ask_that_waits_for_an_agency(matter5: Matter, liaison5: Cast) -> None:
    add_task(
        matter5, party=liaison5.party, wording="Call", due_on=NOON.date(), stamp=liaison5.stamp
    )
    assert counts(again(liaison5))["5"] == (1, 0)
