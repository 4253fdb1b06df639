"""Nominations and disputes wait in somebody's day until a person decides about them."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.fieldwork.rounds import days_later, drawn, look_at, stops_of
from tests.ground import NEXT
from tests.trouble import Trouble
from tests.web.conftest import World
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.fieldwork.actions import dispute_finding, settle_dispute
from wardroom.fieldwork.models import Dispute
from wardroom.matters.models import Waiting
from wardroom.matters.queries import WaitingRow, worklist
from wardroom.problems.actions import decide_candidate, decide_nomination, nominate_place
from wardroom.problems.models import Nomination

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _seated(world: World) -> None:
    """The liaison of Ward 5 holds its seat."""
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    holder, since = world.cast["liaison5"].party, NOON.date()
    hold_seat(house, title=LIAISON_SEAT, holder=holder, since_on=since, ward_code="5", stamp=HOUSE)


def waits(who: Cast, reason: str) -> list[WaitingRow]:
    rows = worklist(who.actor, on=NOON.date(), reason=reason, size=100).rows
    return list(rows)


def nominated(world: World, trouble: Trouble, who: Cast) -> Nomination:
    return nominate_place(
        trouble.candidate(2).place, source="agency", nominated_by="The water company",
        topic_code="dumping", reason="Bags", stamp=who.stamp,
    )  # fmt: skip


def test_nomination_waits_for_the_liaison_until_somebody_decides(
    world: World, trouble: Trouble
) -> None:
    liaison, director = world.cast["liaison5"], world.cast["director"]
    made = nominated(world, trouble, director)
    row = next(r for r in waits(liaison, "nominated") if r.key == str(made.pk))
    assert row.title == "2 ALLEY STREET NE, nominated by The water company"
    assert row.why == "A place was nominated: nobody has decided about it"
    assert not [r for r in waits(world.cast["liaison7"], "nominated") if r.key == str(made.pk)]
    page = world.clients["liaison5"].get("/day/?reason=nominated").content.decode()
    assert f"/locations/nominations/{made.pk}/" in page
    decide_nomination(made, verdict="refuse", reason="A depot", stamp=director.stamp)
    assert not Waiting.objects.filter(noun="nomination", key=str(made.pk)).exists()


def test_decision_about_the_candidate_settles_the_nomination_of_its_place(
    world: World, trouble: Trouble
) -> None:
    liaison = world.cast["liaison5"]
    made = nominated(world, trouble, liaison)
    decide_candidate(
        trouble.candidate(2), verdict="designate", reason="Rats", next_on=NEXT, stamp=liaison.stamp
    )
    assert not Waiting.objects.filter(noun="nomination", key=str(made.pk)).exists()


def disputed(world: World, observer: Cast) -> Dispute:
    row = drawn(world.cast["director"], agency="DPW", ward_code="5")
    check = look_at(stops_of(row)[0], observer, "not_fixed", note="Bags by the gate")
    partner = world.cast["partner_dpw"]
    return dispute_finding(check, wording="That came later", stamp=partner.stamp)


def test_dispute_waits_for_whoever_did_not_look_there(world: World) -> None:
    director, liaison = world.cast["director"], world.cast["liaison5"]
    dispute = disputed(world, liaison)
    stop = dispute.stop
    (row,) = waits(director, "dispute")
    assert row.key == f"{stop.round_id}-{stop.pk}"
    assert not waits(liaison, "dispute")
    page = world.clients["director"].get("/day/?reason=dispute").content.decode()
    assert f"/checks/{stop.round_id}/stops/{stop.pk}/" in page
    settle_dispute(
        dispute, upheld=False, reason="The photograph shows it", stamp=days_later(director, 1)
    )
    assert not Waiting.objects.filter(noun="dispute").exists()


def test_dispute_of_what_the_director_saw_waits_for_the_liaison(world: World) -> None:
    disputed(world, world.cast["director"])
    assert waits(world.cast["liaison5"], "dispute")
    assert not waits(world.cast["director"], "dispute")
