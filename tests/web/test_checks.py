"""The pages of spot checks: drawing, one press a stop, and what is shown to whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.conftest import NOON
from tests.fieldwork.rounds import days_later, drawn, look_at, stops_of
from tests.ground import DUE, AskMaker
from tests.web.conftest import World
from wardroom.fieldwork.actions import end_round, record_check
from wardroom.fieldwork.models import CheckRound, SpotCheck
from wardroom.fieldwork.rules import ASKS
from wardroom.matters.actions import accept_ask, report_done
from wardroom.web.ui.words import day_text

pytestmark = pytest.mark.django_db
SENT: dict[str, Any] = {
    "title": "Last month", "source": "requests", "closed_from": "2026-10-20",
    "closed_until": "2026-11-17", "checks": "10",
}  # fmt: skip


def test_form_keeps_what_was_typed_and_says_what_is_wrong(world: World) -> None:
    client = world.clients["director"]
    for changes, part in (
        ({"title": ""}, "Fill in “Title”"),
        ({"checks": ""}, "Say how many checks you can do."),
        ({"closed_until": "2026-12-24"}, "These days are not over yet."),
        ({"closed_from": "2026-01-01"}, "Choose four months at most."),
        ({"lot": "10-30", "checks": ""}, "Choose the agency whose work is accepted or not."),
        ({"agency": "DOB"}, "Nothing of this was closed in these days."),
        ({"ward_code": "9"}, "Choose one of the answers listed under “Ward”."),
    ):
        for press in ({}, {"draw": "1"}):
            answer = client.post("/checks/new/", {**SENT, **changes, **press})
            page = answer.content.decode()
            assert answer.status_code == 422, changes
            assert part in page, changes
            assert 'value="2026-10-20"' in page or "closed_from" in changes
    assert CheckRound.objects.count() == len(world.rounds)


def test_director_sees_how_it_would_be_shared_and_draws(world: World) -> None:
    client = world.clients["director"]
    before = CheckRound.objects.count()
    seen = client.post("/checks/new/", SENT).content.decode()
    assert "What would be drawn" in seen
    assert CheckRound.objects.count() == before
    answer = client.post("/checks/new/", {**SENT, "draw": "1"})
    made = CheckRound.objects.latest("pk")
    assert answer.headers["Location"] == f"/checks/{made.pk}/"
    page = client.get(f"/checks/{made.pk}/?draw=again").content.decode()
    assert "Drawn again just now: the same stops." in page


def test_lot_tells_its_plan_and_its_verdict(world: World) -> None:
    client, director = world.clients["director"], world.cast["director"]
    plan = {**SENT, "agency": "DPW", "lot": "10-30", "checks": ""}
    seen = client.post("/checks/new/", plan).content.decode()
    assert "passes with at most" in seen
    row = drawn(director, agency="DPW", lot="10-30")
    for stop in stops_of(row):
        look_at(stop, director, "not_fixed")
    held = client.get(f"/checks/{row.pk}/").content.decode()
    assert "DPW may dispute what was found until 5:00 p.m. on Wednesday, November 25" in held
    assert "End it and see the result" not in held
    assert client.post(f"/checks/{row.pk}/end/").status_code == 422
    end_round(row, stamp=days_later(director))
    page = client.get(f"/checks/{row.pk}/").content.decode()
    assert "Does not pass" in page
    assert "The next round of this agency takes" in page
    assert "Does not pass" in client.get("/checks/?agency=DPW").content.decode()


def test_one_press_records_and_leads_to_the_next_stop(world: World) -> None:
    client, row = world.clients["liaison5"], world.rounds["5"]
    left = [s for s in stops_of(row) if not s.checks.exists()]
    here = [f"/checks/{row.pk}/stops/{s.pk}/" for s in left]
    bad = client.post(here[0], {"finding": "fixed", "rating": "3", "note": "Swept"})
    assert bad.status_code == 422
    assert "Fixed goes with rating 1" in bad.content.decode()
    assert "\nSwept</textarea>" in bad.content.decode()
    assert client.post(here[0], {"note": "Swept"}).status_code == 422
    assert SpotCheck.objects.filter(stop__round=row).count() == 1
    answer = client.post(here[0], {"finding": "fixed"})
    assert answer.headers["Location"] == here[1]
    again = client.post(here[0], {"finding": "fixed"})
    assert again.status_code == 302
    assert SpotCheck.objects.filter(stop=left[0]).count() == 1
    assert client.post(here[0], {"finding": "partly"}).status_code == 302
    assert SpotCheck.objects.filter(stop=left[0]).count() == 2
    assert world.clients["director"].post(here[0], {"finding": "fixed"}).status_code == 409
    for path in here[1:]:
        last = client.post(path, {"finding": "cannot_determine"})
    assert last.headers["Location"] == f"/checks/{row.pk}/walks/1/"
    page = client.get(here[0]).content.decode()
    assert "What the city says" in page
    assert f"/issues/new/?spot=id%3A{left[0].place_id}" in page


def test_agencys_word_is_not_on_the_page_before(world: World) -> None:
    client, row = world.clients["liaison5"], world.rounds["5"]
    stop = stops_of(row)[-1]
    walk = client.get(f"/checks/{row.pk}/walks/{stop.walk}/").content.decode()
    page = client.get(f"/checks/{row.pk}/stops/{stop.pk}/").content.decode()
    for text in (walk, page):
        assert f"/requests/{stop.request_id}/" not in text
        assert "What the city says" not in text
    assert "Verified fixed" not in client.get(f"/checks/{row.pk}/").content.decode()


def test_stop_says_what_the_request_was_about_and_when(world: World) -> None:
    client, row = world.clients["liaison5"], world.rounds["5"]
    stop = next(s for s in stops_of(row) if not s.checks.exists())
    assert stop.request is not None
    service = stop.request.service.name
    reported = day_text(localdate(stop.request.opened_at))
    page = client.get(f"/checks/{row.pk}/stops/{stop.pk}/").content.decode()
    paper = client.get(f"/checks/{row.pk}/walks/{stop.walk}/").content.decode()
    for text in (page, paper):
        assert service in text
        assert reported in text
        assert day_text(stop.closed_on) in text
    client.post(f"/checks/{row.pk}/stops/{stop.pk}/", {"finding": "not_fixed"})
    end_round(row, stamp=days_later(world.cast["director"]))
    listed = world.clients["director"].get(f"/checks/{row.pk}/").content.decode()
    assert f"reported {reported}, closed {day_text(stop.closed_on)}" in listed


def test_stop_of_another_round_is_not_found(world: World) -> None:
    stop = stops_of(world.rounds["7"])[0]
    path = f"/checks/{world.rounds['5'].pk}/stops/{stop.pk}/"
    assert world.clients["director"].get(path).status_code == 404


def test_who_asked_is_told_that_somebody_else_looks(world: World, ask_in: AskMaker) -> None:
    liaison, partner = world.cast["liaison5"], world.cast["partner_dpw"]
    ask = ask_in(world.matters["5"], liaison, "DPW")
    accept_ask(ask, promised_on=DUE, stamp=partner.stamp)
    report_done(ask, disposition="fixed", text="All swept", stamp=partner.stamp)
    row = drawn(world.cast["director"], source=ASKS, closed_until=DUE.replace(month=11, day=18))
    (stop,) = stops_of(row)
    path = f"/checks/{row.pk}/stops/{stop.pk}/"
    page = world.clients["liaison5"].get(path).content.decode()
    assert "somebody else has to look" in page
    assert 'name="finding"' not in page
    assert f"“{ask.wording}”" in page
    assert "Said to be done" in page
    refused = world.clients["liaison5"].post(path, {"finding": "fixed"})
    assert refused.status_code == 422
    page = world.clients["director"].get(path).content.decode()
    assert "All swept" not in page
    assert world.clients["director"].post(path, {"finding": "not_fixed"}).status_code == 302
    assert f"/asks/{ask.pk}/" in world.clients["director"].get(path).content.decode()


def test_walks_are_drawn_on_the_map_in_their_order(world: World) -> None:
    client, row = world.clients["liaison5"], world.rounds["5"]
    found = client.get(f"/feeds/rounds/{row.pk}/walks/1.geojson").json()["features"]
    points = [f for f in found if f["geometry"]["type"] == "Point"]
    assert [f["properties"]["rank"] for f in points] == list(range(1, row.checks + 1))
    assert found[0]["geometry"]["coordinates"] == [p["geometry"]["coordinates"] for p in points]


def test_ward_is_walked_past_its_open_locations(world: World) -> None:
    page = world.clients["liaison5"].get("/checks/walk/").content.decode()
    assert f"/locations/{world.matters['5'].pk}/" in page
    assert f"/locations/{world.matters['7'].pk}/" not in page
    both = world.clients["director"].get("/checks/walk/").content.decode()
    assert len(re.findall('class="route__number"', both)) == 2
    assert "from the stop before" in both
    due = world.clients["director"].get("/checks/walk/?due=due").content.decode()
    assert "Nothing waits for a look here" in due
    drawn_ = world.clients["director"].get("/feeds/walk.geojson?ward=7").json()["features"]
    assert [f["properties"]["rank"] for f in drawn_] == [1]


def test_empty_list_says_what_a_round_is(world: World) -> None:
    page = world.clients["director"].get("/checks/?state=ended").content.decode()
    assert "A round draws at random" in page


def test_look_by_choice_stands_apart_and_in_no_share(world: World) -> None:
    client, matter = world.clients["liaison5"], world.matters["5"]
    the_round = f"/checks/{world.rounds['5'].pk}/"
    before = client.get(the_round).content.count(b"<tr")
    record_check(
        matter, finding="worse", rating=4, note="", seen_at=NOON,
        stamp=world.cast["liaison5"].stamp,
    )  # fmt: skip
    page = client.get("/checks/chosen/?state=worse").content.decode()
    assert matter.title in page
    assert "Rated 4 of 4" in page
    assert "in no plan that accepts or rejects" in page
    assert "Rated 4 of 4" not in client.get("/checks/chosen/?state=clean").content.decode()
    other = world.clients["liaison7"].get("/checks/chosen/?state=worse&ward=")
    assert matter.title not in other.content.decode()
    assert client.get(the_round).content.count(b"<tr") == before
