"""A record that goes is asked about alone, and a list is put together while nobody waits."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import AskMaker, Ground
from tests.retention.keeping import TODAY, adopted, over
from tests.retention.test_disposal import prepared
from tests.retention.test_issues import closed_long_ago, full_issue, office
from wardroom.access.gate import action_is_running, guard_pass
from wardroom.documents.models import Attachment
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message, Received
from wardroom.records.models import FoundRecord
from wardroom.records.rules import FILES, LINES, MAIL_IN, MAIL_OUT, MATTERS
from wardroom.retention.actions import disposing, prepare_disposal
from wardroom.retention.models import Schedule
from wardroom.retention.queries.issues import ended_issues, matters_in_requests
from wardroom.retention.rules.classes import ISSUES

__all__ = ["office"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]


def copied(noun: str, key: int) -> FoundRecord:
    with guard_pass("it was found for a request"):
        found: FoundRecord = FoundRecord.objects.create(
            request=over(), number=1, noun=noun, key=str(key), title="Found", text="Words",
            said_at=NOON,
        )  # fmt: skip
    return found


def test_one_issue_is_found_in_requests_as_among_all(
    liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker, ground: Ground
) -> None:
    """Whatever of it was copied, the narrow question says what the wide one says."""
    matter, other = full_issue(liaison5, partner_dpw, ask_in), closed_long_ago(liaison5, ground)
    thread = f"matter:{matter.pk}"
    sorts = {
        MATTERS: matter.pk,
        LINES: Entry.objects.filter(matter_key=str(matter.pk)).latest("pk").pk,
        MAIL_IN: Received.objects.filter(thread=thread).latest("pk").pk,
        MAIL_OUT: Message.objects.filter(entry__matter_key=str(matter.pk)).latest("pk").pk,
        FILES: Attachment.objects.filter(matter_key=str(matter.pk)).latest("pk").document_id,
    }
    for noun, key in sorts.items():
        assert matters_in_requests(matter.pk) == frozenset(), noun
        found = copied(noun, key)
        assert matter.pk in matters_in_requests(), noun
        assert matter.pk in matters_in_requests(matter.pk), noun
        assert matters_in_requests(other.pk) == frozenset(), noun
        with guard_pass("the next sort"):
            found.delete()


def test_nothing_is_read_for_one_issue_but_what_is_of_it(liaison5: Cast, ground: Ground) -> None:
    matter = closed_long_ago(liaison5, ground)
    for number in range(3):
        copied(MATTERS, matter.pk + 100 + number)

    def wide(one: int | None) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            assert ended_issues(TODAY, one).filter(pk=matter.pk).exists()
        asked = [row["sql"] for row in seen if "records_foundrecord" in row["sql"]]
        return [sql for sql in asked if '"records_foundrecord"."noun" =' not in sql]

    assert wide(matter.pk) == []
    assert wide(None) != [], "power check: all of them are read otherwise"


def test_list_of_issues_is_looked_through_before_the_change(
    records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(records_officer)
    over()
    running: list[bool] = []
    look = disposing._due

    def looked(*given: object) -> object:
        running.append(action_is_running())
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(disposing, "_due", looked)
    prepared(records_officer)
    assert running == [False]


def test_list_is_looked_through_for_nobody_else(liaison5: Cast, records_officer: Cast) -> None:
    adopted(records_officer, ISSUES, months=36)
    with pytest.raises(NotAllowed):
        prepare_disposal(None, class_code=ISSUES, stamp=liaison5.stamp)


def test_schedule_that_changed_meanwhile_is_asked_again(
    records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(records_officer)
    over()
    look = disposing._due

    def late(*given: object) -> object:
        found = list(look(*given))  # type: ignore[arg-type]
        with guard_pass("it was replaced at that moment"):
            Schedule.objects.update(from_on=TODAY.replace(year=TODAY.year + 1))
        return found

    monkeypatch.setattr(disposing, "_due", late)
    with pytest.raises(Refused, match="No approved schedule"):
        prepared(records_officer)
