"""The public pages of a neighborhood: what is done, by whom, since when and until when."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.conftest import NOON
from tests.ground import NEXT
from tests.web.conftest import World
from wardroom.access.gate import guard_pass
from wardroom.city.models import Place
from wardroom.engagement.actions import confirm_commitment, publish_commitment
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.engagement.rules.tongues.near import NEAR
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.languages import LANGUAGES
from wardroom.matters.actions import move_promise
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Ask
from wardroom.problems.actions import withdraw_public_text
from wardroom.problems.models import PersistentLocation, PublicText
from wardroom.problems.queries.near import Seen
from wardroom.web.near.drawing import seen_plot
from wardroom.web.near.showing import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OTHERS = sorted(set(LANGUAGES) - {"en"})


def shown(path: str, **headers: str) -> str:
    answer = Client(headers=headers).get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def here(world: World, ward: str = "5") -> str:
    return f"/near/location/{world.matters[ward].pk}/"


def test_a_visitor_is_led_to_the_neighborhood_and_can_sign_in(world: World) -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/near/")
    assert 'href="/account/login/"' in shown("/near/")


def test_a_place_says_who_does_what_since_when_and_until_when(
    world: World,
) -> None:
    page = shown(here(world))
    ask = Ask.objects.get(pk=world.asks["5"].pk)
    assert ask.party.name in page
    assert "Clears the block every week." in page
    assert ask.wording not in page
    assert "Bags again" not in page
    assert "We looked on" in page
    for on in (ask.asked_at, ask.first_promised_on, ask.promised_on):
        assert on is not None
        assert LANGUAGES["en"].day(on) in page


def test_the_first_promise_stays_beside_the_one_that_holds_now(world: World) -> None:
    ask = Ask.objects.get(pk=world.asks["5"].pk)
    assert ask.promised_on is not None
    first, later = ask.promised_on, ask.promised_on + timedelta(days=30)
    move_promise(
        ask, promised_on=later, reason="The crew is late", stamp=world.cast["partner_dpw"].stamp
    )
    page = shown(here(world))
    assert LANGUAGES["en"].day(first) in page
    assert LANGUAGES["en"].day(later) in page
    assert "The crew is late" not in page


@pytest.mark.parametrize("code", sorted(TONGUES))
def test_a_day_that_is_past_is_overdue(code: str) -> None:
    today = date(2026, 11, 18)
    show = Showing(TONGUES[code], "", today)
    words, earlier = show.words.places, today - timedelta(days=4)
    assert show.due(today) == words.next_by.format(day=TONGUES[code].day(today))
    assert show.due(earlier) == words.overdue.format(day=TONGUES[code].day(earlier))


def test_a_text_that_was_taken_back_takes_the_page_with_it(world: World) -> None:
    place = world.matters["5"].place_id
    row = PublicText.objects.get(location__matter=world.matters["5"])
    withdraw_public_text(row, reason="The lot was sold", stamp=world.cast["director"].stamp)
    for path in (here(world), f"/near/place/{place}/"):
        assert Client().get(path).status_code == 404, path
    assert here(world) not in shown("/near/ward/5/")


def test_a_restricted_place_is_nowhere(world: World) -> None:
    director = world.cast["director"].stamp
    restrict_matter(world.matters["5"], readers=[], reason="A victim", stamp=director)
    assert Client().get(here(world)).status_code == 404
    assert here(world) not in shown("/near/") + shown("/near/ward/5/")


def test_an_area_shows_its_own_places_and_leads_to_the_smaller_ones(world: World) -> None:
    five, seven = shown("/near/ward/5/"), shown("/near/ward/7/")
    assert here(world) in five
    assert here(world, "7") not in five
    assert here(world, "7") in seven
    leads = re.findall(r'href="(/near/(?:anc|smd)/[^"]+/)"', five)
    for path in leads:
        shown(path)
    assert Client().get("/near/ward/99/").status_code == 404
    assert Client().get("/near/ground/1/").status_code == 404


def test_promises_are_told_in_public_words_alone(world: World) -> None:
    matter, director = world.promises["5"], world.cast["director"].stamp
    confirm_commitment(matter, wording=matter.commitment.wording, next_on=NEXT, stamp=director)
    assert matter.commitment.wording not in shown("/near/ward/5/")
    publish_commitment(matter, public_text="Two cans for the corner.", stamp=director)
    page = shown("/near/ward/5/")
    assert "Two cans for the corner." in page
    assert matter.commitment.wording not in page
    assert "Two cans for the corner." not in shown("/near/ward/7/")


def test_figures_come_with_their_definition_and_what_they_rest_on(world: World) -> None:
    page, words = shown("/near/ward/5/"), NEAR["en"].figures
    for code, meaning in words.meanings.items():
        assert meaning in page, code
    assert "Definition 1" in page
    assert "Data as of" in page


def test_few_requests_are_not_told() -> None:
    from wardroom.reporting.queries.near import _figure

    few = _figure("on_time", {"value": 0.5, "lower": 0.1, "upper": 0.9}, 4, 1)
    assert (few.value, few.lower, few.of) == (None, None, None)
    enough = _figure("on_time", {"value": 0.5, "lower": 0.1, "upper": 0.9}, 5, 1)
    assert (enough.value, enough.of) == (0.5, 5)


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_has_its_own_words_and_marks_what_is_english(
    code: str, world: World
) -> None:
    page = shown(f"{here(world)}?language={code}")
    words = NEAR[code].places
    for said in (words.plan, words.agency, words.until, words.first, words.seen, words.lies_in):
        assert said in page, said
    english = NEAR["en"].places
    for said in (english.plan_lead, english.lies_in, english.first, english.not_seen):
        assert said not in page, said
    assert '<p class="say" lang="en-US">' in page
    assert '<span lang="en-US">Clears the block every week.</span>' in page


def test_an_address_leads_to_its_district_and_is_kept_nowhere(world: World) -> None:
    place = PersistentLocation.objects.get(matter=world.matters["5"]).place
    answer = Client().post("/near/find/?language=es", {"where": place.label})
    assert answer.status_code == 302
    assert re.fullmatch(r"/near/(smd|anc|ward)/[^/]+/\?language=es", answer.headers["Location"])
    assert not answer.cookies
    wrong = Client().post("/near/find/?language=es", {"where": "999 Nowhere Lane"})
    assert wrong.status_code == 422
    assert "999 Nowhere Lane" in wrong.content.decode()
    assert "public" not in wrong.headers["Cache-Control"]


def test_programs_read_the_office_and_its_events_as_data(world: World) -> None:
    page = Client().get("/near/ward/5/").content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert "<" not in text
    found = json.loads(text)["@graph"]
    assert found[0]["@type"] == "GovernmentOrganization"
    assert found[0]["areaServed"]["name"] == "Ward 5"
    events = [one for one in found if one["@type"] == "Event"]
    assert events
    assert all(one["startDate"] >= f"{NOON - timedelta(days=1):%Y-%m-%d}" for one in events)


def feed(path: str) -> list[dict[str, Any]]:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    features: list[dict[str, Any]] = json.loads(answer.content)["features"]
    return features


def points(features: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    drawn = (f for f in features if f["geometry"]["type"] == "Point")
    return {f["properties"]["href"].partition("?")[0]: f for f in drawn}


@pytest.mark.parametrize("path", ["/near/", "/near/ward/5/"])
def test_a_map_stands_above_the_list_and_reads_its_points_from_a_feed(
    path: str, world: World
) -> None:
    page = shown(f"{path}?language=es")
    (address,) = re.findall(r'data-points="([^"]+)"', page)
    assert address.endswith("?language=es")
    assert address.startswith("/feeds/near")
    assert page.index("data-map") < page.index("<table")
    words = NEAR["es"].map
    for said in (words.instead, words.worked, words.watched, words.exact, words.zoom_in):
        assert said in page, said
    outlines = [f for f in feed(address) if f["geometry"]["type"] != "Point"]
    assert len(outlines) == (path != "/near/")


def test_a_map_draws_the_public_places_of_its_area_with_their_public_words(world: World) -> None:
    five = points(feed("/feeds/near/ward/5/map.geojson?language=es"))
    assert set(five) == {here(world)}
    told = five[here(world)]["properties"]
    row = PublicText.objects.get(location__matter=world.matters["5"])
    assert told["text"] == row.text
    assert told["lang"] == "en-US"
    assert told["href"] == f"{here(world)}?language=es"
    assert {here(world), here(world, "7")} <= set(points(feed("/feeds/near.geojson")))
    for path in ("/feeds/near/ward/99/map.geojson", "/feeds/near/ground/1/map.geojson"):
        assert Client().get(path).status_code == 404, path


def test_what_is_no_longer_public_or_restricted_is_on_no_map(world: World) -> None:
    director = world.cast["director"].stamp
    row = PublicText.objects.get(location__matter=world.matters["5"])
    withdraw_public_text(row, reason="The lot was sold", stamp=director)
    restrict_matter(world.matters["7"], readers=[], reason="A victim", stamp=director)
    assert points(feed("/feeds/near.geojson")) == {}


@pytest.mark.parametrize("kind", ["address", "block", "point"])
def test_a_point_is_right_to_its_block_and_no_further(kind: str, world: World) -> None:
    place = PersistentLocation.objects.get(matter=world.matters["5"]).place
    latitude, longitude = 38.9234567, -76.9756789
    with guard_pass("a place that is known more exactly"):
        Place.objects.filter(pk=place.pk).update(kind=kind, latitude=latitude, longitude=longitude)
    (drawn,) = points(feed("/feeds/near/ward/5/map.geojson")).values()
    assert drawn["geometry"]["coordinates"] == [-76.976, 38.923]
    for path in (here(world), f"/near/place/{place.pk}/"):
        page = shown(path)
        assert 'data-latitude="38.923" data-longitude="-76.976" data-radius="100"' in page
        assert "38.9234" not in page
        assert "76.9756" not in page


def test_a_map_that_is_known_is_not_sent_again(world: World) -> None:
    first = Client().get("/feeds/near.geojson")
    again = Client(headers={"if-none-match": first.headers["ETag"]}).get("/feeds/near.geojson")
    assert (again.status_code, again.content) == (304, b"")
    spanish = Client().get("/feeds/near.geojson?language=es")
    assert spanish.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("code", sorted(TONGUES))
def test_what_was_seen_over_time_is_a_picture_with_its_words(code: str) -> None:
    show = Showing(TONGUES[code], "", date(2026, 11, 18))
    days = [date(2026, 11, 4), date(2026, 10, 2), date(2026, 9, 1), date(2026, 9, 1)]
    looks = [
        Seen(on, finding)
        for on, finding in zip(days, ("clean", "partly", "worse", "not_fixed"), strict=True)
    ]
    plot = seen_plot(show, looks)
    assert plot is not None
    assert [dot.said for dot in plot.dots] == [show.looked(seen) for seen in reversed(looks)]
    assert [dot.x for dot in plot.dots] == sorted(dot.x for dot in plot.dots)
    assert plot.dots[-1].y < plot.dots[0].y
    assert show.looked(looks[0]) in plot.summary
    assert {tick.text for tick in plot.along} == set(show.words.looks.levels.values())
    assert set(show.words.looks.levels) == set(show.tongue.mail.findings)
    assert seen_plot(show, looks[:1]) is None


def test_a_picture_shows_every_look_and_none_of_the_notes(world: World) -> None:
    before = shown(here(world)).count("<circle class=")
    record_check(
        world.matters["5"],
        seen_at=NOON - timedelta(hours=1),
        finding="clean",
        rating=1,
        note="Bags again",
        stamp=world.cast["liaison5"].stamp,
    )
    page = shown(here(world))
    assert NEAR["en"].looks.meaning in page
    assert page.count("<circle class=") == before + 1 > 1
    assert "Bags again" not in page
