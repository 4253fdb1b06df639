"""The lists of candidates as people see them: what each shows, to whom, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.trouble import Report, Trouble, bring_in
from tests.uneven import uneven_reports
from tests.web.conftest import SignIn
from wardroom.directory.actions import add_user
from wardroom.problems.actions import set_weights
from wardroom.problems.gateways import detect
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PART = {"HX-Request": "true", "HX-Target": "results"}
LISTS = {"ordinary": "/candidates/?", "busiest": "/candidates/?list=busiest&",
         "stuck": "/candidates/?list=stuck&"}  # fmt: skip
NUMBER = re.compile(r"^\d+\. ")


def stuck_case(place: int, ward: str, *, months: int) -> list[Report]:
    """One case that has been open for over a year, reported again month after month."""
    opened = NOON - timedelta(days=420)
    first = Report(place, opened, ward=ward, kind="LIGHT", status="OPEN", reporter=1)
    again = [
        Report(
            place, NOON - timedelta(days=10 + 31 * n), ward=ward, kind="LIGHT", status="OPEN",
            reporter=2 + n,
        )
        for n in range(months)
    ]  # fmt: skip
    return [first, *again]


@pytest.fixture
def listed(small_city: Path, agencies: object) -> Trouble:
    """The uneven city with a stuck case in each ward."""
    stuck = [*stuck_case(300, "5", months=9), *stuck_case(301, "7", months=7)]
    bring_in(small_city, [*uneven_reports(), *stuck])
    return Trouble(detect(stamp=HOUSE), small_city)


@pytest.fixture
def director_site(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def places(page: str) -> list[str]:
    """The number of the address in each row's first cell."""
    found = re.findall(r'class="cell__main"[^>]*>([^<]*)<', page)
    return [NUMBER.sub("", unescape(label)).split()[0] for label in found]


def test_each_list_shows_its_own_places(listed: Trouble, director_site: Client) -> None:
    assert sorted(places(text(director_site, LISTS["ordinary"]))) == ["1", "2", "3"]
    busiest = places(text(director_site, LISTS["busiest"]))
    assert {"1", "2", "3"} <= set(busiest)
    assert places(text(director_site, LISTS["stuck"])) == ["300", "301"]


@pytest.mark.parametrize("name", LISTS)
def test_liaison_sees_the_own_ward_on_every_list(
    name: str, listed: Trouble, liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    both = {"ordinary": ({"1", "2"}, {"3"}), "busiest": ({"1", "2"}, {"3"}),
            "stuck": ({"300"}, {"301"})}  # fmt: skip
    for who, mine, others in zip((liaison5, liaison7), both[name], both[name][::-1], strict=True):
        client = sign_in(who)
        for query in ("", "ward=5&", "ward=7&", "sure=all&", "sort=even&"):
            shown = set(places(text(client, LISTS[name] + query)))
            assert mine <= shown, query
            assert not others & shown, query


@pytest.mark.parametrize("path", [*LISTS.values(), "/candidates/walks/", "/candidates/weights/"])
def test_partner_and_nobody_are_shown_none_of_it(
    path: str, listed: Trouble, partner_dpw: Cast, sign_in: SignIn
) -> None:
    add_user(None, email="no@example.org", name="No role", password=PASSWORD, stamp=HOUSE)
    for who in (partner_dpw, "no@example.org"):
        for headers in ({}, PART):
            assert sign_in(who).get(path, headers=headers).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_filter_nobody_knows_leaves_the_list_as_it_is(
    name: str, listed: Trouble, director_site: Client
) -> None:
    plain = places(text(director_site, LISTS[name]))
    for query in ("sort=password", "sort=--even", "decided=xyz", "topic=xyz", "sure=xyz", "page=x"):
        assert places(text(director_site, LISTS[name] + query)) == plain, query
    assert places(text(director_site, "/candidates/?list=xyz")) == places(
        text(director_site, LISTS["ordinary"])
    )


def by(trouble: Trouble, field: str, places_shown: list[str]) -> list[float]:
    """What the rows hold in a field, in the order of a page."""
    return [
        float(getattr(trouble.candidate(int(place)), field)) for place in places_shown
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sort", "field"),
    [
        ("ordinary", "rank", "rank"),
        ("ordinary", "excess", "excess_a_month"),
        ("ordinary", "even", "even_rank"),
        ("ordinary", "severity", "severity"),
        ("ordinary", "overdue", "overdue"),
        ("busiest", "busy", "busy_episodes"),
        ("busiest", "evenbusy", "even_busy_rank"),
        ("busiest", "months", "active_months"),
        ("stuck", "stuck", "stuck_months"),
    ],
)
def test_columns_sort_both_ways(
    name: str, sort: str, field: str, listed: Trouble, director_site: Client
) -> None:
    rising = places(text(director_site, f"{LISTS[name]}sort={sort}"))
    falling = places(text(director_site, f"{LISTS[name]}sort=-{sort}"))
    assert len(rising) > 1
    assert by(listed, field, rising) == sorted(by(listed, field, rising))
    assert by(listed, field, falling) == sorted(by(listed, field, falling), reverse=True)
    page = text(director_site, f"{LISTS[name]}sort={sort}")
    assert 'aria-sort="ascending"' in page


def test_list_says_what_it_would_be_if_all_reported_alike(
    listed: Trouble, director_site: Client
) -> None:
    page = text(director_site, LISTS["ordinary"])
    assert "If people reported alike in every district," in page
    third = listed.candidate(3)
    between = f"{third.even_low:.1f} to {third.even_high:.1f}"
    assert f"{third.even_excess:.1f} a month ({between})" in page
    assert f"rank {third.even_rank}<" in page
    assert "If all reported alike, definition 1" in page
    assert "If people reported alike" not in text(director_site, LISTS["stuck"])


def test_office_order_shows_every_term_and_whose_weights_they_are(
    listed: Trouble, director: Cast, director_site: Client
) -> None:
    page = text(director_site, "/candidates/?sort=-office")
    assert "These weights came with Wardroom." in page
    set_weights(
        None, severity=3.0, equity=2.0, overdue=0.5, reason="Rats first", stamp=director.stamp
    )
    page = text(director_site, "/candidates/?sort=-office")
    assert f"Set by {director.party.name}" in page
    for column in ("Severity adds", "Likely unreported adds", "Past due adds"):
        assert column in page
    second = listed.candidate(2)
    assert second.severity == 2
    assert re.search(r'<span>3\.00</span><span class="cell__sub">Health or safety</span>', page)
    usual = places(text(director_site, LISTS["ordinary"]))
    assert usual == places(text(director_site, f"{LISTS['ordinary']}sort=rank"))


@pytest.mark.parametrize("name", ["busiest", "stuck"])
def test_other_lists_have_no_office_order(
    name: str, listed: Trouble, director_site: Client
) -> None:
    page = text(director_site, f"{LISTS[name]}sort=-office")
    assert places(page) == places(text(director_site, LISTS[name]))
    assert "Severity adds" not in page


@pytest.mark.parametrize(
    "path", [*LISTS.values(), "/candidates/?sort=-office", "/candidates/walks/?why=all"]
)
def test_part_is_what_a_reload_shows(path: str, listed: Trouble, director_site: Client) -> None:
    part = director_site.get(path, headers=PART).content.decode().strip()
    assert part.startswith('<div id="results"')
    assert part in text(director_site, path)


@pytest.mark.parametrize(
    ("path", "most"),
    [(path, 10) for path in (*LISTS.values(), "/candidates/?sort=-office", "/candidates/walks/?")],
)
def test_statements_do_not_grow_with_the_rows(
    path: str, most: int, listed: Trouble, director_site: Client
) -> None:
    def statements(query: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            text(director_site, path + query)
        return len(seen)

    statements("")
    few, many = statements("&ward=7"), statements("&decided=all&sure=all&why=all")
    assert few <= many <= most
    assert many - few <= 1


def test_walks_name_the_district_and_lead_to_its_page_and_its_requests(
    listed: Trouble, director_site: Client
) -> None:
    page = text(director_site, "/candidates/walks/")
    assert places(page) == ["Ward"]
    assert 'href="/areas/ward/7/"' in page
    assert "Few report here" in page
    assert "Not yet" in page
    assert "How readily people report is not how much they need" in page
    behind = re.search(r'href="(/requests/\?ward=7[^"]*)"', page)
    assert behind is not None
    assert director_site.get(unescape(behind[1])).status_code == 200
    assert "No district fits these filters" in text(director_site, "/candidates/walks/?why=silent")


def test_walks_before_any_ranking_say_so(ground: object, director_site: Client) -> None:
    assert "This has not been counted yet" in text(director_site, "/candidates/walks/")


def test_map_of_a_candidate_draws_the_ground_that_was_weighed(
    listed: Trouble, director_site: Client
) -> None:
    first = listed.candidate(1)
    page = text(director_site, f"/candidates/{first.pk}/")
    assert f'data-radius="{first.radius_m}"' in page
    assert f"{first.radius_m} meters around its middle" in page
    assert "of the 3 places in the city that are sure enough" in page


Form = Callable[..., tuple[int, str]]


@pytest.fixture
def save(director_site: Client) -> Form:
    """Sends the form of the weights with these words instead of those on the page."""

    def send(**words: str) -> tuple[int, str]:
        page = text(director_site, "/candidates/weights/")
        seen = re.search(r'name="seen" value="([^"]*)"', page)
        assert seen is not None
        sent = {"severity": "2", "equity": "1", "overdue": "0.5", "reason": "Danger first",
                "seen": unescape(seen[1])}  # fmt: skip
        answer = director_site.post("/candidates/weights/", {**sent, **words})
        return answer.status_code, answer.content.decode()

    return send


def test_director_saves_the_weights_and_everybody_reads_them(
    ground: object, save: Form, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    assert save()[0] == 302
    page = text(sign_in(liaison5), "/candidates/weights/")
    assert director.party.name in page
    assert "Danger first" in page
    assert 'name="severity"' not in page


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ({"severity": "lots"}, 422, "must be a number, such as 0.5"),
        ({"equity": ""}, 422, "Fill in"),
        ({"overdue": "11"}, 422, "must be between 0 and 10 episodes a month"),
        ({"overdue": "nan"}, 422, "must be a number, such as 0.5"),
        ({"reason": " "}, 422, "Fill in"),
        ({"severity": "1", "overdue": "0.25"}, 409, "These weights hold already"),
    ],
)
def test_weights_that_are_refused_say_why_and_lose_nothing(
    words: dict[str, str], status: int, sentence: str, ground: object, save: Form
) -> None:
    got, page = save(**words)
    assert (got, sentence in page) == (status, True)
    kept = {"severity": "2", "reason": "Danger first", **words}
    assert kept["reason"].strip() in page
    assert f'value="{kept["severity"]}"' in page


def test_weights_that_somebody_else_set_meanwhile_are_shown(
    ground: object, save: Form, director: Cast
) -> None:
    set_weights(None, severity=4.0, equity=1.0, overdue=1.0, reason="Before", stamp=director.stamp)
    status, page = save(seen="severity:x;equity:x;overdue:x")
    assert status == 409
    assert "saved this while your page was open" in page


def test_case_of_many_requests_shows_the_newest_ten_and_the_way_to_all(
    small_city: Path, agencies: object, director_site: Client
) -> None:
    bring_in(small_city, stuck_case(300, "5", months=12))
    trouble = Trouble(detect(stamp=HOUSE), small_city)
    (row,) = trouble.candidates
    file = text(director_site, f"/candidates/{row.pk}/")
    assert "13 requests</span>" in file
    assert "The newest 10 of 13 requests." in file
    shown = [int(key) for key in re.findall(r'href="/requests/(\d+)/"', file)]
    newest = ServiceRequest.objects.order_by("-opened_at").values_list("pk", flat=True)
    assert shown == list(newest)[:10]
