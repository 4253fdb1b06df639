"""The page of a place and of an area: the map, what is open, what came back, and 311."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.conftest import NOON
from tests.web.addresses import address
from tests.web.conftest import World
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import close_issue, take_complaint
from wardroom.casework.queries import area_file, place_file
from wardroom.matters.actions import drop_task, restrict_matter
from wardroom.matters.models import Matter
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SINCE = (NOON - timedelta(days=365)).date().isoformat()


def place_of(world: World, ward: str = "5") -> int:
    """The number of the place of a ward's location."""
    return int(world.matters[ward].place_id or 0)


def page(world: World, role: str, name: str, ward: str = "5") -> str:
    return world.clients[role].get(address(world, name, ward)).content.decode()


def test_place_leads_to_the_intake_with_itself_filled_in(world: World) -> None:
    href = f"{reverse('intake')}?spot=id:{place_of(world)}"
    assert f'href="{href}"' in page(world, "liaison5", "place")
    assert world.matters["5"].place is not None
    known = world.clients["liaison5"].get(href).context["known"]
    assert known.place.place_id == place_of(world)
    assert "Take a complaint in here" not in page(world, "records", "place")
    assert "Take a complaint in here" not in page(world, "records", "area")


def test_ward_leads_to_the_intake_with_itself_filled_in(world: World) -> None:
    assert f'href="{reverse("intake")}?ward_code=5"' in page(world, "director", "area")
    form = world.clients["director"].get(f"{reverse('intake')}?ward_code=5").context["form"]
    assert form.initial["ward_code"] == "5"


def test_count_of_requests_leads_to_exactly_those(world: World) -> None:
    for name, query in (
        ("place", f"place={place_of(world)}"),
        ("area", "ward=5"),
    ):
        shown = page(world, "liaison5", name)
        link = f"/requests/?{query}&opened_from={SINCE}"
        found = re.search(rf'href="{re.escape(link.replace("&", "&amp;"))}">([\d,]+)</a>', shown)
        assert found, name
        rows = world.clients["liaison5"].get(link).context["table"].paging.total
        assert int(found[1].replace(",", "")) == rows > 0


@pytest.mark.parametrize(
    "query",
    [
        "place=x",
        "place=0",
        f"place={'9' * 19}",
        "place=-1",
        "place_key=x",
        f"place_key={'9' * 19}",
        "place_key=1&place=x",
    ],
)
def test_place_that_cannot_be_read_lists_no_request(world: World, query: str) -> None:
    answer = world.clients["liaison5"].get(f"/requests/?{query}")
    assert answer.status_code == 200
    assert answer.context["table"].paging.total == 0
    assert answer.context["limits"] == ["At a place that we do not know"]
    assert world.clients["liaison5"].get("/requests/?place=").context["table"].paging.total > 0


def test_requests_under_an_address_id_count_for_the_place_that_was_typed(world: World) -> None:
    place = Matter.objects.get(pk=world.matters["5"].pk).place
    assert place is not None
    same = ServiceRequest.objects.filter(
        address=place.label, opened_at__gte=NOON - timedelta(days=365)
    )
    assert same.exists()
    file = place_file(place.pk, world.cast["liaison5"].actor, at=NOON)
    assert file.requests.count == same.count()


def test_anc_counts_its_requests_and_lists_them(world: World) -> None:
    actor = world.cast["director"].actor
    for row in ServiceRequest.objects.exclude(anc=None).order_by("pk")[:1]:
        assert row.anc is not None
        file = area_file("anc", row.anc.code, actor, at=NOON)
        listed = world.clients["director"].get(
            f"/requests/?area=anc:{row.anc.code}&opened_from={SINCE}"
        )
        assert file.requests is not None
        assert listed.context["table"].paging.total == file.requests.count > 0
    nowhere = world.clients["director"].get("/requests/?area=psa:5")
    assert nowhere.context["table"].paging.total == 0


def test_what_is_open_here_stands_with_its_next_step(world: World) -> None:
    shown = page(world, "liaison5", "place")
    file = place_file(place_of(world), world.cast["liaison5"].actor, at=NOON)
    assert world.issues["5"].pk in {row.matter_id for row in file.open}
    for row in file.open:
        assert row.title in shown
        assert row.next_step in shown


def test_restricted_matter_is_absent_from_place_area_and_map(world: World) -> None:
    issue, director = world.issues["5"], world.cast["director"]
    restrict_matter(issue, readers=[director.party], reason="A victim", stamp=director.stamp)
    mark = f'href="{reverse("issue", args=[issue.pk])}"'
    for name in ("place", "area", "feed_place", "feed_area"):
        assert mark.replace('href="', "").rstrip('"') not in page(world, "liaison5", name), name
    assert mark in page(world, "director", "place")


def test_what_came_back_names_its_return(world: World) -> None:
    issue, liaison = world.issues["5"], world.cast["liaison5"]
    drop_task(world.issue_tasks["5"], reason="Not needed", stamp=liaison.stamp)
    close_issue(issue, outcome="fixed", text="It is gone.", stamp=liaison.stamp)
    assert "Nothing that was closed here has come back." in page(world, "liaison5", "place")
    again = take_complaint(
        issue.place,
        said="Bags again",
        channel="phone",
        anonymous=True,
        onto=Matter.objects.get(pk=issue.pk),
        stamp=liaison.stamp,
    ).matter
    assert again.pk != issue.pk
    for name in ("place", "area"):
        assert f"as W-{again.pk}" in page(world, "liaison5", name)


def test_place_that_nobody_placed_has_no_map_and_says_so(world: World) -> None:
    place = Matter.objects.get(pk=world.matters["5"].pk).place
    assert place is not None
    with guard_pass("a place that was only written"):
        type(place).objects.filter(pk=place.pk).update(latitude=None, longitude=None)
    shown = page(world, "director", "place")
    assert "data-map" not in shown
    assert "No other place is known there." in shown


def test_number_that_no_database_holds_is_no_place(world: World) -> None:
    feed = "/feeds/places/99999999999999999999999/open.geojson"
    assert world.clients["director"].get(feed).status_code == 404


def test_intake_tells_what_is_open_here_apart_by_number(world: World) -> None:
    issue = world.issues["5"]
    where = f"{reverse('intake')}?spot=id:{issue.place_id}"
    shown = world.clients["liaison5"].get(where).content.decode()
    labels = re.findall(r'<label class="usa-radio__label" for="onto_[1-9]\d*">([^<]*)<', shown)
    assert f"W-{issue.pk} {issue.title}" in labels


@pytest.mark.parametrize("name", ["issue", "location", "candidate"])
def test_pages_of_the_work_lead_to_their_place_and_ward(world: World, name: str) -> None:
    shown = page(world, "liaison5", name).partition('class="page-head"')[2].partition("</h1>")[2]
    lead = shown.partition("</p>")[0]
    assert f'href="{reverse("area", args=["ward", "5"])}"' in lead
    hrefs = re.findall(r'href="(/places/\d+/)"', lead)
    assert len(hrefs) == 1
    assert world.clients["liaison5"].get(hrefs[0]).status_code == 200


def test_home_leads_to_the_page_of_the_own_ward(world: World) -> None:
    shown = world.clients["liaison5"].get("/").content.decode()
    assert f'<h2 id="wards-title"><a href="{reverse("area", args=["ward", "5"])}">' in shown
