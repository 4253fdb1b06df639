"""An address that a page shows is found when somebody types it: a block, a corner."""

from __future__ import annotations

import pytest

from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.casework.queries import spot_typed
from wardroom.casework.queries.placing import spot_meant
from wardroom.casework.rules import OPEN311, ReportDraft
from wardroom.city.rules import corner_plainly
from wardroom.engagement.queries.near import area_at
from wardroom.service_requests.models import ServiceRequest

CORNER = "ELDER STREET NE AND 19TH STREET NE"
TYPED = (
    "Elder Street NE and 19th Street NE",
    "elder st ne & 19th st. ne",
    "19th Street NE Y Elder Street NE",
    "Elder Street NE y 19th Street NE",
    "Elder Street NE et 19th Street NE",
    "Elder Street NE và 19th Street NE",
    "Elder Street NE እና 19th Street NE",
    "Elder Street NE和19th Street NE",
    "Elder Street NE와 19th Street NE",
)
BLOCKS = ("500 block of Alley Street NE", "500 BLOCK OF ALLEY STREET NE", "500 block Alley St NE")


def all_ways(typed: str) -> set[tuple[float, float]]:
    """Where the form and Open311 find it; the neighborhood finds it too."""
    form = spot_typed(typed, on=NOON.date())
    draft = ReportDraft(channel=OPEN311, topic_code="rodents", said="Rats.", address=typed)
    other = spot_meant(draft)
    assert form is not None
    assert form.label == typed
    assert other is not None
    assert area_at(typed, on=NOON.date()).startswith("ward/")
    return {(form.latitude, form.longitude), (other.latitude, other.longitude)}


@pytest.mark.django_db
@pytest.mark.usefixtures("trouble")
@pytest.mark.parametrize("typed", BLOCKS)
def test_a_block_is_the_known_address_nearest_to_its_middle(typed: str) -> None:
    known = ServiceRequest.objects.filter(address__endswith=" ALLEY STREET NE")
    assert known.exists()
    (point,) = all_ways(typed)
    assert point in set(known.values_list("latitude", "longitude"))


@pytest.mark.django_db
@pytest.mark.usefixtures("trouble")
@pytest.mark.parametrize("typed", TYPED)
def test_a_corner_is_found_with_and_in_every_language(typed: str) -> None:
    one = ServiceRequest.objects.filter(address="503 ALLEY STREET NE").first()
    assert one is not None
    with guard_pass("the city writes a corner"):
        ServiceRequest.objects.filter(pk=one.pk).update(address=CORNER, address_id=7007)
    (point,) = all_ways(typed)
    assert point == (one.latitude, one.longitude)


@pytest.mark.django_db
@pytest.mark.usefixtures("trouble")
def test_a_house_nobody_knows_and_a_block_without_any_are_not_guessed() -> None:
    for typed in ("599 Alley Street NE", "900 block of Alley Street NE", "Alley Street NE y"):
        assert spot_typed(typed, on=NOON.date()) is None


def test_only_a_corner_is_written_another_way() -> None:
    for typed in ("1200 First Street NE", "5 Rock & Roll Street NE", "7TH AND E STREET AND F"):
        assert corner_plainly(typed) == typed
