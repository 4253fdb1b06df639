"""A closed alley fills again: the next month's file opens the same file again, and says why."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tests.stories.desk import Desk
from tests.stories.errands import candidate_at, designate
from tests.stories.office import ZONE, Office, planted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WARD, LIAISON = "3", "liaison3@city.example"
ALLEY = planted(WARD, "dumping alley")
DAYS = (
    (datetime(2026, 11, 27, 9, tzinfo=ZONE), 1),
    (datetime(2026, 12, 6, 9, tzinfo=ZONE), 1),
    (datetime(2026, 12, 16, 9, tzinfo=ZONE), 0),
)


def test_closed_alley_fills_again(office: Office) -> None:
    office.hire(LIAISON, f"Liaison of Ward {WARD}", "--role", "liaison", "--ward", WARD)
    location, returned = the_alley_is_cleaned_and_closed(office)
    the_next_month_comes_in(office)
    the_same_file_is_open_again(office, location)
    the_candidate_says_why(office, location, returned)


def the_alley_is_cleaned_and_closed(office: Office) -> tuple[str, int]:
    office.clock.strikes("2026-11-18 14:00")
    office.shell("detect")
    liaison = office.at_desk(LIAISON)
    candidate_at(liaison, ALLEY.address).says(
        "Illegal dumping",
        "It had 22 episodes in the last 12 months; about 0.3 were to be expected",
    )
    returned = times_it_came_back(liaison)
    assert returned == 13
    location = designate(liaison, "Twenty-two times in a year", next_on="2026-11-25")

    office.clock.strikes("2026-11-25 10:00")
    liaison = office.at_desk(LIAISON)
    liaison.open(location)
    seen = {"seen_at": "2026-11-25T08:00", "finding": "clean", "rating": "1"}
    liaison.press("Save the check", seen)
    liaison.press("Close it", {"outcome": "resolved"}, status=422)
    liaison.page.says("The exit test is not met. Say why you leave all the same")
    liaison.press("Close it", {"reason": "Clean since the gate was put up"})
    liaison.page.says("The location was closed.", "Closed Nov 25, 2026: Resolved")
    assert not {"Close it", "Save"} & {*liaison.page.buttons()}
    return location, returned


def the_next_month_comes_in(office: Office) -> None:
    office.clock.strikes("2026-12-18 06:00")
    file = office.file_of_next_month(ALLEY, DAYS)
    assert "3 read, 3 new, 0 changed, 0 same" in office.shell("import", "requests", file)
    assert "3 read, 0 new, 0 changed, 3 same" in office.shell("import", "requests", file)
    shown = office.shell("detect", "--ward", WARD)
    assert ALLEY.address in shown
    assert "data as of 2026-12-16" in shown


def the_same_file_is_open_again(office: Office, location: str) -> None:
    office.clock.strikes("2026-12-18 08:00")
    assert f"{LIAISON}: It came back: {ALLEY.address}" in office.worker()
    liaison = office.at_desk(LIAISON)
    liaison.open(location).says(
        "Relapsed",
        "The ranking puts it forward again: 3 episodes began since it was left",
        "Left Nov 25, 2026, Liaison of Ward 3 Resolved, no watch is needed. Against the exit test",
        "Clean since the gate was put up",
    )
    told = iter(liaison.page.happened())
    for words in (
        "a persistent location: Twenty-two times in a year",
        "Clean: the trouble is gone",
        "was closed: Resolved, no watch is needed (Clean since the gate was put up)",
        f"Left {ALLEY.address}: Resolved",
        f"{ALLEY.address} relapsed after it had been left",
    ):
        assert any(words in line for line in told), f"“{words}” is not told in its place"
    rows = liaison.open("/locations/?state=relapsed").rows()
    assert len(rows) == 1


def the_candidate_says_why(office: Office, location: str, returned: int) -> None:
    office.clock.strikes("2026-12-18 09:00")
    liaison = office.at_desk(LIAISON)
    candidate_at(liaison, ALLEY.address, "?decided=designate").says("Designated")
    assert "Save the decision" not in liaison.page.buttons()
    assert times_it_came_back(liaison) >= returned + 2
    newest, second = list(liaison.page.section("The requests behind it").all("summary"))[:2]
    assert "Dec 16, 2026, still open" in newest.words
    assert "Dec 6, 2026 to Dec 7, 2026" in second.words
    assert all("Came back" in episode.words for episode in (newest, second))
    liaison.page.says("Dec 2026 2")
    earlier = liaison.page.section("Earlier decisions")
    assert "Twenty-two times in a year" in earlier.words
    assert location in [a.attrs["href"] for a in earlier.all("a")]


def times_it_came_back(desk: Desk) -> int:
    """How often the reasons say that the trouble came back."""
    reasons = " ".join(
        li.words for ul in desk.page.root.all("ul", of="reasons") for li in ul.all("li")
    )
    found = re.search(r"(\d+) times? it came back after the city had closed", reasons)
    assert found, reasons
    return int(found[1])
