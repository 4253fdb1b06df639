"""Two people, or two workers, do the same thing at the same moment: it happens once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.casework.batching import done, prepared, taken_back
from tests.casework.intake import later, take
from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.ground import DUE, FRIDAY, AskMaker, Ground
from tests.matters.test_same_time import race
from tests.notices.letters import letter
from wardroom.access.actor import SYSTEM, Role, Stamp, Window
from wardroom.casework import reactions
from wardroom.casework.actions import (
    close_issue,
    join_issues,
    note_reporter_told,
    part_issues,
    take_mail,
    take_telling_back,
    use_sum,
    withdrawing,
)
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries.outgoing import letters_of_tellings
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.jobs import delivery, routines
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.matters.actions import answer_by_link, set_next_step
from wardroom.matters.models import Ask, Matter, MatterLink
from wardroom.notices.actions import claim_message
from wardroom.notices.actions import mail as receiving
from wardroom.notices.models import Message
from wardroom.notices.queries import threads

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
    pytest.mark.usefixtures("office"),
]
TEXT = "The city closed the burrows."
ZONE = ZoneInfo("America/New_York")
WORKER = Stamp(actor=SYSTEM, at=NOON + timedelta(days=4), window=Window.WORKER)


@pytest.fixture
def colleague(director: Cast) -> Cast:
    return hire("second.liaison5", "Second liaison of Ward 5", Role.LIAISON, ward="5")


def resident(word: str) -> Party:
    return note_person(
        None, name=f"Resident {word}", email=f"{word}@example.org", consent=True, stamp=HOUSE
    )


def letters(words: str) -> list[str]:
    """To whom letters with this subject are in the outbox, once all that follows was written."""
    for _ in range(3):
        for receipt in due_receipts(at=WORKER.at, most=200):
            deliver_receipt(receipt, stamp=WORKER)
    found = Message.objects.filter(subject__contains=words).order_by("to_address")
    return list(found.values_list("to_address", flat=True))


def test_two_who_close_at_once_tell_everybody_once(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    first = take(liaison5, ground, reporter=resident("one"), reporter_typed="").matter
    take(liaison5, ground, onto=first, reporter=resident("two"), reporter_typed="")
    said = race(
        lambda: close_issue(first, outcome="fixed", text=TEXT, stamp=liaison5.stamp),
        lambda: close_issue(first, outcome="not_fixed", text="No.", stamp=colleague.stamp),
    )
    assert sorted(said) == ["done", "wrong_state"]
    assert Entry.objects.filter(kind="MatterClosed").count() == 1
    assert Entry.objects.filter(kind="ReporterTold").count() == 2
    assert letters("What became") == ["one@example.org", "two@example.org"]


def test_two_who_note_the_same_call_tell_once(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    complaint = take(liaison5, ground)
    said = race(
        *(
            lambda who=who: note_reporter_told(
                complaint.matter, complaint_id=complaint.pk, how="phone", text=TEXT,
                stamp=who.stamp,
            )
            for who in (liaison5, colleague)
        )
    )  # fmt: skip
    assert sorted(said) == ["already_told", "done"]
    assert Entry.objects.filter(kind="ReporterTold").count() == 1


def closed_issue(who: Cast, ground: Ground) -> Matter:
    matter = take(who, ground, reporter_typed="", anonymous=True).matter
    return close_issue(matter, outcome="fixed", text=TEXT, stamp=who.stamp)


def told_at_once(monkeypatch: pytest.MonkeyPatch, take_back: Callable[[], object]) -> list[str]:
    """Take a telling back while the worker is writing its letter."""
    looked, gone = threading.Event(), threading.Event()
    real = reactions._taken_back

    def look(complaint_id: int, *, since: int) -> bool:
        found = real(complaint_id, since=since)
        looked.set()
        gone.wait(1)
        return found

    def undo() -> None:
        looked.wait(10)
        take_back()
        gone.set()

    monkeypatch.setattr(reactions, "_taken_back", look)
    (receipt,) = Receipt.objects.filter(entry__kind="ReporterTold")
    return race(lambda: deliver_receipt(receipt.pk, stamp=WORKER), undo)


def test_telling_taken_back_while_its_letter_is_written_goes_to_nobody(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = take(liaison5, ground, reporter=resident("one"), reporter_typed="").matter
    closed = close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    said = told_at_once(monkeypatch, lambda: take_telling_back(closed, stamp=liaison5.stamp))
    assert said == ["done", "done"]
    assert states("What became") <= {"recalled"}
    assert Complaint.objects.get().told_at is None


def test_batch_taken_back_while_its_letter_is_written_tells_nobody(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = take(liaison5, ground, reporter=resident("one"), reporter_typed="").matter
    words = {"outcome": "fixed", "text": TEXT}
    batch = done(prepared(liaison5, "close", words, [matter]), liaison5)
    said = told_at_once(monkeypatch, lambda: taken_back(batch, liaison5))
    assert said == ["done", "done"]
    assert states("What became") <= {"recalled"}
    assert Complaint.objects.get().told_at is None


def states(words: str) -> set[str]:
    """What became of the letters with this subject."""
    return set(Message.objects.filter(subject__contains=words).values_list("state", flat=True))


def test_same_mail_that_comes_twice_at_once_is_taken_once(
    liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, both, took = letter(sender="one@example.org").as_bytes(), threading.Barrier(2), []
    real = threads.looked_up

    def look(*words: Any, **more: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            both.wait(1)  # both found that nobody had it yet
        return real(*words, **more)

    monkeypatch.setattr(receiving, "looked_up", look)
    take_one = partial(take_mail, raw, stamp=WORKER)
    said = race(lambda: took.append(take_one()), lambda: took.append(take_one()))
    assert said == ["done", "done"]
    assert [bool(received) for received in took].count(True) == 1
    assert Entry.objects.filter(kind="MailReceived").count() == 1


def test_a_letter_that_would_leave_as_its_issue_comes_back_refuses_no_complaint(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = take(liaison5, ground, reporter=resident("one"), reporter_typed="").matter
    former = close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    (receipt,) = Receipt.objects.filter(entry__kind="ReporterTold")
    deliver_receipt(receipt.pk, stamp=WORKER)
    letter = Message.objects.get(subject__contains="What became")
    looked, gone, took = threading.Event(), threading.Event(), []
    real = letters_of_tellings

    def look(complaints: Any) -> Any:
        found = real(complaints)
        looked.set()
        gone.wait(1)
        return found

    def leave() -> None:
        looked.wait(10)
        much_later = replace(WORKER, at=WORKER.at + timedelta(days=3))
        took.append(claim_message(letter.pk, stamp=much_later))
        gone.set()

    monkeypatch.setattr(withdrawing, "letters_of_tellings", look)
    said = race(lambda: take(liaison5, ground, onto=former, stamp=later(liaison5, 5)), leave)
    assert said == ["done", "done"]
    assert took == [None]
    assert states("What became") == {"recalled"}
    assert Complaint.objects.count() == 2
    assert not Complaint.objects.filter(told_at__isnull=False).exists()


def test_two_callers_onto_a_closed_issue_open_one_return(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    former = closed_issue(liaison5, ground)
    said = race(
        lambda: take(liaison5, ground, onto=former, stamp=later(liaison5, 5)),
        lambda: take(colleague, ground, onto=former, stamp=later(colleague, 5)),
    )
    assert said == ["done", "done"]
    again = Issue.objects.get(return_of=former)
    assert Complaint.objects.filter(matter=again.matter).count() == 2
    assert MatterLink.objects.filter(to=former, kind="recurrence").count() == 1
    assert Entry.objects.filter(kind="MatterCameBack").count() == 1


def test_two_callers_found_by_place_and_topic_keep_one_chain(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    former = closed_issue(liaison5, ground)
    said = race(
        lambda: take(liaison5, ground, stamp=later(liaison5, 5)),
        lambda: take(colleague, ground, stamp=later(colleague, 5)),
    )
    assert said == ["done", "done"]
    issues = Issue.objects.filter(return_of=former)
    assert {issue.first_reported_at for issue in issues} == {former.issue.first_reported_at}
    assert Entry.objects.filter(kind="MatterCameBack").count() == 1


def test_report_and_closing_at_once_lose_nobody(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    """Whoever calls while it closes is told with the others, or opens its return."""
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    said = race(
        lambda: close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp),
        lambda: take(colleague, ground, onto=matter, reporter=resident("one"), reporter_typed=""),
    )
    assert said[1] == "done"
    complaint = Complaint.objects.get(anonymous=False)
    assert complaint.told_at is not None or complaint.matter.state == "open"


def test_joining_crosswise_joins_once(ground: Ground, liaison5: Cast, colleague: Cast) -> None:
    one, two = take(liaison5, ground).matter, take(liaison5, ground, title="The same").matter
    said = race(
        lambda: join_issues(one, into=two, stamp=liaison5.stamp),
        lambda: join_issues(two, into=one, stamp=colleague.stamp),
    )
    assert said.count("done") == 1
    assert set(said) <= {"done", "wrong_state", "target_closed"}
    assert Matter.objects.filter(pk__in=[one.pk, two.pk], state="open").count() == 1


def test_taking_a_join_back_twice_takes_it_back_once(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    one, two = take(liaison5, ground).matter, take(liaison5, ground, title="The same").matter
    joined = join_issues(two, into=one, stamp=liaison5.stamp)
    said = race(
        lambda: part_issues(joined, reason="Another house", stamp=liaison5.stamp),
        lambda: part_issues(joined, reason="Another house", stamp=colleague.stamp),
    )
    assert sorted(said) == ["done", "wrong_state"]
    assert Complaint.objects.filter(matter=two).count() == 1


def test_two_workers_take_one_step_of_the_ladder(
    ground: Ground, liaison5: Cast, ask_in: AskMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = take(liaison5, ground).matter
    asks = [ask_in(matter, liaison5, code) for code in ("DPW", "DDOT", "DOB")]
    at = datetime(2026, 11, 20, 10, tzinfo=ZONE).astimezone(UTC)
    monkeypatch.setattr(
        routines, "worker_stamp", lambda: Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
    )
    assert race(routines.climb_ladders, routines.climb_ladders) == ["done", "done"]
    assert Entry.objects.filter(kind="AskReminded").count() == len(asks)
    assert {ask.rung for ask in Ask.objects.filter(kind="referral")} == {1}
    assert len(letters("Reminder")) == len(asks)


def test_two_workers_send_one_letter(
    ground: Ground, liaison5: Cast, ask_in: AskMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_in(take(liaison5, ground).matter, liaison5, "DPW")
    asked = letters("Asked of")
    assert asked == ["dpw@example.org"]
    sent: list[str] = []
    monkeypatch.setattr(delivery, "send_letter", lambda letter: sent.append(letter.to_address))
    monkeypatch.setattr(delivery, "worker_stamp", lambda: WORKER)
    assert race(delivery.send_waiting, delivery.send_waiting, delivery.send_waiting) == ["done"] * 3
    assert sent == asked


def token_of(ask: Ask) -> str:
    """The token in the letter by which an agency was asked."""
    letters("Asked of")
    message = Message.objects.get(subject__contains=ask.wording)
    letter = claim_message(message.pk, stamp=WORKER)
    assert letter is not None
    (token,) = re.findall(r"/answer/(\S+?)/", letter.text)
    return str(token)


def test_link_pressed_twice_at_once_answers_once(
    ground: Ground, liaison5: Cast, ask_in: AskMaker
) -> None:
    ask = ask_in(take(liaison5, ground).matter, liaison5, "DPW")
    token = token_of(ask)

    def press(verb: str, **words: object) -> object:
        return answer_by_link(
            None, token=token, verb=verb, words=words, stamp=Stamp(
                actor=SYSTEM, at=NOON, window=Window.WEB
            ),
        )  # fmt: skip

    said = race(
        lambda: press("accept_ask", promised_on=DUE),
        lambda: press("accept_ask", promised_on=FRIDAY),
        lambda: press("decline_ask", code="no_budget"),
    )
    assert sorted(said) == ["done", "wrong_state", "wrong_state"]
    kinds = ["AskAccepted", "AskDeclined"]
    assert Entry.objects.filter(kind__in=kinds).count() == 1


def test_two_who_move_the_next_step_are_both_in_the_ledger(
    ground: Ground, liaison5: Cast, colleague: Cast
) -> None:
    matter = take(liaison5, ground).matter
    days = (date(2026, 12, 1), date(2026, 12, 2))
    said = race(
        lambda: set_next_step(matter, next_on=days[0], next_step="One", stamp=liaison5.stamp),
        lambda: set_next_step(matter, next_on=days[1], next_step="Two", stamp=colleague.stamp),
    )
    assert said == ["done", "done"]
    assert Entry.objects.filter(kind="NextStepSet").count() == 2
    assert Matter.objects.get(pk=matter.pk).version == matter.version + 2


def test_one_sum_opens_one_form() -> None:
    used: list[bool] = []
    until = NOON + timedelta(hours=3)
    race(*(lambda: used.append(use_sum("mark", until=until)) for _ in range(4)))
    assert sorted(used) == [False, False, False, True]
