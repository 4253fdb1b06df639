"""A hiring: from the posting to a conditional offer, and to the clock of residency."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.hiring.jobs import PDF
from tests.stories.desk import Desk
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office
from wardroom.hiring.models import Posting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NAME, EMAIL = "Wilhelmina Okonkwo", "wilhelmina@example.org"
POSTING = {
    "title": "Community Outreach Specialist",
    "office_name": "Mayor's Office of Community Relations",
    "grade": "Excepted Service, Grade 5",
    "salary_from": "85500",
    "opens_on": "2026-11-18",
    "closes_on": "2026-12-01",
    "duties": "Coordinates services in one ward.",
    "requirements": "Knows all eight wards.",
    "residency": "Live in the District within 180 days.",
    "preference": "first",
    "preference_words": "District residents are screened first.",
}


def _hiring() -> str:
    """The page of the one hiring there is."""
    return f"/hiring/{Posting.objects.get().pk}/"


def test_from_the_posting_to_the_clock_of_residency(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    director = a_posting_is_written_and_published(office)
    applicant = somebody_applies_on_two_phones(office)
    the_panel_reads_and_scores_alone(office)
    others_learn_nothing(office)
    an_offer_comes_before_any_screening(office, director)
    the_clock_of_residency_starts(office, director, applicant)


def a_posting_is_written_and_published(office: Office) -> Desk:
    director = office.at_desk(DIRECTOR)
    director.open("/hiring/")
    director.follow("Write a posting")
    director.press("Save the posting", {**POSTING, "duties": ""}, status=422)
    director.press("Save the posting", POSTING).says("Draft")
    asks = {"asked_of": "applicant", "text": "Were you ever convicted?"}
    director.press("Add a question", asks, status=422).says("before a conditional offer")
    asks["text"] = "Which wards do you know?"
    director.press("Add a question", asks).says("Which wards do you know?")
    asks = {"asked_of": "panel", "text": "What comes first?", "points": "10"}
    director.press("Add a question", asks)
    for email in (LIAISON2, LIAISON7):
        person = director.page.root.all("option")
        name = {LIAISON2: "Ward 2", LIAISON7: "Ward 7"}[email]
        number = next(o.attrs["value"] for o in person if name in _text(o))
        director.press("Seat somebody on the panel", {"user_id": number})
    director.page.says("Preview: what everybody will read")
    director.press("Publish it", status=422).says("Look at the preview on this page first")
    director.press("Publish it", {"looked": "on"}).says("It is public now.")
    return director


def somebody_applies_on_two_phones(office: Office) -> Desk:
    phone = Desk(EMAIL)
    phone.open("/jobs/")
    phone.follow(POSTING["title"])
    phone.page.says("District residents are screened first.", "$85,500 a year")
    phone.follow("Apply for this job")
    phone.press("Begin", {"applicant": NAME, "email": EMAIL}).says("Nothing is sent yet")
    resume = {"resume": SimpleUploadedFile("cv.pdf", PDF)}
    phone.press("Save and go on later", {"pasted": "Ten years in"}, files=resume)
    assert office.worker() == [f"{EMAIL}: Your application: {POSTING['title']}"]
    (link,) = set(re.findall(r"http\S+?(/jobs/mine/\S+/)", str(mail.outbox[-1].body)))
    other = Desk(EMAIL)
    other.open(link).says("Attached: cv.pdf")
    other.press("Send the application", status=422).says("Please answer this.")
    area = next(a for a in other.page.root.all("textarea") if "answer" in a.attrs["name"])
    answers = {"lives_here": "no", area.attrs["name"]: "Two and seven"}
    other.press("Send the application", answers).says("Your application was sent", "SHA-256")
    assert office.worker() == [f"{EMAIL}: We have your application: {POSTING['title']}"]
    return other


def the_panel_reads_and_scores_alone(office: Office) -> None:
    desks = [office.at_desk(email) for email in (LIAISON2, LIAISON7)]
    for desk, points in zip(desks, ("9", "7"), strict=True):
        desk.open("/hiring/")
        desk.follow(POSTING["title"])
        desk.follow(f"1. {NAME}")
        desk.page.silent_about("Two and seven")
        desk.press("Say whether you have a conflict of interest", {"conflict": "no"})
        desk.page.says("Two and seven")
        field = next(
            b.attrs["name"]
            for b in desk.page.root.all("input")
            if b.attrs.get("name", "").startswith("points_")
        )
        desk.press("Give points", {field: "11"}, status=422)
        desk.page.says("Give 0 to 10 points to “What comes first?”")
        desk.press("Give points", {field: points})
    desks[1].page.says("9 of 10", "7 of 10")


def others_learn_nothing(office: Office) -> None:
    office.hire("director2@example.org", "The Other Director", "--role", "director")
    other = office.at_desk("director2@example.org")
    other.open("/hiring/").says(POSTING["title"])
    other.open(_hiring(), status=404)
    other.open(f"{_hiring()}applications/1/", status=404)
    for address in ("/day/", "/data/messages/", "/data/mail/", "/people/", f"/search/?q={NAME}"):
        page = other.open(address)
        assert NAME.split()[0] not in page.words.replace(f"q={NAME}", "") or "search" in address
        page.silent_about(EMAIL, "Your application")


def an_offer_comes_before_any_screening(office: Office, director: Desk) -> None:
    page = director.open(f"{_hiring()}applications/1/")
    assert "Keep the result of the suitability screening" not in page.buttons()
    for stage, told in (
        ("interview", "would like to talk with you"),
        ("offer", "conditional offer"),
        ("suitability", "screening has begun"),
    ):
        given = {"to": stage, "reason": "The best"}
        if stage == "offer":
            director.press("Take it to another stage", given, status=422)
            director.page.says("The posting takes applications until Tuesday, December 1, 2026.")
            given["early"] = "Nobody else will apply"
        director.press("Take it to another stage", given)
        assert office.worker() == [f"{EMAIL}: Your application: {POSTING['title']}"]
        assert told in str(mail.outbox[-1].body)
    director.press("Keep the result of the suitability screening", {"result": "cleared"})
    appointed = {"appointed_on": "2026-12-14", "reason": "Passed"}
    director.press("Appoint", appointed).says("Appointed")


def the_clock_of_residency_starts(office: Office, director: Desk, applicant: Desk) -> None:
    office.worker()
    director.open("/residency/").says(NAME)
    applicant.open(applicant.page.address).says("You were appointed.")
    director.open(_hiring())
    director.press("Close or end it", {"state": "filled", "reason": "Somebody begins"})
    Desk("nobody@example.org").open("/jobs/").silent_about(POSTING["title"])


def _text(option: object) -> str:
    return "".join(child.text for child in option.children)  # type: ignore[attr-defined]
