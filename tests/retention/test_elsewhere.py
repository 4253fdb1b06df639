"""A legal hold wins on the pages of others, too: hirings, households and training."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.hiring.test_keeping import later, over
from tests.incidents.calling import by
from tests.incidents.test_keeping import RIPE
from tests.office.people import learned
from tests.retention.keeping import held
from wardroom.documents.gateways import needs
from wardroom.hiring.actions import dispose_hiring
from wardroom.hiring.models import Application, Posting
from wardroom.incidents.actions import dispose_households
from wardroom.incidents.models import Incident
from wardroom.kernel.errors import Refused
from wardroom.notices.actions import hold_mail
from wardroom.office.actions import dispose_of_training
from wardroom.retention.actions import lift_hold
from wardroom.retention.queries.elsewhere import is_held

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def ended(director: Cast, liaison5: Cast) -> Posting:
    return over(director, liaison5)


def test_hiring_that_a_legal_hold_keeps_is_not_disposed_of(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = ended(director, liaison5)
    hold = held(records_officer, class_code="hirings")
    with pytest.raises(Refused, match="must be kept"):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 40))
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    dispose_hiring(posting, stamp=later(records_officer.stamp, 40))


def test_power_a_house_that_asks_nobody_disposes_of_what_is_held(
    director: Cast, liaison5: Cast, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = ended(director, liaison5)
    held(records_officer, class_code="hirings")
    monkeypatch.setattr(needs, "_KEEPERS", [])
    dispose_hiring(posting, stamp=later(records_officer.stamp, 40))


def test_hold_over_a_person_finds_who_applied(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = ended(director, liaison5)
    who = Application.objects.get()
    assert not is_held("hirings", str(posting.pk))
    held(records_officer, person=who.email.upper())
    assert is_held("hirings", str(posting.pk))


def test_training_that_a_legal_hold_keeps_is_not_disposed_of(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    made = learned(liaison5, director)
    hold = held(records_officer, person=made.party.name)
    with pytest.raises(Refused, match="legal hold"):
        dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)


def test_households_that_a_legal_hold_keeps_stay(kept: Incident, records_officer: Cast) -> None:
    assert not is_held("households", str(kept.pk))
    held(records_officer, unit=f"matter:{kept.matter_id}")
    with pytest.raises(Refused, match="must be kept"):
        dispose_households(kept, stamp=by(records_officer, RIPE))


def test_nothing_is_disposed_of_while_mail_is_held_after_a_restoration(
    kept: Incident, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting, made = ended(director, liaison5), learned(liaison5, director)
    hold_mail(None, taken_at=NOON, stamp=HOUSE)
    with pytest.raises(Refused, match="must be kept"):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 40))
    with pytest.raises(Refused, match="legal hold"):
        dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)
    with pytest.raises(Refused, match="must be kept"):
        dispose_households(kept, stamp=by(records_officer, RIPE))
