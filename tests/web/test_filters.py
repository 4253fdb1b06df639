"""Filters live in the address: they survive paging and sorting, and nonsense harms nothing."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.ground import AskMaker
from tests.web.conftest import World
from wardroom.problems.models import Candidate

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LISTS = {
    "/candidates/": ("ward", "decided", "topic", "sort", "page"),
    "/candidates/walks/": ("ward", "why", "sort", "page"),
    "/feeds/candidates.geojson": ("ward", "decided", "topic"),
    "/locations/": ("ward", "state", "page"),
    "/data/keys/": ("state", "page"),
    "/house/": ("page",),
    "/data/hooks/": ("state", "page"),
    "/initiatives/": ("ward", "kind", "state", "sort", "page"),
    "/ancs/": ("ward",),
    "/commitments/programs/": ("maker", "agency", "ward", "verdict", "sort", "page"),
    "/ancs/notices/": ("ward", "anc", "agency", "deed", "state", "sort", "page"),
    "/commissions/": ("ward", "anc", "kind", "state", "sort", "page"),
    "/hiring/": ("state", "page"),
    "/records/": ("state", "page"),
    "/visits/": ("ward", "decision", "state", "sort", "page"),
    "/bodies/": ("ward", "page"),
    "/near/": ("page",),
    "/open-meetings/": ("body", "when", "page"),
    "/commitments/": ("ward", "maker", "agency", "state", "sort", "page"),
    "/group-plans/": ("ward", "stage", "page"),
    "/assistance/": ("ward", "kind", "state", "page"),
    "/reviews/": ("ward", "answered", "page"),
    "/groups/": ("ward", "decides", "sort", "page"),
    "/subscribers/": ("ward", "language", "often", "state", "sort", "page"),
    "/circulars/": ("state", "page"),
    "/news/": ("language",),
    "/report/": ("language", "topic_code", "place", "spot"),
    "/mine/": ("language",),
    "/outreach/": ("by", "ward", "language", "group", "state", "sort", "page"),
    "/outreach/contacts/": ("by", "key", "days", "page"),
    "/outreach/touches/": ("ward", "smd"),
    "/outreach/plans/": ("ward", "state", "page"),
    "/outreach/strategies/": ("group", "language", "result", "page"),
    "/feeds/silence.geojson": ("by", "ward", "language", "group"),
    "/training/": ("kind", "sort", "page"),
    "/residency/": ("state", "page"),
    "/terms/": ("kind", "state", "sort", "page"),
    "/improvements/": ("ward", "entity", "state", "sort", "page"),
    "/locations/nominations/": ("ward", "state", "page"),
    "/asks/": ("ward", "agency", "state", "overdue", "sort", "page"),
    "/reports/": ("ward", "page"),
    "/reports/roll-ups/": ("page",),
    "/reports/anc/": ("ward", "page"),
    "/requests/": ("ward", "topic", "status", "place_key", "sort", "page",
                   "opened_from", "opened_until", "closed_from", "closed_until", "due_from",
                   "due_until"),
    "/calendar/": ("ward", "week", "kind", "who", "agency", "show"),
    "/calendar/public/": ("ward",),
    "/data/messages/": ("state", "page"),
    "/data/drift/": ("state", "kind", "ward", "ours", "endpoint", "sort", "page"),
    "/people/": ("kind", "ward", "anc", "language", "waits", "quiet", "q", "sort", "page"),
    "/alerts/": ("state", "ward", "severity", "sort", "page"),
    "/office-measures/answered/rows/": ("month", "only", "page"),
    "/incidents/": ("ward", "state", "kind", "slow", "opened_from", "opened_until", "sort", "page"),
    "/incidents/measures/": ("ward", "kind", "opened_from", "opened_until"),
    "/policies/": ("state", "sort", "page"),
    "/referrals/": ("ward", "state", "page"),
    "/services/": ("q", "need", "near", "age", "language", "ward", "open", "page"),
    "/people/twins/": ("page",),
    "/people/names/": ("whose", "noun", "older"),
}  # fmt: skip
NONSENSE = (
    "xyz", "-1", "0", "999999999999999999999999", "9223372036854775808", "1e9", "²", "'\"><b>",
    "%", "\\", "0001-01-01", "9999-12-31", "2026-02-30", "x" * 3000, "--opened", "-", "None", "é",
)  # fmt: skip


def text(world: World, role: str, path: str) -> str:
    answer = world.clients[role].get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def rows(page: str) -> list[str]:
    """The first cell of each row of the list."""
    return re.findall(r'class="cell__main"[^>]*>([^<]*)<', page)


# Lists that only those open who see all wards.
CLOSED = {("liaison5", "/office-measures/answered/rows/"), ("liaison5", "/house/")}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "role", ["director", pytest.param("liaison5", marks=pytest.mark.one_database)]
)
def test_nonsense_in_the_address_crashes_nothing(path: str, role: str, world: World) -> None:
    client = world.clients[role]
    expected = 403 if (role, path) in CLOSED else 200
    for turn in range(len(NONSENSE)):  # each name meets each nonsense in one of the turns
        wrong = NONSENSE[turn:] + NONSENSE[:turn]
        query = urlencode(dict(zip(LISTS[path], wrong, strict=False)))
        assert client.get(f"{path}?{query}").status_code == expected, query
    for name in LISTS[path]:
        assert client.get(f"{path}?{name}=a&{name}=b&{name}").status_code == expected, name
        assert client.get(f"{path}?{name}=xyz").status_code == expected, name
    assert client.get(f"{path}?%ff=%fe&=&&ward=%ff").status_code == expected


@pytest.mark.parametrize("path", LISTS)
def test_an_address_that_came_in_damaged_is_told_so(path: str, world: World) -> None:
    for name in LISTS[path]:
        answer = world.clients["director"].get(f"{path}?{name}=a%00b")
        assert answer.status_code == 400, name
        assert "The site could not read that" in answer.content.decode()


@pytest.mark.parametrize("path", [p for p in LISTS if not p.startswith("/feeds/")])
def test_a_filter_nobody_knows_shows_the_list_its_bar_shows(path: str, world: World) -> None:
    plain = rows(text(world, "director", path))
    for name in set(LISTS[path]) - {"place_key", "q"}:
        assert rows(text(world, "director", f"{path}?{name}=xyz")) == plain, name


@pytest.mark.parametrize("path", ["/candidates/?decided=all&", "/locations/?", "/asks/?",
                                  "/reports/?", "/requests/?"])  # fmt: skip
def test_a_liaison_who_asks_for_another_ward_is_shown_the_own(path: str, world: World) -> None:
    own = rows(text(world, "liaison5", path))
    assert own
    assert rows(text(world, "liaison5", f"{path}ward=7")) == own
    assert rows(text(world, "director", f"{path}ward=5")) == own
    assert rows(text(world, "director", f"{path}ward=7")) not in ([], own)


def test_filters_choose_rows(world: World) -> None:
    def asked(query: str) -> list[str]:
        return rows(text(world, "director", f"/asks/?{query}"))

    assert asked("agency=DPW") == ["Clear it, DPW"]
    assert asked("agency=DOH") == []
    assert asked("state=requested&agency=DDOT") == ["Clear it, DDOT"]
    assert asked("state=live&ward=5") == ["Clear it, DPW", "Clear it, DOB"]
    assert asked("overdue=1") == []
    assert asked("sort=agency") == [f"Clear it, {code}" for code in ("DDOT", "DOB", "DOB", "DPW")]
    path = "/requests/?opened_from=2026-11-01&opened_until=2026-11-30&ward=5"
    assert len(rows(text(world, "director", path))) == 6


def test_bars_offer_what_there_is_to_choose(world: World) -> None:
    page = text(world, "director", "/candidates/")
    assert '<option value="dumping">Illegal dumping</option>' in page
    assert not {"bulk", "permits"} & set(re.findall(r'<option value="(\w+)"', page))
    page = text(world, "director", "/asks/")
    assert '<option value="DPW">Department of Public Works</option>' in page
    assert '<option value="live">Under way</option>' in page
    assert 'name="agency"' not in text(world, "partner_dpw", "/asks/")


def links(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(\?[^"]*)"', page)]


def test_paging_and_sorting_keep_every_filter(world: World, ask_in: AskMaker) -> None:
    for _ in range(60):
        ask_in(world.matters["5"], world.cast["liaison5"], "DPW")
    full = {
        "/asks/": {"ward": "5", "agency": "DPW", "state": "requested"},
        "/requests/": {"ward": "5", "status": "closed", "opened_from": "2024-01-01",
                       "closed_until": "2026-11-17"},
    }  # fmt: skip
    for path, given in full.items():
        page = text(world, "director", f"{path}?{urlencode({**given, 'page': '2'})}")
        for href in links(page):
            if href == "?":
                continue  # Clear
            kept = dict(parse_qsl(href[1:]))
            assert given.items() <= kept.items(), href
        turned = [dict(parse_qsl(h[1:])) for h in links(page) if "page=" in h]
        assert {k["page"] for k in turned} == {"1", "3"}, path
        sorted_ = [dict(parse_qsl(h[1:])) for h in links(page) if "sort=" in h and "page" not in h]
        assert sorted_, path
        for name, value in given.items():
            control = rf'name="{name}"[^>]*value="{value}"|<option value="{value}" selected>'
            assert re.search(control, page), (path, name)


def test_the_pages_of_a_list_show_each_row_once(world: World) -> None:
    seen: list[str] = []
    for page in range(1, 40):
        body = text(world, "director", f"/requests/?page={page}&sort=closed")
        seen += re.findall(r'href="(/requests/\d+/)"', body)
        if 'rel="next"' not in body:
            break
    assert len(seen) == len(set(seen))
    total = re.search(r"(\d[\d,]*) requests", text(world, "director", "/requests/"))
    assert total is not None
    assert len(seen) == int(total[1].replace(",", ""))


def test_a_page_after_the_last_is_the_last(world: World) -> None:
    last = rows(text(world, "director", "/requests/?page=100000"))
    assert last
    assert last == rows(text(world, "director", "/requests/?page=10"))


def test_sorting_turns_round(world: World) -> None:
    first = rows(text(world, "director", "/candidates/?decided=all&sort=episodes"))
    again = rows(text(world, "director", "/candidates/?decided=all&sort=-episodes"))
    assert len(first) == Candidate.objects.count() > 1
    assert first != again
    assert set(first) == set(again)
