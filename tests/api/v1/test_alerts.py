"""Alerts as programs read them: what staff see on the page, and nobody else."""

from __future__ import annotations

import pytest

from tests.api.v1.conftest import Program, program_of
from tests.api.v1.test_door import told
from tests.cast import Cast
from tests.ground import Ground
from tests.incidents.messages import area, info
from tests.incidents.test_taking import opened, take

pytestmark = pytest.mark.django_db
HERE = area(polygon="38.93,-77.02 38.93,-76.98 38.90,-76.98 38.90,-77.02 38.93,-77.02")


def test_alert_is_read_whole_and_leads_to_its_incident_by_reach(
    office: Ground, liaison5: Cast, liaison_program: Program, other_program: Program
) -> None:
    taken = take(info(HERE))
    [row] = liaison_program.data("/alerts")["items"]
    assert (row["id"], row["state"]) == (taken.draft_id, "waiting")
    assert "matter_id" not in row
    file = liaison_program.data(f"/alerts/{row['id']}")
    assert file["data"]["newest"]["description"]
    assert set(file["links"]) == {"self"}
    matter = opened(taken, liaison5, office)
    links = liaison_program.data(f"/alerts/{row['id']}")["links"]
    assert links["matter"]["href"] == f"/api/v1/matters/{matter.pk}"
    assert "matter" not in other_program.data(f"/alerts/{row['id']}")["links"]


def test_agency_reads_no_alerts(office: Ground, partner_dpw: Cast) -> None:
    taken = take(info(HERE))
    agency = program_of(partner_dpw)
    assert told(agency.get("/alerts"))[0] == 403
    assert told(agency.get(f"/alerts/{taken.draft_id}"))[0] == 403


def test_alert_that_is_none_is_not_there(office: Ground, liaison_program: Program) -> None:
    assert told(liaison_program.get("/alerts/999")) == (404, "not_found")
    assert liaison_program.data("/alerts?state=waiting&severity=severe")["items"] == []
