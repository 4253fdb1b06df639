"""A hold over any class of which something goes with an issue keeps the issue."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.ground import AskMaker, Ground
from tests.retention.keeping import TODAY, held
from tests.retention.test_issues import closed_long_ago, full_issue, gone, office
from wardroom.access.actor import Stamp
from wardroom.retention.actions.destroying import DESTROYERS
from wardroom.retention.queries.holding import hold_file
from wardroom.retention.queries.issues import WITHIN
from wardroom.retention.rules import DESTROYED, HELD
from wardroom.retention.rules.classes import ISSUES
from wardroom.retention.rules.kept_in import ALONG, KEPT_IN

__all__ = ["office"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]
WRITTEN = re.compile(r'^\s*(?:UPDATE|DELETE FROM)\s+"(\w+)"')


@pytest.mark.parametrize("code", WITHIN)
def test_hold_over_a_class_that_goes_along_keeps_the_issue(
    code: str, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    one = closed_long_ago(liaison5, ground, said="Rats, says Ida Smith")
    other = closed_long_ago(liaison5, ground, said="A hole")
    hold = held(records_officer, class_code=code, person="Smith")
    shown = hold_file(hold.pk, director.actor, today=TODAY)
    assert [unit.key for unit in shown.units] == [str(one.pk)]
    assert gone(records_officer, director) == {str(one.pk): HELD, str(other.pk): DESTROYED}


def test_no_table_of_another_class_is_changed(
    liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker, director: Cast, records_officer: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    matter, destroy = full_issue(liaison5, partner_dpw, ask_in), DESTROYERS[ISSUES]
    ran = CaptureQueriesContext(connection)

    def watched(thing: Any, stamp: Stamp) -> Any:
        with ran:
            return destroy(thing, stamp)

    monkeypatch.setitem(DESTROYERS, ISSUES, watched)
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    found = [WRITTEN.match(query["sql"]) for query in ran.captured_queries]
    labels = {model._meta.db_table: model._meta.label_lower for model in apps.get_models()}
    tables = {labels[match[1]] for match in found if match and match[1] in labels}
    assert tables >= {"directory.party", "matters.handoveritem", "fieldwork.conditioncheck"}
    kept = {KEPT_IN[table] for table in tables if table in KEPT_IN}
    assert kept <= {ISSUES, ALONG, *WITHIN}
    assert {"directory", "staff", "locations"} <= kept
