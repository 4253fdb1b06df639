"""A file that comes at the very moment of destruction finds the issue gone, or goes with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.retention.keeping import adopted
from tests.retention.test_issues import closed_long_ago, office
from wardroom.access.gate import guard_pass
from wardroom.documents import actions as documents
from wardroom.documents.actions import attach_document, forget_bytes, remove_bytes, store_document
from wardroom.documents.gateways import path_of, remove_content
from wardroom.documents.models import Attachment, Document
from wardroom.documents.queries import is_needed
from wardroom.kernel.errors import Refused
from wardroom.matters.models import Matter
from wardroom.retention.actions import approve_disposal, destroy_record, prepare_disposal
from wardroom.retention.models import DisposalRow
from wardroom.retention.queries.disposals import rows_to_carry_out
from wardroom.retention.rules.classes import ISSUES

__all__ = ["office"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]
WAIT = 30.0
WAITS_FOR_US = (
    "SELECT EXISTS(SELECT 1 FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def beside(work: Callable[[], object], said: list[str]) -> threading.Thread:
    """Begin something in a session of its own; what came of it is said at the end."""

    def run() -> None:
        try:
            work()
            said.append("done")
        except Refused as no:
            said.append(no.code)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def until_it_waits(other: threading.Thread, *, moment: float = 0.3) -> None:
    """Until the other session waits for this one, which holds what it needs, or is done.

    SQLite does not say who waits: there it is given a moment.
    """
    if connection.vendor == "sqlite":
        other.join(moment)
        return
    until = time.monotonic() + WAIT
    while other.is_alive() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_US)
            if cursor.fetchone()[0]:
                return
        other.join(0.02)
    assert not other.is_alive(), "it neither waits nor ends"


def approved(officer: Cast, director: Cast, ground: Ground, liaison: Cast) -> Matter:
    """An old issue on a list that two people agreed on."""
    matter = closed_long_ago(liaison, ground)
    adopted(officer, ISSUES, months=36)
    disposal = prepare_disposal(None, class_code=ISSUES, stamp=officer.stamp)
    approve_disposal(disposal, stamp=director.stamp)
    return matter


def list_of(matter: Matter) -> int:
    """The disposal on whose list an issue stands."""
    found: int = DisposalRow.objects.get(noun="matter", key=str(matter.pk)).disposal_id
    return found


def put_file(matter: Matter, who: Cast) -> None:
    with transaction.atomic():
        file = store_document(
            None, name="rats.txt", media_type="text/plain", content=b"Rats", stamp=who.stamp
        )
        attach_document(file, noun="matter", key=str(matter.pk), ward_code="5", stamp=who.stamp)


def nothing_lies_there(matter: Matter) -> bool:
    lies = Attachment.objects.filter(matter_key=str(matter.pk)).exists()
    return not (lies or Document.objects.filter(name="rats.txt").exists())


def test_file_sent_while_the_issue_is_destroyed_is_refused(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = approved(records_officer, director, ground, liaison5)
    (row,) = rows_to_carry_out(list_of(matter))
    said: list[str] = []
    with transaction.atomic():
        destroy_record(row, stamp=HOUSE)
        sender = beside(lambda: put_file(matter, liaison5), said)
        until_it_waits(sender)
    sender.join(WAIT)
    assert said == ["destroyed"]
    assert nothing_lies_there(matter)


def test_file_that_was_first_goes_with_the_issue(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = approved(records_officer, director, ground, liaison5)
    (row,) = rows_to_carry_out(list_of(matter))
    said: list[str] = []
    with transaction.atomic():
        put_file(matter, liaison5)
        destroyer = beside(lambda: destroy_record(row, stamp=HOUSE), said)
        until_it_waits(destroyer)
    destroyer.join(WAIT)
    assert said == ["done"]
    assert nothing_lies_there(matter)


def test_power_check_without_the_look_the_file_lands_on_what_is_left(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(documents, "check_stands", lambda key: None)
    with pytest.raises(AssertionError):
        test_file_sent_while_the_issue_is_destroyed_is_refused(
            liaison5, ground, director, records_officer
        )


def kept(name: str, content: bytes = b"The same bytes") -> Document:
    return store_document(None, name=name, media_type="text/plain", content=content, stamp=HOUSE)


def told_apart(remove: Callable[[str], None], *, moment: float = 0.3) -> bool:
    """One takes bytes off the disk while another, who found them there, has not committed yet."""
    first = kept("first.txt")
    digest, said = first.digest, list[str]()
    with guard_pass("its owner was disposed of"):
        Document.objects.filter(pk=first.pk).delete()
    with transaction.atomic():
        kept("second.txt")
        remover = beside(lambda: remove(digest), said)
        until_it_waits(remover, moment=moment)
    remover.join(WAIT)
    assert said == ["done"]
    return path_of(digest).exists()


def test_bytes_that_somebody_keeps_at_that_moment_stay_on_the_disk() -> None:
    assert told_apart(remove_bytes)


def test_power_check_without_turns_the_bytes_are_lost() -> None:
    def at_once(digest: str) -> None:
        if not is_needed(digest):
            remove_content(digest)

    assert not told_apart(at_once, moment=WAIT)


def test_bytes_that_nobody_keeps_go_with_the_commit() -> None:
    first = kept("first.txt", b"Bytes of one alone")
    with transaction.atomic(), guard_pass("its owner was disposed of"):
        Document.objects.filter(pk=first.pk).delete()
        forget_bytes([first.digest])
    assert not path_of(first.digest).exists()
