"""A referral that did not help: from the question to the second service, and to a counted gap."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.library.files import as_json, key, pantry
from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office
from wardroom.library.rules.needs import need_id

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CALLER = "caller@example.org"


def test_a_referral_that_did_not_help(office: Office) -> None:
    pantries_are_brought_in(office)
    referral = a_caller_is_sent_to_one_by_mail(office)
    five_days_later_it_asks_itself(office, referral)
    the_second_service_helps_no_more_and_it_is_a_gap(office, referral)
    planning_sees_it_and_nobody_else_sees_who(office, referral)


def pantries_are_brought_in(office: Office) -> None:
    second = {
        "id": key("second"),
        "name": "Second pantry",
        "status": "active",
        "organization": pantry()["organization"],
        "attributes": [{**pantry()["attributes"][0], "id": key("second need")}],
    }
    open_to_all = pantry(service_areas=[])
    room = {**second, "id": key("room"), "name": "Warm room", "attributes": []}
    file = SimpleUploadedFile("pantries.json", as_json(open_to_all, second, room))
    liaison = office.at_desk(LIAISON2)
    liaison.open("/services/").says("No service fits.")
    liaison.follow("Files of services")
    page = liaison.press("Show what it would do", files={"file": file})
    page.says("Nothing is written yet.", "Tuesday pantry")
    liaison.press("Import 15 rows").says("15 rows added, 0 changed.")


def a_caller_is_sent_to_one_by_mail(office: Office) -> str:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open("/services/?q=groceries&language=es").says("Send them here")
    assert "Send somebody to the chosen ones" in page.buttons()
    ticked = f"/referrals/new/?services={key('pantry')}&language=es"
    liaison.open(ticked).says("No name is kept.", "Tuesday pantry")
    given = {
        "need": str(need_id("food-pantry")),
        "ward_code": "2",
        "language": "es",
        "way": "mail",
        "may_ask": "on",
    }
    liaison.press("Send them there", given, status=422).says("Give the e-mail address it goes to.")
    page = liaison.press("Send them there", {**given, "address": CALLER})
    page.says(
        "Saved. Ask in 5 days. The letter goes out within a minute.",
        "Ask whether it helped: Nov 23, 2026",
        "Tuesday pantry",
    )
    office.some_minutes_of_work()
    assert "Llame / Call: 202-555-0100" in office.letter(CALLER, "Servicios para usted")
    name, paper = liaison.download("Sheet to hand out (PDF)")
    assert (name.endswith(".pdf"), paper[:5]) == (True, b"%PDF-")
    return page.address


def five_days_later_it_asks_itself(office: Office, referral: str) -> None:
    office.clock.strikes("2026-11-23 14:00")
    office.worker()
    (link,) = set(re.findall(r"(/helped/\S+/)", office.letter(CALLER, "¿Le ayudó?")))
    caller = Desk(CALLER)
    page = caller.open(link).says("We do not know who you are")
    lines = [box.attrs["name"] for box in page.form_with("Send").all("select")]
    answered = dict.fromkeys(lines, "did_not_help")
    caller.press("Send", answered).says("We wrote it down.")
    caller.open(link, status=404)
    day = office.at_desk(LIAISON2).open("/day/")
    day.says("It did not help: send them elsewhere, or count a gap")


def the_second_service_helps_no_more_and_it_is_a_gap(office: Office, referral: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(referral).says("It did not help", "Answered by link")
    page = liaison.press("Send them to another service", {"services": key("second")})
    options = page.says("Ask again").form_with("Send them to another service").all("option")
    assert [o.attrs["value"] for o in options] == ["", key("room")]
    office.clock.strikes("2026-11-30 10:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(referral)
    liaison.press("End it without help", {"outcome": "nothing_fits"}).says("Nothing fits: a gap")


def planning_sees_it_and_nobody_else_sees_who(office: Office, referral: str) -> None:
    office.at_desk(LIAISON7).open(referral, status=404)
    director = office.at_desk(DIRECTOR)
    director.open("/services/gaps/").says("Food pantry", "Ward 2", "Spanish", "not shown")
    director.open(referral).says("Nothing fits: a gap")
