"""A hiring is put away by its own clock: proposed by its day, disposed of without reading."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import HOUSE, Cast
from tests.hiring.jobs import (
    CANARY,
    PDF,
    VISITOR,
    applied,
    begun,
    drafted,
    filled,
    follow,
    opened,
)
from tests.records.asking import mail_in
from wardroom.access.actor import Stamp
from wardroom.directory.actions import deactivate_user
from wardroom.documents.actions import store_document
from wardroom.hiring.actions import (
    declare_conflict,
    dispose_hiring,
    drop_drafts,
    end_posting,
    hand_over_posting,
    hold_hiring,
    lift_hold,
    move_application,
    move_last_day,
    remind_of_disposal,
    save_draft,
)
from wardroom.hiring.actions.leaving import pass_hiring
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.files import application_file
from wardroom.hiring.queries.hirings import hiring_file
from wardroom.hiring.queries.keeping import (
    due_on,
    hirings_to_dispose,
    kept_hirings,
    over_with_drafts,
)
from wardroom.hiring.queries.leaving import counted_hirings, live_hirings
from wardroom.hiring.queries.own import link_token, own_application
from wardroom.jobs import routines
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.matters.models import Waiting
from wardroom.matters.queries.live import counted_waits, live_waits
from wardroom.notices.models import Key, Message
from wardroom.notices.rules.receiving import Returned

Committed = Callable[..., AbstractContextManager[list[Callable[[], None]]]]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def later(stamp: Stamp, days: int) -> Stamp:
    """The same person some days on."""
    return replace(stamp, at=stamp.at + timedelta(days=days))


def over(director: Cast, liaison5: Cast) -> Posting:
    """A hiring with an application that was read and refused, filled and kept for a month."""
    posting = opened(director, liaison5, keep_months=1)
    row = applied(posting, pasted=CANARY)
    declare_conflict(row, conflict=True, words=f"Knows {CANARY}", stamp=liaison5.stamp)
    words = f"Dear {CANARY}"
    move_application(
        row, to="not_selected", reason=f"{CANARY} is new", words=words, stamp=director.stamp
    )
    follow()
    return end_posting(posting, state="filled", reason="Somebody begins", stamp=director.stamp)


def everything() -> str:
    """Every row of every table but the ledger's digests."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_it_goes_on_its_day_and_not_before(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = over(director, liaison5)
    assert due_on(posting) == date(2026, 12, 18)
    with pytest.raises(Refused, match="not over yet"):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 29))
    for who in (director, liaison5):
        with pytest.raises(NotAllowed):
            dispose_hiring(posting, stamp=later(who.stamp, 30))
    (row,) = kept_hirings(records_officer.actor, today=date(2026, 12, 18))
    assert (row.applications, row.files) == (1, 1)
    assert row.allowed == {"dispose_hiring", "hold_hiring"}
    assert kept_hirings(director.actor, today=date(2026, 12, 18)) == ()


def test_nothing_of_anybody_is_left_and_the_counts_stay(
    director: Cast,
    liaison5: Cast,
    records_officer: Cast,
    files: Path,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    posting = over(director, liaison5)
    row = Application.objects.get()
    token = link_token(row)
    assert any(path.read_bytes() == PDF for path in files.rglob("*") if path.is_file())
    assert CANARY in everything()
    with django_capture_on_commit_callbacks() as after:
        dispose_hiring(posting, stamp=later(records_officer.stamp, 30))
    assert any(path.is_file() for path in files.rglob("*")), "a file went before the commit"
    for callback in after:
        callback()
    left = everything()
    assert CANARY not in left
    assert "one@example.org" not in left
    assert not any(path.is_file() for path in files.rglob("*"))
    assert Application.objects.filter(number=1, stage="not_selected").count() == 1
    assert Message.objects.filter(text="").count() == 3
    assert not Key.objects.filter(revoked_at=None).exists()
    with pytest.raises(Refused):
        own_application(token, at=VISITOR.at, today=VISITOR.at.date())
    found = application_file(posting.pk, 1, director.actor)
    assert (found.name, found.reads, found.emptied) == ("", False, True)
    assert verified_chain().broken is None
    with pytest.raises(Refused, match="disposed"):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 31))


def test_address_that_a_mail_server_sent_back_goes_from_its_line(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting, letter = over(director, liaison5), Message.objects.order_by("pk")[0]
    mail_in(
        "Undelivered", from_name="", from_address="mailer-daemon@example.org", subject="Failed",
        report=True, returned_id=letter.message_id,
        returned=(
            Returned(
                address=letter.to_address, original=letter.to_address, action="failed",
                status="5.1.1", reason=f"550 <{letter.to_address}>: user unknown",
            ),
        ),
    )  # fmt: skip
    follow()
    lines = Entry.objects.filter(kind="MailReturned", sentence__contains=letter.to_address)
    assert lines.exists()
    dispose_hiring(posting, stamp=later(records_officer.stamp, 30))
    assert not lines.exists()
    assert letter.to_address not in everything()
    assert verified_chain().broken is None


def test_what_must_be_kept_is_kept(director: Cast, liaison5: Cast, records_officer: Cast) -> None:
    posting = over(director, liaison5)
    hold_hiring(posting, reason="A complaint", stamp=records_officer.stamp)
    with pytest.raises(Refused, match="must be kept"):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 40))
    with pytest.raises(NotAllowed):
        lift_hold(posting, reason="Over", stamp=liaison5.stamp)
    lift_hold(posting, reason="Settled", stamp=director.stamp)
    dispose_hiring(posting, stamp=later(records_officer.stamp, 40))


def test_a_file_that_the_office_keeps_elsewhere_stays(
    director: Cast,
    liaison5: Cast,
    records_officer: Cast,
    files: Path,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    posting = over(director, liaison5)
    store_document(
        None, name="same.pdf", media_type="application/pdf", content=PDF, stamp=director.stamp
    )
    with django_capture_on_commit_callbacks(execute=True):
        dispose_hiring(posting, stamp=later(records_officer.stamp, 30))
    assert any(path.read_bytes() == PDF for path in files.rglob("*") if path.is_file())


def test_drafts_are_emptied_two_weeks_after_the_end(director: Cast) -> None:
    posting = opened(director)
    save_draft(begun(posting), filled=filled(posting, pasted=CANARY), stamp=VISITOR)
    with pytest.raises(Refused, match="no draft"):
        drop_drafts(posting, stamp=HOUSE)
    end_posting(posting, state="closed", reason="Enough", stamp=director.stamp)
    today = VISITOR.at.date()
    assert over_with_drafts(today=today + timedelta(days=14)) == ()
    assert over_with_drafts(today=today + timedelta(days=15)) == (posting,)
    drop_drafts(posting, stamp=later(HOUSE, 15))
    assert CANARY not in everything()
    assert over_with_drafts(today=today + timedelta(days=15)) == ()


def test_a_posting_that_closed_by_its_day_is_put_away_too(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = opened(director, liaison5, keep_months=1)
    begun(posting, CANARY, "draft@example.org")
    last, due = date(2026, 11, 20), date(2026, 12, 20)
    assert kept_hirings(records_officer.actor, today=last) == ()
    (row,) = kept_hirings(records_officer.actor, today=last + timedelta(days=1))
    assert (row.ended_on, row.due_on) == (last, due)
    assert over_with_drafts(today=last + timedelta(days=14)) == ()
    assert over_with_drafts(today=last + timedelta(days=15)) == (posting,)
    dispose_hiring(posting, stamp=later(records_officer.stamp, 33))
    assert CANARY not in everything()


def test_one_posting_whose_drafts_stay_stops_no_other(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [opened(director), opened(director)]
    for row in rows:
        begun(row)
        end_posting(row, state="closed", reason="Enough", stamp=director.stamp)
    done = []

    def drop(posting: Posting, *, stamp: Stamp) -> None:
        if posting == rows[0]:
            raise OSError("the disk is away")
        done.append(posting)

    monkeypatch.setattr(routines, "worker_stamp", lambda: later(HOUSE, 15))
    monkeypatch.setattr(routines, "drop_drafts", drop)
    assert routines.keep_hirings() == 1
    assert done == [rows[1]]


def test_a_keeper_hands_the_hiring_over_before_leaving(
    director: Cast, second_director: Cast, liaison5: Cast
) -> None:
    posting = opened(director)
    applied(posting)
    things = live_hirings(director.party, VISITOR.at.date())
    assert [thing.title for thing in things] == [f"Hiring: {posting.title}"]
    assert counted_hirings([director.party.pk, liaison5.party.pk], VISITOR.at.date()) == {
        director.party.pk: 1
    }
    with pytest.raises(Refused, match="1 hiring that they keep"):
        deactivate_user(director.party, reason="Leaves", stamp=second_director.stamp)
    thing = Ref(things[0].noun, things[0].key)
    with pytest.raises(Refused, match="by a director"):
        pass_hiring(thing, director.party, liaison5.party, director.stamp)
    pass_hiring(thing, director.party, second_director.party, director.stamp)
    assert application_file(posting.pk, 1, second_director.actor).reads
    assert live_hirings(director.party, VISITOR.at.date()) == ()
    line = Entry.objects.get(kind="PostingHandedOver")
    assert (line.audience, line.body["keeper_name"]) == ("hiring", second_director.user.name)
    posting.refresh_from_db()
    assert posting.handed_for == "The Director leaves"


def test_what_waits_in_a_hiring_goes_with_it_and_not_by_itself(
    director: Cast, second_director: Cast, liaison5: Cast
) -> None:
    today = VISITOR.at.date()
    posting = opened(director, liaison5)
    applied(posting, liaison5.email)
    waits = Waiting.objects.filter(noun="look_at_hiring")
    assert waits.get().party == director.party
    assert live_waits(director.party, today) == ()
    assert counted_waits([director.party.pk], today) == {}
    (thing,) = live_hirings(director.party, today)
    pass_hiring(Ref(thing.noun, thing.key), director.party, second_director.party, director.stamp)
    assert waits.get().party == second_director.party


def test_a_draft_is_handed_over_without_its_name(director: Cast) -> None:
    drafted(director)
    (thing,) = live_hirings(director.party, VISITOR.at.date())
    assert thing.title == "A posting not yet published"


def test_the_records_officer_is_told_once_and_of_nobody(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = over(director, liaison5)
    due = later(HOUSE, 30)
    assert hirings_to_dispose(today=date(2026, 12, 17)) == ()
    with pytest.raises(Refused, match="nothing to remind"):
        remind_of_disposal(posting, stamp=later(HOUSE, 29))
    assert hirings_to_dispose(today=date(2026, 12, 18)) == (posting,)
    remind_of_disposal(posting, stamp=due)
    assert hirings_to_dispose(today=date(2026, 12, 19)) == ()
    row = Waiting.objects.get(noun="kept_hiring")
    assert (row.party, row.title, row.due_on) == (
        records_officer.party,
        f"Hiring: {posting.title}",
        date(2026, 12, 18),
    )
    hold_hiring(posting, reason="A complaint", stamp=later(records_officer.stamp, 31))
    assert not Waiting.objects.filter(noun="kept_hiring").exists()
    lift_hold(posting, reason="Settled", stamp=later(records_officer.stamp, 32))
    remind_of_disposal(posting, stamp=later(HOUSE, 33))
    dispose_hiring(posting, stamp=later(records_officer.stamp, 33))
    assert not Waiting.objects.filter(noun="kept_hiring").exists()


def test_no_line_holds_a_reason_and_the_hiring_forgets_them_all(
    director: Cast, liaison5: Cast, second_director: Cast, records_officer: Cast
) -> None:
    """A reason may name who applied, whatever the form asks: it goes with all else."""
    said = f"{CANARY} withdrew"
    posting = opened(director, liaison5)
    applied(posting)
    move_last_day(posting, closes_on=date(2026, 11, 30), reason=said, stamp=director.stamp)
    hand_over_posting(posting, user_id=second_director.user.pk, reason=said, stamp=director.stamp)
    end_posting(posting, state="filled", reason=said, stamp=second_director.stamp)
    hold_hiring(posting, reason=said, stamp=records_officer.stamp)
    lift_hold(posting, reason=said, stamp=records_officer.stamp)
    found = hiring_file(posting.pk, second_director.actor, today=VISITOR.at.date())
    assert {words for _, words in found.reasons} == {said}
    assert len(found.reasons) == 4
    for entry in Entry.objects.all():
        assert CANARY not in f"{entry.sentence} {entry.body}", entry.kind
    dispose_hiring(posting, stamp=later(records_officer.stamp, 1200))
    posting.refresh_from_db()
    kept = {posting.ended_for, posting.held_for, posting.lifted_for}
    assert kept | {posting.handed_for, posting.moved_for} == {""}
