"""What was agreed at the table: who takes the step, by what authority, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.plans.planning import BOARD_UP, CLEAR, adopted
from wardroom.access.gate import guard_pass
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.plans.actions import (
    agree_improvement,
    end_improvement,
    note_evidence,
    trace_improvement,
)
from wardroom.plans.models import Improvement
from wardroom.plans.queries import (
    ImprovementRow,
    entities_named,
    improvement_file,
    improvement_page,
    improvements_agreed,
    improvements_to_trace,
    plan_of,
    plans_to_name,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()
WEEK = (NOON - timedelta(days=2), NOON + timedelta(days=5))


def agreed(ground: Ground, who: Cast, entity: Party | None = None, **words: Any) -> Improvement:
    """A step agreed in this person's ward: the school locks the gate."""
    sound: dict[str, Any] = {
        "entity_name": "The school on the corner",
        "wording": "Lock the alley gate at ten",
        "authority": "The gate is the school's own",
        "agreed_on": TODAY,
        "found_by": "Bags every morning, none at closing time",
        "owner": who.party,
        "next_on": NEXT,
        "ward": ground.wards.get(next(iter(who.actor.reach.wards), "")),
    }
    stamp = words.pop("stamp", who.stamp)
    return agree_improvement(entity, **{**sound, **words}, stamp=stamp)


def test_week_of_the_report_has_what_was_agreed(
    ground: Ground, liaison5: Cast, liaison7: Cast, agencies: Mapping[str, Party]
) -> None:
    gate = agreed(ground, liaison5)
    agreed(ground, liaison7, agencies["DPW"], entity_name="")
    assert improvements_agreed("5", *WEEK) == (
        ImprovementRow(
            id=gate.matter_id,
            entity_name="The school on the corner",
            wording="Lock the alley gate at ten",
            authority="The gate is the school's own",
            agreed_on=TODAY,
            state="agreed",
            found_by="Bags every morning, none at closing time",
            led_to="",
            ward_code="5",
        ),
    )
    assert [r.entity_name for r in improvements_agreed("7", *WEEK)] == [
        "Department of Public Works"
    ]


def test_each_is_in_one_week_only_however_late_it_was_written_down(
    ground: Ground, liaison5: Cast
) -> None:
    agreed(ground, liaison5, agreed_on=TODAY - timedelta(days=9))
    weeks = [NOON + timedelta(days=7 * n) for n in (-2, -1, 0, 1)]
    found = [len(improvements_agreed("5", a, b)) for a, b in pairwise(weeks)]
    assert found == [0, 0, 1]


def test_restricted_is_in_no_report_and_in_nobody_elses_list(
    ground: Ground, liaison5: Cast, cover5: Cast
) -> None:
    gate = agreed(ground, liaison5)
    matter = Matter.objects.get(pk=gate.matter_id)
    restrict_matter(matter, readers=[], reason="A witness lives there", stamp=liaison5.stamp)
    assert improvements_agreed("5", *WEEK) == ()
    other = actor_for(cover5.user, on=TODAY)
    assert improvement_page(other).total == 0
    assert entities_named(other) == ()
    with pytest.raises(NotFound):
        improvement_file(gate.matter_id, other)


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"entity_name": " "}, "entity_missing", "entity_name"),
        ({"authority": ""}, "authority_missing", "authority"),
        ({"wording": ""}, "wording_missing", "wording"),
        ({"found_by": " "}, "found_by_missing", "found_by"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "agreed_in_the_future", "agreed_on"),
        ({"found_noun": "round"}, "unknown_assessment", "found_in"),
        ({"found_noun": "rumor", "found_key": "3"}, "unknown_assessment", "found_in"),
        ({"next_on": TODAY - timedelta(days=1)}, "next_date_in_the_past", "next_on"),
    ],
)
def test_step_that_says_too_little_is_none(
    ground: Ground, liaison5: Cast, words: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        agreed(ground, liaison5, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not Matter.objects.filter(kind="improvement").exists()


def test_who_may_write_one_down(
    ground: Ground, liaison7: Cast, liaison5: Cast, staff: Cast, director: Cast, partner_dpw: Cast
) -> None:
    for who in (staff, partner_dpw):
        with pytest.raises(NotAllowed):
            agreed(ground, who)
    with pytest.raises(NotAllowed):
        agreed(ground, liaison7, ward=ground.wards["5"])
    citywide = agreed(ground, director)
    assert citywide.matter.ward_code == ""
    with pytest.raises(NotFound):
        improvement_file(citywide.matter_id, liaison5.actor)


def test_list_has_filters_and_stops_at_the_ward(
    ground: Ground,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
    agencies: Mapping[str, Party],
) -> None:
    gate = agreed(ground, liaison5)
    agreed(ground, liaison7, agencies["DPW"], agreed_on=TODAY - timedelta(days=3))
    names = [row.entity_name for row in improvement_page(director.actor).rows]
    assert names == ["The school on the corner", "Department of Public Works"]
    assert improvement_page(director.actor, ward="7").total == 1
    assert improvement_page(director.actor, entity="Department of Public Works").total == 1
    assert improvement_page(director.actor, state="in_place").total == 0
    assert improvement_page(director.actor, state="agreed").total == 2
    assert improvement_page(director.actor, sort="entity").rows[0].entity_name[0] == "D"
    assert [row.id for row in improvement_page(liaison5.actor).rows] == [gate.matter_id]
    assert entities_named(liaison5.actor) == ("The school on the corner",)
    assert improvement_page(partner_dpw.actor).total == 0
    with pytest.raises(NotFound):
        improvement_file(gate.matter_id, liaison7.actor)


def test_in_place_needs_what_shows_it(ground: Ground, liaison5: Cast) -> None:
    gate = agreed(ground, liaison5)
    with pytest.raises(Refused) as no:
        end_improvement(gate.matter, outcome="in_place", stamp=liaison5.stamp)
    assert no.value.code == "evidence_missing"
    with pytest.raises(Refused) as no:
        end_improvement(gate.matter, outcome="not_done", stamp=liaison5.stamp)
    assert (no.value.code, no.value.field) == ("reason_missing", "text")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as no:
            note_evidence(gate.matter, evidence="Locked", seen_on=day, stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == ("seen_on_off", "seen_on")
    note_evidence(gate.matter, evidence="Locked", seen_on=TODAY, stamp=liaison5.stamp)
    end_improvement(gate.matter, outcome="in_place", stamp=liaison5.stamp)
    file = improvement_file(gate.matter_id, liaison5.actor)
    assert (file.row.state, file.evidence, file.evidence_by) == (
        "in_place", "Locked", "Liaison of Ward 5",
    )  # fmt: skip
    with pytest.raises(Refused) as no:
        note_evidence(gate.matter, evidence="Again", seen_on=TODAY, stamp=liaison5.stamp)
    assert no.value.code == "wrong_state"


def test_improvement_and_the_revision_it_led_to_name_each_other(
    ground: Ground, matter5: Matter, liaison5: Cast
) -> None:
    gate = agreed(ground, liaison5)
    adopted(matter5, liaison5, BOARD_UP)
    second = adopted(matter5, liaison5, CLEAR, reason="The gate is locked now")
    assert [r.id for r in improvements_to_trace(matter5, liaison5.actor)] == [gate.matter_id]
    assert plans_to_name(gate.matter, liaison5.actor) == (
        (second.pk, "Dumping in the alley of ward 5, version 2"),
    )
    trace_improvement(gate.matter, plan=second, stamp=liaison5.stamp)
    file = improvement_file(gate.matter_id, liaison5.actor)
    said = "Version 2 of the work plan of Dumping in the alley of ward 5"
    assert file.row.led_to == said
    assert improvements_agreed("5", *WEEK)[0].led_to == said
    plan = plan_of(matter5.pk, liaison5.actor)
    assert plan is not None
    assert [row.id for row in plan.improvements] == [gate.matter_id]
    first = plan_of(matter5.pk, liaison5.actor, version=1)
    assert first is not None
    assert first.improvements == ()
    for matter in (gate.matter_id, matter5.pk):
        lines = timeline(liaison5.actor, refs=[Ref("matter", str(matter))]).lines
        assert lines[0].sentence == (
            "'Lock the alley gate at ten' led to version 2 of the work plan of "
            "Dumping in the alley of ward 5"
        )
    with pytest.raises(Refused) as no:
        trace_improvement(gate.matter, plan=second, stamp=liaison5.stamp)
    assert no.value.code == "already_traced"


def test_plan_of_another_ward_is_not_named(
    ground: Ground, matter7: Matter, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    gate = agreed(ground, liaison5)
    elsewhere = adopted(matter7, liaison7, BOARD_UP)
    for who in (liaison5, director):
        with pytest.raises(Refused) as no:
            trace_improvement(gate.matter, plan=elsewhere, stamp=who.stamp)
        assert no.value.code == "other_ward"
    with pytest.raises(NotAllowed):
        trace_improvement(gate.matter, plan=elsewhere, stamp=liaison7.stamp)


def test_sealed_plan_is_not_named_to_who_does_not_see_it(
    ground: Ground, matter5: Matter, liaison5: Cast, cover5: Cast
) -> None:
    gate = agreed(ground, liaison5)
    plan = adopted(matter5, liaison5, BOARD_UP)
    trace_improvement(gate.matter, plan=plan, stamp=liaison5.stamp)
    restrict_matter(
        Matter.objects.get(pk=matter5.pk), readers=[], reason="A witness", stamp=liaison5.stamp
    )
    other = actor_for(cover5.user, on=TODAY)
    file = improvement_file(gate.matter_id, other)
    assert (file.row.led_to, file.led_to) == ("", None)
    assert improvement_page(other).rows[0].led_to == ""
    assert improvements_agreed("5", *WEEK)[0].led_to == ""


def test_database_keeps_who_and_by_what_authority(ground: Ground, liaison5: Cast) -> None:
    agreed(ground, liaison5)
    for broken in ({"entity_name": ""}, {"authority": ""}, {"found_by": ""}, {"evidence": "Seen"}):
        with guard_pass("goes round"), pytest.raises(DatabaseError), transaction.atomic():
            Improvement.objects.update(**broken)


def test_improvement_takes_no_plan(ground: Ground, liaison5: Cast) -> None:
    gate = agreed(ground, liaison5)
    with pytest.raises(Refused) as no:
        adopted(gate.matter, liaison5, BOARD_UP)
    assert no.value.code == "no_plan_here"


def test_list_asks_the_same_however_long(
    ground: Ground, liaison5: Cast, django_assert_num_queries: Any
) -> None:
    for n in range(30):
        agreed(ground, liaison5, wording=f"Step {n}")
    with django_assert_num_queries(2):
        assert improvement_page(liaison5.actor, page=2).pages == 2
