"""What holds and disposals cost: no more statements for many records, and nobody waits long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.retention.keeping import TODAY, adopted, held, over
from tests.retention.test_disposal import prepared
from tests.retention.test_mail_that_goes import reply, request_with_a_letter
from wardroom.access.gate import guard_pass
from wardroom.matters.models import Matter
from wardroom.notices.actions import place_mail
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Search
from wardroom.retention import reactions
from wardroom.retention.actions import approve_disposal
from wardroom.retention.facts import DisposalApproved
from wardroom.retention.gateways import cleaning
from wardroom.retention.models import Disposal
from wardroom.retention.queries.holding import hold_file
from wardroom.retention.queries.issues import tables_of_issues
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules import holds
from wardroom.retention.rules.classes import REQUESTS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDED = "INSERT INTO search_words(rowid, words) VALUES (%s, %s)"


def full(number: int) -> RecordsRequest:
    """An old request with a search, a record and a part that was taken out of it."""
    row = over(name=f"Person {number}", words=f"Topic {number}")
    with guard_pass("it was answered years ago"):
        Search.objects.create(
            request=row, terms=[f"alley {number}"], kinds=["matter"], from_on=TODAY,
            until_on=TODAY, found=1, new=1, by_name="Somebody", at=NOON,
        )  # fmt: skip
        found = FoundRecord.objects.create(
            request=row, number=1, noun="matter", key=str(400 + number), said_at=NOON,
            title=f"Issue {number}", text=f"What was said of {number}",
        )  # fmt: skip
        Redaction.objects.create(
            record=found, start=0, end=4, code="2-534(a)(2)", reason=f"Home of {number}",
            by_name="Somebody", at=NOON,
        )  # fmt: skip
    return row


def statements(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def test_what_requests_are_like_is_asked_for_many_at_once(
    records_officer: Cast, director: Cast, matter: Matter
) -> None:
    request, letter = request_with_a_letter(records_officer)
    reply(letter, "Quagmarsh", records_officer)
    placed = reply(letter, "Brindlewick", records_officer)
    thread = f"matter:{matter.pk}"
    place_mail(placed, thread=thread, ward_code=matter.ward_code, stamp=director.stamp)
    rows = [request, *map(full, range(40))]
    shelf = SHELVES[REQUESTS]
    alone = [shelf.traits([RecordsRequest.objects.get(pk=row.pk)])[0] for row in rows]
    together = shelf.traits(RecordsRequest.objects.order_by("pk"))
    assert list(together) == alone
    assert "Quagmarsh" in together[0].text
    assert "Brindlewick" not in together[0].text
    for word in ("alley 7", "Issue 7\nWhat was said of 7", "Home of 7"):
        assert word in together[8].text
    assert together[8].also == ("matter:407",)
    few, many = list(RecordsRequest.objects.all()[:2]), list(RecordsRequest.objects.all())
    assert statements(lambda: shelf.traits(many)) == statements(lambda: shelf.traits(few))


def test_page_of_a_hold_costs_the_same_for_one_record_and_for_many(
    records_officer: Cast,
) -> None:
    hold = held(records_officer, words="alley")
    full(0)

    def look() -> int:
        return statements(lambda: hold_file(hold.pk, records_officer.actor, today=TODAY))

    one = look()
    for number in range(1, 40):
        full(number)
    assert look() == one


def test_list_costs_the_same_for_one_record_and_for_many(records_officer: Cast) -> None:
    adopted(records_officer)
    held(records_officer, words="alley 8, alley 9")
    full(0)

    def prepare() -> int:
        def work() -> None:
            prepared(records_officer)

        spent = statements(work)
        with guard_pass("the list is thrown away"):
            Disposal.objects.update(state="dropped")
        return spent

    one = prepare()
    for number in range(1, 40):
        full(number)
    assert prepare() == one
    made = Disposal.objects.latest("pk")
    assert (made.rows.count(), made.rows.filter(state="held").count()) == (40, 2)


def test_text_of_a_record_is_made_comparable_once_for_all_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, seen = holds.plain, []

    def plain(text: str) -> str:
        seen.append(text)
        return known(text)

    monkeypatch.setattr(holds, "plain", plain)
    record = holds.Traits(REQUESTS, "records_request:1", TODAY, TODAY, text="A long record")
    for number in range(9):
        assert not holds.covers(holds.Scope(words=f"leak {number}"), record)
    assert seen.count("A long record") == 1


def test_certificate_is_typeset_before_its_commit(
    records_officer: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(records_officer)
    over()
    disposal = prepared(records_officer)
    approve_disposal(disposal, stamp=director.stamp)
    approved = DisposalApproved(disposal=disposal.pk, records=1)
    finish = reactions.carry_out(approved, entry_id=1, stamp=HOUSE)
    monkeypatch.setattr(reactions, "certificate_paper", None)
    finish()
    disposal.refresh_from_db()
    assert disposal.certificate is not None


def test_every_table_that_is_emptied_is_cleaned() -> None:
    assert set(cleaning.tables_to_clean()) >= {
        "records_recordsrequest", "notices_received_enclosures", "documents_rendition",
        "ledger_mention", "ledger_receipt", "ledger_takenout", "search_doc",
    }  # fmt: skip


def test_every_table_of_an_issue_is_cleaned() -> None:
    emptied = {rows.model._meta.db_table for rows, _ in tables_of_issues([1])}
    touched = {
        *("notices_message", "notices_message_enclosures", "notices_received", "notices_key"),
        *("access_sealreader", "service_requests_tie", "directory_party"),
        *("directory_contactpoint", "directory_consent", "directory_alias", "casework_batch"),
    }
    assert set(cleaning.tables_to_clean()) >= emptied | touched


def test_search_is_put_together_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(cleaning, "MERGED_AT_ONCE", 1)
    with guard_pass("words for the search"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('automerge', 0)")
        for number in range(30):
            words = " ".join(f"word{number}x{n}" for n in range(200))
            with transaction.atomic():
                cursor.execute(ADDED, [9_000 + number, words])
    with (
        guard_pass("it is merged"),
        CaptureQueriesContext(connection) as seen,
        connection.cursor() as cursor,
    ):
        cleaning._merge_search(cursor)
        cursor.execute("SELECT count(DISTINCT segid) FROM search_words_idx")
        assert cursor.fetchone()[0] == 1
    assert sum("'merge'" in one["sql"] for one in seen) > 3
