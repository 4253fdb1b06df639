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
from tests.web.conftest import WEEK, World
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

pytestmark = pytest.mark.django_db

# Three statements of each page are the session, the user, and the roles with what is sealed.
BUDGET = {
    "healthz": 3,
    "home": 26,
    "day": 8,
    "day_move": 3,
    "calendar": 10,
    "calendar_feeds": 9,
    "calendar_others": 6,
    "public_calendar": 6,
    "feed_calendar": 4,
    "event_new": 6,
    "event": 25,
    "event_live": 12,
    "sheet_edit": 24,
    "event_move": 3,
    "teams": 8,
    "team": 16,
    "team_move": 3,
    "meeting": 27,
    "meeting_move": 3,
    "meeting_matters": 8,
    "action_list": 19,
    "action_list_pdf": 7,
    "capture": 3,
    "capture_names": 6,
    "search": 12,
    "place": 17,
    "people": 12,
    "people_cards": 10,
    "organization_new": 4,
    "make_commissions": 3,
    "contacts_import": 5,
    "services": 34,
    "referrals": 14,
    "referral_new": 11,
    "referral": 46,
    "referral_pdf": 32,
    "referral_move": 3,
    "policies": 8,
    "policy": 10,
    "policy_move": 3,
    "gaps": 11,
    "service_files": 5,
    "service_file": 8,
    "service_file_move": 3,
    "services_package": 20,
    "services_json": 20,
    "service_listed": 28,
    "service_move": 3,
    "hsds_root": 3,
    "hsds_services": 20,
    "hsds_service": 20,
    "contacts_imported": 7,
    "contacts_undo": 3,
    "twins": 8,
    "brief": 27,
    "party": 20,
    "party_card": 9,
    "party_join": 22,
    "party_part": 3,
    "party_move": 3,
    "mentions": 5,
    "mention": 9,
    "matter_history": 9,
    "line": 12,
    "area": 12,
    "candidates": 10,
    "candidate": 11,
    "decide": 3,
    "walks": 8,
    "weights": 6,
    "locations": 8,
    "location": 30,
    "plan": 12,
    "plan_version": 18,
    "plan_move": 3,
    "plan_step": 19,
    "plan_step_move": 3,
    "initiatives": 9,
    "initiative_new": 8,
    "initiative": 21,
    "initiative_move": 3,
    "initiative_plan": 12,
    "initiative_plan_version": 22,
    "initiative_plan_move": 3,
    "initiative_plan_step": 19,
    "initiative_plan_step_move": 3,
    "programs": 14,
    "program_new": 8,
    "program_check": 10,
    "program_end": 3,
    "event_requests": 9,
    "event_request_new": 8,
    "visit_ask": 6,
    "event_request": 18,
    "event_run": 18,
    "event_door": 14,
    "event_door_go": 20,
    "event_door_worker": 4,
    "event_sheet": 9,
    **dict.fromkeys(
        (
            "event_request_move",
            "event_run_strike",
            "event_walk_in",
            "event_undo",
            "event_door_take",
            "event_sheets",
            "event_invited",
            "event_sheet_row",
            "event_sheet_done",
        ),
        3,
    ),
    "anc_notices": 10,
    "anc_notices_own": 9,
    "anc_notices_own_answer": 3,
    "anc_notice_new": 8,
    "anc_notice": 14,
    "anc_notice_move": 3,
    "bodies": 10,
    "body_new": 8,
    "body": 14,
    "body_move": 3,
    "body_meeting": 24,
    "body_meeting_move": 3,
    "open_meetings": 7,
    "open_meeting": 9,
    "open_minutes": 6,
    "ancs": 8,
    "anc": 9,
    "anc_move": 3,
    "packet": 30,
    "packet_pdf": 30,
    "packet_send": 3,
    "commission_papers": 9,
    "commission_paper_new": 8,
    "commission_paper": 12,
    "commission_paper_move": 3,
    "commission_concern": 3,
    "commitments": 9,
    "commitment_new": 8,
    "commitment": 10,
    "commitment_move": 3,
    "groups": 9,
    "group_new": 8,
    "group": 28,
    "group_move": 3,
    "group_picture": 4,
    "group_sign_up": 10,
    "group_meeting": 21,
    "group_meeting_move": 3,
    "group_minutes_pdf": 20,
    "guidelines": 8,
    "guideline_new": 4,
    "guideline": 9,
    "guideline_move": 3,
    "group_plans": 8,
    "group_plan_new": 5,
    "group_plan": 11,
    "group_plan_move": 3,
    "assistances": 9,
    "assistance_new": 6,
    "assistance": 11,
    "assistance_move": 3,
    "program_reviews": 9,
    "program_review_new": 7,
    "program_review": 9,
    "program_review_move": 3,
    "join_group": 6,
    "campaign": 9,
    "news": 6,
    "news_feeds": 7,
    "feed_news": 12,
    "feed_news_places": 6,
    "feed_news_of": 13,
    "feed_news_places_of": 7,
    "subscribers": 8,
    "subscriber_new": 6,
    "subscriber": 13,
    "subscriber_stop": 3,
    "subscribers_moved": 6,
    "circulars": 7,
    "circular_new": 6,
    "circular": 14,
    "circular_move": 3,
    "outreach": 10,
    "real_contacts": 9,
    "touches": 27,
    "touch_move": 3,
    "outreach_plans": 9,
    "outreach_plan_new": 9,
    "outreach_plan": 10,
    "outreach_plan_move": 3,
    "strategies": 14,
    "strategy_use": 3,
    "feed_silence": 9,
    "improvements": 9,
    "improvement_new": 11,
    "improvement": 10,
    "improvement_move": 3,
    "check": 3,
    "next_step": 3,
    "close": 3,
    "nominate": 5,
    "nominations": 8,
    "nomination": 8,
    "nomination_decide": 3,
    "location_rule": 6,
    "analysis": 8,
    "location_reopen": 3,
    "location_public": 7,
    "location_public_move": 3,
    "place_story": 14,
    "feed_location": 6,
    "evaluations": 8,
    "evaluation_new": 7,
    "evaluation": 10,
    "evaluation_withdraw": 3,
    "rounds": 9,
    "checks_chosen": 9,
    "round_new": 8,
    "walk": 8,
    "round": 18,
    "round_end": 3,
    "found": 8,
    "dispute_settle": 3,
    "round_walk": 10,
    "round_stop": 12,
    "feed_round_walk": 10,
    "feed_walk": 8,
    "outings": 9,
    "walk_new": 14,
    "outing": 20,
    "walk_take": 3,
    "walk_end": 16,
    "walk_ledger": 18,
    "walk_go": 20,
    "walk_worker": 4,
    "walk_settle": 3,
    "walk_withhold": 3,
    "feed_walk_route": 14,
    "issues": 9,
    "batches": 7,
    "batch_new": 9,
    "batch": 9,
    "batch_move": 3,
    "intake": 7,
    "issue": 17,
    "issue_details": 10,
    "issue_ask": 14,
    "issue_close": 14,
    "issue_todo": 9,
    "issue_task": 3,
    "issue_move": 3,
    "asks": 10,
    "ask": 13,
    "ask_move": 3,
    "reports": 8,
    "report_draft": 3,
    "report": 7,
    "report_edit": 7,
    "report_sign": 3,
    "report_correct": 3,
    "report_pdf": 6,
    "report_word": 7,
    "word_template": 6,
    "word_template_back": 3,
    "word_template_file": 4,
    **dict.fromkeys(("sheet", "sheet_pdf", "sheet_word"), 20),
    "report_rows": 10,
    "report_rebuild": 3,
    "report_answer": 3,
    "roll_ups": 8,
    "roll_up_draft": 3,
    "monthly_reports": 9,
    "monthly_report_draft": 3,
    "measures": 9,
    "measure_promises": 7,
    "measures_compared": 7,
    "measure": 11,
    "requests": 9,
    "request": 7,
    "staff": 14,
    "hire": 6,
    "staff_member": 18,
    "staff_move": 3,
    "handover": 28,
    "handover_move": 3,
    "data": 7,
    "outbox": 12,
    "retry_message": 3,
    "set_message_aside": 3,
    "recall_message": 3,
    "hurry_message": 3,
    "mail": 9,
    "mail_message": 8,
    "mail_move": 3,
    "letters": 14,
    "write_letter": 3,
    "feed_wards": 5,
    "feed_candidates": 10,
    "feed_place": 10,
    "feed_area": 10,
    "account_login": 3,
    "account_logout": 5,
    "account_reauthenticate": 5,
    "account_change_password": 5,
}
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT pg_advisory_xact_lock")
DIRECTOR_SEES = ("guideline_new", "hire", "staff_member", "word_template", "word_template_file")
PARTNER_SEES = ("home", "asks", "ask", "calendar", "event", "action_list")
PARTNER_ALONE_SEES = {"found"}  # counted in test_disputes.py


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
    sent = ("walk_lines", "walk_photograph", "event_door_lines")
    spare = {*SPARE, *sent}
    return [name for name in names() if name not in spare and not name.startswith(words)]


def all_counts(world: World) -> dict[tuple[str, str], int]:
    counts = {
        (role, name): statements(world, role, name)
        for name in open_names()
        if name not in PARTNER_ALONE_SEES
        for role in ("director", "liaison5")
        if role == "director" or name not in DIRECTOR_SEES
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


def test_every_page_keeps_to_its_budget_however_much_there_is(
    world: World, trouble: Trouble, ask_in: AskMaker
) -> None:
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
    assert len(whole) <= most + 11, "\n".join(whole)


def test_candidate_list_and_map_take_ten_statements_at_most(world: World) -> None:
    assert BUDGET["candidates"] <= 10
    assert BUDGET["feed_candidates"] <= 10
    for query in ("", "?ward=5&decided=all&sort=-episodes&topic=dumping", "?page=3"):
        for path in ("/candidates/", "/feeds/candidates.geojson"):
            with CaptureQueriesContext(connection) as seen:
                assert world.clients["director"].get(path + query).status_code == 200
            assert len(seen) <= 10, (path, query)
