"""Replies and returned mail go with the request that they answer, unless they lie elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.records.asking import asked, follow, mail_in
from tests.retention.keeping import TODAY, adopted, held
from tests.retention.test_disposal import places, prepared, states
from wardroom.access.gate import guard_pass
from wardroom.documents.actions import store_document
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.matters.models import Matter
from wardroom.notices.actions import place_mail, set_mail_aside
from wardroom.notices.models import Message, Received
from wardroom.notices.rules.receiving import Returned
from wardroom.records.actions import asking, take_request, withdraw_request
from wardroom.records.models import RecordsRequest
from wardroom.retention.actions import approve_disposal
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules import DESTROYED, HELD
from wardroom.retention.rules.classes import REQUESTS

NAME, SAID, NOTED, SHARED = "Zephyrine Ashgrove", "Quagmarsh", "Hollowfern", "Brindlewick"
ADDRESS = "zephyrine.ashgrove@example.net"

Committed = Callable[..., AbstractContextManager[list[Callable[[], None]]]]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def request_with_a_letter(officer: Cast) -> tuple[RecordsRequest, Message]:
    """A request that was withdrawn seven years ago, and the letter that told of its coming."""
    request = asked(name=NAME, email=ADDRESS, words="The alley")
    follow()
    return over_since(request, officer), Message.objects.get()


def over_since(request: RecordsRequest, officer: Cast) -> RecordsRequest:
    """The same, withdrawn seven years ago."""
    withdraw_request(request, stamp=officer.stamp)
    came = TODAY.replace(year=TODAY.year - 7)
    with guard_pass("it was seven years ago"):
        RecordsRequest.objects.filter(pk=request.pk).update(
            received_on=came, due_on=came, ended_on=came
        )
    return RecordsRequest.objects.get(pk=request.pk)


def reply(letter: Message, text: str, officer: Cast) -> Received:
    """An answer to our letter, with a file."""
    file = store_document(
        None, name=f"{text}.txt", media_type="text/plain", content=text.encode(),
        told=False, stamp=officer.stamp,
    )  # fmt: skip
    mail_in(
        f"{text} is what I meant", enclosed=[file], in_reply_to=letter.message_id,
        from_name=NAME, from_address=ADDRESS, subject=f"{text}, as asked",
        fingerprint=text.encode().hex().ljust(64, "0"),
    )  # fmt: skip
    return Received.objects.latest("pk")


def gone(officer: Cast, director: Cast) -> dict[str, str]:
    """What became of each record of a disposal that was carried out."""
    adopted(officer)
    disposal = prepared(officer)
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    return states(disposal)


def test_reply_and_its_words_go_from_every_table_and_from_the_search(
    records_officer: Cast, director: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    request, letter = request_with_a_letter(records_officer)
    waits, aside = (reply(letter, text, records_officer) for text in (SAID, "Second"))
    set_mail_aside(aside, reason=f"It is {NOTED} again", stamp=director.stamp)
    assert places(SAID) >= {
        *("notices_received", "search_doc", "search_spelling", "documents_document"),
    }
    assert places(NOTED) >= {"notices_received", "ledger_entry"}
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(records_officer, director) == {str(request.pk): DESTROYED}
    for mark in (SAID, NOTED, *NAME.split(), ADDRESS):
        assert places(mark) == set(), mark
    waits.refresh_from_db()
    assert (waits.state, waits.enclosures.count()) == ("set_aside", 0)
    assert verified_chain().broken is None


def taken_from_mail(officer: Cast) -> RecordsRequest:
    """A request that came in a message with a file, withdrawn seven years ago."""
    file = store_document(
        None, name=f"{NOTED}.txt", media_type="text/plain", content=NOTED.encode(), told=False,
        stamp=officer.stamp,
    )  # fmt: skip
    mail = mail_in(
        f"{SAID} is what I want to read", enclosed=[file], from_name=NAME, from_address=ADDRESS,
        subject=f"Records about {SAID}",
    )  # fmt: skip
    request = take_request(
        None, name="Whoever asks", email="asks@example.org", words="The alley", channel="mail",
        received_on=TODAY, mail=mail, stamp=officer.stamp,
    )  # fmt: skip
    return over_since(request, officer)


def test_mail_in_which_a_request_came_goes_with_it(
    records_officer: Cast, director: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    request = taken_from_mail(records_officer)
    assert places(SAID) >= {"notices_received", "search_doc"}
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(records_officer, director) == {str(request.pk): DESTROYED}
    for mark in (SAID, NOTED, *NAME.split(), ADDRESS):
        assert places(mark) == set(), mark
    assert verified_chain().broken is None


def test_power_mail_that_does_not_lie_with_its_request_would_stay(
    records_officer: Cast,
    director: Cast,
    django_capture_on_commit_callbacks: Committed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "_lay_with_it", lambda *_: None)
    taken_from_mail(records_officer)
    with django_capture_on_commit_callbacks(execute=True):
        gone(records_officer, director)
    assert "notices_received" in places(SAID)


def test_calendar_list_and_file_of_a_letter_go_with_it(
    records_officer: Cast, director: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    request, letter = request_with_a_letter(records_officer)
    file = store_document(
        None, name=f"{NOTED}.txt", media_type="text/plain", content=NOTED.encode(), told=False,
        stamp=records_officer.stamp,
    )  # fmt: skip
    with guard_pass("a letter that has all that one can have"):
        letter.enclosures.add(file)
        Message.objects.filter(pk=letter.pk).update(
            calendar=f"SUMMARY:{NOTED}", calendar_method="REQUEST", references=f"<{NOTED}@a.b>",
            on_list=f"subscriber:{NOTED}", unsubscribe=f"https://example.org/{NOTED}",
        )  # fmt: skip
    assert places(NOTED) >= {"notices_message", "documents_document"}
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(records_officer, director) == {str(request.pk): DESTROYED}
    assert places(NOTED) == set()


def test_address_of_returned_mail_goes_from_the_notice_and_its_line(
    records_officer: Cast, director: Cast
) -> None:
    _, letter = request_with_a_letter(records_officer)
    mail_in(
        "Undelivered", from_name="", from_address="mailer-daemon@example.org", subject="Failed",
        report=True, returned_id=letter.message_id,
        returned=(
            Returned(
                address=ADDRESS, original=ADDRESS, action="failed", status="5.1.1",
                reason=f"550 5.1.1 <{ADDRESS}>: user unknown",
            ),
        ),
    )  # fmt: skip
    assert Received.objects.get().state == "bounce"
    assert Entry.objects.filter(kind="MailReturned", sentence__contains=ADDRESS).exists()
    gone(records_officer, director)
    assert places(ADDRESS) == set()
    assert Entry.objects.filter(kind="MailReturned").exists()
    assert verified_chain().broken is None


def test_reply_that_was_placed_on_an_open_issue_stays_as_it_is(
    records_officer: Cast, director: Cast, matter: Matter
) -> None:
    request, letter = request_with_a_letter(records_officer)
    mail = reply(letter, SHARED, records_officer)
    place_mail(mail, thread=f"matter:{matter.pk}", ward_code=matter.ward_code, stamp=director.stamp)
    before = places(SHARED)
    assert gone(records_officer, director) == {str(request.pk): DESTROYED}
    mail.refresh_from_db()
    assert (mail.from_address, mail.state) == (ADDRESS, "threaded")
    assert SHARED in mail.text
    assert mail.enclosures.get().name == f"{SHARED}.txt"
    assert places(SHARED) == before
    assert "search_doc" in before


def test_reply_that_waits_and_seems_to_be_about_an_issue_stays(
    records_officer: Cast, director: Cast, matter: Matter
) -> None:
    _, letter = request_with_a_letter(records_officer)
    mail = reply(letter, SHARED, records_officer)
    with guard_pass("its subject names an issue"):
        Received.objects.filter(pk=mail.pk).update(like=f"matter:{matter.pk}", how="subject")
    gone(records_officer, director)
    mail.refresh_from_db()
    assert (SHARED in mail.text, mail.state) == (True, "waiting")


@pytest.mark.parametrize(
    "scope", [{"words": SAID}, {"person": "Somebody Else"}, {"words": f"{SAID}.txt"}]
)
def test_hold_over_what_stands_in_a_reply_alone_keeps_the_request(
    records_officer: Cast, director: Cast, scope: dict[str, str]
) -> None:
    request, letter = request_with_a_letter(records_officer)
    mail = reply(letter, SAID, records_officer)
    with guard_pass("somebody else answered"):
        Received.objects.filter(pk=mail.pk).update(from_name="Somebody Else")
    adopted(records_officer)
    disposal = prepared(records_officer)
    approve_disposal(disposal, stamp=director.stamp)
    held(records_officer, **scope)  # type: ignore[arg-type]
    follow()
    assert states(disposal) == {str(request.pk): HELD}
    mail.refresh_from_db()
    assert SAID in mail.text


def test_many_requests_are_looked_through_in_as_many_questions_as_one(
    records_officer: Cast,
) -> None:
    made = []
    for text in ("Firstling", "Secondly", "Thirdmost"):
        request = asked(name=NAME, email=ADDRESS, words="The alley")
        follow()
        reply(Message.objects.latest("pk"), text, records_officer)
        made.append(RecordsRequest.objects.get(pk=request.pk))
    traits = SHELVES[REQUESTS].traits
    with CaptureQueriesContext(connection) as of_one:
        (alone,) = traits(made[1:2])
    again = list(RecordsRequest.objects.order_by("pk"))
    with CaptureQueriesContext(connection) as of_three:
        found = traits(again)
    assert len(of_three) == len(of_one)
    assert found[1] == alone
    assert ["Secondly" in one.text for one in found] == [False, True, False]
