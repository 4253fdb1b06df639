"""The demonstration's incidents: honest times, one night told whole, one open now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from wardroom.access.actor import Actor
from wardroom.calendar.queries.duty import on_duty
from wardroom.demonstration import loader
from wardroom.demonstration.duty import show_rota
from wardroom.demonstration.incidents import DIRECTOR, PASTS, show_incidents
from wardroom.demonstration.nights import show_nights
from wardroom.incidents.models import AfterAction, Incident
from wardroom.incidents.queries import incident_file
from wardroom.incidents.queries.care import households, review_file
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLAN = loader.Plan(requests=1_000, seed=5, end=date(2026, 11, 18))
MINUTE = timedelta(minutes=1)


def test_incidents_of_the_demonstration_are_told_by_the_clock_and_once() -> None:
    loader.load_district(PLAN, say=lambda _: None)
    assert show_rota(PLAN)
    assert (show_incidents(PLAN), show_nights(PLAN)) == (len(PASTS), 2)
    lines = Entry.objects.count()
    assert (show_incidents(PLAN), show_nights(PLAN)) == (len(PASTS), 2)
    assert Entry.objects.count() == lines
    assert not Entry.objects.filter(at__gt=PLAN.now).exists()

    rows = Incident.objects.filter(matter__state="closed").order_by("opened_at")
    taken = [(row.taken_at - row.opened_at) // MINUTE for row in rows if row.taken_at]
    first = [(row.first_report_at - row.opened_at) // MINUTE for row in rows if row.first_report_at]
    assert taken == [past.taken for past in PASTS]
    assert first == [past.reported for past in PASTS]
    assert [row.exercise for row in rows].count(True) == 1
    late = rows.get(taken_at__gt=rows[6].opened_at + 40 * MINUTE, pk=rows[6].pk)
    assert [call.state for call in late.call_outs.order_by("step")][-1] == "taken"
    assert late.call_outs.count() >= 3
    assert not Ask.objects.filter(matter__incident__in=rows, state="proposed").exists()
    released = [
        report.releaser_id != report.writer_id for row in rows for report in row.reports.all()
    ]
    assert all(released)

    actor = loader.actor_of(DIRECTOR, PLAN.now)
    _night(Incident.objects.get(token="demonstration-night"), actor)
    now = incident_file(
        Incident.objects.get(token="demonstration-now").matter_id, actor, at=PLAN.now
    )
    assert now.critical.taken_by == "Liaison of Ward 5"
    assert now.work.next_update_at == PLAN.now + 22 * MINUTE
    assert not now.report_is_late
    assert Waiting.objects.filter(noun="situation_due", matter=now.matter.id).count() == 1


def _night(night: Incident, actor: Actor) -> None:
    at = datetime(2026, 11, 2, 7, 10, tzinfo=UTC)
    assert night.opened_at == at
    first, second = night.call_outs.order_by("step")
    duty = on_duty(at, ward="5")
    assert duty is not None
    assert (first.party.user_id, first.role, first.state) == (duty.user_id, "on_call", "lapsed")
    assert (second.role, second.state) == ("backup", "taken")
    leads = night.duties.filter(role="lead").order_by("since_at")
    assert leads.count() == 2
    assert leads[1].note
    assert [report.released_at is not None for report in night.reports.all()] == [True] * 3
    found = households(night.matter_id, actor, at=PLAN.now)
    assert len(found.rows) == 4
    assert all(row.followed_24_at and row.followed_72_at for row in found.rows)
    review = review_file(night.matter_id, actor)
    assert review.finished_at is not None
    assert [(step.agency, step.state) for step in review.steps] == [
        (True, "accepted"),
        (False, "requested"),
    ]
    assert AfterAction.objects.get(incident=night).ratings["partners"] == "M"
