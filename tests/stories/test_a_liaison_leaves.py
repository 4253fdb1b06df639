"""A liaison leaves: everything goes over, thing by thing, and nobody who called is forgotten."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, PASSWORD, Office
from wardroom.directory.queries import get_person
from wardroom.jobs.stamps import shell_stamp
from wardroom.matters.actions import add_legal_deadline
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NEW = "new.liaison2@city.example"
NEW_NAME = "Second Liaison of Ward 2"
OWN_PASSWORD = "ring-the-bell-thrice"
ASKS = (("DOB", "Inspect the house"), ("DOH", "Bait the burrows"), ("DPW", "Clear the yard"))


def test_a_liaison_leaves(office: Office) -> None:
    issue = the_liaison_has_work(office)
    person = nobody_goes_with_live_work(office)
    the_successor_is_hired_by_a_link(office)
    handover = the_director_hands_it_over(office, person)
    the_successor_looks_at_each_thing(office, handover, issue)
    what_came_back_goes_to_the_director(office, handover, person)
    residents_are_told(office, handover)
    the_answer_reaches_the_successor(office, issue)
    the_former_liaison_reaches_nothing(office, issue, handover)


def the_liaison_has_work(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    called(office, "A neighbor", "neighbor@example.org", "Rats in the yard")
    issue = Matter.objects.get()
    called(office, "Another neighbor", "", "Rats again", onto=issue)
    for code, wording in ASKS:
        liaison.open(f"/issues/{issue.pk}/")
        given = {"ask0-agency_code": code, "ask0-wording": wording, "ask0-due_on": "2026-12-04"}
        liaison.push(f"/issues/{issue.pk}/ask/", given, status=302)
    liaison.open("/day/")
    liaison.push("/capture/", {"text": "Ring the owner !fri", "back": "/day/"}, status=302)
    me = get_person(LIAISON2)
    assert me is not None
    add_legal_deadline(
        issue,
        party=me,
        wording="Answer the request for records",
        rule_code="dc-foia",
        started_at=office.clock.at,
        stamp=shell_stamp(),
    )
    office.worker()
    office.clock.strikes("2026-11-18 14:05")
    office.worker()
    return f"/issues/{issue.pk}/"


def called(office: Office, name: str, email: str, said: str, onto: Matter | None = None) -> None:
    """Somebody calls in, and the one who answers writes it down at the desk."""
    liaison = office.at_desk(LIAISON2)
    liaison.open("/issues/new/")
    given = {"said": said, "name_": name, "email": email, "channel": "phone", "ward_code": "2"}
    given |= {"consent": "on"} if email else {}
    given |= {"onto": str(onto.pk)} if onto is not None else {}
    liaison.push("/issues/new/", given, status=302)


def nobody_goes_with_live_work(office: Office) -> str:
    office.clock.strikes("2026-11-19 09:00")
    director = office.at_desk(DIRECTOR)
    director.open("/staff/").says("Liaison of Ward 2", "Liaison, Ward 2")
    person = director.follow("Liaison of Ward 2").address
    director.page.says("Open matters 1", "Tasks on the list 2")
    refused = "Liaison of Ward 2 still has live work: 1 open matter, 2 tasks on the list."
    director.press("Close it", {"reason": "Leaves"}, status=422).says(refused)
    director.page.says("Start a handover")
    director.open(person)
    director.press("End the role", {"until_on": "2026-11-20"}, status=422).says(refused)
    return person


def the_successor_is_hired_by_a_link(office: Office) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/staff/hire/")
    given = {"name_": NEW_NAME, "email": NEW, "role": "liaison", "ward_code": "2"}
    director.press("Hire and send the link", given).says("is sent a link")
    assert office.worker() == [f"{NEW}: Your sign-in to Wardroom"]
    (link,) = re.findall(r"/welcome/\S+/", str(mail.outbox[-1].body))
    newcomer = Desk(NEW)
    newcomer.open(link).says(NEW)
    words = {"password": "ward", "again": "ward"}
    newcomer.press("Set the password", words, status=422).says("too short")
    words = {"password": OWN_PASSWORD, "again": OWN_PASSWORD}
    newcomer.press("Set the password", words).says("Your password is set")
    newcomer.open(link, status=404).says("This link was used already")
    newcomer.sign_in(OWN_PASSWORD).says("My day")


def the_director_hands_it_over(office: Office, person: str) -> str:
    director = office.at_desk(DIRECTOR)
    director.open(person)
    given = {"why": "A detail to another office", "last_on": "2026-11-20"}
    handover = director.press("Start it", given).address
    director.page.says("Rats", "3 asks under way", "Ring the owner", "Nobody chosen yet")
    shut = {"successor": chosen(director, "Liaison of Ward 7")}
    director.press("Ask them", shut, status=422).says("has no role in Ward 2 yet")
    director.open(handover)
    director.press("Save the note", {"text": "The owner answers only in the morning"})
    given = {"successor": chosen(director, NEW_NAME), "scope": "all"}
    director.press("Ask them", given).says("is asked to take over 3 things")
    director.press("Finish the handover", status=422).says("not accepted yet")
    assert office.worker() == [f"{NEW}: To take over from Liaison of Ward 2"]
    office.at_desk(LIAISON7).open(handover, status=404)
    return handover


def chosen(desk: Desk, name: str) -> str:
    """The value of somebody in the list of the page's form."""
    form = desk.page.form_with("Ask them")
    return next(
        o.attrs["value"] for o in form.all("option") if "".join(c.text for c in o.children) == name
    )


def row_button(desk: Desk, verb: str, title: str) -> dict[str, str]:
    """What the form of a thing sends along unseen."""
    for row in desk.page.root.all("tr"):
        if title in row.words:
            for form in row.all("form"):
                if form.attrs["action"].endswith(f"/{verb}/"):
                    return {
                        b.attrs["name"]: b.attrs["value"]
                        for b in form.all("input")
                        if b.attrs.get("type") == "hidden" and "token" not in b.attrs["name"]
                    }
    raise AssertionError(f"no {verb} for {title}")


def the_successor_looks_at_each_thing(office: Office, handover: str, issue: str) -> None:
    office.clock.strikes("2026-11-19 11:00")
    successor = Desk(NEW)
    successor.sign_in(OWN_PASSWORD)
    successor.open("/day/").says("3 things from Liaison of Ward 2", "Handed to you")
    successor.follow("3 things from Liaison of Ward 2").says(
        "The owner answers only in the morning", "Waits to be accepted"
    )
    assert not Matter.objects.filter(owner__name=NEW_NAME).exists()
    for title in ("Rats", "Answer the request for records"):
        sent = row_button(successor, "accept", title)
        successor.push(f"{handover}accept/", sent, status=302)
        successor.open(handover)
    sent = row_button(successor, "back", "Ring the owner")
    successor.push(f"{handover}back/", sent, status=422)
    successor.push(f"{handover}back/", {**sent, "reason": "I know him"}, status=302)
    successor.open("/day/").says("Answer the request for records", "Inspect the house")
    successor.page.silent_about("Ring the owner", "Handed to you")
    successor.open(issue).says(NEW_NAME, "handed")
    assert office.worker() == [f"{DIRECTOR}: Sent back, of what Liaison of Ward 2 hands over"]


def what_came_back_goes_to_the_director(office: Office, handover: str, person: str) -> None:
    office.clock.strikes("2026-11-20 16:00")
    director = office.at_desk(DIRECTOR)
    director.open("/day/").says("1 thing of Liaison of Ward 2 came back")
    director.open(handover).says("I know him", "Sent back")
    director.press("Finish the handover", status=422).says("not accepted yet")
    director.open(handover)
    sent = row_button(director, "take", "Ring the owner")
    director.push(f"{handover}take/", sent, status=302)
    director.open(handover)
    director.press("Finish the handover").says("The handover is finished", "Finished")
    director.open(person).says("No live work")
    director.press("Close it", {"reason": "Works elsewhere now"}).says("The sign-in is closed")


def residents_are_told(office: Office, handover: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(handover).says("Who gets it", "A neighbor", "neighbor@example.org")
    director.page.says("Another neighbor", "Is not in the directory yet")
    director.press("Write to 1 person").says("1 person is written to")
    director.page.silent_about("Who gets it")
    assert office.worker() == []
    office.clock.strikes("2026-11-20 16:05")
    subject = f"{NEW_NAME} looks after your report now"
    assert office.worker() == [f"neighbor@example.org: {subject}"]
    body = str(mail.outbox[-1].body)
    assert f"{NEW_NAME} takes over from Liaison of Ward 2" in body
    assert "W-" in body


def the_answer_reaches_the_successor(office: Office, issue: str) -> None:
    office.clock.strikes("2026-11-23 10:00")
    works = office.at_desk("dpw@city.example")
    works.follow("Clear the yard")
    works.press("Accept", {"promised_on": "2026-12-02"})
    assert office.worker() == [f"{NEW}: Department of Public Works accepted: Clear the yard"]
    successor = Desk(NEW)
    successor.sign_in(OWN_PASSWORD)
    told = iter(successor.open(issue).happened())
    for words in (
        "reported this",
        "DPW was asked for 'Clear the yard'",
        f"handed {Matter.objects.get().title} over to {NEW_NAME}",
        "DPW promised 'Clear the yard'",
    ):
        assert any(words in line for line in told), f"“{words}” is not told in its place"


def the_former_liaison_reaches_nothing(office: Office, issue: str, handover: str) -> None:
    former = Desk(LIAISON2)
    former.sign_in(PASSWORD).silent_about("My day")
    former.open(issue).says("Sign in")
    former.open(handover).says("Sign in")
    director = office.at_desk(DIRECTOR)
    director.open("/staff/?group=former").says("Liaison of Ward 2", "Sign-in closed")
    person = director.follow("Liaison of Ward 2").address
    director.press("Open it").says("The sign-in is open again", "No role now")
    former = office.at_desk(LIAISON2)
    former.page.silent_about("My day")
    for shut in (issue, handover, person):
        former.open(shut, status=404)
