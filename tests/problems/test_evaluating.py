"""Registering an evaluation, drawing its lot, withdrawing it, and keeping what was said."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.problems.evaluations import STARTS, designated, drafted, registered, told
from tests.trouble import Trouble
from wardroom.access.actor import Actor
from wardroom.access.gate import guard_pass
from wardroom.analysis.phase_in import Lot
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import close_matter
from wardroom.problems.actions import (
    draw_order,
    keep_verdict,
    register_evaluation,
    withdraw_evaluation,
)
from wardroom.problems.actions.evaluating import draft_of, registration_of
from wardroom.problems.models import EvaluatedPlace, Evaluation, Verdict
from wardroom.problems.queries.evaluations import (
    evaluation_file,
    evaluation_page,
    evaluations_of_location,
    evaluations_under_way,
    get_evaluation,
    location_choices,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()


def test_registered_evaluation_keeps_its_text_and_hash(trouble: Trouble, liaison5: Cast) -> None:
    location = designated(trouble, 1, liaison5)
    evaluation = registered(location, who=liaison5)
    assert evaluation.sha256 == hashlib.sha256(evaluation.text.encode()).hexdigest()
    assert registration_of(draft_of(evaluation)).sha256 == evaluation.sha256
    assert (evaluation.ward_code, evaluation.months, evaluation.registered_at) == ("5", 12, NOON)
    assert '"starts_on":"2026-12-01"' in evaluation.text
    line = Entry.objects.get(kind="EvaluationRegistered")
    assert (line.ward_code, line.matter_key) == ("5", str(location.matter_id))
    assert evaluation.sha256[:12] in line.sentence


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": "  "}, "title_missing", "title"),
        ({"title": "x" * 121}, "title_too_long", "title"),
        ({"places": ()}, "places_missing", "places"),
        ({"starts_on": date(2026, 11, 11)}, "starts_too_soon", "starts_on"),
        ({"starts_on": date(2026, 11, 17)}, "starts_too_soon", "starts_on"),
        ({"starts_on": date(2028, 1, 1)}, "starts_too_late", "starts_on"),
        ({"verdict_on": date(2027, 2, 28)}, "verdict_too_soon", "verdict_on"),
        ({"verdict_on": date(2026, 11, 1)}, "verdict_too_soon", "verdict_on"),
        ({"verdict_on": date(9999, 12, 31)}, "verdict_too_late", "verdict_on"),
        ({"at_once": 1}, "lot_needless", "at_once"),
        ({"at_once": 0}, "lot_needless", "at_once"),
    ],
)
def test_what_no_fair_test_follows_from_is_refused(
    trouble: Trouble, director: Cast, changes: dict[str, Any], code: str, field: str
) -> None:
    draft = drafted(designated(trouble, 1, director), **changes)
    with pytest.raises(Refused) as no:
        register_evaluation(draft, stamp=director.stamp)
    assert (no.value.code, no.value.field) == (code, field)
    assert not Evaluation.objects.exists()


def test_place_is_in_one_evaluation_at_a_time(trouble: Trouble, liaison5: Cast) -> None:
    location = designated(trouble, 1, liaison5)
    evaluation = registered(location, who=liaison5)
    with pytest.raises(Refused) as no:
        registered(location, who=liaison5)
    assert (no.value.code, no.value.field) == ("already_evaluated", "places")
    withdraw_evaluation(evaluation, reason="The crew was cut", stamp=liaison5.stamp)
    again = registered(location, who=liaison5)
    keep_verdict(again, told=told(months=12, interim=False), stamp=HOUSE)
    assert registered(location, who=liaison5).pk != again.pk


def test_closed_location_and_one_of_another_ward_are_refused(
    trouble: Trouble, liaison5: Cast
) -> None:
    location = designated(trouble, 1, liaison5)
    wrong = drafted(location).places[0]
    with pytest.raises(Refused) as no:
        registered(location, who=liaison5, places=(_moved(wrong, location_id=999_999),))
    assert no.value.code == "places_unknown"
    close_matter(location.matter, outcome="resolved", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        registered(location, who=liaison5)
    assert no.value.code == "place_closed"


def _moved(place: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(place, **changes)


def test_only_the_wards_liaison_and_the_director_register(
    trouble: Trouble, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast,
    records_officer: Cast, staff: Cast,
) -> None:  # fmt: skip
    five, seven = designated(trouble, 1, liaison5), designated(trouble, 3, liaison7)
    for who in (liaison7, partner_dpw, records_officer, staff):
        with pytest.raises(NotAllowed):
            registered(five, who=who)
    for who in (liaison5, liaison7):
        with pytest.raises(NotAllowed):
            registered(five, seven, who=who)
    lying = tuple(_moved(place, ward_code="5") for place in drafted(seven).places)
    with pytest.raises(Refused):
        registered(seven, who=liaison5, places=lying)
    evaluation = registered(five, seven, who=director)
    assert evaluation.ward_code == ""
    lines = Entry.objects.filter(kind="EvaluationRegistered").order_by("ward_code")
    assert [line.ward_code for line in lines] == ["5", "7"]
    for who in (liaison5, liaison7, records_officer):
        with pytest.raises(NotAllowed):
            withdraw_evaluation(evaluation, reason="No", stamp=who.stamp)


def test_lot_is_drawn_once_by_a_seed_that_nobody_chose(trouble: Trouble, liaison5: Cast) -> None:
    locations = [designated(trouble, n, liaison5) for n in (1, 2)]
    evaluation = registered(*locations, who=liaison5, at_once=1)
    lot = Lot.from_json(evaluation.lot or {})
    assert lot.is_true()
    assert lot.seed == evaluation.seed
    waves = dict(evaluation.places.values_list("location_id", "wave"))
    assert [str(k) for k, wave in waves.items() if wave == 0] == list(lot.order[:1])
    assert set(waves.values()) == {0, 1}
    assert Entry.objects.filter(kind="OrderDrawn").count() == 1
    with pytest.raises(Refused) as no:
        draw_order(evaluation, stamp=liaison5.stamp)
    assert no.value.code == "already_drawn"
    assert registration_of(draft_of(evaluation)).sha256 == evaluation.sha256
    withdraw_evaluation(evaluation, reason="Too late", stamp=liaison5.stamp)
    again = registered(*locations, who=liaison5, at_once=1)
    assert (again.seed, again.lot) == (evaluation.seed, evaluation.lot)


def test_evaluation_without_a_lot_draws_nothing(trouble: Trouble, liaison5: Cast) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    with pytest.raises(Refused) as no:
        draw_order(evaluation, stamp=liaison5.stamp)
    assert no.value.code == "no_lot"


def test_withdrawal_needs_a_reason_and_stands(trouble: Trouble, liaison5: Cast) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    for reason, code in (("  ", "reason_missing"), ("x" * 501, "reason_too_long")):
        with pytest.raises(Refused) as no:
            withdraw_evaluation(evaluation, reason=reason, stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == (code, "reason")
    withdraw_evaluation(evaluation, reason=" The crew was cut ", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        withdraw_evaluation(evaluation, reason="Again", stamp=liaison5.stamp)
    assert no.value.code == "already_withdrawn"
    with pytest.raises(Refused) as no:
        keep_verdict(evaluation, told=told(), stamp=HOUSE)
    assert no.value.code == "wrong_state"
    file = evaluation_file(evaluation.pk, liaison5.actor, on=TODAY)
    assert (file.row.state, file.withdrawn_why) == ("withdrawn", "The crew was cut")
    assert file.allowed == frozenset()
    assert evaluations_under_way() == ()


def test_verdicts_are_kept_month_by_month_and_once(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    with pytest.raises(NotAllowed):
        keep_verdict(evaluation, told=told(), stamp=director.stamp)
    keep_verdict(evaluation, told=told(), stamp=HOUSE)
    with pytest.raises(Refused) as no:
        keep_verdict(evaluation, told=told(), stamp=HOUSE)
    assert no.value.code == "already_read"
    assert evaluations_under_way() == (evaluation.pk,)
    keep_verdict(evaluation, told=told(months=12, interim=False, word="worked"), stamp=HOUSE)
    with pytest.raises(Refused) as no:
        keep_verdict(evaluation, told=told(months=13), stamp=HOUSE)
    assert no.value.code == "already_judged"
    with pytest.raises(Refused) as no:
        withdraw_evaluation(evaluation, reason="Not what we hoped", stamp=liaison5.stamp)
    assert no.value.code == "already_judged"
    file = evaluation_file(evaluation.pk, liaison5.actor, on=TODAY)
    assert [(v.months, v.interim, v.word) for v in file.verdicts] == [
        (12, False, "worked"),
        (1, True, "cannot tell yet"),
    ]
    assert (file.row.state, file.row.word) == ("judged", "worked")
    assert evaluations_under_way() == ()


def test_rows_that_were_changed_behind_our_backs_are_not_judged(
    trouble: Trouble, liaison5: Cast
) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    with guard_pass("goes round the gate"):
        EvaluatedPlace.objects.update(radius_m=70.0)
    with pytest.raises(Refused) as no:
        keep_verdict(evaluation, told=told(), stamp=HOUSE)
    assert no.value.code == "changed_afterwards"
    assert not Verdict.objects.exists()


def test_evaluation_is_seen_in_its_wards_only(
    trouble: Trouble, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast,
    nobody: Actor,
) -> None:  # fmt: skip
    five, seven = designated(trouble, 1, liaison5), designated(trouble, 3, liaison7)
    own = registered(five, who=liaison5)
    for who in (liaison7.actor, partner_dpw.actor, nobody):
        with pytest.raises(NotFound):
            evaluation_file(own.pk, who, on=TODAY)
        with pytest.raises(NotFound):
            get_evaluation(own.pk, who)
        assert evaluation_page(who, on=TODAY).total == 0
        assert evaluations_of_location(five.matter_id, who, on=TODAY) == ()
    withdraw_evaluation(own, reason="Both wards", stamp=liaison5.stamp)
    both = registered(five, seven, who=director)
    file = evaluation_file(both.pk, liaison7.actor, on=TODAY)
    assert [p.ward_code for p in file.places] == ["7"]
    assert (file.elsewhere, file.text, file.allowed) == (1, "", frozenset())
    whole = evaluation_file(both.pk, director.actor, on=TODAY)
    assert (whole.elsewhere, whole.text, whole.allowed) == (
        0,
        both.text,
        frozenset({"withdraw_evaluation"}),
    )
    assert [e.id for e in evaluations_of_location(five.matter_id, liaison5.actor, on=TODAY)] == [
        both.pk,
        own.pk,
    ]


def test_only_free_open_locations_of_ones_own_can_be_chosen(
    trouble: Trouble, director: Cast, liaison5: Cast, liaison7: Cast, records_officer: Cast
) -> None:
    five, seven = designated(trouble, 1, liaison5), designated(trouble, 3, liaison7)
    assert [c.id for c in location_choices(director.actor)] == [five.pk, seven.pk]
    assert [c.id for c in location_choices(liaison5.actor)] == [five.pk]
    with pytest.raises(NotAllowed):
        location_choices(records_officer.actor)
    registered(five, who=liaison5)
    assert location_choices(liaison5.actor) == ()


def test_lists_tell_what_is_running_due_and_judged(trouble: Trouble, director: Cast) -> None:
    evaluation = registered(designated(trouble, 1, director), who=director)

    def states(on: date) -> list[str]:
        return [
            state
            for state in ("running", "due", "judged", "withdrawn")
            if evaluation_page(director.actor, on=on, state=state).total
        ]

    assert states(TODAY) == ["running"]
    assert states(evaluation.verdict_on) == ["due"]
    assert evaluation_page(director.actor, on=TODAY, ward="7").total == 0
    keep_verdict(evaluation, told=told(months=12, interim=False), stamp=HOUSE)
    assert states(evaluation.verdict_on + timedelta(days=1)) == ["judged"]


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": NOON},
        {"withdrawn_why": "Nobody knows when"},
        {"data_until": STARTS},
        {"verdict_on": STARTS},
        {"lot": {"seed": 1}},
    ],
)
def test_database_keeps_what_was_registered_sound(
    trouble: Trouble, director: Cast, change: dict[str, Any]
) -> None:
    registered(designated(trouble, 1, director), who=director)
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        Evaluation.objects.update(**change)


def test_database_keeps_one_verdict_and_one_place(trouble: Trouble, director: Cast) -> None:
    evaluation = registered(designated(trouble, 1, director), who=director)
    verdict = keep_verdict(evaluation, told=told(months=12, interim=False), stamp=HOUSE)
    for row in (verdict, evaluation.places.get()):
        row.pk = None
        with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)
