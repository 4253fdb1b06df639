"""A flood: the alert comes in, a liaison opens an incident, it grows, and it ends."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.incidents.messages import area, cap, info, name_of
from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office
from wardroom.jobs.alerts import read_alerts

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_an_alert_becomes_an_incident_and_ends(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    director = office.at_desk(DIRECTOR)
    liaison = office.at_desk(LIAISON7)
    alert = the_city_sends_an_alert_with_its_key(office, director)
    both_find_it_in_their_day(director, liaison)
    incident = the_liaison_opens_an_incident(office, liaison, alert)
    an_update_is_read_by_its_owner(office, liaison, alert, incident)
    the_incident_ends(liaison, incident)


def test_alerts_by_hand_are_read_or_refused_with_a_reason(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/alerts/").says("No alert fits these filters.")
    liaison.follow("Enter an alert")
    liaison.press("Read it", {}, status=422).says("Paste the message, or choose its file.")
    page = liaison.press("Read it", {"content": "<alert>"}, status=422)
    page.says("This is not XML that can be read.", "<alert>")
    file = SimpleUploadedFile("drill.xml", cap(whole(), status="Exercise"), "text/xml")
    page = liaison.press("Read it", {}, files={"file": file})
    page.says("The alert is here.", "Exercise or test", "nobody has to do anything")
    assert "Open an incident" not in page.buttons()
    liaison.open("/alerts/new/")
    liaison.press("Read it", {"content": cap(whole(), identifier="b").decode()})
    liaison.press("Set it aside", {"reason": "The creek is dry"}).says("The creek is dry")
    liaison.open("/day/").silent_about("Flash flood")
    office.at_desk("dpw@city.example").open("/alerts/", status=403)


def test_an_alert_that_nobody_took_leaves_the_lists_when_it_is_over(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON7)
    liaison.open("/alerts/new/")
    alert = liaison.press("Read it", {"content": cap(whole()).decode()}).address
    liaison.open("/day/").says("Flash flood until 9 p.m.")
    office.clock.strikes("2026-11-18 21:30")
    read_alerts()
    desk = office.at_desk(LIAISON7)
    desk.open("/day/").silent_about("Flash flood until 9 p.m.")
    desk.open(alert).says("Over, and nobody decided", "Its time is over.")


def whole(*, sent: str = "9 p.m.", severity: str = "Severe", ward: str = "") -> str:
    where = area(f"Ward {ward}", WARD=ward) if ward else area("The District", SAME="011001")
    return info(where, headline=f"Flash flood until {sent}", severity=severity)


def the_city_sends_an_alert_with_its_key(office: Office, director: Desk) -> str:
    token = office.shell("key", "make", "HSEMA", "--scope", "alerts").split()[-1]
    answer = Client().post(
        "/api/alerts",
        cap(whole(ward="7")),
        content_type="application/cap+xml",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 201, answer.content
    return str(json.loads(answer.content)["page"])


def both_find_it_in_their_day(director: Desk, liaison: Desk) -> None:
    words = "An alert touches your part of the city"
    director.open("/day/").says("Flash flood until 9 p.m.", words)
    liaison.open("/day/").says(words)
    page = liaison.follow("Flash flood until 9 p.m.")
    page.says("Waits for a decision", "Move to higher ground.", "NWS Baltimore", "HSEMA")


def the_liaison_opens_an_incident(office: Office, liaison: Desk, alert: str) -> str:
    office.at_desk(LIAISON2).open(alert).silent_about("Open an incident")
    liaison.open(alert)
    given = {"title": "Flood in the low streets", "next_on": "2026-11-18"}
    liaison.press("Open an incident", {**given, "title": ""}, status=422).says("What happened")
    page = liaison.press("Open an incident", given)
    page.says("Opened as an incident")
    incident = liaison.follow("See the incident").address
    liaison.open("/incidents/").says("Flood in the low streets")
    office.at_desk(LIAISON2).open(incident, status=404)
    liaison.open("/day/").says("Call who leads there, and say what people need")
    return incident


def an_update_is_read_by_its_owner(
    office: Office, liaison: Desk, alert: str, incident: str
) -> None:
    liaison.open("/alerts/new/")
    update = cap(
        whole(sent="midnight", severity="Extreme", ward="7"),
        kind="Update",
        identifier="u1",
        sent="2026-11-18T14:30:00-05:00",
        references=[name_of()],
    )
    page = liaison.press("Read it", {"content": update.decode()})
    assert page.address == alert
    page.says("What was said before", "Flash flood until 9 p.m.")
    liaison.open("/day/").says("The alert behind your incident says something new")
    liaison.open(incident).says("Its alert says something new.", "Flash flood until midnight")
    liaison.press("I have read what is new").silent_about("Its alert says something new.")
    liaison.open("/day/").silent_about("The alert behind your incident")


def the_incident_ends(liaison: Desk, incident: str) -> None:
    liaison.open(incident)
    liaison.press("Say how it ended", {}, status=422)
    page = liaison.press("Say how it ended", {"outcome": "over", "text": "Pumps did it"})
    page.says("Over, and people have what they need")
    liaison.open("/incidents/").says("No incident fits these filters.")
