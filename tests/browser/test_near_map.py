"""The map of the public pages: a point leads to its page, and words stand where no map starts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OpenSite

PADDING = 24


def flat(longitude: float, latitude: float) -> tuple[float, float]:
    """A point as the map draws it: east and south, in turns of the globe."""
    turned = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return longitude / 360, -turned / (2 * math.pi)


def corners(part: Any) -> Iterator[tuple[float, float]]:
    if isinstance(part[0], (int, float)):
        yield flat(part[0], part[1])
        return
    for one in part:
        yield from corners(one)


def where_on(outlines: Any, point: list[float], width: float, height: float) -> dict[str, float]:
    """Where a point lies on a map that shows all the outlines."""
    drawn = [c for f in outlines["features"] for c in corners(f["geometry"]["coordinates"])]
    east, south = [x for x, _ in drawn], [y for _, y in drawn]
    wide, high = max(east) - min(east), max(south) - min(south)
    scale = min((width - 2 * PADDING) / wide, (height - 2 * PADDING) / high)
    x, y = flat(point[0], point[1])
    return {
        "x": width / 2 + (x - (max(east) + min(east)) / 2) * scale,
        "y": height / 2 + (y - (max(south) + min(south)) / 2) * scale,
    }


def test_a_point_of_the_city_says_its_public_words_and_leads_to_its_page(visit: OpenSite) -> None:
    site = visit()
    page = site.go("/near/?language=es")
    expect(page.locator("[data-map][data-ready]")).to_be_visible()
    read = site.context.request
    outlines = read.get(f"{site.base}/feeds/wards.geojson").json()
    points = read.get(f"{site.base}/feeds/near.geojson?language=es").json()["features"]
    told = points[-1]["properties"]
    canvas = page.locator(".map__canvas canvas")
    box = canvas.bounding_box()
    assert box is not None
    spot = where_on(outlines, points[-1]["geometry"]["coordinates"], box["width"], box["height"])
    canvas.click(position=spot)  # type: ignore[arg-type]
    said = page.locator(".maplibregl-popup")
    expect(said.locator('[lang="en-US"]')).to_have_text(told["text"])
    expect(said.get_by_role("button", name="Cerrar")).to_be_visible()
    said.get_by_role("link", name=told["label"]).click()
    page.wait_for_url(f"**{told['href']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(told["label"])
    assert site.errors == []


def test_words_and_the_list_stand_where_no_map_starts(visit: OpenSite) -> None:
    page = visit(script=False).go("/near/?language=es")
    region = page.get_by_role("region", name=re.compile("^Mapa de los lugares"))
    expect(region).to_have_text("El mapa no funciona aquí. La lista dice lo mismo.")
    expect(region.locator("canvas")).to_have_count(0)
    high = region.bounding_box()
    assert high is not None
    assert high["height"] < 120, "an empty frame stands in the way"
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("region", name=re.compile("^Mapa de dónde"))).to_be_visible()
