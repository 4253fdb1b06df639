"""Applying: a draft survives, a submission is whole, and its receipt can be checked."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.conftest import NOON
from tests.hiring.jobs import (
    CANARY,
    PDF,
    VISITOR,
    WORDS,
    applied,
    begun,
    drafted,
    filled,
    follow,
    opened,
)
from wardroom.access.gate import guard_pass
from wardroom.documents.gateways import read_content
from wardroom.hiring.actions import (
    add_question,
    attach_resume,
    begin_application,
    end_posting,
    move_last_day,
    publish_posting,
    rewrite_posting,
    save_draft,
    seat_panel_member,
    send_application,
    take_off_question,
    take_off_resume,
    withdraw_application,
)
from wardroom.hiring.models import Application
from wardroom.hiring.queries.files import application_file
from wardroom.hiring.queries.hirings import hiring_file
from wardroom.hiring.queries.own import OwnApplication, link_token, own_application
from wardroom.hiring.queries.papers import receipt_paper
from wardroom.hiring.queries.public import public_posting, public_postings
from wardroom.hiring.rules import receipts
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = VISITOR.at.date()


def own(token: str) -> OwnApplication:
    return own_application(token, at=VISITOR.at, today=TODAY)


def test_only_a_director_opens_a_hiring(liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        drafted(liaison5)


def test_words_change_until_somebody_begins_to_apply(director: Cast) -> None:
    posting = opened(director)
    slug = posting.slug
    posting = rewrite_posting(
        posting, words=replace(WORDS, title="Better words"), stamp=director.stamp
    )
    assert (posting.title, posting.slug) == ("Better words", slug)
    question = add_question(posting, asked_of="applicant", text="And?", stamp=director.stamp)
    take_off_question(posting, question_id=question.pk, stamp=director.stamp)
    early = replace(WORDS, closes_on=date(2026, 11, 17))
    with pytest.raises(Refused, match="from today on") as no:
        rewrite_posting(posting, words=early, stamp=director.stamp)
    assert no.value.field == "closes_on"
    assert "rewrite_posting" in hiring_file(posting.pk, director.actor, today=TODAY).allowed
    begun(posting)
    assert "rewrite_posting" not in hiring_file(posting.pk, director.actor, today=TODAY).allowed
    with pytest.raises(Refused, match="everybody who applies"):
        rewrite_posting(posting, words=WORDS, stamp=director.stamp)
    with pytest.raises(Refused, match="everybody who applies"):
        add_question(posting, asked_of="applicant", text="And why?", stamp=director.stamp)


def test_nothing_is_published_that_nobody_would_read(director: Cast, liaison5: Cast) -> None:
    posting = drafted(director)
    with pytest.raises(Refused, match="on the panel first") as no:
        publish_posting(posting, stamp=director.stamp)
    assert no.value.code == "no_panel"
    seat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    assert publish_posting(posting, stamp=director.stamp).state == "open"


def test_a_question_about_convictions_is_refused_wherever_it_is_put(director: Cast) -> None:
    posting = drafted(director)
    for asked_of in ("applicant", "panel"):
        with pytest.raises(Refused) as no:
            add_question(
                posting,
                asked_of=asked_of,
                text="Were you ever convicted of a crime?",
                points=3,
                stamp=director.stamp,
            )
        assert no.value.code == "never_asked"


def test_a_draft_keeps_whatever_was_typed_and_attached(director: Cast) -> None:
    posting = opened(director)
    token = begun(posting)
    save_draft(token, filled=filled(posting, phone="", lives_here=""), stamp=VISITOR)
    attach_resume(token, name="C:\\cv.pdf.exe", content=PDF, stamp=VISITOR)
    found = own(token)
    assert (found.name, found.file_name, found.is_draft) == (CANARY, "cv.pdf", True)
    assert found.questions[0].answer == f"{CANARY} knows five"
    take_off_resume(token, stamp=VISITOR)
    assert own(token).file_name == ""


def test_nothing_is_sent_while_something_is_missing(director: Cast) -> None:
    posting = opened(director)
    token = begun(posting)
    for given, field in (
        ({"name": ""}, "name"),
        ({"lives_here": ""}, "lives_here"),
        ({}, "resume"),
        ({"pasted": "My work", "answers": {}}, None),
    ):
        with pytest.raises(Refused) as no:
            send_application(None, token=token, filled=filled(posting, **given), stamp=VISITOR)
        assert field is None or no.value.field == field
    assert own(token).is_draft
    row = Application.objects.get()
    assert (row.number, row.moves.count(), row.answers.count()) == (None, 0, 0)


def test_pressed_twice_one_is_sent_with_one_receipt(director: Cast) -> None:
    posting = opened(director)
    token = begun(posting)
    whole = filled(posting, pasted="My work")
    first = send_application(None, token=token, filled=whole, stamp=VISITOR)
    again = send_application(None, token=token, filled=whole, stamp=VISITOR)
    follow()
    assert (first.pk, first.number, first.receipt) == (again.pk, 1, again.receipt)
    assert Message.objects.filter(key__endswith=":receipt").count() == 1
    with pytest.raises(Refused, match="was sent"):
        save_draft(token, filled=whole, stamp=VISITOR)


def test_the_receipt_is_of_what_was_sent(director: Cast) -> None:
    row = applied(opened(director), pasted="My work\r\nand more")
    follow()
    parts = dict(own(link_token(row)).parts)
    assert parts[receipts.RESUME_FILE] == hashlib.sha256(PDF).hexdigest() == row.file_digest
    assert parts[receipts.PASTED] == hashlib.sha256(b"My work\nand more").hexdigest()
    assert read_content(row.file_digest) == PDF
    letter = Message.objects.get(key__endswith=":receipt")
    assert all(digest in letter.text for digest in parts.values())
    assert "{{key:" in letter.text
    assert link_token(row) not in letter.text
    name, paper = receipt_paper(link_token(row), at=VISITOR.at, today=TODAY)
    assert name == "receipt-1.pdf"
    assert paper.startswith(b"%PDF-")


def test_nobody_learns_by_typing_an_address_whether_it_applied(director: Cast) -> None:
    posting = opened(director)
    row = applied(posting)
    assert applied(posting, "ONE@example.org").number == 2
    assert application_file(posting.pk, 2, director.actor).same_address == (1,)
    withdraw_application(None, token=link_token(row), stamp=VISITOR)
    with pytest.raises(Refused, match="is over"):
        withdraw_application(None, token=link_token(row), stamp=VISITOR)


def test_a_file_that_was_replaced_or_taken_off_is_gone(director: Cast, files: Path) -> None:
    posting = opened(director)
    token, other = begun(posting), begun(posting, email="two@example.org")
    for one in (token, other):
        attach_resume(one, name="a.pdf", content=PDF, stamp=VISITOR)
    attach_resume(token, name="a.txt", content=b"My work", stamp=VISITOR)
    assert {path.read_bytes() for path in files.rglob("*") if path.is_file()} == {PDF, b"My work"}
    take_off_resume(token, stamp=VISITOR)
    take_off_resume(other, stamp=VISITOR)
    assert not any(path.is_file() for path in files.rglob("*"))


@pytest.mark.parametrize("days", [-17, 3])
def test_it_takes_applications_on_its_days_alone(director: Cast, days: int) -> None:
    posting = opened(director)
    token = begun(posting)
    late = replace(VISITOR, at=VISITOR.at + timedelta(days=days))
    with pytest.raises(Refused, match="takes no applications"):
        begin_application(posting, name="A", email="two@example.org", language="en", stamp=late)
    if days > 0:
        whole = filled(posting, pasted="x")
        with pytest.raises(Refused, match="takes no applications"):
            send_application(None, token=token, filled=whole, stamp=late)
        save_draft(token, filled=filled(posting, pasted="x"), stamp=late)
        assert own(token).pasted == "x"


def test_a_closed_posting_can_be_opened_again_but_a_filled_one_not(
    director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    end_posting(posting, state="closed", reason="Enough", stamp=director.stamp)
    publish_posting(posting, stamp=director.stamp)
    end_posting(posting, state="filled", reason="Somebody begins", stamp=director.stamp)
    with pytest.raises(Refused, match="cannot be open"):
        publish_posting(posting, stamp=director.stamp)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "suitability"},
        {"stage": "appointed"},
        {"suitability": "cleared"},
        {"stage": "draft"},
        {"number": None},
    ],
)
def test_the_table_itself_refuses_a_screening_before_an_offer(
    director: Cast, wrong: dict[str, Any]
) -> None:
    row = applied(opened(director))
    with pytest.raises(IntegrityError), guard_pass("a test"), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(**wrong)


def test_a_posting_that_closed_by_its_day_is_opened_by_a_later_one(director: Cast) -> None:
    posting = opened(director)
    over = replace(director.stamp, at=NOON + timedelta(days=4))
    with pytest.raises(Refused, match="Say why"):
        move_last_day(posting, closes_on=date(2026, 12, 1), reason="", stamp=over)
    with pytest.raises(Refused, match="from today on"):
        move_last_day(posting, closes_on=date(2026, 11, 21), reason="Few sent", stamp=over)
    with pytest.raises(Refused, match="already"):
        move_last_day(posting, closes_on=date(2026, 11, 20), reason="Few", stamp=director.stamp)
    move_last_day(posting, closes_on=date(2026, 12, 1), reason="Few sent", stamp=over)
    (shown,) = public_postings(today=date(2026, 12, 1))
    assert (shown.takes, shown.closes_on) == (True, date(2026, 12, 1))
    line = Entry.objects.get(kind="LastDayMoved")
    assert (line.audience, line.body["closes"]) == ("internal", "Tuesday, December 1, 2026")
    assert "Few sent" not in f"{line.sentence} {line.body}"
    found = hiring_file(posting.pk, director.actor, today=TODAY)
    assert found.reasons == (("Why its last day was moved", "Few sent"),)
    end_posting(posting, state="filled", reason="Done", stamp=over)
    with pytest.raises(Refused, match="public"):
        move_last_day(posting, closes_on=None, reason="Again", stamp=over)


def test_the_day_it_was_posted_is_a_day_of_the_office(director: Cast) -> None:
    late = replace(director.stamp, at=datetime(2026, 11, 19, 1, 30, tzinfo=UTC))
    posting = drafted(director)
    seat_panel_member(posting, user_id=director.user.pk, stamp=director.stamp)
    posting = publish_posting(posting, stamp=late)
    assert public_posting(posting.slug, today=TODAY).published_on == date(2026, 11, 18)


def test_the_next_to_close_stands_first_in_the_public_list(director: Cast) -> None:
    days = (None, date(2026, 12, 9), date(2026, 11, 20))
    rows = [opened(director, closes_on=day) for day in days]
    found = [posting.id for posting in public_postings(today=TODAY)]
    assert found == [row.pk for row in reversed(rows)]
