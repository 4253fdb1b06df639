"""How many questions each page may put to the database, however full the office is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.ground import DUE, AskMaker
from tests.trouble import Trouble, bring_in, monthly, ordinary
from tests.web.addresses import SPARE, address, names
from tests.web.budgets import BUDGET
from tests.web.conftest import WEEK, World
from tests.web.every_kind import with_every_kind
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import counter_ask
from wardroom.matters.models import Ask
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import Candidate, PersistentLocation
from wardroom.reporting.actions import correct_report, draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT pg_advisory_xact_lock")
DIRECTOR_SEES = (
    *("rota_new", "rota_turn", "on_call_shift"),
    *("endpoint_new", "endpoint_edit", "guideline_new", "hire", "staff_member"),
    *("word_template", "word_template_file"),
    "the_house",
    *("term", "term_new", "position_new", "training_new", "residency_new", "staffing"),
    *("hiring_new", "hiring_resume"),
    *("records_request", "records_preview", "records_record"),
    *("retention", "retention_class", "legal_holds", "legal_hold_new", "legal_hold"),
    *("disposals", "disposal"),
    *("office_measures", "office_measure", "office_measure_rows", "office_measure_target"),
    "office_measures_file",
    *("funds", "funds_file", "fund", "fund_new", "fund_change", "fund_plan", "fund_line"),
    *("fund_lines_file", "spending", "spending_file", "budget_submissions"),
    *("budget_submission", "budget_pdf", "budget_sheet"),
)
PARTNER_SEES = ("home", "asks", "ask", "calendar", "event", "action_list")
OWN_ALONE = ("my_swap",)
PARTNER_ALONE_SEES = {"found"}  # counted in test_disputes.py
# A keeper of a draft; the records officer; and nobody, until what is disposed of is gone.
OTHERS_ALONE_SEE = {"hiring_edit", "hiring_kept", "disposal_certificate"}


def statements(world: World, role: str, name: str) -> int:
    """How many statements this person's look at a page takes, sign-in and frame included."""
    path = address(world, name)
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as seen:
        answer = world.clients[role].get(path)
    assert answer.status_code in {200, 302}, path
    return len(seen)


def open_names() -> list[str]:
    """The addresses that are not shut."""
    shut = ("signup", "email", "confirm", "set_", "reset_", "request_login", "inactive")
    words = ("account_email", *(f"account_{word}" for word in shut))
    sent = ("walk_lines", "walk_photograph", "event_door_lines", "api_alerts")
    spare = {*SPARE, *sent}
    return [name for name in names() if name not in spare and not name.startswith(words)]


def all_counts(world: World) -> dict[tuple[str, str], int]:
    counts = {
        (role, name): statements(world, role, name)
        for name in open_names()
        if name not in PARTNER_ALONE_SEES | OTHERS_ALONE_SEE
        for role in ("director", "liaison5")
        if name not in (OWN_ALONE if role == "director" else DIRECTOR_SEES)
    }
    for name in PARTNER_SEES:
        counts["partner_dpw", name] = statements(world, "partner_dpw", name)
    return counts


def fuller(world: World, trouble: Trouble, ask_in: AskMaker) -> World:
    """The same office with more than twice of everything that a page lists."""
    liaison, partner, director = (
        world.cast[who] for who in ("liaison5", "partner_dpw", "director")
    )
    more = [r for place in (11, 12, 13) for r in monthly(place)]
    bring_in(
        trouble.folder, [*more, *ordinary("5", first=800, places=80), *ordinary("7", first=900)]
    )
    detection = detect(stamp=HOUSE)
    for place in (11, 12):
        designate(detection.candidates.get(place__label=f"{place} ALLEY STREET NE"), director)
    matter = world.matters["5"]
    for _ in range(30):
        ask = ask_in(matter, liaison, "DPW")
        counter_ask(ask, counter_on=date(2026, 12, 9), text="Crew is away", stamp=partner.stamp)
    adopt_plan(
        matter,
        objective="Still none",
        measure="Episodes in a year",
        baseline=12.0,
        target=2.0,
        target_on=date(2027, 11, 1),
        review_on=date(2027, 2, 1),
        reason="More crews",
        steps=[StepDraft(code, f"{code}, step", "", DUE) for code in ("DPW", "DDOT") * 4],
        stamp=liaison.stamp,
    )
    for rating in (2, 3, 4):
        record_check(
            matter,
            seen_at=liaison.stamp.at,
            finding="worse",
            rating=rating,
            note="",
            stamp=liaison.stamp,
        )
    for _ in range(3):
        for stop in stops_of(drawn(director, checks=40))[:9]:
            if stop.place_id != world.candidates["5"].place_id:  # whose timeline is empty
                look_at(stop, director)
    correct_report(world.signed["5"], reason="A number was off", stamp=liaison.stamp)
    for week in ("2026-W43", "2026-W44", "2026-W45"):
        draft_weekly_report(None, ward_code="5", week=week, stamp=liaison.stamp)
    draft_weekly_report(None, ward_code="5", week=WEEK, stamp=liaison.stamp)
    label = world.candidates["5"].place.label
    return replace(
        world, candidates={**world.candidates, "5": detection.candidates.get(place__label=label)}
    )


def designate(candidate: Candidate, who: Cast) -> None:
    """Take a candidate on."""
    decide_candidate(candidate, verdict="designate", reason="Again", next_on=DUE, stamp=who.stamp)


def sizes() -> tuple[int, ...]:
    """How many asks, locations, candidates, reports and requests there are."""
    tables = (Ask, PersistentLocation, Candidate, Edition, ServiceRequest)
    return tuple(model._default_manager.count() for model in tables)


def test_every_open_address_has_a_budget() -> None:
    assert set(open_names()) == set(BUDGET)


@pytest.mark.one_database
def test_every_page_keeps_to_its_budget_however_much_there_is(
    world: World, trouble: Trouble, ask_in: AskMaker
) -> None:
    with_every_kind(world, ask_in)
    had = sizes()
    before = all_counts(world)
    after = all_counts(fuller(world, trouble, ask_in))
    *many, requests = sizes()
    assert all(now >= 2 * n for now, n in zip(many, had[:-1], strict=True)), (had, many)
    assert requests >= had[-1] + 100
    assert {key: n for key, n in after.items() if n > BUDGET[key[1]]} == {}
    assert {key: (n, after[key]) for key, n in before.items() if after[key] > n} == {}


def sent(world: World, role: str, path: str, words: dict[str, str]) -> tuple[list[str], list[str]]:
    """The statements of a form that was taken, and those of its commit, which begin and end it."""
    with CaptureQueriesContext(connection) as seen:
        answer = world.clients[role].post(path, words)
    assert answer.status_code == 302, answer.content.decode()
    asked = [str(query["sql"]) for query in seen.captured_queries]
    begun = next(n for n, sql in enumerate(asked) if sql.startswith("SAVEPOINT"))
    ended = max(n for n, sql in enumerate(asked) if sql.startswith("RELEASE"))
    whole = [sql for sql in asked if not sql.startswith(CONTROL)]
    return whole, [sql for sql in asked[begun:ended] if not sql.startswith(CONTROL)]


@pytest.mark.parametrize(("role", "most"), [("liaison5", 15), ("director", 15)])
def test_complaint_is_taken_in_with_fifteen_statements(world: World, role: str, most: int) -> None:
    """One more where it goes to a colleague, who is asked for what they may do."""
    matter, since = world.matters["5"], date(2026, 1, 1)
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    holder = world.cast["liaison5"].party
    hold_seat(house, title=LIAISON_SEAT, holder=holder, since_on=since, ward_code="5", stamp=HOUSE)
    words = {"channel": "phone", "topic_code": "rodents", "spot": f"id:{matter.place_id}"}
    for said in ("Rats come out at dusk", "Rats come out at dusk", "Rats, again at dusk"):
        whole, data = sent(world, role, "/issues/new/", {**words, "said": said, "anonymous": "on"})
    assert len(data) <= most, "\n".join(data)
    assert len(whole) <= most + 4, "\n".join(whole)


def test_candidate_list_and_map_take_ten_statements_at_most(world: World) -> None:
    assert BUDGET["candidates"] <= 10
    assert BUDGET["feed_candidates"] <= 10
    for query in ("", "?ward=5&decided=all&sort=-episodes&topic=dumping", "?page=3"):
        for path in ("/candidates/", "/feeds/candidates.geojson"):
            with CaptureQueriesContext(connection) as seen:
                assert world.clients["director"].get(path + query).status_code == 200
            assert len(seen) <= 10, (path, query)
