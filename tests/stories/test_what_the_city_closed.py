"""The director draws forty of the city's closures; people go and look, and three are not fixed."""

from __future__ import annotations

import re

import pytest

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TITLE = "What the city closed this fall"
FORTY = {
    "title": TITLE,
    "source": "requests",
    "closed_from": "2026-08-01",
    "closed_until": "2026-11-17",
    "checks": "40",
}
BAD = {4: "Nobody was here", 11: "The bags are still there", 16: "As it was reported"}


def test_forty_closures_are_drawn_walked_and_told_with_their_interval(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    address = the_director_draws_forty(office)
    office.clock.strikes("2026-11-20 09:00")
    looked = the_two_liaisons_walk_their_wards(office, address)
    the_director_walks_the_rest(office, address, looked)
    the_result_says_so(office, address)
    the_liaison_takes_it_from_there(office, address)


def the_director_draws_forty(office: Office) -> str:
    director = office.at_desk(DIRECTOR)
    director.open("/checks/").says("No round here")
    director.follow("Draw a round")
    director.press("See how it would be shared", FORTY).says(
        "What would be drawn", "40 of ", "either way", "40 checks among "
    )
    page = director.press("Draw it")
    page.says(TITLE, "0 of 40 looked at", "The result comes when the round is over")
    page.says("follows from the text")
    page.silent_about("End the round")
    address = page.address
    director.follow("Draw it again and compare").says("Drawn again just now: the same stops.")
    return address


def walks(desk: Desk, address: str) -> list[str]:
    """The addresses of the walks of a round that this person sees."""
    desk.open(address)
    return [
        a.attrs["href"] for a in desk.page.root.all("a") if f"{address}walks/" in a.attrs["href"]
    ]


def walk_along(desk: Desk, walk: str, looked: int) -> int:
    """One press a stop, from the first to the last; how many were looked at by now."""
    page = desk.open(walk)
    many = len(list(page.root.all("span", of="route__number")))
    desk.follow("Begin")
    for _ in range(many):
        looked += 1
        desk.page.silent_about("What the city says")
        if looked in BAD:
            desk.press("Not fixed", {"note": BAD[looked], "rating": "3"})
        else:
            desk.press("Fixed")
        desk.page.says("It is written down.")
    assert desk.page.address == walk
    desk.page.says(f"{many} of {many} looked at")
    return looked


def the_two_liaisons_walk_their_wards(office: Office, address: str) -> int:
    looked = 0
    for email, ward in ((LIAISON2, "2"), (LIAISON7, "7")):
        liaison = office.at_desk(email)
        (walk,) = walks(liaison, address)
        liaison.page.says(f"Ward {ward}, walk", "in other wards").silent_about("End the round")
        looked = walk_along(liaison, walk, looked)
    return looked


def the_director_walks_the_rest(office: Office, address: str, looked: int) -> None:
    director = office.at_desk(DIRECTOR)
    for walk in walks(director, address):
        if "Begin" in [a.words for a in director.open(walk).root.all("a")]:
            looked = walk_along(director, walk, looked)
    assert looked == 40


def the_result_says_so(office: Office, address: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(address).silent_about("Verified fixed")
    page = director.press("End it and see the result")
    page.says("37 fixed", "3 not fixed", "3 stops were not fixed, or partly", "Verified fixed")
    result = page.section("Result").words
    found = re.search(r"About (\d+)% of [\d,]+ closed are really fixed, most likely between (\d+)%"
                      r" and (\d+)%", result)  # fmt: skip
    assert found, result
    low, share, high = int(found[2]), int(found[1]), int(found[3])
    assert 60 <= low < share < high <= 99, result
    assert f"95% interval: {low}% to {high}%" in result
    assert "definition 1" in result
    page.says(*BAD.values())
    told = page.happened()
    assert told[0].startswith(f"Drew the round of spot checks '{TITLE}' at random: 40 of ")
    assert told[-1].startswith(f"Ended the round of spot checks '{TITLE}'. In Ward ")
    director.open("/checks/?state=ended").says(TITLE, f"{share}% fixed ({low}% to {high}%)")


def the_liaison_takes_it_from_there(office: Office, address: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(address).says("Nobody was here")
    (stop,) = [
        a.attrs["href"]
        for row in liaison.page.root.all("tr")
        if "Nobody was here" in row.words
        for a in row.all("a")
        if "/stops/" in a.attrs["href"]
    ]
    liaison.open(stop).says("Not fixed, rated 3 of 4", "What the city says")
    page = liaison.follow("Open an issue")
    page.says("and not fixed when we looked. Nobody was here")
    page = liaison.press("Take it in", {"anonymous": "on"})
    page.says("Taken in as W-", "Liaison of Ward 2")
