"""The office as it works: topics, the calendar, and each liaison in the seat of the ward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from tests.casework.batching import FORMER
from tests.casework.intake import take
from tests.casework.postroom import OFFICE, Worker
from tests.casework.reporting import staffed
from tests.cast import HOUSE, Cast
from tests.conftest import stamp_for
from tests.ground import Ground
from tests.notices.letters import RESIDENT
from tests.notices.smtp_sink import Sink, smtp_sink
from wardroom.access.actor import SYSTEM
from wardroom.casework.models import Complaint
from wardroom.directory.actions import note_person
from wardroom.jobs import delivery
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Matter


@pytest.fixture
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The library is filled; wards 5 and 7 have their liaisons."""
    staffed({"5": liaison5, "7": liaison7})


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker()
    monkeypatch.setattr(delivery, "worker_stamp", lambda: stamp_for(SYSTEM, made.at))
    return made


@pytest.fixture
def addresses(settings: Settings) -> None:
    settings.INBOUND_ADDRESS = OFFICE
    settings.DEFAULT_FROM_EMAIL = f"The Office <{OFFICE}>"
    settings.QUIET_HOURS = False


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with smtp_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def complaint(ground: Ground, liaison5: Cast) -> Complaint:
    """A resident's complaint in ward 5, acknowledged by e-mail."""
    person = note_person(None, name="A resident", email=RESIDENT, consent=True, stamp=HOUSE)
    made = take(liaison5, ground, reporter=person, reporter_typed="")
    delivery.sweep()
    return made


@pytest.fixture
def three(ground: Ground, liaison5: Cast) -> list[Matter]:
    """Three open issues of ward 5, of which the first was reported by somebody with an address."""
    caller = note_person(
        None,
        name="A caller",
        email="caller@example.org",
        consent=True,
        consent_how="said so",
        stamp=liaison5.stamp,
    )
    people: list[dict[str, Any]] = [
        {"reporter": caller, "reporter_typed": ""},
        {"reporter_typed": "", "anonymous": True},
        {},
    ]
    made = [
        take(liaison5, ground, title=f"Rats, house {n}", **who).matter
        for n, who in enumerate(people)
    ]
    return [set_next_step(matter, **FORMER, stamp=liaison5.stamp) for matter in made]
