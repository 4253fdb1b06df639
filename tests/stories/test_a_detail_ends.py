"""A detail that ends: told ahead, extended once with a reason, and over at midnight by itself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON7, PASSWORD, Office
from wardroom.directory.queries import get_person
from wardroom.jobs.office import keep_terms
from wardroom.jobs.routines import take_up_left_work
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LENT = "lent@parks.example"
NAME = "Somebody on loan"


def test_a_detail_ends(office: Office) -> None:
    term = the_director_agrees_on_it(office)
    issue = they_work_as_the_liaison(office)
    others_see_little(office, term)
    both_are_told_at_sixty_days(office, term)
    it_is_extended_once_with_a_reason(office, term)
    nothing_opens_after_midnight(office, issue)
    what_was_left_is_handed_over(office, issue)
    the_past_stays(office, term)


def the_director_agrees_on_it(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    director = office.at_desk(DIRECTOR)
    director.open("/terms/").says("Nobody is here on detail")
    director.open("/terms/new/").says("On detail", "Volunteer", "For a fixed term")
    director.open("/terms/new/?kind=detail")
    given = {
        "kind": "detail",
        "name_": NAME,
        "email": LENT,
        "role": "liaison",
        "ward_code": "2",
        "since_on": "2026-11-18",
        "until_on": "2027-05-17",
        "hours_weekly": "40",
        "duties": "Looks after Ward 2 until the seat is filled",
        "home_agency": "DPW",
        "memorandum": "",
    }
    director.press("Agree on it", given, status=422).says("180 days at most")
    given |= {"until_on": "2027-01-29"}
    director.press("Agree on it", given, status=422).says("memorandum")
    given |= {"memorandum": "MOU 26-114"}
    term = director.press("Agree on it", given).address
    director.page.says(NAME, "On detail", "Department of Public Works", "MOU 26-114")
    director.page.says("end by themselves after that day")
    assert office.worker() == [f"{LENT}: Your sign-in to Wardroom"]
    person = get_person(LENT)
    assert person is not None
    assert person.user is not None
    person.user.refresh_from_db()
    return term


def they_work_as_the_liaison(office: Office) -> str:
    lent = their_desk(office)
    lent.open("/issues/new/")
    given = {"said": "Rats in the yard", "name_": "A neighbor", "channel": "phone"}
    lent.push("/issues/new/", {**given, "ward_code": "2"}, status=302)
    issue = Matter.objects.get()
    assert issue.owner.name == NAME
    office.worker()
    return f"/issues/{issue.pk}/"


def their_desk(office: Office) -> Desk:
    """They sign in; the first time they choose the password by the link they were sent."""
    person = get_person(LENT)
    assert person is not None
    assert person.user is not None
    if not person.user.has_usable_password():
        from django.core import mail

        found = [str(m.body) for m in mail.outbox if LENT in m.to[0]]
        link = next(word for word in found[-1].split() if "/welcome/" in word)
        Desk(LENT).open("/welcome/" + link.partition("/welcome/")[2])
        newcomer = Desk(LENT)
        newcomer.open("/welcome/" + link.partition("/welcome/")[2])
        newcomer.press("Set the password", {"password": PASSWORD, "again": PASSWORD})
    return office.at_desk(LENT)


def others_see_little(office: Office, term: str) -> None:
    liaison = office.at_desk(LIAISON7)
    liaison.open("/terms/").says(NAME, "Ward 2", "Jan 29, 2027")
    liaison.page.silent_about("Department of Public Works", "MOU 26-114")
    liaison.open(term, status=404)
    office.at_desk(LENT).open(term).says("MOU 26-114")


def night(office: Office, day: str) -> None:
    """What the worker does by the clock just after midnight."""
    office.clock.strikes(f"{day} 00:10")
    keep_terms()
    office.clock.strikes(f"{day} 00:20")
    take_up_left_work()


def both_are_told_at_sixty_days(office: Office, term: str) -> None:
    night(office, "2026-11-29")
    office.clock.strikes("2026-11-30 09:00")
    keep_terms()
    told = {
        f"{DIRECTOR}: {NAME} leaves in 60 days",
        f"{LENT}: Your time here ends in 60 days",
    }
    assert told <= set(office.worker())
    office.at_desk(DIRECTOR).open("/day/").says(f"{NAME} leaves (on detail)")
    lent = office.at_desk(LENT)
    lent.open("/day/").says("Your time here ends: hand over what is yours")
    night(office, "2026-12-01")
    office.clock.strikes("2026-12-01 09:00")
    assert not [line for line in office.worker() if "ends in" in line or "leaves in" in line]


def it_is_extended_once_with_a_reason(office: Office, term: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(term)
    director.press("Extend it", {"until_on": "2027-02-12", "reason": ""}, status=422)
    given = {"until_on": "2027-02-12", "reason": "The seat is vacant still"}
    director.press("Extend it", given).says("Extended", "Agreed", "The seat is vacant still")
    director.open("/day/").silent_about(f"{NAME} leaves")


def nothing_opens_after_midnight(office: Office, issue: str) -> None:
    office.clock.strikes("2027-02-12 23:59")
    lent = office.at_desk(LENT)
    lent.open(issue).says("Rats in the yard")
    keep_terms()
    office.clock.strikes("2027-02-13 00:00")
    lent.open(issue).says("Sign in")
    lent.page.silent_about("Rats in the yard")
    answer = Client()
    answer.post(reverse("account_login"), {"login": LENT, "password": PASSWORD})
    assert answer.get("/day/").status_code == 302


def what_was_left_is_handed_over(office: Office, issue: str) -> None:
    night(office, "2027-02-13")
    office.clock.strikes("2027-02-13 09:00")
    sent = office.worker()
    assert f"{DIRECTOR}: Left behind by {NAME}" in sent
    director = office.at_desk(DIRECTOR)
    director.open("/day/").says(f"of {NAME} left behind")
    director.follow(f"1 thing of {NAME} left behind").says("Rats in the yard")
    assert Matter.objects.get().state == "open"


def the_past_stays(office: Office, term: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/terms/?state=over").says(NAME)
    director.open(term).says("It ended as agreed", "Agreed: until", "Extended: until")
