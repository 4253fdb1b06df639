"""Parts of pages are what a reload shows, and what is downloaded says what it is."""

from __future__ import annotations

import json
import re

import pytest

from tests.web.addresses import address
from tests.web.asking import has_part
from tests.web.conftest import World
from wardroom.matters.rules import KINDS

pytestmark = pytest.mark.django_db
LISTS = (
    "/candidates/?decided=all&sort=-ratio",
    "/candidates/?list=busiest&decided=all&sort=evenbusy",
    "/candidates/?list=stuck&decided=all",
    "/candidates/?sort=-office&sure=all",
    "/candidates/walks/?why=all",
    "/locations/?state=all",
    "/issues/?state=all&tick=page",
    "/asks/?sort=agency",
    "/reports/?ward=5",
    "/requests/?ward=5&page=2",
    "/data/messages/?state=failed",
    "/people/?kind=person&sort=-added",
    "/people/names/?whose=all",
    "/areas/ward/5/",
    "/checks/?state=walked",
    "/capture/names/?sign=%23",
)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
PART = {"HX-Request": "true", "HX-Target": "results"}


@pytest.mark.parametrize("path", LISTS)
def test_a_part_stands_word_for_word_in_the_page(path: str, world: World) -> None:
    client = world.clients["director"]
    whole = TOKEN.sub(r"\1", client.get(path).content.decode())
    answer = client.get(path, headers=PART)
    part = TOKEN.sub(r"\1", answer.content.decode())
    assert part.strip().startswith('<div id="results"')
    assert len(part) > 200
    assert part.strip() in whole
    assert {"HX-Request", "HX-Target"} <= set(answer.headers["Vary"].replace(" ", "").split(","))


@pytest.mark.one_database
def test_a_page_without_a_part_is_sent_whole(world: World) -> None:
    """So a sweep asks for the part of those alone that have one."""
    client, whole = world.clients["director"], 0
    assert all(has_part(client.get(path)) for path in LISTS)
    for name in ("home", "day", "issue", "location", "ask", "report_edit", "intake", "staff"):
        path = address(world, name)
        plain = client.get(path)
        if not has_part(plain):
            again = TOKEN.sub(r"\1", client.get(path, headers=PART).content.decode())
            assert again.startswith("<!doctype html>"), name
            whole += 1
    assert whole > 3


@pytest.mark.parametrize("path", LISTS)
def test_only_who_asks_for_the_part_gets_it(path: str, world: World) -> None:
    client = world.clients["director"]
    for asked in (
        {"HX-Request": "true"},
        {"HX-Target": "results"},
        {"HX-Request": "true", "HX-Target": "main"},
        {**PART, "HX-History-Restore-Request": "true"},
    ):
        assert client.get(path, headers=asked).content.startswith(b"<!doctype html>"), asked


@pytest.mark.parametrize("path", ["/", "/asks/1/", "/data/", "/answer/no-such-link/"])
def test_a_page_without_that_part_is_sent_whole(path: str, world: World) -> None:
    answer = world.clients["director"].get(path, headers=PART)
    assert answer.status_code in {200, 404}
    assert answer.content.startswith(b"<!doctype html>")


def test_a_part_is_kept_from_others_as_its_page_is(world: World) -> None:
    for path in LISTS:
        answer = world.clients["partner_dpw"].get(path, headers=PART)
        expected = 200 if path.startswith("/asks/") else 403
        expected = 404 if path.startswith("/areas/") else expected
        assert answer.status_code == expected, path
        assert world.clients["anonymous"].get(path, headers=PART).status_code == 302


def test_tab_of_roll_ups_says_to_a_liaison_who_reads_them(world: World) -> None:
    mine = world.clients["liaison5"].get("/reports/roll-ups/").content.decode()
    assert "those over the whole city read it" in mine
    assert "Weekly reports of your wards" in mine
    over_all = world.clients["director"].get("/reports/roll-ups/").content.decode()
    assert "None has been drafted yet." in over_all
    assert "Weekly reports of your wards" not in over_all


def test_the_report_comes_as_a_pdf_with_its_name(world: World) -> None:
    for edition, name in (
        (world.drafts["5"], "ward-5-2026-W47-v1-draft.pdf"),
        (world.signed["5"], "ward-5-2026-W46-v1.pdf"),
    ):
        answer = world.clients["liaison5"].get(f"/reports/{edition.pk}/report.pdf")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.content.startswith(b"%PDF-")
        assert answer.content.rstrip().endswith(b"%%EOF")


def test_feeds_are_geojson_within_reach(world: World) -> None:
    feed = address(world, "feed_candidates")
    for role, wards in (("director", {"5", "7"}), ("liaison5", {"5"}), ("liaison7", {"7"})):
        answer = world.clients[role].get(f"{feed}?decided=all")
        assert answer.headers["Content-Type"] == "application/geo+json"
        drawn = json.loads(answer.content)
        assert drawn["type"] == "FeatureCollection"
        reached = set()
        for feature in drawn["features"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -77.1 < longitude < -76.9 < 38 < latitude < 39
            page = world.clients[role].get(feature["properties"]["href"])
            assert page.status_code == 200
            reached.add("5" if longitude < -76.98 else "7")
        assert reached == wards, role
    outlines = json.loads(world.clients["liaison5"].get(address(world, "feed_wards")).content)
    assert len(outlines["features"]) == 2


def test_map_of_a_place_and_of_its_area_draw_what_their_pages_list(world: World) -> None:
    for role, place_answers in (("director", 200), ("liaison5", 200), ("liaison7", 404)):
        client = world.clients[role]
        feed = client.get(address(world, "feed_place"))
        assert feed.status_code == place_answers, role
        drawn = [feed] if place_answers == 200 else []
        drawn.append(client.get(address(world, "feed_area")))
        pages = ["place", "area"][-len(drawn) :]
        for name, answer in zip(pages, drawn, strict=True):
            page = client.get(address(world, name)).content.decode()
            points = [
                f for f in json.loads(answer.content)["features"] if "href" in f["properties"]
            ]
            assert bool(points) == (role != "liaison7"), (role, name)
            for feature in points:
                assert f'href="{feature["properties"]["href"]}"' in page
                assert feature["properties"]["state"] in KINDS
    outline = json.loads(drawn[-1].content)["features"][0]
    assert outline["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_the_map_of_the_list_draws_what_the_list_shows(world: World) -> None:
    client = world.clients["director"]
    for query in ("", "?decided=all", "?decided=designate&ward=7", "?topic=xyz&decided=xyz"):
        page = client.get(f"/candidates/{query}")
        drawn = json.loads(client.get(page.context["map"].points).content)
        shown = {row.id for row in page.context["found"].rows}
        assert {f["properties"]["id"] for f in drawn["features"]} == shown, query
