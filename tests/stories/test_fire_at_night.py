"""A fire at 02:10: the first on call sleeps, the backup takes it, and the morning knows."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, ZONE, Office
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.calendar.actions import ShiftPlan, place_shifts
from wardroom.calendar.rules.shifts import Turn
from wardroom.directory.queries import get_person
from wardroom.jobs.calling import climb_call_outs

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NIGHT, DAY = date(2026, 11, 18), timedelta(days=1)


def test_a_fire_at_ten_past_two_with_the_first_on_call_asleep(office: Office) -> None:
    the_rota_of_the_night(office)
    office.clock.strikes("2026-11-19 02:10")
    director = office.at_desk(DIRECTOR)
    incident = two_taps_open_it(director)
    the_first_is_called_and_sleeps_on(office)
    the_backup_takes_it_by_the_link(office)
    backup = office.at_desk(LIAISON7)
    the_first_report_goes_out_once_the_director_releases_it(office, backup, director, incident)
    people_are_cared_for_without_names(backup, office, incident)
    it_ends_with_a_review(office, backup, director, incident)


def the_rota_of_the_night(office: Office) -> None:
    office.clock.strikes("2026-11-18 15:00")
    held = {}
    for role, email in (("on_call", LIAISON2), ("backup", LIAISON7)):
        person = get_person(email)
        assert person is not None
        held[Turn(role, "", NIGHT, time(20), NIGHT + DAY, time(8))] = person.user_id
    lanes = frozenset({("on_call", ""), ("backup", "")})
    plan = ShiftPlan("night", "the rota", NIGHT, NIGHT, lanes, held)
    at = datetime(2026, 11, 18, 15, tzinfo=ZONE)
    place_shifts(None, plan=plan, stamp=Stamp(SYSTEM, at, Window.SHELL))


def two_taps_open_it(director: Desk) -> str:
    director.open("/day/")
    director.follow("Open an incident")
    page = director.press("Fire", {"ward_code": "2", "where_text": "1200 block of Maple Street"})
    page.says("Nobody has it yet.", "Liaison of Ward 2 was called", "2:15")
    return page.address


def the_first_is_called_and_sleeps_on(office: Office) -> None:
    office.worker()
    assert "/call/" in office.letter(LIAISON2, "CALL-OUT: Fire")
    office.clock.strikes("2026-11-19 02:14")
    assert climb_call_outs() == 0
    office.clock.strikes("2026-11-19 02:15")
    assert climb_call_outs() == 1
    assert climb_call_outs() == 0


def the_backup_takes_it_by_the_link(office: Office) -> None:
    letter = office.letter(LIAISON7, "CALL-OUT: Fire")
    (link,) = re.findall(r"http\S+?(/call/\S+/)", letter)
    phone = Desk("a phone")
    office.clock.strikes("2026-11-19 02:17")
    phone.open(link).says("Fire, severity 1.", "I cannot")
    phone.press("I have it").says("You have it")
    office.worker()
    assert "Liaison of Ward 7 has it since 2:17 a.m." in office.letter(LIAISON2, "somebody has it")
    office.clock.strikes("2026-11-19 02:30")
    assert climb_call_outs() == 0


def the_first_report_goes_out_once_the_director_releases_it(
    office: Office, backup: Desk, director: Desk, incident: str
) -> None:
    backup.open(incident).says("Liaison of Ward 7 has it", "First report:", "Red Cross")
    office.clock.strikes("2026-11-19 02:55")
    given = {"what": "Three homes burned, all are out", "homes": "3", "children": "2"}
    backup.press("Write a situation report", given).says("Report 1", "Not released.")
    backup.open(f"{incident}text/").says("Three homes burned", "Next report:")
    report = f"{incident}reports/1/"
    assert "Release it" not in backup.open(report).buttons()
    director.open(report)
    director.press("Release it").says("Released by The Director")


def people_are_cared_for_without_names(backup: Desk, office: Office, incident: str) -> None:
    backup.open(f"{incident}households/")
    home = {"label": "Unit 4", "adults": "2", "children": "2", "owner": "DOB"}
    backup.press("Note this home", home, at="note/").says("Unit 4", "adults 2, children 2")
    office.at_desk("dpw@city.example").open(f"{incident}households/", status=404)


def it_ends_with_a_review(office: Office, backup: Desk, director: Desk, incident: str) -> None:
    office.clock.strikes("2026-11-19 06:30")
    backup.open(incident)
    backup.press("Stand down", {"text": "All are in hotels"}, status=422).says("lines are open")
    down = {"text": "All are in hotels", "sure": "on"}
    backup.press("Stand down", down).says("Stood down")
    office.at_desk(DIRECTOR).open("/day/?whose=all").says("24 hours after")
    director.open(f"{incident}review/")
    marks = dict.fromkeys(("calling", "information", "care", "partners", "public"), "S")
    marks["calling"] = "M"
    director.press("Write the review", {"happened": "The first on call slept", **marks})
    step = {
        "wording": "Ring twice",
        "capability": "calling",
        "who": "agency:DOB",
        "starts_on": "2026-11-20",
        "due_on": "2026-12-18",
    }
    director.press("Add a step to do better", step).says("Ring twice")
    director.press("Finish it").says("Finished by The Director", "Ring twice")
    director.open("/asks/").says("Ring twice")
