"""Residency: the day and its arithmetic, reminders once each, proof, and a person's decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.office.people import TODAY, appointed, day, house_on, on, someone
from tests.trouble import load_topics
from wardroom.access.actor import Role
from wardroom.hiring.facts import ApplicantAppointed
from wardroom.jobs import office as routines
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message
from wardroom.office.actions import (
    decide_residency,
    dispose_of_proofs,
    end_residency_clock,
    name_appointee,
    record_proof,
    start_residency_clock,
)
from wardroom.office.models import Reminder, ResidencyClock, ResidencyProof
from wardroom.office.queries import get_residency_clock, residency_file, residency_page
from wardroom.office.reactions import count_residency

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def told(refusing: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        refusing()
    return no.value.code


def count_on(when: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(when))
    routines.keep_terms()


def test_day_is_180_days_of_the_calendar_and_explains_itself(
    director: Cast, liaison5: Cast
) -> None:
    clock = appointed(liaison5, director, ago=0)
    assert clock.due_on == TODAY + timedelta(days=180)
    due = residency_file(clock.pk, director.actor, on=TODAY).due
    assert due.citation == "D.C. Code 1-515.03, 1-609.06"
    assert due.steps


def test_library_gives_the_rule_where_it_is_loaded(director: Cast, liaison5: Cast) -> None:
    load_topics()
    assert appointed(liaison5, director, ago=0).due_on == TODAY + timedelta(days=180)


def test_somebody_is_reminded_once_at_each_step(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = appointed(liaison5, director, ago=0)
    for number in (29, 30, 30, 31, 89, 90, 149, 150, 151, 169, 170, 170, 179, 180, 200):
        count_on(day(number), monkeypatch)
    lines = Entry.objects.filter(kind="ResidencyReminded").order_by("pk")
    assert [line.body["step"] for line in lines] == [30, 90, 150, 170]
    assert Reminder.objects.filter(noun="residency", key=str(clock.pk)).count() == 4
    monkeypatch.setattr("django.utils.timezone.now", lambda: house_on(day(200)).at)
    sweep()
    sweep()
    assert Message.objects.filter(to_address=liaison5.email).count() == 4
    assert Message.objects.filter(to_address=director.email).count() == 4


def test_who_was_entered_late_is_told_of_where_they_are(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointed(liaison5, director, ago=100)
    count_on(TODAY, monkeypatch)
    count_on(day(1), monkeypatch)
    lines = Entry.objects.filter(kind="ResidencyReminded")
    assert [line.body["step"] for line in lines] == [90]


def test_proof_is_a_kind_of_document_and_nothing_more(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = appointed(liaison5, director)
    assert told(lambda: record_proof(clock, kinds=[], seen_on=TODAY, stamp=director.stamp)) == (
        "no_proof"
    )
    late = lambda: record_proof(clock, kinds=["dc_id"], seen_on=day(1), stamp=director.stamp)  # noqa: E731
    assert told(late) == "seen_on_off"
    record_proof(clock, kinds=["withholding", "dc_id"], seen_on=TODAY, stamp=director.stamp)
    proof = ResidencyProof.objects.get()
    assert (proof.kinds, proof.seen_by) == (["dc_id", "withholding"], director.actor.name)
    assert {f.name for f in ResidencyProof._meta.fields} == {
        "id", "clock", "kinds", "seen_on", "seen_by", "at", "disposed_at",
    }  # fmt: skip
    count_on(day(40), monkeypatch)
    assert not Entry.objects.filter(kind="ResidencyReminded").exists()


def test_proof_is_looked_at_again_each_year(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = appointed(liaison5, director)
    record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=director.stamp)
    for number in (334, 335, 336, 365, 366):
        count_on(day(number), monkeypatch)
    lines = Entry.objects.filter(kind="ResidencyRecheckDue").order_by("pk")
    assert [line.body["step"] for line in lines] == [30, 0]
    clock.refresh_from_db()
    record_proof(clock, kinds=["lease"], seen_on=day(366), stamp=on(director.stamp, day(366)))
    clock.refresh_from_db()
    assert clock.recheck_on == day(366 + 365)


def test_house_never_forfeits_and_a_person_says_why(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = appointed(liaison5, director, ago=0)
    early = lambda: decide_residency(  # noqa: E731
        clock, outcome="forfeited", reason="No proof", stamp=director.stamp
    )
    assert told(early) == "not_due"
    for number in (180, 181, 400):
        count_on(day(number), monkeypatch)
    clock.refresh_from_db()
    assert clock.state == "running"
    then = on(director.stamp, day(181))
    file = residency_file(clock.pk, director.actor, on=day(181))
    assert (file.row.overdue, "decide_residency" in file.allowed) == (True, True)
    assert told(lambda: decide_residency(clock, outcome="forfeited", reason=" ", stamp=then)) == (
        "reason_missing"
    )
    with pytest.raises(NotAllowed):
        decide_residency(clock, outcome="forfeited", reason="x", stamp=house_on(day(181)))
    decide_residency(clock, outcome="forfeited", reason="Counsel agreed", stamp=then)
    clock.refresh_from_db()
    assert clock.state == "forfeited"
    assert "is forfeited: 'Counsel agreed'" in Entry.objects.get(kind="ResidencyDecided").sentence


def test_nobody_looks_at_their_own_documents(director: Cast, records_officer: Cast) -> None:
    clock = appointed(director, director)
    with pytest.raises(NotAllowed):
        record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=director.stamp)
    record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=records_officer.stamp)


def test_one_clock_a_person_and_a_source(director: Cast, liaison5: Cast) -> None:
    appointed(liaison5, director)
    assert told(lambda: appointed(liaison5, director)) == "already_counted"
    words: dict[str, Any] = {
        "appointed_on": TODAY,
        "appointed_as": "Clerk",
        "source": "applicant:1",
    }
    start_residency_clock(someone(), **words, stamp=director.stamp)
    other = someone("Another")
    assert told(lambda: start_residency_clock(other, **words, stamp=director.stamp)) == (
        "already_counted"
    )


def test_each_sees_their_own_and_few_see_all(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    clock = appointed(liaison5, director)
    auditor = hire("auditor", "The Auditor", Role.AUDITOR)
    staff = hire("desk", "The Desk", Role.STAFF)
    for who in (director, liaison5, records_officer, auditor):
        assert residency_page(who.actor, on=TODAY).total == 1
    for who in (liaison7, partner_dpw, staff):
        assert residency_page(who.actor, on=TODAY).total == 0
        with pytest.raises(NotFound):
            get_residency_clock(clock.pk, who.actor)
    assert residency_file(clock.pk, auditor.actor, on=TODAY).allowed == frozenset()
    with pytest.raises(NotAllowed):
        end_residency_clock(clock, reason="Left", stamp=auditor.stamp)


def test_appointment_starts_the_clock_by_the_name_that_was_announced(
    director: Cast, liaison5: Cast
) -> None:
    fact = ApplicantAppointed(
        posting=1,
        title="Outreach specialist",
        appointee="Somebody New",
        office_name="Community Relations",
        grade="ES-5",
        appointed_on=TODAY.isoformat(),
        lives_in_city=False,
    )
    count_residency(fact, entry_id=7, stamp=HOUSE)
    clock = ResidencyClock.objects.get()
    assert (clock.party.name, clock.appointed_as) == ("Somebody New", "Outreach specialist, ES-5")
    name_appointee(clock, party=liaison5.party, stamp=director.stamp)
    assert residency_page(liaison5.actor, on=TODAY).total == 1


def test_records_officer_disposes_once_it_is_over(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    clock = appointed(liaison5, director)
    record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=director.stamp)
    away = lambda: dispose_of_proofs(clock, reason="Schedule 4", stamp=records_officer.stamp)  # noqa: E731
    assert told(away) == "still_needed"
    end_residency_clock(clock, reason="Left", stamp=director.stamp)
    clock.refresh_from_db()
    dispose_of_proofs(clock, reason="Schedule 4", stamp=records_officer.stamp)
    assert ResidencyProof.objects.get().kinds == []
    with pytest.raises(NotAllowed):
        dispose_of_proofs(ResidencyClock.objects.get(), reason="x", stamp=director.stamp)


def waits_for(who: Cast) -> int:
    return Waiting.objects.filter(noun="residency", party=who.party).count()


def test_that_it_stands_is_decided_once(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = appointed(liaison5, director, ago=0)
    count_on(day(181), monkeypatch)
    then = on(director.stamp, day(181))
    decide_residency(clock, outcome="stands", reason="Waived by the agency", stamp=then)
    file = residency_file(clock.pk, director.actor, on=day(182))
    assert (file.row.state, file.row.overdue, file.row.next_on) == ("stands", False, None)
    assert "decide_residency" not in file.allowed
    again = lambda: decide_residency(clock, outcome="stands", reason="x", stamp=then)  # noqa: E731
    assert told(again) == "not_due"
    assert residency_page(director.actor, on=day(182)).total == 0
    assert residency_page(director.actor, on=day(182), state="stands").total == 1
    assert waits_for(director) == waits_for(liaison5) == 0


def test_naming_an_appointee_keeps_the_clock_in_the_lists(
    director: Cast, liaison5: Cast, liaison7: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = start_residency_clock(
        someone(), appointed_on=TODAY, appointed_as="Clerk", stamp=director.stamp
    )
    count_on(day(170), monkeypatch)
    assert (waits_for(director), waits_for(liaison5)) == (1, 0)
    name_appointee(clock, party=liaison5.party, stamp=on(director.stamp, day(171)))
    assert (waits_for(director), waits_for(liaison5)) == (1, 1)
    other = lambda: name_appointee(clock, party=liaison7.party, stamp=director.stamp)  # noqa: E731
    assert told(other) == "already_named"


def test_each_director_has_it_in_their_list(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = hire("second", "A second director", Role.DIRECTOR)
    clock = appointed(liaison5, director, ago=0)
    count_on(day(30), monkeypatch)
    count_on(day(90), monkeypatch)
    assert [waits_for(who) for who in (director, second, liaison5)] == [1, 1, 1]
    record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=director.stamp)
    assert not Waiting.objects.filter(noun="residency").exists()
