"""Names for the capture line: what fits, within reach, and as the line reads it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import NOON
from tests.web.conftest import World
from wardroom.matters.actions import capture_line
from wardroom.matters.rules import Named, captured

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PATH = "/capture/names/"


def offered(world: World, role: str, sign: str, words: str = "") -> list[str]:
    """What would be filled in, in the order of the list."""
    answer = world.clients[role].get(PATH, {"sign": sign, "q": words})
    assert answer.status_code == 200
    return [choice.insert for choice in answer.context["choices"]]


def test_person_is_offered_as_the_line_reads_it(world: World) -> None:
    [insert] = offered(world, "liaison5", "@", "caller of 500")
    assert insert == '@"Caller of 500 Alley"'
    line = captured(f"Called {insert} again", today=NOON.date())
    assert line.named == (Named("@", "Caller of 500 Alley"),)


def test_person_of_another_ward_is_not_offered(world: World) -> None:
    assert offered(world, "liaison7", "@", "caller of 500") == []
    assert set(offered(world, "director", "@", "caller of")) == {
        '@"Caller of 500 Alley"',
        '@"Caller of 700 Alley"',
    }


def test_topics_are_offered_at_once_and_by_their_letters(world: World) -> None:
    assert len(offered(world, "liaison5", "#")) > 3
    assert offered(world, "liaison5", "#", "rode") == ["#rodents"]
    assert offered(world, "liaison5", "#", "ro")[0] in {"#roadway", "#rodents"}
    assert offered(world, "liaison5", "#", "zzz") == []


def test_places_within_reach_are_offered(world: World) -> None:
    place = world.matters["5"].place
    assert place is not None
    words = place.label[:9]
    assert f'/"{place.label}"' in offered(world, "liaison5", "/", words)
    assert f'/"{place.label}"' not in offered(world, "liaison7", "/", words)


def test_nobody_is_offered_before_a_letter_is_typed(world: World) -> None:
    assert offered(world, "liaison5", "@") == []
    assert offered(world, "liaison5", "/") == []


def test_name_that_was_taken_is_understood(world: World) -> None:
    liaison = world.cast["liaison5"]
    [insert] = offered(world, "liaison5", "@", "caller of 500")
    entry = capture_line(None, text=f"Called {insert}", ward_code="5", stamp=liaison.stamp)
    assert entry.body["parties"] == [world.people["5"].pk]


def test_who_writes_no_lines_gets_no_names(world: World) -> None:
    for role in ("records", "partner_dpw", "nobody"):
        assert world.clients[role].get(PATH, {"sign": "#"}).status_code == 403


def test_line_knows_where_its_names_are(world: World) -> None:
    page = world.clients["liaison5"].get("/day/").content.decode()
    assert re.search(rf'id="capture_line"[^>]*data-names="{PATH}"', page)
    assert "capture.mjs" not in world.clients["records"].get("/day/").content.decode()
