"""An agency disputes what was found of its work, and somebody who was not there settles it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.fieldwork.outings import follow_up
from tests.fieldwork.rounds import days_later, drawn, look_at, stops_of
from tests.ground import DUE, AskMaker
from wardroom.directory.queries import get_agency
from wardroom.fieldwork.actions import (
    correct_spot_check,
    dispute_finding,
    end_round,
    settle_dispute,
    tell_findings,
)
from wardroom.fieldwork.models import CheckRound, Dispute, SpotCheck
from wardroom.fieldwork.queries import (
    disputes_of,
    found_file,
    found_page,
    get_disputed,
    get_finding,
    round_page,
    stop_file,
)
from wardroom.fieldwork.queries.telling import (
    agencies_to_tell,
    findings_letter,
    untold_findings,
)
from wardroom.fieldwork.rules import ASKS
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, report_done
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WORDS, REASON = "That pile came a week later", "The photograph shows the next alley"


@pytest.fixture
def row(closures: Path, director: Cast) -> CheckRound:
    """An estimate of what DPW closed."""
    return drawn(director, agency="DPW")


def found(row: CheckRound, who: Cast, finding: str = "not_fixed") -> SpotCheck:
    """What somebody found at the first stop."""
    return look_at(stops_of(row)[0], who, finding, note="Bags by the gate")


def refused(act: object, *args: object, **words: object) -> tuple[str, str | None]:
    """The code and the field of a refusal."""
    assert callable(act)
    with pytest.raises(Refused) as no:
        act(*args, **words)
    return no.value.code, no.value.field


def test_agency_reads_and_disputes_what_was_found(
    row: CheckRound, director: Cast, partner_dpw: Cast
) -> None:
    check = found(row, director)
    look_at(stops_of(row)[1], director, "fixed")
    page = found_page(partner_dpw.actor, at=NOON)
    (one,) = page.rows
    assert (one.stop_id, one.finding_label, one.note) == (
        check.stop_id, "Not fixed", "Bags by the gate",
    )  # fmt: skip
    assert one.until.due_on.isoformat() == "2026-11-25"
    assert "Received" in one.until.steps[0]
    assert director.actor.name not in repr(page)
    assert one.allowed == {"dispute_finding"}
    made = dispute_finding(check, wording=f" {WORDS} ", stamp=days_later(partner_dpw, 7))
    assert (made.wording, made.disputed_by) == (WORDS, "Partner at DPW")
    assert Entry.objects.filter(kind="FindingDisputed").count() == 1
    again = found_file(check.stop_id, partner_dpw.actor, at=NOON)
    assert again.dispute is not None
    assert (again.dispute.state, again.allowed) == ("open", frozenset())


def test_dispute_is_refused(row: CheckRound, director: Cast, partner_dpw: Cast) -> None:
    check, stamp = found(row, director), partner_dpw.stamp
    for words in ("", "  "):
        assert refused(dispute_finding, check, wording=words, stamp=stamp) == (
            "wording_missing", "wording",
        )  # fmt: skip
    late = days_later(partner_dpw, 8)
    assert refused(dispute_finding, check, wording=WORDS, stamp=late)[0] == "dispute_too_late"
    fine = look_at(stops_of(row)[1], director, "fixed")
    unclear = look_at(stops_of(row)[2], director, "cannot_determine")
    for other in (fine, unclear):
        assert refused(dispute_finding, other, wording=WORDS, stamp=stamp)[0] == (
            "nothing_to_dispute"
        )
    newer = correct_spot_check(check, finding="partly", stamp=director.stamp)
    assert refused(dispute_finding, check, wording=WORDS, stamp=stamp)[0] == "finding_changed"
    dispute_finding(newer, wording=WORDS, stamp=stamp)
    assert refused(dispute_finding, newer, wording=WORDS, stamp=stamp)[0] == "disputed_already"
    code, _ = refused(correct_spot_check, newer, finding="fixed", stamp=director.stamp)
    assert code == "finding_disputed"


def test_nobody_but_that_agency_reads_or_disputes(
    row: CheckRound, director: Cast, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    check = found(row, director)
    unseen = stops_of(row)[1]
    for who in (partner_ddot, liaison5, director):
        assert found_page(who.actor, at=NOON).total == 0
        with pytest.raises(NotFound):
            found_file(check.stop_id, who.actor, at=NOON)
        with pytest.raises(NotFound):
            get_finding(check.stop_id, who.actor)
        with pytest.raises(NotAllowed):
            dispute_finding(check, wording=WORDS, stamp=who.stamp)
    with pytest.raises(NotFound):
        found_file(unseen.pk, partner_dpw.actor, at=NOON)
    with pytest.raises(NotFound):
        stop_file(check.stop_id, partner_dpw.actor)


def test_other_ward_neither_sees_nor_settles(
    closures: Path, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    row = drawn(director, agency="DPW", ward_code="5")
    made = dispute_finding(found(row, director), wording=WORDS, stamp=partner_dpw.stamp)
    assert [r.id for r in disputes_of(row.pk, liaison5.actor)] == [made.pk]
    assert disputes_of(row.pk, liaison7.actor) == ()
    with pytest.raises(NotFound):
        get_disputed(made.stop_id, liaison7.actor)
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            settle_dispute(made, upheld=False, reason=REASON, stamp=who.stamp)


def test_settling_is_refused(
    row: CheckRound, director: Cast, staff: Cast, partner_dpw: Cast
) -> None:
    made = dispute_finding(found(row, director, "partly"), wording=WORDS, stamp=partner_dpw.stamp)
    assert "settle_dispute" not in stop_file(made.stop_id, director.actor).allowed
    assert "settle_dispute" in stop_file(made.stop_id, staff.actor).allowed
    for upheld, instead, reason, who, code in (
        (False, "", REASON, director, "own_finding"),
        (False, "", " ", staff, "reason_missing"),
        (True, "", REASON, staff, "not_better"),
        (True, "not_fixed", REASON, staff, "not_better"),
        (False, "fixed", REASON, staff, "dismissed_changes_nothing"),
    ):
        words = {"upheld": upheld, "instead": instead, "reason": reason, "stamp": who.stamp}
        assert refused(settle_dispute, made, **words)[0] == code
    settle_dispute(made, upheld=False, reason=REASON, stamp=staff.stamp)
    words = {"upheld": False, "reason": REASON, "stamp": staff.stamp}
    assert refused(settle_dispute, made, **words)[0] == "settled_already"
    assert Dispute.objects.get().put_right is None


def test_who_asked_for_the_work_does_not_settle(
    small_city: Path,
    matter5: Matter,
    ask_in: AskMaker,
    director: Cast,
    liaison5: Cast,
    partner_dpw: Cast,
) -> None:
    ask = ask_in(matter5, liaison5, "DPW")
    accept_ask(ask, promised_on=DUE, stamp=partner_dpw.stamp)
    report_done(ask, disposition="fixed", text="All swept", stamp=partner_dpw.stamp)
    row = drawn(director, source=ASKS, closed_until=NOON.date())
    made = dispute_finding(found(row, director), wording=WORDS, stamp=partner_dpw.stamp)
    words = {"upheld": True, "instead": "fixed", "reason": REASON, "stamp": liaison5.stamp}
    assert refused(settle_dispute, made, **words)[0] == "own_ask"


def test_upheld_finding_is_put_right_and_the_first_is_kept(
    row: CheckRound, director: Cast, staff: Cast, partner_dpw: Cast
) -> None:
    check = found(row, director)
    made = dispute_finding(check, wording=WORDS, stamp=partner_dpw.stamp)
    assert [r.id for r in round_page(director.actor, state="disputed").rows] == [row.pk]
    assert refused(end_round, row, stamp=director.stamp)[0] == "dispute_open"
    settle_dispute(made, upheld=True, instead="fixed", reason=REASON, stamp=staff.stamp)
    stands = SpotCheck.objects.get(stop=check.stop, stands=True)
    assert (stands.finding, stands.observer) == ("fixed", staff.party)
    assert SpotCheck.objects.get(pk=check.pk).finding == "not_fixed"
    assert round_page(director.actor, state="disputed").total == 0
    told = Entry.objects.get(kind="DisputeSettled")
    assert told.body["reason"] == REASON
    answer = found_file(check.stop_id, partner_dpw.actor, at=NOON)
    assert answer.dispute is not None
    assert (answer.finding_label, answer.dispute.instead_label) == ("Not fixed", "Fixed")
    assert answer.dispute.settled_why == REASON
    assert refused(correct_spot_check, stands, finding="partly", stamp=staff.stamp)[0] == (
        "finding_disputed"
    )
    assert end_round(row, stamp=director.stamp).figures["fixed"] == 1  # type: ignore[index]


def test_lot_waits_until_its_agency_can_dispute_nothing(
    closures: Path, director: Cast, staff: Cast, partner_dpw: Cast
) -> None:
    row = drawn(director, agency="DPW", lot="10-30")
    first = found(row, director)
    with pytest.raises(Refused) as no:
        end_round(row, stamp=days_later(director, 7))
    assert no.value.code == "still_disputable"
    assert "5:00 p.m. on Wednesday, November 25, 2026" in no.value.sentence
    made = dispute_finding(first, wording=WORDS, stamp=partner_dpw.stamp)
    assert refused(end_round, row, stamp=days_later(director))[0] == "dispute_open"
    settle_dispute(made, upheld=False, reason=REASON, stamp=staff.stamp)
    assert end_round(row, stamp=director.stamp).ended_at == NOON


def test_estimate_keeps_its_figures_when_a_dispute_comes_later(
    row: CheckRound, director: Cast, staff: Cast, partner_dpw: Cast
) -> None:
    check = found(row, director)
    figures = end_round(row, stamp=director.stamp).figures
    made = dispute_finding(check, wording=WORDS, stamp=days_later(partner_dpw, 1))
    settle_dispute(made, upheld=True, instead="partly", reason=REASON, stamp=days_later(staff, 2))
    row.refresh_from_db()
    assert row.figures == figures
    (beside,) = disputes_of(row.pk, director.actor)
    assert (beside.state, beside.instead_label) == ("upheld", "Partly fixed")


def test_agency_is_told_once_what_was_found_and_until_when_it_can_be_disputed(
    row: CheckRound, director: Cast
) -> None:
    first, second, third = stops_of(row)[:3]
    look_at(first, director, "not_fixed", note="Bags by the gate")
    look_at(second, director, "fixed")
    agency = get_agency("DPW")
    assert agencies_to_tell(at=NOON) == (agency,)
    assert len(tell_findings(agency, stamp=HOUSE)) == 1
    follow_up()
    mail = Message.objects.get(subject__startswith="Spot checks: 1 finding ")
    assert first.label in mail.text
    assert second.label not in mail.text
    assert f"/checks/found/{first.pk}/" in mail.text
    assert "Can be disputed until" in mail.text
    assert "Bags by the gate" not in mail.text
    assert refused(tell_findings, agency, stamp=HOUSE) == ("nothing_new", None)
    look_at(third, director, "partly")
    assert agencies_to_tell(at=NOON + timedelta(days=30)) == ()
    assert len(tell_findings(agency, stamp=HOUSE)) == 1


def test_looking_whom_to_tell_asks_no_more_where_more_was_found(
    row: CheckRound, director: Cast
) -> None:
    first, *others = stops_of(row)
    look_at(first, director, "not_fixed")
    with CaptureQueriesContext(connection) as one:
        assert len(agencies_to_tell(at=NOON)) == 1
    with CaptureQueriesContext(connection) as letter:
        findings_letter([check.pk for check in untold_findings("DPW", at=NOON)])
    for stop in others[:3]:
        look_at(stop, director, "partly")
    with CaptureQueriesContext(connection) as four:
        assert len(agencies_to_tell(at=NOON)) == 1
    with CaptureQueriesContext(connection) as letters:
        findings_letter([check.pk for check in untold_findings("DPW", at=NOON)])
    assert len(untold_findings("DPW", at=NOON)) == 4
    assert len(four) == len(one)
    assert len(letters) == len(letter)
    with CaptureQueriesContext(connection) as later:
        assert agencies_to_tell(at=NOON + timedelta(days=90)) == ()
    assert not any("business" in each["sql"] for each in later.captured_queries)


def test_only_the_house_tells_an_agency(row: CheckRound, director: Cast) -> None:
    look_at(stops_of(row)[0], director, "not_fixed")
    with pytest.raises(NotAllowed):
        tell_findings(get_agency("DPW"), stamp=director.stamp)
