"""Lists are read to their end, row after row, whatever comes in meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.api.v1.conftest import Program
from tests.api.v1.test_door import told
from tests.api.v1.test_work import ASK, SAID, STEP
from tests.conftest import NOON
from tests.ground import Ground
from tests.service_requests import samples
from wardroom.access.actor import Actor, Reach, Role
from wardroom.api.v1.cursors import cursor_of
from wardroom.casework.queries import issue_page
from wardroom.casework.queries.people import PeopleFilters, people_page
from wardroom.directory.models import Party
from wardroom.kernel.paging import After
from wardroom.matters.queries import ask_list
from wardroom.service_requests.queries import requests_behind

pytestmark = pytest.mark.django_db
CITY = Actor(user_id=None, name="All", roles=frozenset({Role.DIRECTOR}), reach=Reach(city=True))
TODAY = NOON.date()


def walked(program: Program, path: str, key: str) -> list[int]:
    """Every row of a list as a program reads it, by its number."""
    found: list[int] = []
    following: str | None = path
    while following:
        part = program.data(following)
        assert part["total"] >= len(part["items"])
        found += [row[key] for row in part["items"]]
        following = part["next"].removeprefix("/api/v1") if part["next"] else None
    return found


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two rows, so that every list goes on a few times."""
    for name in ("matters.queries.files", "casework.queries.people"):
        monkeypatch.setattr(f"wardroom.{name}.PAGE_ROWS", 2)
    monkeypatch.setattr("wardroom.service_requests.queries.requests.PAGE", 2)


@pytest.fixture
def issues(office: Ground, liaison_program: Program, agencies: Mapping[str, Party]) -> list[int]:
    """Seven issues: some with the same next date, some of them with asks."""
    made = []
    for n in range(7):
        said = {**SAID, "said": f"Bag {n}"}
        made.append(int(liaison_program.post("/issues", said).json()["data"]["matter_id"]))
    for number, day in zip(made, ("2026-12-04", "2026-12-02", "2026-12-02"), strict=False):
        liaison_program.post(f"/issues/{number}/next-step", {**STEP, "next_on": day})
    for number, due, send in ((made[0], "2026-12-09", True), (made[1], "2026-12-09", False)):
        for _ in range(2):
            liaison_program.post(f"/issues/{number}/asks", {**ASK, "due_on": due, "send": send})
    return made


@pytest.fixture
def mirrored(office: Ground, tmp_path: Path) -> None:
    """Nine requests: some opened at one instant, some closed, some of them at one instant."""
    rows = [
        samples.row(
            f"26-{n}",
            opened=f"2026-11-0{1 + n // 3}T14:00:00Z",
            closed=f"2026-11-1{n // 4}T10:00:00Z" if n % 3 else "",
            status="CLOSED" if n % 3 else "OPEN",
        )
        for n in range(9)
    ]
    samples.take(samples.write(tmp_path / "some.csv", rows))


@pytest.mark.parametrize("sort", ["next", "-next", "ward", "opened", "-opened"])
def test_issues_come_in_the_order_of_their_page(sort: str, issues: list[int]) -> None:
    pages = [issue_page(CITY, sort=sort, page=n, size=2).rows for n in range(1, 5)]
    found, place = [], After()
    while True:
        part = issue_page(CITY, sort=sort, page=place, size=2)
        found += [row.matter_id for row in part.rows]
        if part.following is None:
            break
        place = part.following
    assert found == [row.matter_id for page in pages for row in page]
    assert sorted(found) == sorted(issues)


@pytest.mark.parametrize("sort", ["due", "-due", "agency", "state", "asked", "-asked"])
def test_asks_come_in_the_order_of_their_page(
    sort: str, issues: list[int], liaison_program: Program, small_parts: None
) -> None:
    pages = [ask_list(CITY, on=TODAY, sort=sort, page=n).rows for n in (1, 2)]
    found = walked(liaison_program, f"/asks?sort={sort}", "id")
    assert found == [row.id for page in pages for row in page]
    assert len(found) == 4


@pytest.mark.parametrize("sort", ["name", "-name", "added", "-added"])
def test_people_come_in_the_order_of_their_page(
    sort: str, issues: list[int], liaison_program: Program, small_parts: None
) -> None:
    first = people_page(CITY, PeopleFilters(), on=TODAY, sort=sort)
    pages = [people_page(CITY, sort=sort, page=n).rows for n in range(1, first.pages + 1)]
    found = walked(liaison_program, f"/parties?sort={sort}", "party_id")
    assert found == [row.party_id for page in pages for row in page]
    assert first.pages > 2


@pytest.mark.parametrize("sort", ["opened", "-opened", "closed", "-closed", "due", "-due"])
def test_requests_come_in_the_order_of_their_page(
    sort: str, mirrored: None, liaison_program: Program, small_parts: None
) -> None:
    pages = [requests_behind(CITY, sort=sort, page=n).rows for n in range(1, 6)]
    found = walked(liaison_program, f"/requests?sort={sort}", "id")
    assert found == [row.id for page in pages for row in page]
    assert len(found) == 9


def test_rows_that_come_in_meanwhile_repeat_none_and_hide_none(
    issues: list[int], liaison_program: Program, small_parts: None
) -> None:
    before = walked(liaison_program, "/parties?sort=name", "party_id")
    part = liaison_program.data("/parties?sort=name")
    found = [row["party_id"] for row in part["items"]]
    said = {**SAID, "reporter": {"name": "0 comes first", "phone": "202-555-0199"}}
    assert liaison_program.post("/issues", said).status_code == 201
    found += walked(liaison_program, part["next"].removeprefix("/api/v1"), "party_id")
    assert found == before


def test_cursor_counts_for_its_own_list_and_filters(
    issues: list[int], liaison_program: Program, small_parts: None
) -> None:
    following = liaison_program.data("/asks?sort=due")["next"].removeprefix("/api/v1")
    assert liaison_program.get(following).status_code == 200
    for other in (
        following.replace("sort=due", "sort=-due"),
        following.replace("/asks", "/parties").replace("sort=due", "sort=name"),
        f"{following}&ward=5",
        following[:-1],
    ):
        answer = liaison_program.get(other)
        assert told(answer) == (422, "not_valid"), other
        assert "Begin without one" in answer.json()["detail"]


def test_cursor_from_before_an_upgrade_is_refused(office: Ground, liaison_program: Program) -> None:
    older = RequestFactory().get("/api/v1/asks", {"sort": "due"})
    words = urlencode({"sort": "due", "cursor": cursor_of(older, After((1,)))})
    answer = liaison_program.get(f"/asks?{words}")
    assert told(answer) == (422, "not_valid")
    assert "Begin without one" in answer.json()["detail"]


def test_deep_part_costs_no_more_than_the_first(
    mirrored: None, liaison_program: Program, small_parts: None
) -> None:
    path = "/requests"
    counts = set()
    while path:
        with CaptureQueriesContext(connection) as counted:
            part = liaison_program.data(path)
        assert not any("OFFSET" in query["sql"] for query in counted.captured_queries)
        if path != "/requests":
            counts.add(len(counted))
        path = (part["next"] or "").removeprefix("/api/v1")
    assert len(counts) == 1


def test_cursor_lets_nobody_see_more(
    issues: list[int], liaison_program: Program, other_program: Program, small_parts: None
) -> None:
    following = liaison_program.data("/asks")["next"].removeprefix("/api/v1")
    assert other_program.data(following)["items"] == other_program.data("/asks")["items"] == []
