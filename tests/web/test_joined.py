"""Two records that are one are seen by whoever may see both, and tell nobody else anything."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.conftest import World
from wardroom.directory.actions import join_parties, note_person

pytestmark = pytest.mark.django_db


def test_record_joined_to_one_out_of_reach_tells_nothing(world: World) -> None:
    seven = world.people["7"]
    extra = note_person(None, name="Seen By All", stamp=world.cast["liaison5"].stamp)
    join_parties(extra, into=seven, reason="The same", stamp=world.cast["director"].stamp)
    desk = world.clients["liaison5"]
    for name in ("party", "brief", "party_card"):
        assert desk.get(reverse(name, args=[extra.pk])).status_code == 404, name
    assert "Seen By All" not in desk.get("/people/").content.decode()
    assert world.clients["director"].get(reverse("brief", args=[seven.pk])).status_code == 200


def test_joined_record_does_not_open_the_one_it_goes_on_in(world: World) -> None:
    """Whoever reported in Ward 7 stays out of reach where an open record takes them in."""
    seven = world.people["7"]
    free = note_person(None, name="Seen By All", stamp=world.cast["liaison5"].stamp)
    join_parties(seven, into=free, reason="The same", stamp=world.cast["director"].stamp)
    desk = world.clients["liaison5"]
    assert desk.get(reverse("party", args=[free.pk])).status_code == 404
    assert world.clients["liaison7"].get(reverse("party", args=[free.pk])).status_code == 200
