"""After a restoration nothing that may have gone out already goes out blindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON, plain_actor, stamp_for
from tests.jobs.bells import ring_bell
from wardroom.access.actor import SYSTEM, Role
from wardroom.jobs.cli import main
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.actions import (
    claim_message,
    end_hold,
    hold_mail,
    queue_message,
    release_mail,
    write_message,
)
from wardroom.notices.models import MailHold, Message
from wardroom.notices.queries import due_messages, get_mail_hold, mail_hold

pytestmark = pytest.mark.django_db
STAMP = stamp_for(SYSTEM)
DIRECTOR = plain_actor(Role.DIRECTOR, city=True)
HOUR = timedelta(hours=1)
LATER = NOON + 10 * HOUR


def write(subject: str, *, at: datetime, quick: bool = False) -> Message:
    stamp = replace(STAMP, at=at)
    return queue_message(
        None,
        entry_id=ring_bell(None, tone="high", stamp=stamp),
        to_name="DPW",
        to_address="desk@dpw.example",
        subject=subject,
        text="Please sweep.",
        quick=quick,
        stamp=stamp,
    )


def restored(at: datetime = NOON + 5 * HOUR, taken_at: datetime = NOON) -> MailHold:
    hold_mail(None, taken_at=taken_at, stamp=replace(STAMP, at=at))
    hold = get_mail_hold()
    assert hold is not None
    return hold


def release(hold: MailHold, stopped_at: datetime) -> tuple[int, int]:
    """Say when the house stopped, and let the worker end the hold."""
    release_mail(hold, stopped_at=stopped_at, stamp=replace(stamp_for(DIRECTOR), at=LATER))
    hold.refresh_from_db()
    assert hold.stopped_at is not None
    return end_hold(hold, lived_to=hold.stopped_at, stamp=replace(STAMP, at=LATER))


def due() -> set[int]:
    return set(due_messages(at=LATER, most=50))


def test_what_waits_is_held_and_what_was_being_sent_is_uncertain() -> None:
    waiting, sending = write("waits", at=NOON), write("is sent", at=NOON)
    assert claim_message(sending.pk, stamp=replace(STAMP, at=NOON + HOUR)) is not None
    counts = hold_mail(None, taken_at=NOON, stamp=replace(STAMP, at=NOON + 5 * HOUR))
    assert counts == (1, 1)
    assert due() == set()
    sending.refresh_from_db()
    waiting.refresh_from_db()
    assert (sending.state, waiting.state) == ("failed", "queued")
    assert "it may have gone out" in sending.error
    note = mail_hold()
    assert note is not None
    assert note.taken_at == NOON
    assert Entry.objects.filter(kind="MailHeld").count() == 1


def test_power_check_without_the_hold_it_would_go_out_again() -> None:
    """The fault on purpose: a house that is restored with its mail not held sends it twice."""
    waiting = write("waits", at=NOON)
    assert due() == {waiting.pk}
    restored()
    assert due() == set()


def test_people_and_calls_go_on_and_what_the_house_writes_waits() -> None:
    old_call = write("old call", at=NOON, quick=True)
    hold = restored()
    since = hold.since + HOUR
    call = write("new call", at=since, quick=True)
    letter = write_message(
        None,
        entry_id=ring_bell(None, tone="low", stamp=replace(STAMP, at=since)),
        to_name="DPW",
        to_address="desk@dpw.example",
        subject="By hand",
        text="Hello",
        thread="matter:1",
        stamp=replace(stamp_for(DIRECTOR), at=since),
    )
    by_itself = write("reminder", at=since)
    assert due() == {call.pk, letter.pk}
    assert release(hold, NOON) == (3, 1)
    assert due() == {call.pk, letter.pk, by_itself.pk}
    old_call.refresh_from_db()
    assert old_call.state == "set_aside"


def test_release_sets_aside_what_was_due_before_the_house_stopped() -> None:
    before, after = write("before", at=NOON), write("after", at=NOON + 3 * HOUR)
    hold = restored()
    assert release(hold, NOON + 2 * HOUR) == (1, 1)
    assert due() == {after.pk}
    before.refresh_from_db()
    assert before.state == "set_aside"
    assert mail_hold() is None
    hold.refresh_from_db()
    with pytest.raises(Refused, match="not held"):
        release(hold, NOON)
    with pytest.raises(Refused, match="not held"):
        end_hold(hold, lived_to=NOON, stamp=STAMP)


def test_mail_is_held_until_the_worker_is_through_with_the_lost_time() -> None:
    waiting = write("waits", at=NOON + 3 * HOUR)
    hold = restored()
    with pytest.raises(Refused, match="nobody said"):
        end_hold(hold, lived_to=NOON, stamp=STAMP)
    moment = NOON + 2 * HOUR
    assert release_mail(hold, stopped_at=moment, stamp=stamp_for(DIRECTOR)) == (1, 0)
    assert due() == set()
    note = mail_hold()
    assert note is not None
    assert note.stopped_at == moment
    with pytest.raises(Refused, match="let go already"):
        release_mail(hold, stopped_at=moment, stamp=stamp_for(DIRECTOR))
    with pytest.raises(NotAllowed):
        end_hold(hold, lived_to=moment, stamp=stamp_for(DIRECTOR))
    assert end_hold(hold, lived_to=moment, stamp=STAMP) == (1, 0)
    assert due() == {waiting.pk}


def test_mistyped_stop_is_changed_until_the_hold_is_ended() -> None:
    """Each moment that somebody said stands in the ledger; the last one counts."""
    write("sent by the old house", at=NOON)
    unsent = write("never sent", at=NOON + 2 * HOUR)
    hold = restored()
    wrong, right = NOON + 4 * HOUR, NOON + HOUR
    assert release_mail(hold, stopped_at=wrong, stamp=stamp_for(DIRECTOR)) == (0, 2)
    assert release_mail(hold, stopped_at=right, stamp=stamp_for(DIRECTOR)) == (1, 1)
    with pytest.raises(Refused, match="Somebody changed") as no:
        end_hold(hold, lived_to=wrong, stamp=STAMP)
    assert no.value.code == "said_anew"
    assert mail_hold() is not None
    assert end_hold(hold, lived_to=right, stamp=STAMP) == (1, 1)
    assert due() == {unsent.pk}
    assert Entry.objects.filter(kind="MailReleaseWanted").count() == 2
    with pytest.raises(Refused, match="not held"):
        release_mail(hold, stopped_at=wrong, stamp=stamp_for(DIRECTOR))


@pytest.mark.parametrize("hours", [-7 * 24 - 1, 6])
def test_moment_long_before_the_backup_or_after_the_restoration_is_refused(hours: int) -> None:
    hold = restored()
    with pytest.raises(Refused, match="between 2026-11-11 12:00 and 2026-11-18 17:00") as no:
        release_mail(hold, stopped_at=NOON + hours * HOUR, stamp=stamp_for(DIRECTOR))
    assert (no.value.code, no.value.field) == ("bad_moment", "stopped_at")
    assert mail_hold() is not None


def test_house_that_stood_still_before_its_backup_sets_aside_what_it_sent_alone() -> None:
    """A planned move: stopped at noon, backed up after an hour, restored in the evening."""
    sent, unsent = write("sent", at=NOON), write("due while it stood still", at=NOON + HOUR / 2)
    hold = restored(at=NOON + 6 * HOUR, taken_at=NOON + HOUR)
    assert release(hold, NOON + HOUR / 4) == (1, 1)
    assert due() == {unsent.pk}
    sent.refresh_from_db()
    assert sent.state == "set_aside"


@pytest.mark.parametrize("minutes", [0, 5], ids=["quick move", "slow move"])
def test_minute_of_the_backup_is_taken_though_it_has_seconds(minutes: int) -> None:
    taken = NOON + timedelta(seconds=12)
    hold = restored(at=NOON + timedelta(minutes=minutes, seconds=50), taken_at=taken)
    assert release(hold, NOON) == (0, 0)


def test_second_of_the_restorations_minute_after_it_is_its_moment() -> None:
    at = NOON + timedelta(hours=5, seconds=10)
    hold = restored(at=at)
    with pytest.raises(Refused, match="17:00"):
        release(hold, at + timedelta(minutes=1))
    release(hold, at + timedelta(seconds=20))
    assert hold.stopped_at == at


def test_house_that_is_restored_a_second_time_while_mail_is_held_is_held_anew() -> None:
    """Its lost time begins at the first backup: what was said of it before counts no more."""
    hold = restored()
    by_hand = write("call", at=NOON + 6 * HOUR, quick=True)
    assert due() == {by_hand.pk}
    release_mail(hold, stopped_at=NOON + 2 * HOUR, stamp=stamp_for(DIRECTOR))
    again = restored(at=NOON + 9 * HOUR, taken_at=NOON + 7 * HOUR)
    assert again.pk == hold.pk
    assert MailHold.objects.count() == 1
    assert (again.taken_at, again.since) == (NOON, NOON + 9 * HOUR)
    assert (again.stopped_at, again.leased_until) == (None, None)
    assert due() == set(), "the house between sent it"
    assert release(again, NOON + 8 * HOUR) == (0, 1)


def test_only_a_director_or_the_operator_ends_a_hold() -> None:
    hold = restored()
    for actor in (plain_actor(Role.LIAISON, wards="5"), plain_actor(Role.RECORDS, city=True)):
        with pytest.raises(NotAllowed):
            release_mail(hold, stopped_at=NOON, stamp=stamp_for(actor))
    with pytest.raises(NotAllowed):
        hold_mail(None, taken_at=NOON, stamp=stamp_for(DIRECTOR))


def test_operator_releases_it_at_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "release", "--stopped", "2026-11-18 12:00"]) == 1
    assert "not held" in capsys.readouterr().err
    restored()
    assert main(["mail", "release", "--stopped", "yesterday"]) == 1
    assert "no moment" in capsys.readouterr().err
    assert main(["mail", "release", "--stopped", "2026-11-18 12:00"]) == 0
    assert "goes out again" in capsys.readouterr().out
    assert mail_hold() is None


def test_operator_goes_on_with_what_the_director_said(capsys: pytest.CaptureFixture[str]) -> None:
    release_mail(restored(), stopped_at=NOON + HOUR, stamp=stamp_for(DIRECTOR))
    assert main(["mail", "release", "--stopped", "2026-11-18 14:00"]) == 1
    assert "said already that Wardroom stopped at 2026-11-18 13:00" in capsys.readouterr().err
    assert mail_hold() is not None
    assert main(["mail", "release", "--stopped", "2026-11-18 13:00"]) == 0
    assert "Mail goes out again" in capsys.readouterr().out
    assert mail_hold() is None


def test_operator_changes_what_was_said_with_a_word_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone, unsent = write("gone", at=NOON), write("unsent", at=NOON + 2 * HOUR)
    release_mail(restored(), stopped_at=NOON + 3 * HOUR, stamp=stamp_for(DIRECTOR))
    assert main(["mail", "release", "--stopped", "2026-11-18 13:00", "--change"]) == 0
    assert "1 messages wait, 1 were set aside" in capsys.readouterr().out
    gone.refresh_from_db()
    unsent.refresh_from_db()
    assert (gone.state, unsent.state) == ("set_aside", "queued")
