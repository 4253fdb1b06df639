"""Persistent locations as a list and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, FRIDAY, NEXT
from tests.trouble import Trouble
from wardroom.access.actor import NOBODY
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import NotFound
from wardroom.matters.actions import accept_ask, close_matter, withdraw_ask
from wardroom.matters.models import Ask, Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import NEXT_STEP, StepDraft
from wardroom.problems.actions import decide_candidate
from wardroom.problems.queries import location_file, location_page

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def designate(trouble: Trouble, place: int, who: Cast, next_on: date = NEXT) -> Matter:
    decide_candidate(
        trouble.candidate(place),
        verdict="designate",
        reason="Often",
        next_on=next_on,
        stamp=who.stamp,
    )
    return Matter.objects.latest("pk")


def plan(matter: Matter, who: Cast, *agencies: str) -> None:
    """A work plan with one ask to each agency."""
    adopt_plan(
        matter,
        objective="No dumping in the alley",
        measure="Episodes in a year",
        baseline=12.0,
        target=3.0,
        target_on=date(2027, 11, 1),
        review_on=date(2027, 2, 1),
        steps=[StepDraft(code, f"One thing for {code}", "", DUE) for code in agencies],
        stamp=who.stamp,
    )


def look(
    matter: Matter, who: Cast, rating: int = 3, seen_at: datetime = NOON - timedelta(hours=2)
) -> None:
    record_check(
        matter,
        finding="not_fixed",
        rating=rating,
        note="A sofa",
        seen_at=seen_at,
        stamp=who.stamp,
    )


@pytest.fixture
def matter(trouble: Trouble, liaison5: Cast) -> Matter:
    return designate(trouble, 1, liaison5)


def test_list_counts_asks_and_the_last_look(
    matter: Matter, agencies: Mapping[str, Party], liaison5: Cast, partner_dpw: Cast
) -> None:
    plan(matter, liaison5, "DPW", "DDOT")
    look(matter, liaison5)
    accept_ask(Ask.objects.get(asked_agency="DPW"), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    row = location_page(liaison5.actor, on=TODAY).rows[0]
    assert (row.matter_id, row.ward_code, row.owner_name) == (matter.pk, "5", "Liaison of Ward 5")
    assert (row.asks_open, row.asks_waiting, row.asks_late) == (2, 1, 0)
    assert (row.last_rating, row.last_seen_on) == (3, TODAY)
    on_friday = location_page(liaison5.actor, on=FRIDAY).rows[0]
    assert on_friday.asks_late == 1
    after = location_page(liaison5.actor, on=FRIDAY + timedelta(days=1)).rows[0]
    assert after.asks_late == 2


def test_stage_follows_what_was_done(
    matter: Matter, agencies: Mapping[str, Party], liaison5: Cast, partner_dpw: Cast
) -> None:
    """A look before the plan, and an ask without an answer, move nothing."""

    def stage() -> str:
        file = location_file(matter.pk, liaison5.actor, at=NOON)
        row = location_page(liaison5.actor, on=TODAY, state="all").rows[0]
        assert row.stage == file.reached[-1]
        assert file.reached[0] == "designated"
        return row.stage

    look(matter, liaison5)
    assert stage() == "designated"
    plan(matter, liaison5, "DPW", "DDOT")
    assert stage() == "planned"
    accept_ask(Ask.objects.get(asked_agency="DPW"), promised_on=FRIDAY, stamp=partner_dpw.stamp)
    assert stage() == "working"
    look(matter, liaison5, seen_at=NOON)
    assert stage() == "checked"
    for ask in Ask.objects.all():
        withdraw_ask(ask, reason="No longer needed", stamp=liaison5.stamp)
    close_matter(matter, outcome="resolved", stamp=liaison5.stamp)
    assert stage() == "closed"


def test_worked_on_leaves_out_what_was_closed_before(matter: Matter, liaison5: Cast) -> None:
    def listed(first: date) -> int:
        found = location_page(liaison5.actor, on=TODAY, state="all", worked_from=first)
        return len(found.rows)

    tomorrow = TODAY + timedelta(days=1)
    assert (listed(TODAY), listed(tomorrow)) == (1, 1)
    close_matter(matter, outcome="resolved", stamp=liaison5.stamp)
    assert (listed(TODAY), listed(tomorrow)) == (1, 0)


def test_plan_moves_the_next_date_to_the_first_answer(
    matter: Matter, agencies: Mapping[str, Party], liaison5: Cast
) -> None:
    plan(matter, liaison5, "DPW")
    row = location_page(liaison5.actor, on=TODAY).rows[0]
    assert (row.next_on, row.next_step) == (DUE, NEXT_STEP)


def test_list_is_sorted_filtered_and_limited(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, director: Cast, records_officer: Cast
) -> None:
    designate(trouble, 1, liaison5, NEXT + timedelta(days=5))
    designate(trouble, 2, liaison5, NEXT)
    designate(trouble, 3, liaison7, NEXT + timedelta(days=1))
    closed = Matter.objects.get(place__label__startswith="2 ")
    close_matter(closed, outcome="resolved", stamp=liaison5.stamp)

    def listed(who: Cast, **words: Any) -> list[str]:
        page = location_page(who.actor, on=TODAY, **words)
        assert page.total == len(page.rows)
        return [r.place_label[0] for r in page.rows]

    assert listed(director) == listed(records_officer) == ["3", "1"]
    assert listed(director, state="closed") == ["2"]
    assert sorted(listed(director, state="all")) == ["1", "2", "3"]
    assert listed(director, ward="7") == listed(liaison7) == ["3"]
    assert listed(liaison7, ward="5") == []


def test_partner_and_visitor_see_none(
    matter: Matter, liaison5: Cast, partner_dpw: Cast, liaison7: Cast
) -> None:
    plan(matter, liaison5, "DPW")
    for actor in (partner_dpw.actor, NOBODY, liaison7.actor):
        assert location_page(actor, on=TODAY).total == 0
        with pytest.raises(NotFound):
            location_file(matter.pk, actor, at=NOON)


def test_file_holds_plan_asks_checks_and_what_happened(
    trouble: Trouble, matter: Matter, liaison5: Cast, partner_dpw: Cast
) -> None:
    plan(matter, liaison5, "DPW")
    look(matter, liaison5)
    file = location_file(matter.pk, liaison5.actor, at=NOON)
    assert file.plan is not None
    assert [r.wording for r in file.plan.rows] == ["One thing for DPW"]
    assert [a.agency_code for a in file.asks] == ["DPW"]
    assert [c.rating for c in file.checks.rows] == [3]
    assert (file.candidate_id, file.place_key) == (
        trouble.candidate(1).pk,
        trouble.candidate(1).place.key,
    )
    assert file.decision is not None
    assert (file.decision.reason, file.decision.matter_id) == ("Often", matter.pk)
    assert "Illegal dumping" in file.topics
    assert file.months[-1] == ("2026-11", 3)
    said = " ".join(line.sentence for line in file.timeline.lines)
    for word in ("Designated", "adopted", "DPW"):
        assert word in said
    assert {"set_next_step", "close_matter", "adopt_plan", "record_check"} <= file.allowed
    assert not location_file(matter.pk, liaison5.actor, at=NOON).matter.outcome


def test_records_officer_reads_and_changes_nothing(matter: Matter, records_officer: Cast) -> None:
    assert location_file(matter.pk, records_officer.actor, at=NOON).allowed == frozenset()


def test_matter_of_another_kind_is_no_location(matter5: Matter, liaison5: Cast) -> None:
    with pytest.raises(NotFound):
        location_file(matter5.pk, liaison5.actor, at=NOON)


def test_designating_the_same_place_again_opens_the_same_file(
    trouble: Trouble, matter: Matter, liaison5: Cast
) -> None:
    close_matter(matter, outcome="resolved", stamp=liaison5.stamp)
    later = stamp_for(liaison5.actor, NOON + timedelta(days=30))
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="It came back",
        next_on=date(2027, 1, 15), stamp=later,
    )  # fmt: skip
    assert Matter.objects.get() == matter
    file = location_file(matter.pk, liaison5.actor, at=later.at)
    assert [(s.number, s.entry, s.entry_reason) for s in file.spells] == [
        (2, "relapsed", "It came back"),
        (1, "designated", "Often"),
    ]
    assert (file.spells[1].outcome, file.spells[1].left_at) == ("resolved", NOON)
    assert file.decision is not None
    assert file.decision.reason == "It came back"


def test_statements_of_the_list_do_not_grow(
    trouble: Trouble, matter: Matter, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            location_page(liaison5.actor, on=TODAY)
        return len(captured)

    plan(matter, liaison5, "DPW")
    before = statements()
    second = designate(trouble, 2, liaison5)
    plan(second, liaison5, "DPW", "DDOT", "DOB")
    look(second, liaison5)
    assert statements() == before <= 4
