"""A week's report is counted as things stood when the week ended, not as they stand now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.reporting.conftest import WEEK, Figures
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import (
    accept_ask,
    agree_counter,
    close_matter,
    counter_ask,
    decline_ask,
    propose_ask,
    reopen_matter,
    repeat_ask,
    report_done,
    request_ask,
    set_next_step,
    withdraw_ask,
)
from wardroom.matters.models import Ask, Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file

pytestmark = pytest.mark.django_db
SUNDAY_NIGHT = datetime(2026, 11, 23, 4, 59, tzinfo=UTC)
AFTER = datetime(2026, 11, 25, 15, tzinfo=UTC)
DONE_WORDS: dict[str, Any] = {"disposition": "fixed"}


def at(who: Cast, when: datetime) -> Stamp:
    return stamp_for(who.actor, when)


def drafted(who: Cast, when: datetime) -> dict[str, Any]:
    """What a report of the week says, drafted at an instant; its own instants left out."""
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=at(who, when))
    kept = Edition.objects.get(pk=edition.pk)
    moving = {"as_of", "data_as_of"}
    return {"sources": kept.sources, **{k: v for k, v in kept.facts.items() if k not in moving}}


def dpw() -> Ask:
    return Ask.objects.get(asked_agency="DPW")


def ddot() -> Ask:
    return Ask.objects.get(asked_agency="DDOT")


def test_nothing_that_happens_after_the_week_changes_its_report(
    trouble: Trouble,
    busy_week: Matter,
    agencies: dict[str, Party],
    liaison5: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
) -> None:
    accept_ask(dpw(), promised_on=date(2026, 11, 20), stamp=partner_dpw.stamp)
    counter_ask(ddot(), counter_on=date(2026, 12, 9), stamp=partner_ddot.stamp)
    monday = datetime(2026, 11, 23, 5, tzinfo=UTC)
    before = drafted(liaison5, monday)
    assert {f["code"]: f["shown"] for g in before["groups"] for f in g["figures"]}[
        "asks_late"
    ] == "1"
    office = at(liaison5, AFTER)
    report_done(dpw(), **DONE_WORDS, stamp=at(partner_dpw, AFTER))
    agree_counter(ddot(), stamp=office)
    fresh = propose_ask(
        busy_week,
        party=agencies["DOB"],
        wording="Board it up",
        authority="",
        due_on=date(2026, 12, 9),
        stamp=office,
    )
    request_ask(fresh, stamp=office)
    set_next_step(busy_week, next_on=date(2026, 12, 24), next_step="Rest", stamp=office)
    record_check(busy_week, finding="clean", rating=1, note="", seen_at=AFTER, stamp=office)
    decide_candidate(trouble.candidate(2), verdict="refuse", reason="No", stamp=office)
    assert drafted(liaison5, AFTER + timedelta(hours=1)) == before
    withdraw_ask(ddot(), reason="Moot", stamp=office)
    withdraw_ask(fresh, reason="Moot", stamp=office)
    close_matter(busy_week, outcome="stopped", stamp=office)
    assert drafted(liaison5, AFTER + timedelta(hours=1)) == before
    reopen_matter(busy_week, reason="Back", next_on=date(2026, 12, 24), stamp=office)
    assert drafted(liaison5, AFTER + timedelta(hours=1)) == before


def test_ranking_made_from_later_data_is_neither_counted_nor_named(
    trouble: Trouble, busy_week: Matter, liaison5: Cast
) -> None:
    before = drafted(liaison5, SUNDAY_NIGHT)
    bring_in(trouble.folder, [Report(70, AFTER - timedelta(hours=1), reporter=3)])
    detect(stamp=stamp_for(SYSTEM, AFTER))
    after = drafted(liaison5, AFTER)
    assert [g["figures"][0] for g in after["groups"]][1]["shown"] == (
        [g["figures"][0] for g in before["groups"]][1]["shown"]
    )
    assert after["sources"][-1] == before["sources"][-1]
    assert "November 17, 2026" in after["sources"][-1]["text"]


def test_location_closed_in_the_week_and_opened_again_later_was_not_open(
    busy_week: Matter, liaison5: Cast, figures: Figures
) -> None:
    for ask in Ask.objects.all():
        withdraw_ask(ask, reason="Moot", stamp=liaison5.stamp)
    close_matter(busy_week, outcome="stopped", stamp=liaison5.stamp)
    office = at(liaison5, AFTER)
    reopen_matter(busy_week, reason="Back", next_on=date(2026, 12, 24), stamp=office)
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=office)
    assert figures(edition)["locations"] == "0"
    assert report_file(edition.pk, liaison5.actor).locations == ()


def test_next_step_given_on_reopening_stands_in_the_report(
    busy_week: Matter, liaison5: Cast
) -> None:
    for ask in Ask.objects.all():
        withdraw_ask(ask, reason="Moot", stamp=liaison5.stamp)
    close_matter(busy_week, outcome="stopped", stamp=liaison5.stamp)
    reopen_matter(
        busy_week,
        reason="Back",
        next_on=date(2026, 12, 24),
        next_step="Walk it",
        stamp=liaison5.stamp,
    )
    row = drafted(liaison5, AFTER)["locations"][0]
    assert (row["next_on"], row["next_step"]) == ("2026-12-24", "Walk it")


def test_other_date_offered_waits_for_a_decision(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    counter_ask(dpw(), counter_on=date(2026, 12, 9), stamp=partner_dpw.stamp)
    decline_ask(ddot(), code="no_budget", text="", stamp=partner_ddot.stamp)
    assert [n["sentence"] for n in drafted(liaison5, SUNDAY_NIGHT)["needs"]] == [
        "DPW offers Dec 9, 2026 instead of Dec 1, 2026: One thing for DPW (1 ALLEY STREET NE)."
        " Asked Nov 18, 2026.",
        "DDOT declined: One thing for DDOT (1 ALLEY STREET NE). Asked Nov 18, 2026 for"
        " Dec 1, 2026.",
    ]


def kept_note(who: Cast) -> str:
    facts = drafted(who, AFTER)
    found = [f for g in facts["groups"] for f in g["figures"] if f["code"] == "promises_kept"]
    return str(found[0]["note"]).split(";")[0]


def test_asking_again_breaks_no_promise_that_was_kept(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    accept_ask(dpw(), promised_on=date(2026, 11, 20), stamp=partner_dpw.stamp)
    report_done(dpw(), **DONE_WORDS, stamp=partner_dpw.stamp)
    thursday = NOON + timedelta(days=1)
    repeat_ask(dpw(), due_on=date(2026, 12, 1), reason="Came back", stamp=at(liaison5, thursday))
    assert kept_note(liaison5) == "1 of 1 that were promised"
    accept_ask(dpw(), promised_on=date(2026, 11, 21), stamp=at(partner_dpw, thursday))
    late = datetime(2026, 11, 22, 15, tzinfo=UTC)
    report_done(dpw(), **DONE_WORDS, stamp=at(partner_dpw, late))
    assert kept_note(liaison5) == "1 of 1 that were promised"


def test_promise_done_late_stays_broken_when_it_is_asked_and_done_again(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    accept_ask(dpw(), promised_on=date(2026, 11, 19), stamp=partner_dpw.stamp)
    report_done(dpw(), **DONE_WORDS, stamp=at(partner_dpw, NOON + timedelta(days=2)))
    assert kept_note(liaison5) == "0 of 1 that were promised"


@pytest.mark.parametrize(
    ("days", "note"),
    [(0, "none were promised"), (1, "0 of 1 that were promised"), (2, "0 of 1 that were promised")],
)
def test_withdrawing_a_late_ask_does_not_hide_the_broken_promise(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast, days: int, note: str
) -> None:
    accept_ask(dpw(), promised_on=date(2026, 11, 19), stamp=partner_dpw.stamp)
    withdraw_ask(dpw(), reason="Moot", stamp=at(liaison5, NOON + timedelta(days=days)))
    assert kept_note(liaison5) == note
