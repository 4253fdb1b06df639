"""Invariant 12: nothing of the domain is hard-deleted; a retention job proposes, a records
officer disposes.

What may go are rows that say nothing of their own and are made anew from what stays: what
waits for whom, the index of the search, and who reads a seal (the ledger keeps who did).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tests.architecture.source import domain_apps, shown, tree_of
from tests.casework.intake import later, take
from tests.cast import Cast
from tests.ground import DUE, NEXT, AskMaker, Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import (
    close_issue,
    join_issues,
    part_issues,
    reopen_issue,
    split_complaint,
)
from wardroom.matters.actions import (
    add_task,
    drop_task,
    end_link,
    link_matters,
    open_restricted_matter,
    restrict_matter,
    withdraw_ask,
)
from wardroom.matters.models import Matter, MatterLink, Waiting
from wardroom.search.models import Doc

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]
MADE_ANEW = {
    "wardroom/casework/actions/holding.py": "pictures of a form that nobody sent, and spent sums",
    "wardroom/documents/actions.py": "a file that a records officer disposed of; its line stays",
    "wardroom/directory/actions/emptying.py": "how to reach somebody whom nothing names any more",
    "wardroom/directory/actions/api_calls.py": "the name of a call, a day later; what it did stays",
    "wardroom/directory/actions/factors.py": "a way to sign in; the ledger keeps that it was",
    "wardroom/directory/actions/sent_forms.py": "which form was sent, a day later; its work stays",
    "wardroom/directory/actions/turns.py": "how often something was tried, an hour later",
    "wardroom/upkeep/gateways/copying.py": "who is signed in, out of the copy that a backup is",
    "wardroom/upkeep/gateways/database.py": "samples that SQLite counted its tables by",
    "wardroom/upkeep/gateways/postgres.py": "what a restoration that failed had put there",
    "wardroom/city/actions/emptying.py": "a place that was only words of what was disposed of",
    "wardroom/upkeep/actions/beats.py": "the last sign of life of a program that is gone",
    "wardroom/engagement/actions/door.py": "a check-in taken back; the ledger keeps both lines",
    "wardroom/engagement/actions/contacts.py": "who was reached follows from lines and events",
    "wardroom/engagement/actions/minutes.py": "an agenda to come; the ledger keeps each one set",
    "wardroom/incidents/actions/taking.py": "where an alert holds follows from its newest message",
    "wardroom/incidents/actions/waiting.py": "in whose list an alert stands follows from it",
    "wardroom/ledger/actions/erasing.py": "a name that nobody knew in a line without its words",
    "wardroom/matters/actions/waiting.py": "what waits for whom follows from asks and matters",
    "wardroom/matters/actions/emptying.py": "who waits for what was disposed of",
    "wardroom/matters/actions/listing.py": "who waits for a handover follows from its items",
    "wardroom/matters/actions/sealing.py": "who reads a seal; the ledger keeps who did",
    "wardroom/reporting/actions/measuring.py": "measurements inside a month follow from requests",
    "wardroom/reporting/actions/freezing.py": "of what a draft tells follows from its rows",
    "wardroom/service_requests/actions/emptying.py": "what a matter that is gone was compared by",
    "wardroom/search/actions.py": "the index is made anew from what it points to",
}
TABLES = (
    *("matters_waiting", "access_seal", "access_sealreader", "search_"),
    *("engagement_realcontact", "engagement_agendaitem", "engagement_checkin"),
)
DELETES = {"delete", "_raw_delete", "adelete"}


def deletions(tree: ast.AST) -> list[int]:
    """The lines of a file that delete rows, by the ORM or in SQL."""
    lines = []
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if called and node.func.attr in DELETES:  # type: ignore[attr-defined]
            lines.append(node.lineno)  # type: ignore[attr-defined]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.upper()
            if "DELETE FROM" in words or "TRUNCATE " in words or "DROP TABLE" in words:
                lines.append(node.lineno)
    return lines


def test_no_domain_code_deletes() -> None:
    found = {
        shown(path): deletions(tree_of(path))
        for app in domain_apps()
        for path in app.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {path for path, lines in found.items() if lines} == set(MADE_ANEW)


def test_a_deletion_would_be_found() -> None:
    for line in (
        "Matter.objects.filter(pk=1).delete()",
        "matter.delete()",
        "rows._raw_delete('default')",
        "cursor.execute('delete from matters_matter')",
    ):
        assert deletions(ast.parse(line)) == [1], line
    assert deletions(ast.parse("drop_task(ask, reason='x')")) == []


def test_no_row_goes_with_another_one() -> None:
    """Every reference protects what it points to; only a seal takes its readers with it."""
    loose = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("wardroom.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete not in (models.PROTECT, models.DO_NOTHING)
    ]
    assert loose == ["SealReader.seal"]


@contextmanager
def watched() -> Iterator[list[str]]:
    """The tables from which something is deleted meanwhile."""
    gone: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        words = sql.split()
        if words[0].upper() == "DELETE":
            table = words[2].strip('"')
            if not table.startswith(TABLES):
                gone.append(table)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield gone


def test_a_month_of_work_deletes_nothing(ground: Ground, liaison5: Cast, ask_in: AskMaker) -> None:
    with watched() as gone:
        one = take(liaison5, ground, reporter_typed="", anonymous=True).matter
        other = take(liaison5, ground, onto=one, reporter_typed="", anonymous=True)
        made = split_complaint(
            one, complaint_id=other.pk, title="Another trouble", stamp=liaison5.stamp
        )
        joined = join_issues(made, into=one, stamp=liaison5.stamp)
        part_issues(joined, reason="It was", stamp=liaison5.stamp)
        link = link_matters(one, other=made, kind="related", stamp=liaison5.stamp)
        end_link(one, link_id=link.pk, stamp=liaison5.stamp)
        withdraw_ask(ask_in(one, liaison5, "DPW"), reason="Sold", stamp=liaison5.stamp)
        task = add_task(one, party=liaison5.party, wording="Call", due_on=DUE, stamp=liaison5.stamp)
        drop_task(task, reason="Done by others", stamp=liaison5.stamp)
        restrict_matter(one, readers=[], reason="A witness", stamp=liaison5.stamp)
        one = Matter.objects.get(pk=one.pk)
        open_restricted_matter(one, reason="It is public", stamp=liaison5.stamp)
        close_issue(one, outcome="fixed", text="Done.", stamp=liaison5.stamp)
        reopen_issue(one, reason="It is back", next_on=NEXT, stamp=later(liaison5, 2))
    assert gone == []
    assert MatterLink.objects.count() >= 2
    assert Waiting.objects.exists()
    assert Doc.objects.exists()


def test_the_watch_sees_a_deletion(ground: Ground, liaison5: Cast) -> None:
    link = take(liaison5, ground).matter
    other = take(liaison5, ground, title="Another").matter
    link_matters(link, other=other, kind="related", stamp=liaison5.stamp)
    with watched() as gone, guard_pass("a test"), transaction.atomic():
        MatterLink.objects.all().delete()
        transaction.set_rollback(True)
    assert gone == ["matters_matterlink"]
