"""The pages of disputes: what an agency reads and sends, and what the office answers."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.web.conftest import SignIn, World
from wardroom.fieldwork.models import Dispute, SpotCheck

pytestmark = pytest.mark.django_db
WORDS = "That pile came a week later"


@pytest.fixture
def check(world: World) -> SpotCheck:
    """What the director found at a stop that DPW closed."""
    director = world.cast["director"]
    row = drawn(director, agency="DPW", ward_code="5")
    return look_at(stops_of(row)[0], director, "not_fixed", note="Bags by the gate")


def test_agency_reads_disputes_and_is_answered(world: World, check: SpotCheck) -> None:
    client, path = world.clients["partner_dpw"], f"/checks/found/{check.stop_id}/"
    listed = client.get("/checks/found/").content.decode()
    assert path in listed
    assert "You may dispute it until" in listed
    assert "1 finding of work partly or not fixed" in client.get("/").content.decode()
    page = client.get(path).content.decode()
    assert "Bags by the gate" in page
    assert "that is day 0; counting starts on the next working day" in page
    assert "The Director" not in page
    empty = client.post(path, {"wording": ""})
    assert (empty.status_code, Dispute.objects.count()) == (422, 0)
    assert "Say what is wrong about this finding." in empty.content.decode()
    assert client.post(path, {"wording": WORDS}).headers["Location"] == path
    assert client.post(path, {"wording": WORDS}).status_code == 422
    stop = f"/checks/{check.stop.round_id}/stops/{check.stop_id}/"
    liaison, director = world.clients["liaison5"], world.clients["director"]
    assert WORDS in director.get(stop).content.decode()
    assert "Settle it" not in director.get(stop).content.decode()
    sent = {"instead": "fixed", "reason": "Your photograph shows it"}
    assert director.post(f"{stop}settle/", sent).status_code == 422
    kept = liaison.post(f"{stop}settle/", {"instead": "", "reason": "Your photograph"})
    assert kept.status_code == 422
    assert "Choose what holds." in kept.content.decode()
    assert "\nYour photograph</textarea>" in kept.content.decode()
    assert liaison.post(f"{stop}settle/", sent).headers["Location"] == stop
    assert "Upheld: Not fixed became fixed." in liaison.get(stop).content.decode()
    page = client.get(path).content.decode()
    assert "You are right. What holds now: fixed." in page
    assert "Your photograph shows it" in page
    assert "Liaison of Ward 5" not in page
    for state, there in (("settled", True), ("open", False), ("none", False)):
        assert (path in client.get(f"/checks/found/?state={state}").content.decode()) is there


def test_nobody_else_has_that_page(
    world: World, check: SpotCheck, sign_in: SignIn, staff: Cast
) -> None:
    path = f"/checks/found/{check.stop_id}/"
    for role in ("nobody", "liaison5", "director", "partner_ddot"):
        assert world.clients[role].get(path).status_code == 404, role
        assert world.clients[role].post(path, {"wording": WORDS}).status_code == 404, role
    assert sign_in(staff).get(path).status_code == 404
    assert path not in world.clients["partner_ddot"].get("/checks/found/").content.decode()
    assert world.clients["partner_dpw"].get(f"/checks/{check.stop.round_id}/").status_code == 404


def test_round_and_list_show_an_open_dispute(world: World, check: SpotCheck) -> None:
    client, round_id = world.clients["director"], check.stop.round_id
    world.clients["partner_dpw"].post(f"/checks/found/{check.stop_id}/", {"wording": WORDS})
    page = client.get(f"/checks/{round_id}/").content.decode()
    assert "An agency disputes a finding of this round. Settle that first." in page
    assert WORDS in page
    assert f"/checks/{round_id}/" in client.get("/checks/?state=disputed").content.decode()
    assert client.post(f"/checks/{round_id}/end/").status_code == 422


def test_statements_do_not_grow_with_what_was_found(
    world: World, check: SpotCheck, django_assert_max_num_queries: object
) -> None:
    director = world.cast["director"]
    others = [stop for stop in stops_of(check.stop.round) if stop.pk != check.stop_id]
    for stop in others:
        look_at(stop, director, "not_fixed")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = world.clients["partner_dpw"].get("/checks/found/").content.decode()
    assert page.count("You may dispute it until") == 1 + len(others)
    assert len(others) > 1
