"""A quarter's rota: leave is told, a rota is proposed and published, and one shift is swapped."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, Office
from wardroom.jobs.duty import chase_swaps, look_for_gaps
from wardroom.office.reactions import rota as looking

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
STAFF = ("Ana", "Ben", "Cleo", "Dov", "Eve", "Finn")
SPEAKERS = ("Ana", "Ben", "Dov")
LEAVE = (date(2026, 12, 24), date(2027, 1, 1))


def test_a_quarter_with_leave_and_a_swap(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SECONDS", 20.0)
    office.clock.strikes("2026-11-18 14:00")
    for name, ward in zip(STAFF, "134568", strict=True):
        office.hire(f"{name.lower()}@city.example", name, "--role", "liaison", "--ward", ward)
    cleo_tells_of_her_leave(office)
    some_say_that_they_speak_spanish(office)
    director = office.at_desk(DIRECTOR)
    rota = the_director_begins_a_quarter(director)
    mondays_ask_for_spanish(director, rota)
    a_proposal_keeps_the_leave(office, director, rota)
    it_is_published_and_everybody_is_told(office, director)
    asker, taker, when = somebody_asks_anyone(office)
    the_house_asks_again_by_itself(office)
    a_colleague_takes_it(office, asker, taker, when)
    nobody_is_planned_after_the_quarter(office, rota)


def cleo_tells_of_her_leave(office: Office) -> None:
    cleo = desk_of(office, "Cleo")
    cleo.open("/my-shifts/").says("No shift of yours is still to come.")
    page = cleo.press(
        "Save",
        {"kind": "leave", "from_on": str(LEAVE[0]), "until_on": str(LEAVE[1])},
    )
    page.says("from Thu, December 24 to Fri, January 1", "On leave")
    desk_of(office, "Ben").open("/rota/").silent_about("December 24")


def some_say_that_they_speak_spanish(office: Office) -> None:
    for name in SPEAKERS:
        desk = desk_of(office, name)
        desk.open("/my-shifts/").says("You speak on duty: English.")
        desk.follow("Change your languages")
        desk.press("Save", {"languages": "es"}).says("You speak on duty: English, Spanish.")


def mondays_ask_for_spanish(director: Desk, rota: str) -> None:
    director.open("/rota/").says("Who can be on duty", "English, Spanish")
    director.open(rota)
    asked = {"lane": "on_call-", "days": "0", "language": "es"}
    director.press("Ask for it", asked).says("On call (Spanish)")


def the_director_begins_a_quarter(director: Desk) -> str:
    director.open("/rota/").says("Cleo", "from Thu, December 24 to Fri, January 1")
    director.follow("Begin a rota")
    page = director.press(
        "Begin it", {"title": "Winter", "from_on": "2026-12-01", "weeks": "13"}, status=422
    )
    page.says("A rota begins on a Monday.")
    page = director.press("Begin it", {"from_on": "2026-11-30"}, untick=["backup"])
    page.says("91 turns of 91 have nobody.", "Draft")
    return page.address


def a_proposal_keeps_the_leave(office: Office, director: Desk, rota: str) -> None:
    director.press("Propose who has which turn").says("Wardroom looks for the fairest rota")
    office.worker()
    page = director.open(rota).says(
        "Proposed", "The most minus the least", "; 0 turns have nobody."
    )
    page.silent_about("turns of 91")
    for week in ("2026-11-30", "2027-01-11"):
        [monday] = [
            row for row in director.open(f"{rota}?week={week}").rows() if "(Spanish)" in row
        ]
        assert monday.startswith("Mon")
        assert monday.endswith(SPEAKERS), monday
    for week in ("2026-12-21", "2026-12-28"):
        for row in director.open(f"{rota}?week={week}").rows():
            found = re.search(r"(December|January) (\d+)", row)
            if "Cleo" in row and found:
                year = 2026 if found[1] == "December" else 2027
                day = date(year, {"December": 12, "January": 1}[found[1]], int(found[2]))
                assert not LEAVE[0] <= day <= LEAVE[1], row
    desk_of(office, "Ben").open(rota, status=404)


def it_is_published_and_everybody_is_told(office: Office, director: Desk) -> None:
    director.press("Publish it").says("The rota is in force.")
    office.clock.strikes("2026-11-19 09:00")
    sent = office.worker()
    told = [line for line in sent if "Your shifts have changed" in line]
    assert {line.split("@")[0] for line in told} >= {name.lower() for name in STAFF}
    assert "Yours now:" in office.letter("cleo@city.example", "Your shifts have changed")


def somebody_asks_anyone(office: Office) -> tuple[str, str, str]:
    """Whoever of the staff has a shift first asks anyone; a colleague is free to take it."""
    rows = desk_of(office, "Ana").open("/on-call/").rows()
    asker, when = next(
        (name, row.split(" On call")[0]) for row in rows for name in STAFF if row.endswith(name)
    )
    desk = desk_of(office, asker)
    desk.open("/my-shifts/").says(when)
    desk.open(desk.page.links("Swap or give away")[0])
    options = desk.page.root.all("label")
    offered = {"".join(part.text for part in option.children).strip() for option in options}
    free = next((name for name in STAFF if f"{name}: free" in offered), "")
    assert free, offered
    desk.press("Ask", {"asked_id": ""}).says("Asked.", "Anyone who can")
    sent = office.worker()
    asked = {line.split("@")[0] for line in sent if "Can you take a shift?" in line}
    assert free.lower() in asked
    assert asker.lower() not in asked
    return asker, free, when


def the_house_asks_again_by_itself(office: Office) -> None:
    assert chase_swaps() == 0
    office.clock.at += timedelta(hours=25)
    assert chase_swaps() == 1
    assert any("Again: Can you take a shift?" in line for line in office.worker())


def a_colleague_takes_it(office: Office, asker: str, taker: str, when: str) -> None:
    desk = desk_of(office, taker)
    desk.open("/my-shifts/").section("Others ask")
    letter = office.letter(f"{taker.lower()}@city.example", "Can you take a shift?")
    desk.open(re.findall(r"http\S+?(/swaps/\d+/)", letter)[0])
    desk.press("Take this shift").says("Given away", f"instead of {asker}")
    row = next(row for row in desk.open("/on-call/").rows() if row.startswith(when))
    assert row.endswith(taker)
    sent = office.worker()
    assert any(line.startswith(f"{asker.lower()}@") and "changed" in line for line in sent)


def nobody_is_planned_after_the_quarter(office: Office, rota: str) -> None:
    office.clock.strikes("2027-02-15 08:00")
    look_for_gaps()
    director = office.at_desk(DIRECTOR)
    director.open("/day/").says("Nobody is planned to be on call in the nights from Monday, March")
    director.open("/on-call/").says("1 gap in the next 30 days")
    director.open(rota)
    director.press("Begin a new version").says("Version 2", "Draft")
    director.open(rota).says("There is a later version", "In force")


def desk_of(office: Office, name: str) -> Desk:
    return office.at_desk(f"{name.lower()}@city.example")
