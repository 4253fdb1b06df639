"""What is written about the staff, and what is answered to it, is read by those few alone."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.notices.letters import letter
from tests.office.people import day, house_on, learned, lent
from wardroom.access.actor import lines_reach
from wardroom.casework.actions import take_mail
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotFound
from wardroom.ledger.models import Entry
from wardroom.notices.actions import note_nobody_to_tell, note_sent
from wardroom.notices.models import Message, Received
from wardroom.notices.policy import may_see_mail
from wardroom.notices.queries import get_mail, mail_page, outbox_page
from wardroom.notices.queries.findable import is_found
from wardroom.office.actions import remind_of_certificate, remind_of_term
from wardroom.office.models import Term, Training

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MAIL = ("MessageQueued", "MessageSent", "NobodyToTell")


@pytest.fixture
def written(liaison7: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Mail about a term and a certificate that run out, written and sent."""
    lent(liaison7, director, until_on=day(29))
    learned(liaison7, director, expires_on=day(29))
    monkeypatch.setattr("django.utils.timezone.now", lambda: house_on(day(0)).at)
    remind_of_term(Term.objects.get(), stamp=house_on(day(0)))
    remind_of_certificate(Training.objects.get(), stamp=house_on(day(0)))
    sweep()
    messages = list(Message.objects.filter(entry__audience="staffing").order_by("pk"))
    for message in messages:
        note_sent(message.pk, stamp=HOUSE)
    return messages


def test_lines_of_such_mail_are_for_those_few(
    written: list[Message], director: Cast, liaison5: Cast, auditor: Cast, staff: Cast
) -> None:
    assert len(written) == 4
    entry = Entry.objects.get(kind="TermEndsSoon")
    note_nobody_to_tell(
        None, entry_id=entry.pk, to_name="The Director", subject="Leaves", stamp=HOUSE
    )
    lines = Entry.objects.filter(kind__in=MAIL)
    told: dict[str, set[str]] = {kind: set() for kind in MAIL}
    for line in lines:
        told[line.kind].add(line.audience)
    assert told == {kind: {"staffing"} for kind in MAIL}
    for who in (liaison5, staff):
        assert not lines.within(lines_reach(who.actor)).exists()
    for who in (director, auditor):
        assert lines.within(lines_reach(who.actor)).count() == 9


def test_answer_to_such_mail_is_read_by_those_few(
    written: list[Message], director: Cast, liaison5: Cast, staff: Cast, records_officer: Cast
) -> None:
    (mine, *_) = [m for m in written if m.to_name == "Liaison of Ward 7"]
    first = letter(text="My lease.\n", message_id="<first@x>", In_Reply_To=mine.message_id)
    again = letter(text="And my rent.\n", message_id="<second@x>", In_Reply_To="<first@x>")
    for mail in (first, again):
        received = take_mail(mail.as_bytes(), stamp=HOUSE)
        assert received is not None
        assert not is_found(received)
        for who in (liaison5, staff):
            assert not may_see_mail(who.actor, received)
            with pytest.raises(NotFound):
                get_mail(received.pk, who.actor)
        for who in (director, records_officer):
            assert get_mail(received.pk, who.actor) == received
    assert mail_page(liaison5.actor, state="").total == 0
    assert mail_page(director.actor, state="").total == Received.objects.count() == 2


def test_outbox_shows_such_mail_to_whoever_reads_of_it(
    written: list[Message], director: Cast, records_officer: Cast
) -> None:
    assert outbox_page(director.actor).total == outbox_page(records_officer.actor).total == 4
