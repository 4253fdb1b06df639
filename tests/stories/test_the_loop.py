"""The whole loop, day by day: from a file of requests to a signed weekly report."""

from __future__ import annotations

import pytest

from tests.stories.desk import Desk
from tests.stories.errands import PLAN, candidates, plan_with
from tests.stories.office import (
    DIRECTOR,
    LIAISON2,
    LIAISON7,
    Office,
    can_read_paper,
    planted,
    words_on_paper,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CORNER = planted("2").address
PLACE = planted("2", "problem building").address
WEEK = "2026-W47"
STEPS = (
    ("DOB", "Board up the house", "2026-12-04"),
    ("DOH", "Bait the yard", "2026-12-04"),
    ("DPW", "Clear the alley", "2026-12-01"),
)
SUMMARY = "The house is boarded up soon; the yard has nobody yet."


def test_from_a_file_of_requests_to_a_signed_report(office: Office) -> None:
    the_ranking_finds_the_planted_places(office)
    the_liaison_decides_about_three_places(office)
    location = the_work_plan_goes_out(office)
    the_agencies_answer(office, location)
    the_liaison_goes_and_looks(office, location)
    report = the_week_is_written_and_signed(office)
    the_director_sees_all_and_the_next_ward_nothing(office, location, report)
    paper = the_signed_report_stays_as_it_was(office, location, report)
    a_correction_is_a_new_version(office, report)
    the_file_tells_it_in_order(office, location)
    the_paper_says_what_was_signed(office, paper)


def the_ranking_finds_the_planted_places(office: Office) -> None:
    office.clock.strikes("2026-11-18 13:30")
    shown = office.shell("detect", "--ward", "2", "--top", "2")
    assert f"    4  Ward 2   {CORNER}\n" in shown
    assert f"   11  Ward 2   {PLACE}\n" in shown
    assert "4 candidates, data as of 2026-11-18" in shown


def the_liaison_decides_about_three_places(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    liaison.page.says("How things stand", PLACE, "All 4 undecided candidates")
    rows = liaison.follow("Candidates").rows()
    assert len(rows) == 4
    assert rows[0].startswith(f"4. {CORNER} Streetlights out, Noise and nightlife")
    assert (
        "came back 8 times · persistent 1.5 a month rank 5 1.3 a month (0.9 to 1.9) 18 9 of 12"
        in rows[0]
    )
    assert rows[1].startswith(f"11. {PLACE} Vacant and unsafe buildings, Rats and other vermin")
    assert (
        "came back 4 times · on and off 0.6 a month rank 11 0.5 a month (0.4 to 0.8) 8 6 of 12"
        in rows[1]
    )
    assert len(liaison.on_the_map()) == 4
    first, second, third, fourth = candidates(liaison)

    liaison.open(first).says(
        "Rank 4 of the 13 places in the city that are sure enough, 1 of 4 in Ward 2",
        "It had 18 episodes in the last 12 months; about 0.4 were to be expected",
    )
    liaison.open(second).says(
        "Rank 11 of the 13 places in the city that are sure enough, 2 of 4 in Ward 2",
        "It had 8 episodes in the last 12 months; about 0.9 were to be expected, going by how "
        "much else people ask for at this spot, by what is usual within half a mile, and by the "
        "season.",
        "The trouble was there in 6 of the last 12 months.",
        "What stands out: vacant and unsafe buildings in 10 of the last 30 months (about 0.4 "
        "expected)",
        "That is about 0.6 episodes a month more than is ordinary here.",
        "4 times it came back after the city had closed the request, usually after 31 days.",
        "At least 11 different people reported it; the most active one was among the callers in "
        "38% of the episodes.",
        "3 agencies share the work: DOB, DOH and DPW.",
        "It first showed in July 2024",
    )
    episodes = liaison.page.section("The requests behind it")
    behind = [a.attrs["href"] for a in episodes.all("a") if "/requests/" in a.attrs["href"]]
    listed, *each = behind
    assert len(each) == 35
    liaison.open(each[0]).says(PLACE, "Ward, by the point 2", "State given")
    assert liaison.open(listed).rows()
    assert all(PLACE in row for row in liaison.page.rows())

    liaison.open(first)
    watched = {"verdict": "watch", "reason": "The light was mended this week"}
    liaison.press("Save the decision", watched, status=422)
    liaison.page.says("This was not saved", "Name the day on which you will look again.")
    liaison.press("Save the decision", {"look_again_on": "2027-01-15"})
    liaison.page.says("The place comes back to you on the day you named", "Watched")

    liaison.open(fourth)
    refused = {
        "verdict": "refuse",
        "reason": "Two callers, and the drain has run clear since January",
    }
    liaison.press("Save the decision", refused).says("Refused. The reason stays")
    assert "Save the decision" in liaison.page.buttons()

    liaison.open(second)
    taken = {"verdict": "designate", "reason": "Eight times in a year, three agencies"}
    liaison.press("Save the decision", {**taken, "next_on": "2026-11-25"})
    liaison.page.says("Designated. Now write its work plan.", "Next: Nov 25, 2026 (in 7 days)")
    liaison.open(second).says("Designated", "Eight times in a year")
    assert "Save the decision" not in liaison.page.buttons()
    states = ["Watched", "Designated", "Undecided", "Refused"]
    rows = liaison.open("/candidates/?decided=all").rows()
    assert [[s for s in states if s in row.split()] for row in rows] == [[s] for s in states]
    assert candidates(liaison) == [third]
    assert candidates(liaison, "?decided=watch") == [first]
    assert candidates(liaison, "?decided=refuse") == [fourth]


def the_work_plan_goes_out(office: Office) -> str:
    office.clock.strikes("2026-11-18 15:00")
    liaison = office.at_desk(LIAISON2)
    liaison.follow("Locations")
    location = liaison.follow(PLACE).address
    liaison.follow("Write the work plan")
    plan = {**plan_with(STEPS), "baseline": "8"}
    liaison.press("Adopt the plan and send the asks", {**plan, "target": "8"}, status=422)
    liaison.page.says("The target is the same as today's number.")
    liaison.press("Adopt the plan and send the asks", {"target": "4"})
    liaison.page.says("The plan was adopted and its asks were sent.", PLAN["objective"])
    assert len(liaison.page.rows()[:3]) == 3
    assert all("Waiting for an answer" in row for row in liaison.page.rows()[:3])
    assert sorted(office.worker()) == [
        "desk.dob@city.example: Asked of Department of Buildings: Board up the house",
        "desk.doh@city.example: Asked of Department of Health: Bait the yard",
        "desk.dpw@city.example: Asked of Department of Public Works: Clear the alley",
    ]
    assert office.worker() == []
    return location


def the_agencies_answer(office: Office, location: str) -> None:
    office.clock.strikes("2026-11-19 09:00")
    buildings = partner(office, "DOB", location)
    buildings.press("Accept", {"promised_on": "2026-12-02", "text": "A crew comes on Tuesday"})
    buildings.page.says("You accepted the ask.", "Promise now Dec 2, 2026")

    health = partner(office, "DOH", location)
    health.press("Decline", {"code": "other"}, status=422).says("Say which other reason it is.")
    health.press("Decline", {"code": "owner_is_private", "text": "The yard belongs to the house"})
    health.page.says("You declined the ask.", "declined: The owner is private")

    works = partner(office, "DPW", location)
    works.press("Offer this date", {"counter_on": "2026-12-08", "text": "Leaf season first"})
    works.page.says("You offered another date.", "Dec 8, 2026")

    assert office.worker() == [
        f"{LIAISON2}: Department of Buildings accepted: Board up the house",
        f"{LIAISON2}: Department of Health declined: Bait the yard",
        f"{LIAISON2}: Department of Public Works suggests another date: Clear the alley",
    ]


def partner(office: Office, agency: str, location: str) -> Desk:
    """The agency's partner opens the one ask that waits, and can open nothing else."""
    desk = office.at_desk(f"{agency.lower()}@city.example")
    (mine,) = [wording for code, wording, _ in STEPS if code == agency]
    desk.page.says("Waiting for your answer", mine)
    desk.page.silent_about(*(wording for _, wording, _ in STEPS if wording != mine))
    for shut in ("/candidates/", "/locations/", "/reports/"):
        desk.open(shut, status=403)
    desk.open(location, status=404)
    desk.open("/asks/")
    assert len(desk.page.rows()) == 1
    desk.follow(mine)
    desk.page.silent_about("Eight times in a year", "Withdraw")
    return desk


def the_liaison_goes_and_looks(office: Office, location: str) -> None:
    office.clock.strikes("2026-11-20 11:00")
    liaison = office.at_desk(LIAISON2)
    liaison.page.says("Other date offered 1", "Answered by agencies", "Clear the alley")
    liaison.open(location)
    seen = {"seen_at": "2026-11-20T08:30", "finding": "not_fixed", "note": "Rats by the bins"}
    liaison.press("Save the check", {**seen, "rating": "1"}, status=422)
    liaison.page.says("Clean goes with rating 1, and trouble with 2 to 4.", "Rats by the bins")
    liaison.press("Save the check", {"rating": "3"}).says("Your check was written down.")
    liaison.page.says("Not fixed: as it was", "3 of 4", "Seen by Liaison of Ward 2.")


def the_week_is_written_and_signed(office: Office) -> str:
    office.clock.strikes("2026-11-20 12:00")
    shown = office.shell("report", "weekly", "--ward", "2", "--week", WEEK)
    assert "draft of version 1" in shown
    assert "DOH declined: Bait the yard" in shown

    liaison = office.at_desk(LIAISON2)
    liaison.follow("Reports")
    report = liaison.follow(f"Ward 2, {WEEK}").address
    liaison.page.says(
        "Draft",
        "Liaison of Ward 2, liaison",
        f"DOH declined: Bait the yard ({PLACE}).",
        "Candidates not decided 1",
        "Decided this week 3 1 designated, 1 watched, 1 refused",
        "Persistent locations open 1",
        "Asks without an answer 0",
        "Locations checked 1 1 check",
        "1 other date offered, 1 accepted, 1 declined",
        "3 of 4 on Nov 20, 2026",
    )
    liaison.press("Sign", status=422).says("What matters this week: write it before you sign")
    liaison.follow("Write")
    liaison.press("Save", {"summary": SUMMARY, "needs": "Who owns the yard?"})
    liaison.page.says("Your words were saved.", SUMMARY, "Who owns the yard?")
    liaison.press("Sign").says("The report is signed and frozen.", "Signed", "Fingerprint")
    assert not {"Write", "Sign"} & {*liaison.page.buttons(), *all_links(liaison)}
    return report


def the_director_sees_all_and_the_next_ward_nothing(
    office: Office, location: str, report: str
) -> None:
    office.clock.strikes("2026-11-20 13:00")
    director = office.at_desk(DIRECTOR)
    wards = [row.split()[1] for row in director.page.rows() if row.startswith("Ward ")]
    assert wards == list("12345678")
    assert len(candidates(director, "?decided=all")) == 13
    assert len(candidates(director, "?decided=all&ward=2")) == 4
    for there in (location, report, "/data/messages/"):
        director.open(there)
    director.page.says(
        "Asked of Department of Public Works: Clear the alley", "desk.dpw@city.example", "Sent"
    )

    asks = director.open("/asks/").root.all("a", of="cell__main")
    ask = next(a.attrs["href"] for a in asks)
    _, found, *_ = candidates(director, "?decided=all&ward=2")
    neighbour = office.at_desk(LIAISON7)
    for shut in (location, f"{location}plan/", found, ask, report, f"{report}report.pdf"):
        neighbour.open(shut, status=404)
    assert neighbour.open("/asks/").rows() == []
    mine = candidates(neighbour, "?decided=all&ward=2")
    assert mine
    assert not {*mine} & {*candidates(director, "?decided=all&ward=2")}
    neighbour.push(f"{found}decide/", {"verdict": "refuse", "reason": "Not mine"}, status=404)
    neighbour.push(f"{location}close/", {"outcome": "resolved"}, status=404)
    neighbour.push(f"{report}sign/", {}, status=404)


def the_signed_report_stays_as_it_was(office: Office, location: str, report: str) -> bytes:
    office.worker()
    liaison = office.at_desk(LIAISON2)
    before = liaison.open(report).words
    name, paper = liaison.download("Download PDF")
    assert name == f"ward-2-{WEEK}-v1.pdf"
    assert paper.startswith(b"%PDF-")

    office.clock.strikes("2026-11-23 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.follow("Asks")
    liaison.follow("Clear the alley")
    liaison.press("Agree").says("It is now the agency's promise.")
    liaison.open(location)
    later = {"seen_at": "2026-11-22T08:00", "finding": "partly", "rating": "2"}
    liaison.press("Save the check", later)
    buildings = office.at_desk("dob@city.example")
    buildings.follow("Board up the house")
    buildings.press("Report it done", {"disposition": "fixed"})
    assert office.worker() == [
        "desk.dpw@city.example: Your date is agreed: Clear the alley",
        f"{LIAISON2}: Department of Buildings says it is done: Board up the house",
    ]

    assert liaison.open(report).words == before
    assert liaison.download("Download PDF") == (name, paper)
    liaison.open(f"{report}write/", status=403)
    liaison.push(f"{report}sign/", {}, status=409)
    out = office.folder / "again.pdf"
    call = ("report", "weekly", "--ward", "2", "--week", WEEK, "--out", out)
    assert "version 1, signed by Liaison of Ward 2 on 2026-11-20" in office.shell(*call)
    assert out.read_bytes() == paper
    return paper


def a_correction_is_a_new_version(office: Office, report: str) -> None:
    office.clock.strikes("2026-11-23 10:00")
    liaison = office.at_desk(LIAISON2)
    first = liaison.open(report)
    why = {"reason": "Sunday's check was missing"}
    second = liaison.press("Open a correction", why).address
    assert second != report
    liaison.page.says(
        "Correction. Sunday's check was missing", "Locations checked 1 2 checks", SUMMARY
    )
    liaison.press("Sign").says("The report is signed and frozen.")
    old = liaison.open(report).says("Replaced by a correction", "Locations checked 1 1 check")
    assert fingerprint(old.words) == fingerprint(first.words)
    assert fingerprint(liaison.open(second).words) != fingerprint(first.words)


def the_file_tells_it_in_order(office: Office, location: str) -> None:
    liaison = office.at_desk(LIAISON2)
    happened = liaison.open(location).happened()
    told = iter(happened)
    for words in (
        f"{PLACE} was opened. Liaison of Ward 2 owns it",
        f"Designated {PLACE} a persistent location: Eight times in a year",
        "DOB was asked for 'Board up the house' by Friday, December 4, 2026",
        "DOH was asked for 'Bait the yard'",
        "DPW was asked for 'Clear the alley'",
        "The work plan 'Nobody on the block has to look at rubbish or rats' was adopted",
        "DOB promised 'Board up the house' for Wednesday, December 2, 2026: A crew comes",
        "DOH declined 'Bait the yard': The owner is private (The yard belongs to the house)",
        "DPW offered Tuesday, December 8, 2026 for 'Clear the alley'",
        "Liaison of Ward 2 looked on Friday, November 20, 2026. Not fixed: as it was, rated 3",
        "The office agreed to Tuesday, December 8, 2026",
        "DOB says 'Board up the house' is done: Fixed",
    ):
        assert any(words in line for line in told), f"“{words}” is not told in its place"


def the_paper_says_what_was_signed(office: Office, paper: bytes) -> None:
    if not can_read_paper():
        pytest.skip("all but the words on paper is proven; those need pdftotext")
    words = words_on_paper(paper, office.folder)
    for said in (
        SUMMARY,
        "Who owns the yard?",
        PLACE,
        f"DOH declined: Bait the yard ({PLACE}).",
        "DPW offers Dec 8, 2026 instead of Dec 1, 2026",
        "3 of 4",
        "Liaison of Ward 2",
    ):
        assert said in words, f"the paper does not say “{said}”"
    for later in ("2 of 4", "December 8", "Sunday's check"):
        assert later not in words, f"the paper says “{later}”"


def all_links(desk: Desk) -> list[str]:
    """The texts of every link of the page."""
    return [a.words for a in desk.page.root.all("a")]


def fingerprint(words: str) -> str:
    """The fingerprint that a signed report shows."""
    return words.split("Fingerprint ")[1].split()[0]
