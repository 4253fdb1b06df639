"""Drawing a round by lot, looking blind, and what it says at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.fieldwork.rounds import closed_reports, drawn, look_at, stops_of, wanted
from tests.ground import DUE, AskMaker
from tests.trouble import Report, bring_in
from wardroom.access.gate import guard_pass
from wardroom.fieldwork.actions import correct_spot_check, draw_round
from wardroom.fieldwork.gateways import drawing
from wardroom.fieldwork.gateways.drawing import draws_the_same, foresee_round
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop, Stratum
from wardroom.fieldwork.queries import (
    get_round,
    get_spot_check,
    get_stop,
    round_file,
    round_page,
    stop_file,
    walk_view,
)
from wardroom.fieldwork.rules import ASKS, unpacked
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import accept_ask, report_done, restrict_matter
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_round_is_shared_among_wards_and_kinds_and_drawn_once(
    closures: Path, director: Cast
) -> None:
    row = drawn(director, checks=40)
    strata = list(row.strata.order_by("number"))
    assert (row.closed, row.checks, len(strata)) == (100, 40, 8)
    assert {s.ward_code for s in strata} == {"5", "7"}
    assert sum(s.checks for s in strata) == 40
    assert min(s.checks for s in strata) >= 2
    stops = stops_of(row)
    assert len({s.request_id for s in stops}) == 40
    assert Counter(s.stratum_id for s in stops) == {s.pk: s.checks for s in strata}
    for stratum in strata:
        members = unpacked(bytes(stratum.members))
        assert len(members) == stratum.closed
        assert {s.request_id for s in stops if s.stratum_id == stratum.pk} <= set(members)


def test_lot_can_be_drawn_again_and_a_change_shows(closures: Path, director: Cast) -> None:
    row = drawn(director)
    assert draws_the_same(row)
    bring_in(closures, closed_reports("5", 30, first=500), at=NOON + timedelta(hours=1))
    assert draws_the_same(row)
    other = Stratum.objects.filter(round=row).order_by("number")[0]
    left = unpacked(bytes(other.members))
    chosen = Stop.objects.filter(round=row, stratum=other).order_by("pk")[0]
    spare = next(n for n in left if not Stop.objects.filter(request=n).exists())
    with guard_pass("goes round"):
        Stop.objects.filter(pk=chosen.pk).update(request=spare)
    assert not draws_the_same(row)


def test_second_round_of_the_same_is_another_lot(closures: Path, director: Cast) -> None:
    first = drawn(director)
    look_at(stops_of(first)[0], director)
    second = drawn(director)
    assert first.seed != second.seed
    assert first.sha256 != second.sha256


def test_nobody_draws_the_same_again_until_they_like_it(
    closures: Path, director: Cast, liaison5: Cast
) -> None:
    first = drawn(director)
    for title in ("What the city closed", "Another name"):
        with pytest.raises(Refused) as no:
            drawn(director, title=title)
        assert (no.value.code, first.title in no.value.sentence) == ("drawn_already", True)
    drawn(director, checks=13)
    drawn(liaison5, ward_code="5")
    assert CheckRound.objects.count() == 3


def test_few_checks_put_kinds_together(closures: Path, director: Cast) -> None:
    row = drawn(director, checks=24)
    assert (row.strata.count(), row.strata.filter(kind_code="").count()) == (6, 1)
    row = drawn(director, checks=5)
    assert {(s.ward_code, s.kind_code) for s in row.strata.all()} == {("5", ""), ("7", "")}
    assert [s.ward_code for s in drawn(director, checks=3).strata.all()] == [""]


def test_no_more_is_drawn_than_was_closed(closures: Path, director: Cast) -> None:
    row = drawn(director, checks=400)
    assert (row.checks, row.closed) == (100, 100)
    assert max(Counter(s.walk for s in stops_of(row)).values()) <= 40


def test_earlier_checks_send_more_where_they_differ(closures: Path, director: Cast) -> None:
    row = drawn(director, checks=100)
    for stop in stops_of(row):
        n = stop.position % 2
        look_at(stop, director, "not_fixed" if stop.kind_code == "dumping" and n else "fixed")
    shared = foresee_round(wanted(checks=40), stamp=director.stamp)
    given = {s.kind_name: s.checks for s in shared.strata if s.ward_code == "5"}
    spread = {s.kind_name: s.spread for s in shared.strata}
    most = max(spread, key=lambda name: spread[name])
    assert given[most] == max(given.values())
    assert min(spread.values()) < max(spread.values())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "title_missing"),
        ({"agency": "DOB"}, "nothing_closed"),
        ({"lot": "10-30"}, "lot_without_agency"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    closures: Path, director: Cast, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as no:
        drawn(director, **changes)
    assert no.value.code == code
    assert not CheckRound.objects.exists()


def test_only_what_was_closed_and_is_trouble_is_drawn(
    small_city: Path, agencies: object, director: Cast
) -> None:
    closed = NOON - timedelta(days=5)
    opened = closed - timedelta(days=2)
    bring_in(
        small_city,
        [
            Report(1, opened, closed),
            Report(2, opened),
            Report(3, opened, closed, status="Closed (Duplicate)"),
            Report(4, opened, closed, kind="BULK"),
            Report(5, opened - timedelta(days=200), closed - timedelta(days=200)),
        ],
    )
    row = drawn(director)
    assert [s.label for s in stops_of(row)] == ["1 ALLEY STREET NE"]


def test_draft_that_does_not_fit_is_refused(
    closures: Path, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts: list[Any] = []
    monkeypatch.setattr(drawing, "draw_round", lambda draft, stamp: drafts.append(draft))
    drawing.draw_wanted(wanted(), stamp=director.stamp)
    sound = drafts[0]
    foreign = replace(sound.stops[0], number=sound.stops[1].number)
    for stops in ((), sound.stops[1:], (foreign, *sound.stops[1:])):
        with pytest.raises(Refused) as no:
            draw_round(replace(sound, stops=stops), stamp=director.stamp)
        assert no.value.code == "lot_does_not_fit"
    assert draw_round(sound, stamp=director.stamp).checks == 12


def test_liaison_draws_the_own_ward_and_no_other(
    closures: Path, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    row = drawn(liaison5, ward_code="5")
    assert {s.ward_code for s in stops_of(row)} == {"5"}
    for who, ward in (
        (liaison5, ""), (liaison5, "7"), (liaison7, "5"), (partner_dpw, "5"), (records_officer, "")
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            drawn(who, ward_code=ward)
    assert CheckRound.objects.count() == 1


def test_round_shows_to_each_ward_its_own_stops(
    closures: Path, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    row = drawn(director)
    mine = drawn(liaison5, ward_code="5")
    for who, numbers in ((director, {row.pk, mine.pk}), (liaison7, {row.pk})):
        assert {r.id for r in round_page(who.actor).rows} == numbers
    assert not round_page(partner_dpw.actor).rows
    file = round_file(row.pk, liaison7.actor)
    assert {w.ward_code for w in file.walks} == {"7"}
    assert {s.ward_code for s in file.strata} == {"7"}
    assert file.elsewhere == len(stops_of(row, "5"))
    assert file.text == "", "it says how much was closed in every ward"
    assert round_file(row.pk, director.actor).text == row.text
    assert round_file(mine.pk, liaison5.actor).text == mine.text
    stop = stops_of(row, "5")[0]
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            get_stop(stop.pk, who.actor)
        with pytest.raises(NotFound):
            walk_view(row.pk, stop.walk, who.actor)
        with pytest.raises(NotFound):
            get_round(mine.pk, who.actor)


def test_who_may_look(
    closures: Path,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    cover5: Cast,
    staff: Cast,
    auditor: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    stops = stops_of(drawn(director, checks=40), "5")
    for who in (liaison7, partner_dpw, records_officer, auditor):
        with pytest.raises(NotAllowed):
            look_at(stops[0], who)
    for stop, who in zip(stops, (liaison5, director, staff, cover5), strict=False):
        look_at(stop, who)
        assert not stop_file(stop.pk, records_officer.actor).allowed
    assert SpotCheck.objects.count() == 4


def test_nothing_of_the_agencys_word_shows_before_somebody_looked(
    closures: Path, director: Cast, liaison5: Cast
) -> None:
    row = drawn(director)
    stop = stops_of(row, "5")[0]
    before = stop_file(stop.pk, liaison5.actor)
    assert (before.stop.request_id, before.stop.check) == (None, None)
    assert before.allowed == {"record_spot_check"}
    assert all(s.request_id is None for s in walk_view(row.pk, stop.walk, liaison5.actor).stops)
    look_at(stop, liaison5, "partly", rating=2, note="Two bags left")
    after = stop_file(stop.pk, liaison5.actor)
    assert after.stop.request_id == stop.request_id
    assert after.allowed == {"correct_spot_check"}
    assert after.next_id != stop.pk
    file = round_file(row.pk, liaison5.actor)
    assert file.row.figures is None
    assert {line.kind for line in file.timeline.lines} == {"RoundDrawn"}


def test_stop_is_looked_at_once_and_corrected_by_the_same_person(
    closures: Path, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    row = drawn(director)
    stop = stops_of(row, "5")[0]
    check = look_at(stop, liaison5, "fixed", rating=1)
    with pytest.raises(Refused) as no:
        look_at(stop, director)
    assert no.value.code == "already_checked"
    with pytest.raises(NotFound):
        get_spot_check(check.pk, liaison7.actor)
    with pytest.raises(NotAllowed):
        correct_spot_check(check, finding="partly", stamp=director.stamp)
    made = correct_spot_check(
        get_spot_check(check.pk, director.actor),
        finding="not_fixed",
        note="Wrong door",
        stamp=liaison5.stamp,
    )
    with pytest.raises(Refused) as no:
        correct_spot_check(
            get_spot_check(check.pk, director.actor), finding="partly", stamp=liaison5.stamp
        )
    assert no.value.code == "already_corrected"
    assert stop_file(stop.pk, director.actor).stop.check.id == made.pk  # type: ignore[union-attr]
    lines = timeline(director.actor, refs=[Ref("place", str(stop.place_id))]).lines
    assert lines[0].sentence == (
        f"Liaison of Ward 5 corrected the spot check of {stop.label} from fixed: Not fixed. "
        "Wrong door"
    )
    assert lines[1].sentence == (
        f"Liaison of Ward 5 spot-checked {stop.label}: Fixed, rated 1 (Clean, nothing to do)"
    )


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"finding": "lovely"}, "unknown_finding", "finding"),
        ({"finding": "fixed", "rating": 3}, "rating_contradicts", "rating"),
        ({"finding": "not_fixed", "rating": 1}, "rating_contradicts", "rating"),
        ({"finding": "partly", "rating": 9}, "unknown_rating", "rating"),
        ({"finding": "cannot_determine", "rating": 2}, "rated_unseen", "rating"),
        ({"note": "x" * 501}, "too_long", "note"),
    ],
)
def test_check_is_refused_with_the_field_at_fault(
    closures: Path, director: Cast, words: dict[str, Any], code: str, field: str
) -> None:
    stop = stops_of(drawn(director))[0]
    with pytest.raises(Refused) as no:
        look_at(stop, director, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not SpotCheck.objects.exists()


def done_asks(ask_in: AskMaker, matters: Mapping[str, Matter], asker: Cast, partner: Cast) -> None:
    """An ask in each matter that the agency says is done."""
    for matter in matters.values():
        ask = ask_in(matter, asker, "DPW")
        accept_ask(ask, promised_on=DUE, text="", stamp=partner.stamp)
        report_done(ask, disposition="fixed", text="All clean", stamp=partner.stamp)


def test_whoever_asked_for_it_does_not_verify_it(
    matter5: Matter, ask_in: AskMaker, director: Cast, liaison5: Cast, partner_dpw: Cast
) -> None:
    done_asks(ask_in, {"5": matter5}, liaison5, partner_dpw)
    row = drawn(director, source=ASKS, closed_until=NOON.date())
    (stop,) = stops_of(row)
    assert (stop.kind_name, stop.agency) == ("One thing for DPW", "DPW")
    assert not stop_file(stop.pk, liaison5.actor).allowed
    with pytest.raises(Refused) as no:
        look_at(stop, liaison5)
    assert no.value.code == "own_ask"
    with pytest.raises(NotAllowed):
        look_at(stop, partner_dpw)
    before = Ask.objects.values().get()
    look_at(stop, director, "not_fixed", rating=3)
    assert Ask.objects.values().get() == before
    seen = stop_file(stop.pk, liaison5.actor).stop
    assert (seen.ask_id, seen.matter_id) == (stop.ask_id, matter5.pk)
    line = timeline(liaison5.actor, refs=[Ref("matter", str(matter5.pk))]).lines[0]
    assert line.kind == "SpotChecked"
    told = timeline(partner_dpw.actor, refs=[Ref("matter", str(matter5.pk))]).lines
    assert "SpotChecked" not in {line.kind for line in told}


def test_restricted_matter_is_not_drawn_and_one_sealed_later_is_hidden(
    matter5: Matter,
    matter7: Matter,
    ask_in: AskMaker,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    staff: Cast,
) -> None:
    done_asks(ask_in, {"5": matter5, "7": matter7}, director, partner_dpw)
    row = drawn(director, source=ASKS, closed_until=NOON.date())
    stop = stops_of(row, "5")[0]
    restrict_matter(matter5, readers=[liaison5.party], reason="A witness", stamp=liaison5.stamp)
    again = on_day(staff, NOON.date())
    with pytest.raises(NotFound):
        get_stop(stop.pk, again.actor)
    assert len(round_file(row.pk, again.actor).walks) == 1
    with pytest.raises(NotAllowed):
        look_at(stops_of(row, "5")[0], again)
    second = drawn(director, source=ASKS, closed_until=NOON.date())
    assert [s.ward_code for s in stops_of(second)] == ["7"]


def test_drawing_takes_as_many_statements_however_much_was_closed(
    closures: Path, director: Cast
) -> None:
    def statements(checks: int = 40) -> int:
        with CaptureQueriesContext(connection) as seen:
            drawn(director, checks=checks)
        return len(seen)

    statements(39)
    few = statements()
    bring_in(closures, closed_reports("5", 250, first=600), at=NOON + timedelta(hours=1))
    assert statements() <= few


@pytest.mark.parametrize(
    "broken",
    [
        {"finding": "lovely", "rating": None},
        {"finding": "fixed", "rating": 2},
        {"finding": "cannot_determine", "rating": 2},
        {"finding": "partly", "rating": 5},
    ],
)
def test_database_agrees_about_what_was_found(
    closures: Path, director: Cast, broken: dict[str, Any]
) -> None:
    look_at(stops_of(drawn(director))[0], director)
    with guard_pass("goes round"), pytest.raises(DatabaseError), transaction.atomic():
        SpotCheck.objects.update(**broken)
