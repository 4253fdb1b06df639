"""A machine of the former version goes on through an upgrade, until it is started anew."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.cast import Cast
from tests.incidents.calling import MINUTE, NIGHT, burning, by
from tests.incidents.test_working import situation
from wardroom.access.gate import guard_pass
from wardroom.incidents.actions import take_incident
from wardroom.incidents.models import Incident, SituationReport

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SINCE_0008 = {"returned_at", "returned_by", "returned_for"}


def test_it_writes_a_situation_report_after_the_tables_were_changed(
    burning: Incident, liaison7: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    report = situation(liaison7, burning)
    names = [str(field.column) for field in SituationReport._meta.concrete_fields]
    kept = [name for name in names if name not in {"id", "number", *SINCE_0008}]
    columns = ", ".join(connection.ops.quote_name(name) for name in kept)
    table = connection.ops.quote_name(SituationReport._meta.db_table)
    with guard_pass("a statement of the former version"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (number, {columns}) SELECT 2, {columns} FROM {table}"
            " WHERE id = %s",
            [report.pk],
        )
    later = burning.reports.get(number=2)
    assert (later.returned_at, later.returned_by, later.returned_for) == (None, "", "")
    assert later.what == report.what
