"""The wall: nobody but the keeper and the panel learns who applied, wherever they look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.hiring.jobs import CANARY, PDF, WORDS, applied, begun, follow, opened, scored
from wardroom.access.actor import SYSTEM
from wardroom.access.gate import guard_pass
from wardroom.casework.actions.mail import take_mail
from wardroom.documents.actions import store_document
from wardroom.documents.models import Document
from wardroom.hiring.actions import (
    declare_conflict,
    dispose_hiring,
    draft_posting,
    end_posting,
    move_application,
    send_letter_again,
)
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.files import application_file, get_application, resume_of
from wardroom.hiring.queries.hirings import find_postings, get_hiring, hirings
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry, Link
from wardroom.ledger.queries import (
    history,
    line_file,
    lines_after,
    timeline,
)
from wardroom.notices.actions import keep_mail
from wardroom.notices.actions.outbox import give_up_message
from wardroom.notices.models import Message, Received
from wardroom.notices.policy import may_see_mail
from wardroom.notices.queries import mail_page, outbox_health, outbox_page
from wardroom.notices.rules.receiving import Mail
from wardroom.search.models import Doc

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()
RAW = b"Received: a raw message"


def came_in(**given: Any) -> Received:
    """A message of whoever applied, as the mailbox keeps it."""
    words = {
        "fingerprint": "f" * 64,
        "size": 10,
        "message_id": "<answer@example.org>",
        "from_name": CANARY,
        "from_address": "One@Example.org",
        "subject": f"Re: {CANARY}",
        "text": f"I am {CANARY}",
    }
    raw = store_document(None, name="a.eml", media_type="message/rfc822", content=RAW, stamp=HOUSE)
    return keep_mail(None, mail=Mail(**{**words, **given}), raw=raw, stamp=HOUSE)


@pytest.fixture
def busy(director: Cast, liaison5: Cast) -> Posting:
    """A hiring under way: a draft, a scored application with a letter, a stage with a reason."""
    posting = opened(director, liaison5)
    begun(posting, CANARY, "draft@example.org")
    row = applied(posting, pasted=CANARY)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 4)
    move_application(row, to="interview", reason=f"{CANARY} fits", stamp=director.stamp)
    follow()
    return posting


def test_others_know_that_a_posting_exists_and_no_more(
    busy: Posting, liaison7: Cast, records_officer: Cast, partner_dpw: Cast
) -> None:
    for who in (liaison7, records_officer, partner_dpw):
        for ask in (
            lambda actor: get_hiring(busy.pk, actor),
            lambda actor: application_file(busy.pk, 1, actor),
            lambda actor: get_application(busy.pk, 1, actor),
            lambda actor: resume_of(busy.pk, 1, actor),
        ):
            with pytest.raises(NotFound):
                ask(who.actor)
    rows = hirings(liaison7.actor, today=TODAY).rows
    assert [(row.title, row.opens) for row in rows] == [(busy.title, False)]
    assert hirings(partner_dpw.actor, today=TODAY).rows == ()


def test_another_director_is_one_of_the_others(busy: Posting, second_director: Cast) -> None:
    with pytest.raises(NotFound):
        get_hiring(busy.pk, second_director.actor)
    with pytest.raises(NotFound):
        application_file(busy.pk, 1, second_director.actor)
    assert [row.opens for row in hirings(second_director.actor, today=TODAY).rows] == [False]
    assert not hirings(second_director.actor, today=TODAY, state="draft").rows


def test_a_draft_posting_is_seen_by_its_keeper_alone(director: Cast, second_director: Cast) -> None:
    draft_posting(None, words=WORDS, stamp=director.stamp)
    assert hirings(director.actor, today=TODAY).total == 1
    assert hirings(second_director.actor, today=TODAY).total == 0
    told = Entry.objects.filter(kind="PostingDrafted").get()
    with pytest.raises(NotFound):
        line_file(second_director.actor, told.pk)


def test_no_line_about_an_application_is_read_in_the_ledger(
    busy: Posting, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    row = Application.objects.get(number=1)
    apart = {e.pk for e in Entry.objects.filter(audience="hiring")}
    kinds = set(Entry.objects.filter(pk__in=apart).values_list("kind", flat=True))
    assert {"ApplicationSent", "ApplicationMoved", "KeyIssued", "MessageQueued"} <= kinds
    about = Entry.objects.filter(about__noun__in=("hiring", "application"))
    assert {e.pk for e in about} <= apart
    refs = [
        Ref("hiring", str(busy.pk)),
        Ref("application", str(row.pk)),
        Ref("posting", str(busy.pk)),
        *(Ref("message", str(m.pk)) for m in Message.objects.all()),
    ]
    for actor in (director.actor, liaison5.actor, records_officer.actor, SYSTEM):
        seen = {line.entry_id for line in timeline(actor, refs=refs).lines}
        seen |= {line.entry_id for line in lines_after(actor, line=0, most=10_000).rows}
        for ref in refs:
            seen |= {line.entry_id for line in history(actor, ref=ref).lines}
        assert not seen & apart
        for pk in sorted(apart)[:5]:
            with pytest.raises(NotFound):
                line_file(actor, pk)
    assert Link.objects.filter(entry__in=apart).count() == len(apart)


def test_no_line_holds_a_word_of_who_applied(busy: Posting) -> None:
    for entry in Entry.objects.all():
        told = f"{entry.sentence} {entry.body} {entry.actor_name}"
        assert CANARY not in told, entry.kind
        assert "one@example.org" not in told, entry.kind


def test_no_letter_of_a_hiring_is_in_the_outbox(
    busy: Posting, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    assert Message.objects.count() == 4
    for who in (director, liaison5, records_officer):
        found = outbox_page(who.actor)
        assert (found.rows, found.total, found.waiting) == ((), 0, 0)
        assert outbox_health(who.actor, at=NOON).waiting == 0
    assert outbox_health(SYSTEM, at=NOON).waiting == 4
    assert len(application_file(busy.pk, 1, director.actor).letters) == 3


def test_an_answer_to_a_letter_is_read_on_the_page_of_the_hiring_alone(
    busy: Posting, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    letter = Message.objects.get(key__endswith=":receipt")
    received = came_in(in_reply_to=letter.message_id)
    for who in (director, liaison5, records_officer):
        assert mail_page(who.actor).total == 0
        assert not may_see_mail(who.actor, received)
    letters = application_file(busy.pk, 1, liaison5.actor).letters
    assert [x.text for x in letters if x.state == "came_back"] == [f"I am {CANARY}"]


@pytest.mark.parametrize(
    "given",
    [
        {"subject": f"AW: We have your application: {WORDS.title}"},
        {"subject": "A question", "text": f"When is the interview for\n{WORDS.title.upper()}?"},
    ],
)
def test_an_answer_without_its_header_is_known_by_who_writes_and_what_of(
    busy: Posting, director: Cast, liaison5: Cast, records_officer: Cast, given: dict[str, str]
) -> None:
    received = came_in(**given)
    for who in (director, liaison5, records_officer):
        assert mail_page(who.actor).total == 0
        assert not may_see_mail(who.actor, received)
    assert not any(CANARY in f"{d.title} {d.text} {d.words}" for d in Doc.objects.all())
    letters = application_file(busy.pk, 1, liaison5.actor).letters
    assert any(letter.state == "came_back" for letter in letters)


@pytest.mark.parametrize(
    "given",
    [
        {"subject": "Rats in the alley", "text": "Again."},
        {"from_address": "other@example.org", "subject": f"Re: {WORDS.title}"},
    ],
)
def test_other_mail_is_mail_of_the_office(
    busy: Posting, director: Cast, given: dict[str, str]
) -> None:
    assert may_see_mail(director.actor, came_in(**given))
    assert mail_page(director.actor).total == 1


def test_the_file_of_an_answer_goes_with_the_hiring(
    busy: Posting,
    director: Cast,
    records_officer: Cast,
    files: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    received = came_in(in_reply_to=Message.objects.get(key__endswith=":receipt").message_id)
    along = store_document(
        None, name="along.txt", media_type="text/plain", content=b"along", stamp=HOUSE
    )
    received.left_out = f"{CANARY}.exe: This kind of file is not accepted."
    with guard_pass("a test"):
        received.save()
    with guard_pass("a test"):
        received.enclosures.add(along)
    end_posting(busy, state="filled", reason="Done", stamp=director.stamp)
    follow()
    far = replace(records_officer.stamp, at=NOON + timedelta(days=1200))
    with django_capture_on_commit_callbacks(execute=True):
        dispose_hiring(busy, stamp=far)
    received.refresh_from_db()
    assert (received.raw.name, received.enclosures.count()) == ("removed.txt", 0)
    assert received.left_out == ""
    left = {path.read_bytes() for path in files.rglob("*") if path.is_file()}
    assert left == {b"This message was removed.\n"}
    assert not Document.objects.filter(name__in=("a.eml", "along.txt")).exists()


def test_the_keeper_sends_a_letter_again_that_failed(
    busy: Posting, director: Cast, liaison5: Cast
) -> None:
    letter = Message.objects.get(key__endswith=":receipt")
    row = Application.objects.get(number=1)
    with pytest.raises(NotFound):
        send_letter_again(row, letter_id=letter.pk, stamp=director.stamp)
    give_up_message(letter, reason="The mailbox is full", stamp=HOUSE)
    assert "send_letter_again" in application_file(busy.pk, 1, director.actor).allowed
    assert "send_letter_again" not in application_file(busy.pk, 1, liaison5.actor).allowed
    with pytest.raises(NotAllowed):
        send_letter_again(row, letter_id=letter.pk, stamp=liaison5.stamp)
    send_letter_again(row, letter_id=letter.pk, stamp=director.stamp)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("queued", 0)
    assert Entry.objects.get(kind="MessageRequeued").audience == "hiring"


def test_the_search_knows_nothing_of_a_hiring(busy: Posting) -> None:
    words = [f"{d.title} {d.text} {d.words}" for d in Doc.objects.all()]
    assert not any(CANARY in text for text in words)


def test_search_finds_no_posting_that_was_withdrawn(busy: Posting, director: Cast) -> None:
    assert find_postings(director.actor, ["Outreach"]) == ((busy.slug, busy.title),)
    end_posting(busy, state="withdrawn", reason="No money", stamp=director.stamp)
    assert find_postings(director.actor, ["Outreach"]) == ()


def test_a_message_log_names_nobody(busy: Posting) -> None:
    assert set(Message.objects.values_list("to_name", flat=True)) == {""}
    assert not any(
        CANARY in subject for subject in Message.objects.values_list("subject", flat=True)
    )


def test_name_of_a_file_that_came_by_mail_stands_in_no_line(
    busy: Posting, director: Cast, files: Path
) -> None:
    letter = Message.objects.get(key__endswith=":receipt")
    mail = EmailMessage()
    mail["From"], mail["To"] = "one@example.org", "office@example.org"
    mail["Subject"], mail["In-Reply-To"] = "My papers", letter.message_id
    mail.set_content("See the file.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=f"{CANARY}.pdf")
    received = take_mail(mail.as_bytes(), stamp=HOUSE)
    assert received is not None
    assert [file.name for file in received.enclosures.all()] == [f"{CANARY}.pdf"]
    lines = Entry.objects.filter(kind="DocumentStored")
    assert "A file kept" in "".join(lines.values_list("sentence", flat=True))
    for entry in Entry.objects.all():
        assert CANARY not in f"{entry.sentence} {entry.body}", entry.kind
