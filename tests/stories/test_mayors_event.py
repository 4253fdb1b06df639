"""An event with the Mayor: asked for, decided, prepared, moved, its door, and what follows."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
REQUEST = {
    "title": "Opening of the market hall",
    "ward_code": "2",
    "asked_name": "Ruth Adeyemi",
    "contact": "ruth@example.org",
    "wanted": "mayor",
    "on": "2026-12-08",
    "starts": "18:00",
    "ends": "20:00",
    "where": "Market hall",
    "expected": "120",
    "language_needs": "Amharic",
}


def picture() -> SimpleUploadedFile:
    """The photograph of a sheet."""
    file = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(file, "JPEG")
    return SimpleUploadedFile("sheet.jpg", file.getvalue(), "image/jpeg")


def test_an_event_with_the_mayor_from_its_request_to_its_follow_up(office: Office) -> None:
    request = somebody_asks_for_the_mayor(office)
    the_director_decides_and_the_tasks_have_their_days(office, request)
    the_run_of_show_and_the_tasks_move_with_the_event(office, request)
    people_come_to_the_door(office, request)
    a_paper_sheet_is_typed_name_by_name(office, request)
    the_follow_up_is_done_and_the_request_closed(office, request)


def test_stranger_asks_on_the_public_page_and_the_director_finds_it(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    stranger = Desk("nobody@example.org")
    stranger.open("/")
    stranger.follow("Ask for the Mayor")
    given = {name: value for name, value in REQUEST.items() if name != "contact"}
    page = stranger.press("Send the request", given, status=422)
    page.says("Give an e-mail address or a phone number.")
    given["email"] = "ruth@example.org"
    stranger.open("/visits/ask/")
    machine = {**given, "leave_empty": "https://example.org"}
    stranger.press("Send the request", machine).says("The office has it.")
    stranger.open("/visits/ask/")
    stranger.press("Send the request", given).says("The office has it.")
    director = office.at_desk(DIRECTOR)
    director.open("/day/").says("Somebody asks for the Mayor: decide on it")
    assert len(director.open("/visits/?decision=waiting").rows()) == 1
    director.follow("Opening of the market hall").says("nobody has checked who it is")
    director.press("Decide", {"decision": "declined", "words": "The day is full"})
    director.open("/day/").silent_about("Opening of the market hall")


def somebody_asks_for_the_mayor(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/calendar/")
    liaison.follow("Events with the Mayor").says("No request fits these filters.")
    liaison.follow("Write down a request")
    liaison.press("Take it in", {**REQUEST, "on": "2026-11-02"}, status=422).says("is over")
    liaison.press("Take it in", {**REQUEST, "ends": "17:00"}, status=422).says("before it starts")
    page = liaison.press("Take it in", REQUEST).says("waits for the director's decision")
    page.says("Ruth Adeyemi, ruth@example.org", "120 people", "Amharic", "Waits for a decision")
    assert "Decide" not in page.buttons()
    office.at_desk(LIAISON7).open(page.address, status=404)
    return page.address


def the_director_decides_and_the_tasks_have_their_days(office: Office, request: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(request)
    director.press("Decide", {"decision": "declined"}, status=422).says("Say why, in words")
    director.press("Decide", {"decision": "other"}, status=422).says("Say who goes instead.")
    page = director.press("Decide", {"decision": "accepted", "words": "With pleasure"})
    page.says("Accepted. With pleasure", "Confirm the interpreters", "Dec 1, 2026")
    page.says("Send the run of show to everybody", "Dec 3, 2026", "Thank the host", "Dec 9, 2026")
    page.silent_about("Confirm what people need to take part")


def the_run_of_show_and_the_tasks_move_with_the_event(office: Office, request: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(request)
    line = {"at": "2026-12-08T18:15", "minutes": "10", "text": "The Mayor cuts the ribbon"}
    add = "Add a line to the run of show"
    liaison.press(add, line, status=422).says("Fill in “Who does it”.")
    liaison.press(add, {**line, "owner": "Ruth Adeyemi"}).says("6:15 p.m.")
    first = {"at": "2026-12-08T17:45", "minutes": "15", "text": "Doors open", "owner": "The hall"}
    liaison.press(add, first)
    moved = {"starts_at": "2026-12-10T19:00", "ends_at": "2026-12-10T21:00"}
    page = liaison.press("Move the event", {**moved, "reason": "The Mayor is in Baltimore"})
    page.says("7:15 p.m.", "6:45 p.m.", "Dec 7, 2026", "Dec 3, 2026", "Dec 11, 2026")
    page = liaison.follow("Run of show")
    assert [row.split(" to ")[0] for row in page.rows()] == [
        "Thu, Dec 10, 2026, 6:45 p.m.", "Thu, Dec 10, 2026, 7:15 p.m.",
    ]  # fmt: skip
    a_line_is_changed_and_goes_on_paper(liaison)


def a_line_is_changed_and_goes_on_paper(liaison: Desk) -> None:
    run = liaison.page.address
    liaison.follow("Change : Doors open")
    liaison.press("Save the line", {}, status=422).says("Nothing was changed.")
    later = {"at": "2026-12-10T18:30", "owner": "The ushers"}
    page = liaison.press("Save the line", later).says("The line was changed.", "6:30 p.m.")
    assert "The ushers" in page.rows()[0]
    liaison.open(run)
    paper = liaison.client.get(f"{run}show.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def people_come_to_the_door(office: Office, request: str) -> None:
    office.clock.strikes("2026-12-10 18:50")
    liaison = office.at_desk(LIAISON2)
    liaison.open(request)
    page = liaison.follow("At the door").says("0 checked in", "Nobody yet.")
    liaison.press("Check in", {"called": " "}, status=422).says("Fill in “Name”.")
    liaison.press("Check in", {"called": "Tesfaye", "language": "am"}).says("Amharic 1")
    guest = {"called": "Ann Poole", "email": "ann@example.org", "consent": "on"}
    liaison.press("Check in", {**guest, "email": "ann"}, status=422).says("e-mail")
    page = liaison.press("Check in", guest).says("2 checked in", "English 1")
    liaison.follow("Ann Poole").says("ann@example.org", "Opening of the market hall")
    liaison.open(page.address)
    liaison.press("Take it back", {"guest": ""}, status=422).says("Who was it?")
    guests = {c.text: o.attrs["value"] for o in page.root.all("option") for c in o.children}
    back = {"guest": guests["Ann Poole"]}
    liaison.press("Take it back", back).says("1 checked in", "Ann Poole")
    liaison.press("Check in", guest).says("2 checked in", "English 1")


def a_paper_sheet_is_typed_name_by_name(office: Office, request: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(request)
    liaison.follow("At the door")
    door = liaison.page.address
    liaison.press("Keep it", files={"file": picture()}).says("Type the names beside it.")
    liaison.press("Save and type the next", {"called": "Jo March"}).says("1 name", "Jo March")
    liaison.press("Save and type the next", {"called": "Li Wen", "language": "zh"})
    liaison.open(door).says("To be typed 2 so far", "Chinese 1", "4 checked in")
    liaison.page.section("Paper sheets")
    (sheet,) = [
        a.attrs["href"] for a in liaison.page.root.all("a") if "/sheets/" in a.attrs["href"]
    ]
    liaison.open(sheet)
    liaison.press("Everybody on it is typed").says("Done, 2 typed")


def the_follow_up_is_done_and_the_request_closed(office: Office, request: str) -> None:
    office.clock.strikes("2026-12-11 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/day/").says("Thank the host and whoever helped")
    liaison.open(request)
    took = {"outcome": "took_place", "text": "The hall is open"}
    liaison.press("Say what came of it", took, status=422).says("still open")
    liaison.open(request)
    liaison.press("Mark tasks as done", {}, status=422).says("What is done")
