"""Two changes to one incident at the same moment, each to another row of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.incidents.calling import MINUTE, NIGHT, burning, by, calls, house
from tests.incidents.test_working import situation
from tests.retention.test_at_that_moment import WAIT, beside
from wardroom.incidents.actions import (
    climb_call_out,
    end_incident,
    give_incident_back,
    release_situation,
    return_situation,
    take_incident,
)
from wardroom.incidents.models import CallOut, Incident, SituationReport
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Waiting

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
LATER = NIGHT + 90 * MINUTE


@pytest.fixture
def report(burning: Incident, liaison7: Cast) -> SituationReport:
    """A report that waits to be released."""
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    return situation(liaison7, burning)


def end(incident: Incident, who: Cast) -> None:
    end_incident(
        Incident.objects.get(pk=incident.pk).matter,
        outcome="over",
        text="Let go",
        stamp=by(who, LATER),
    )


def waits(noun: str) -> list[str]:
    return sorted(Waiting.objects.filter(noun=noun).values_list("key", flat=True))


def test_a_report_that_a_later_one_replaces_is_neither_sent_back_nor_released(
    burning: Incident, report: SituationReport, director: Cast, liaison7: Cast
) -> None:
    def send_back() -> None:
        return_situation(report, words="Say how many", stamp=by(director, LATER))

    def release() -> None:
        release_situation(report, stamp=by(director, LATER))

    for number, change in ((2, send_back), (3, release)):
        said: list[str] = []
        with transaction.atomic():
            situation(liaison7, burning, at=NIGHT + 60 * MINUTE)
            other = beside(change, said)
            other.join(0.3)
        other.join(WAIT)
        assert said == ["already_replaced"]
        assert waits("situation_back") == []
        assert waits("situation_release") != []
        assert {key.split("-")[1] for key in waits("situation_release")} == {str(number)}


def test_no_report_of_an_incident_that_ends_is_sent_back(
    burning: Incident, report: SituationReport, director: Cast
) -> None:
    said: list[str] = []
    with transaction.atomic():
        end(burning, director)
        other = beside(
            lambda: return_situation(report, words="Say more", stamp=by(director, LATER)), said
        )
        other.join(0.3)
    other.join(WAIT)
    assert said == ["over"]
    assert waits("situation_back") == []


def test_no_report_is_written_of_an_incident_that_ends(
    burning: Incident, director: Cast, liaison7: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    said: list[str] = []
    with transaction.atomic():
        end(burning, director)
        other = beside(lambda: situation(liaison7, burning, at=LATER), said)
        other.join(0.3)
    other.join(WAIT)
    assert said in (["over"], ["not_allowed"])
    assert not SituationReport.objects.exists()
    assert waits("situation_release") == []


def test_a_report_that_was_written_before_the_end_is_still_released(
    burning: Incident, director: Cast, liaison7: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    said: list[str] = []
    with transaction.atomic():
        report = situation(liaison7, burning, at=NIGHT + 60 * MINUTE)
        other = beside(lambda: end(burning, director), said)
        other.join(0.3)
    other.join(WAIT)
    assert said == ["done"]
    assert waits("situation_release") != []
    release_situation(report, stamp=by(director, LATER))
    assert waits("situation_release") == []


def test_nobody_is_called_to_an_incident_that_ends_while_it_is_given_back(
    burning: Incident, director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    burning.refresh_from_db()
    set_next_step(
        burning.matter,
        next_on=NIGHT.date() + timedelta(days=1),
        next_step="Meet the tenants",
        stamp=by(liaison5, NIGHT + 2 * MINUTE),
    )
    said: list[str] = []
    with transaction.atomic():
        end(burning, director)
        other = beside(lambda: give_incident_back(burning, stamp=by(liaison7, LATER)), said)
        other.join(0.3)
    other.join(WAIT)
    assert said in (["over"], ["NotAllowed"])
    assert len(calls(burning)) == 1
    assert waits("call_out") == []


def test_no_step_falls_and_nobody_takes_it_while_it_ends(
    burning: Incident, director: Cast, liaison5: Cast
) -> None:
    said: list[str] = []
    with transaction.atomic():
        end(burning, director)
        threads = [
            beside(lambda: climb_call_out(burning, stamp=house(LATER)), said),
            beside(lambda: take_incident(burning, stamp=by(liaison5, LATER)), said),
        ]
        for thread in threads:
            thread.join(0.3)
    for thread in threads:
        thread.join(WAIT)
    assert sorted(said) == ["not_due", "over"]
    assert [row.state for row in CallOut.objects.all()] == ["ended"]
    assert waits("call_out") == []
