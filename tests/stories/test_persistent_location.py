"""A place from candidate to exit to relapse, and two that somebody nominates."""

from __future__ import annotations

import pytest

from tests.stories.desk import Desk
from tests.stories.errands import candidate_at, designate, plan_with
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office, planted
from wardroom.kernel.addresses import block_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2", "problem building").address
CORNER = planted("2").address
ANSWERS = {
    "what": "Rubbish in the yard and rats by the bins",
    "when": "After weekends, worst in summer",
    "harmed": "The families next door and the school across the alley",
    "control": "A private owner out of town; nobody looks after the yard",
    "tried": "Three clean-ups by DPW, each gone in a month",
    "cause": "The house is empty and the yard is open",
}
CLEAN = {"finding": "clean", "rating": "1"}


def test_place_from_candidate_to_exit_to_relapse(office: Office) -> None:
    location = the_liaison_designates_a_candidate(office)
    the_liaison_writes_what_keeps_it_going(office, location)
    the_plan_is_done_and_somebody_looks(office, location)
    leaving_too_early_needs_a_reason(office, location)
    the_public_reads_what_two_people_stand_for(office, location)
    everybody_reads_it_near_them(office, location)
    the_place_is_left_and_watched(office, location)
    the_trouble_is_back_and_so_is_the_file(office, location)
    the_director_leaves_it_against_the_test(office, location)
    the_place_tells_its_whole_story(office, location)


def test_one_nomination_is_refused_and_one_is_designated(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    office.shell("detect")
    refused = the_liaison_nominates_a_quiet_place(office)
    the_director_refuses_it(office, refused)
    the_anc_votes_for_a_place(office)


def the_liaison_designates_a_candidate(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    office.shell("detect")
    office.worker()
    liaison = office.at_desk(LIAISON2)
    candidate_at(liaison, PLACE)
    location = designate(liaison, "Three agencies, and none ends it", next_on="2026-11-25")
    liaison.page.says(
        "Scan. Somebody has to go and look.",
        "The entry test as it stood that day: met",
        "The entry test is met: it happens often, over months, and more than one saw it.",
        "Episodes in 12 months Met 8 (asked: 4)",
        "The exit test is not met yet",
    )
    seen = {"seen_at": "2026-11-18T12:00", "finding": "not_fixed", "rating": "3"}
    liaison.press("Save the check", seen).says("Analyze. Not written yet: what happens")
    return location


def the_liaison_writes_what_keeps_it_going(office: Office, location: str) -> None:
    office.clock.strikes("2026-11-19 10:00")
    liaison, late = office.at_desk(LIAISON2), office.at_desk(DIRECTOR)
    late.open(location)
    late.follow("Write the analysis")
    liaison.open(location)
    liaison.follow("Write the analysis")
    liaison.press("Save the analysis", status=422).says("Write at least one of the answers.")
    liaison.press("Save the analysis", {**ANSWERS, "cause": ""})
    liaison.page.says("The analysis was saved.", "Analyze. Not written yet: what keeps bringing")
    late.press("Save the analysis", {"cause": "The owner waits for a buyer"}, status=409)
    late.page.says("Three clean-ups by DPW", "The owner waits for a buyer")
    liaison.follow("Change the analysis")
    liaison.press("Save the analysis", {"cause": ANSWERS["cause"]})
    liaison.page.says("Version 2, Liaison of Ward 2", "Respond. There is no work plan yet.")
    liaison.follow("Earlier text").says("What keeps bringing it back", ANSWERS["cause"])


def the_plan_is_done_and_somebody_looks(office: Office, location: str) -> None:
    office.clock.strikes("2026-11-19 15:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    liaison.follow("Write the work plan")
    liaison.press(
        "Adopt the plan and send the asks", plan_with([("DPW", "Clear it", "2026-12-04")])
    )
    liaison.page.says("1 ask is still with the agencies.")
    works = office.at_desk("dpw@city.example")
    works.follow("Clear it")
    works.press("Accept", {"promised_on": "2026-12-01"})
    office.clock.strikes("2026-12-01 15:00")
    works = office.at_desk("dpw@city.example")
    works.follow("Clear it")
    works.press("Report it done", {"disposition": "fixed"})
    for day in ("2026-12-05", "2026-12-12"):
        office.clock.strikes(f"{day} 11:00")
        liaison = office.at_desk(LIAISON2)
        liaison.open(location)
        liaison.press("Save the check", {**CLEAN, "seen_at": f"{day}T09:00"})
    liaison.page.says("Clean checks in a row Not met 2 (asked: 3)")
    office.worker()


def leaving_too_early_needs_a_reason(office: Office, location: str) -> None:
    office.clock.strikes("2026-12-13 11:00")
    neighbour = office.at_desk(LIAISON7)
    neighbour.push(f"{location}close/", {"outcome": "resolved"}, status=404)
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    liaison.press("Close it", {"outcome": "maintained"}, status=422)
    liaison.page.says("The exit test is not met. Say why you leave all the same")
    liaison.open(location).silent_about("On watch")


def the_public_reads_what_two_people_stand_for(office: Office, location: str) -> None:
    text = "The city clears the yard of this house every week and asked its owner for a fence."
    liaison = office.at_desk(LIAISON2)
    liaison.open(location).says("Nothing yet.")
    liaison.follow("Write, approve or withdraw it")
    button = "Save it for approval"
    liaison.press(button, {"text": f"We look after {PLACE}. Tents are gone."}, status=422)
    step = next(
        box.attrs["name"]
        for box in liaison.page.root.all("input")
        if box.attrs.get("name", "").startswith("step_")
    )
    told = {"text": text, step: "Cleared the yard."}
    liaison.press(button, told).says("You wrote this, so somebody else has to approve it")
    director = office.at_desk(DIRECTOR)
    (row,) = [r for r in director.open("/day/").rows() if "waits for a second person" in r]
    assert PLACE in row
    director.open(f"{location}public/")
    director.press("Approve it").says("The public may read it now.", "Written by Liaison of Ward 2")
    liaison.open(location).says(text)
    office.at_desk(LIAISON7).open(f"{location}public/", status=404)


def everybody_reads_it_near_them(office: Office, location: str) -> None:
    visitor, block = Desk("a visitor"), block_of(PLACE)
    visitor.open("/")
    page = visitor.follow(block)
    page.says("The city clears the yard", "Department of Public Works", "Cleared the yard.")
    asked, promised = "November 19, 2026", "December 1, 2026"
    assert f"{asked} {promised} {promised} Done on {promised}" in page.rows()[0]
    page.says("We looked on December 12, 2026: the trouble is gone.", "Nobody has looked yet.")
    page.silent_about("Clear it", ANSWERS["control"], "Liaison of Ward 2", PLACE)
    visitor.follow("Ward 2")
    assert block in visitor.page.rows()[0]
    visitor.follow("Español").says("Lugares en los que trabaja la oficina", "1 lugar")
    visitor.follow(block).says("Hecho el 1 de diciembre de 2026, según la agencia")
    visitor.open("/near/")
    visitor.press("Show it", {"where": "999 Nowhere Lane"}, status=422)
    visitor.page.says("We do not know this address.")
    visitor.press("Show it", {"where": PLACE}).says("Ward 2", block)


def the_place_is_left_and_watched(office: Office, location: str) -> None:
    office.clock.strikes("2027-03-01 11:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    liaison.press("Save the check", {**CLEAN, "seen_at": "2027-03-01T09:00"})
    liaison.page.says(
        "Assess. The exit test is met: decide whether to leave.",
        "Clean checks in a row Met 3 (asked: 3)",
        "Episodes that began in the last 90 days Met 0 (asked: at most 0",
        "Asks and to-dos still open Met 0 (asked: none)",
    )
    liaison.press("Close it", {"outcome": "maintained"})
    liaison.page.says(
        "It is watched until Sep 1, 2027.",
        "On watch until Sep 1, 2027",
        "Left Mar 1, 2027, Liaison of Ward 2 Kept up, and watched in case it comes back.",
    )
    liaison.page.silent_about("Against the exit test")
    assert liaison.page.links("Revise the plan") == []
    assert PLACE in liaison.open("/locations/?state=on_watch").rows()[0]
    assert liaison.open("/locations/").rows() == []
    assert office.at_desk(LIAISON7).open("/locations/?state=all").rows() == []


def the_trouble_is_back_and_so_is_the_file(office: Office, location: str) -> None:
    office.clock.strikes("2027-05-10 11:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    seen = {"seen_at": "2027-05-10T09:00", "finding": "partly", "rating": "2"}
    liaison.press("Save the check", seen).says("On watch until Sep 1, 2027")
    assert office.worker() == [f"{LIAISON2}: It came back: {PLACE}"]
    assert office.worker() == []
    letter = office.letter(LIAISON2, "It came back")
    assert "The trouble is back during its watch." in letter
    assert location in letter
    liaison.open(location).says(
        "Relapsed",
        "Next: May 11, 2027 (in 1 day). Go and see why it came back",
        "Liaison of Ward 2 looked on Monday, May 10, 2027",
        "Left Mar 1, 2027",
        ANSWERS["harmed"],
        "From before it came back.",
    )
    assert PLACE in liaison.open("/locations/?state=relapsed").rows()[0]
    assert liaison.open("/locations/?state=on_watch").rows() == []


def the_director_leaves_it_against_the_test(office: Office, location: str) -> None:
    office.clock.strikes("2027-06-01 11:00")
    director = office.at_desk(DIRECTOR)
    director.open(location)
    director.press("Close it", {"outcome": "maintained", "reason": "The house was sold and fenced"})
    director.page.says(
        "Left against the exit test: The house was sold and fenced", "On watch until Dec 1, 2027"
    )
    office.clock.strikes("2027-12-02 11:00")
    director = office.at_desk(DIRECTOR)
    director.open(location).says("Sustained: its watch was over on Dec 1, 2027")
    assert PLACE in director.open("/locations/?state=sustained").rows()[0]
    director.open(location)
    again = {"how": "early", "next_on": "2027-12-06"}
    director.press("Open the file again", again, status=422).says("Fill in “Why”.")
    director.press("Open the file again", {"reason": "The fence has a hole"})
    director.page.says("The file is open again.", "Taken up again")
    assert director.page.address == location


def the_place_tells_its_whole_story(office: Office, location: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(location)
    page = director.follow("Everything that happened here")
    page.says(f"{PLACE} relapsed during its watch", "Liaison of Ward 2", "2")
    decisions = director.open(f"{location}story/?sort=decisions")
    told = " ".join(decisions.words.split())
    for words in ("Designated", "Left", "relapsed during its watch", "was taken up again"):
        assert words in told
    decisions.silent_about("Reported:", "Clear it")
    director.open(f"{location}story/?sort=requests").says("Reported:")
    director.open(f"{location}story/?sort=boundaries").says("the place lies in Ward 2")
    director.open(f"{location}story/?sort=liaisons").says("became liaison of Ward 2")
    office.at_desk(LIAISON7).open(f"{location}story/", status=404)


def the_liaison_nominates_a_quiet_place(office: Office) -> str:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/locations/")
    liaison.follow("Nominations").says("No nomination fits these filters.")
    liaison.follow("Nominate a place")
    found = look_up(liaison, CORNER)
    given = {
        "spot": found,
        "topic_code": "vehicles",
        "source": "anc_vote",
        "nominated_by": "ANC 2B",
        "reason": "Cars stand there for weeks.",
    }
    liaison.press("Nominate it", given, status=422).says("Name the day on which the ANC voted.")
    liaison.press("Nominate it", {"source": "director"}, status=422)
    liaison.page.says("Only the director nominates as the director.", "Cars stand there for weeks.")
    liaison.press("Nominate it", {"source": "liaison", "nominated_by": "Liaison of Ward 2"})
    liaison.page.says(
        "The nomination was written down.",
        "The entry test is not met. Missing: episodes in 12 months, months with trouble",
        "Put forward by Not met A liaison",
    )
    return liaison.page.address


def the_director_refuses_it(office: Office, nomination: str) -> None:
    office.at_desk(LIAISON7).open(nomination, status=404)
    director = office.at_desk(DIRECTOR)
    director.open(nomination)
    director.press("Save the decision", {"verdict": "refuse", "reason": "Towed last week"})
    director.page.says("Refused. The reason stays", "Towed last week")
    assert director.open("/locations/nominations/").rows() == []
    assert len(director.open("/locations/nominations/?state=refuse").rows()) == 1


def the_anc_votes_for_a_place(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/locations/nominate/")
    given = {
        "spot": look_up(liaison, CORNER),
        "topic_code": "vehicles",
        "source": "anc_vote",
        "nominated_by": "ANC 2B",
        "voted_on": "2026-11-10",
        "reason": "Cars stand there again.",
    }
    liaison.press("Nominate it", given)
    liaison.page.says("The entry test is met: an ANC voted for it.", "voted Nov 10, 2026")
    taken = {"verdict": "designate", "reason": "The ANC asks for it", "next_on": "2026-12-01"}
    liaison.press("Save the decision", taken)
    liaison.page.says("Designated. Now write its work plan.", "Who nominated it")
    liaison.follow("Who nominated it").says("Designated", "Cars stand there again.")
    assert "Save the decision" not in liaison.page.buttons()


def look_up(desk: Desk, place: str) -> str:
    """Type a place and look it up; gives the first answer that is offered."""
    page = desk.press("Look the place up", {"place_text": place})
    boxes = [b for b in page.root.all("input") if b.attrs.get("name") == "spot"]
    return next(b.attrs["value"] for b in boxes if b.attrs["value"] != "typed")
