"""The invented Open311 server beside the city's: shown, resting, and told of drift."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cast import HOUSE, PASSWORD
from tests.ground import Ground
from tests.service_requests.samples import row, take, write
from tests.trouble import load_topics
from wardroom.access.actor import Role
from wardroom.casework.actions import take_complaint
from wardroom.demonstration.elsewhere import show_endpoints
from wardroom.demonstration.loader import FEED, Plan, stamp_of
from wardroom.directory.actions import add_user, grant_role
from wardroom.service_requests.models import Drift, Endpoint, Submission

pytestmark = pytest.mark.django_db
PEOPLE = {"director": "", "liaison5": "5", "liaison7": "7"}


def test_two_issues_were_sent_and_what_disagrees_is_listed(ground: Ground, tmp_path: Path) -> None:
    load_topics()
    for name, ward in PEOPLE.items():
        email = f"{name}@wardroom.example"
        party = add_user(None, email=email, name=name, password=PASSWORD, stamp=HOUSE)
        role = Role.LIAISON if ward else Role.DIRECTOR
        since = date(2026, 1, 1)
        grant_role(party, role=role, ward_code=ward, agency_code="", valid_from=since, stamp=HOUSE)
    take(write(tmp_path / "r.csv", [row("26-1"), row("26-2", lon="-76.96")]), feed_code=FEED)
    for ward in ("5", "7"):
        take_complaint(
            ground.places[ward],
            said="Rats again",
            channel="phone",
            anonymous=True,
            topic_code="rodents",
            stamp=stamp_of(f"liaison{ward}@wardroom.example", HOUSE.at),
        )
    plan = Plan(0, 1, date(2026, 11, 24))
    assert show_endpoints(plan) == 2
    assert show_endpoints(plan) == 2
    assert Endpoint.objects.get().paused
    assert set(Submission.objects.values_list("state", flat=True)) == {"sent", "unclear"}
    kinds = sorted(Drift.objects.values_list("kind", flat=True))
    assert kinds == ["closed_there", "vanished", "vanished"]
