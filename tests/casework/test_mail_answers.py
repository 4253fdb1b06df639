"""Mail is answered, taken back, made a complaint; what came back is marked, loops stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.casework.intake import take
from tests.casework.postroom import OFFICE, Worker, acknowledgement, again, came, rows_for
from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.ground import Ground
from tests.notices.letters import RESIDENT, letter, returned
from tests.notices.smtp_sink import Sink
from wardroom.access.actor import SYSTEM
from wardroom.casework.actions import (
    mark_mail_read,
    place_message,
    take_in,
    take_mail,
    take_mail_in,
    write_to_person,
)
from wardroom.casework.models import Complaint
from wardroom.casework.queries import recipients_of
from wardroom.directory.actions import note_person
from wardroom.directory.models import ContactPoint
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import hand_over_matter
from wardroom.matters.models import Waiting
from wardroom.notices.actions import recall_message
from wardroom.notices.models import Message, Received
from wardroom.notices.queries import (
    get_mail,
    get_message,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("office", "addresses", "worker"),
]
STAMP = stamp_for(SYSTEM)


def test_owner_marks_it_read_and_it_leaves_the_list(complaint: Complaint, liaison5: Cast) -> None:
    received = came(In_Reply_To=acknowledgement().message_id)
    assert [reason for reason, _ in rows_for(liaison5)] == ["reply"]
    mark_mail_read(get_mail(received.pk, again(liaison5)), stamp=liaison5.stamp)
    assert rows_for(liaison5) == []
    with pytest.raises(Refused, match="has read it"):
        mark_mail_read(Received.objects.get(pk=received.pk), stamp=liaison5.stamp)


def test_mail_that_waits_goes_with_the_matter_to_a_new_owner(
    complaint: Complaint, liaison5: Cast, director: Cast
) -> None:
    came(In_Reply_To=acknowledgement().message_id)
    hand_over_matter(complaint.matter, owner=director.party, stamp=director.stamp)
    assert rows_for(liaison5) == []
    assert [reason for reason, _ in rows_for(director)] == ["reply"]


def test_answer_goes_to_the_requester_in_their_thread(
    sink: Sink, complaint: Complaint, liaison5: Cast, worker: Worker
) -> None:
    received = came(In_Reply_To=acknowledgement().message_id)
    first, *_ = recipients_of(complaint.matter, again(liaison5))
    assert (first.address, first.name) == (RESIDENT, "A resident")
    message = write_to_person(
        complaint.matter,
        to_address=first.address,
        subject="We went to look",
        text="A crew comes on Friday.",
        answers=received,
        stamp=liaison5.stamp,
    )
    assert rows_for(liaison5) == []
    assert message.due_at == NOON + timedelta(seconds=30)
    assert message.in_reply_to == received.message_id
    worker.works()
    sent = next(m for m in sink.messages() if m["Message-ID"] == message.message_id)
    assert sent["Auto-Submitted"] is None
    assert sent["In-Reply-To"] == "<one@example.org>"
    assert acknowledgement().message_id in str(sent["References"])
    assert f"Number: W-{complaint.matter.pk}" in sent.get_content()
    line = Entry.objects.get(kind="PersonWrittenTo")
    assert line.sentence == "Wrote to A resident: We went to look"


def test_mail_of_another_matter_is_not_answered_here(
    ground: Ground, complaint: Complaint, liaison5: Cast
) -> None:
    other = take(liaison5, ground, topic_code="trash").matter
    for stranger in (
        place_message(came(message_id="<a@x>"), matter=other, stamp=liaison5.stamp),
        came(message_id="<b@x>", subject="Whose is this", sender="stranger@example.org"),
    ):
        with pytest.raises(Refused) as no:
            write_to_person(
                complaint.matter,
                to_address=RESIDENT,
                subject="x",
                text="Wrong file.",
                answers=stranger,
                stamp=liaison5.stamp,
            )
        assert no.value.code == "other_matter"
        assert Received.objects.get(pk=stranger.pk).read_at is None
    assert not Entry.objects.filter(kind="PersonWrittenTo").exists()


def test_what_was_written_can_be_taken_back_for_30_seconds(
    sink: Sink, complaint: Complaint, liaison5: Cast, worker: Worker
) -> None:
    message = write_to_person(
        complaint.matter, to_address=RESIDENT, subject="x", text="Too early.", stamp=liaison5.stamp
    )
    recall_message(get_message(message.pk, again(liaison5)), stamp=liaison5.stamp)
    worker.works()
    assert all("Too early." not in m.get_content() for m in sink.messages())


def test_same_words_twice_are_sent_once(complaint: Complaint, liaison5: Cast) -> None:
    def send() -> Message:
        return write_to_person(
            complaint.matter, to_address=RESIDENT, subject="x", text="Twice.", stamp=liaison5.stamp
        )

    send()
    with pytest.raises(Refused) as no:
        send()
    assert (no.value.code, no.value.field) == ("already_queued", "text")
    assert Entry.objects.filter(kind="PersonWrittenTo").count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to_address": "spy@example.org"}, "unknown_recipient"),
        ({"subject": "  "}, "subject_missing"),
        ({"text": ""}, "text_missing"),
    ],
)
def test_letter_without_its_parts_is_refused(
    more: dict[str, str], code: str, complaint: Complaint, liaison5: Cast
) -> None:
    words: dict[str, Any] = {"to_address": RESIDENT, "subject": "x", "text": "Words."} | more
    with pytest.raises(Refused) as no:
        write_to_person(complaint.matter, **words, stamp=liaison5.stamp)
    assert no.value.code == code


def test_only_who_runs_the_ward_writes_to_its_people(
    complaint: Complaint, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            write_to_person(
                complaint.matter, to_address=RESIDENT, subject="x", text="y", stamp=who.stamp
            )
        assert recipients_of(complaint.matter, again(who)) == ()


def test_mail_becomes_a_complaint_and_hangs_on_its_matter(ground: Ground, liaison5: Cast) -> None:
    received = came(sender=f"A resident <{RESIDENT}>")
    given: dict[str, Any] = {
        "spot": "", "place_text": "", "name": "A resident", "phone": "", "email": RESIDENT,
        "consent": True, "reporter": None, "said": "Bags again.", "channel": "email",
        "topic_code": "dumping", "anonymous": False, "language": "en", "interpreter": False,
        "may_share": False, "request_number": "", "ward_code": "", "onto": None,
        "place": ground.places["5"],
    }  # fmt: skip
    complaint = take_mail_in(
        received, take=lambda: take_in(None, **given, stamp=liaison5.stamp), stamp=liaison5.stamp
    )
    received.refresh_from_db()
    assert received.thread == f"matter:{complaint.matter.pk}"
    assert received.read_at is not None
    assert rows_for(liaison5) == []
    delivery.sweep()
    assert acknowledgement().in_reply_to == "<one@example.org>"


def test_who_writes_by_mail_is_acknowledged_once_a_day(
    ground: Ground, liaison5: Cast, worker: Worker
) -> None:
    person = note_person(None, name="A resident", email=RESIDENT, consent=True, stamp=HOUSE)
    words = {"reporter": person, "reporter_typed": "", "channel": "email"}
    written = Message.objects.filter(entry__kind="ComplaintTaken")

    def once_more(hours: int, channel: str = "email") -> int:
        worker.at = NOON + timedelta(hours=hours)
        stamp = replace(liaison5.stamp, at=worker.at)
        take(liaison5, ground, **words | {"channel": channel}, stamp=stamp)
        delivery.sweep()
        return written.count()

    assert (once_more(0), once_more(23), once_more(23, "phone")) == (1, 1, 2)
    assert (once_more(46), once_more(48)) == (2, 3)


def test_hard_bounce_marks_the_message_and_the_address(
    sink: Sink, complaint: Complaint, liaison5: Cast, worker: Worker
) -> None:
    worker.works()
    ours = acknowledgement()
    take_mail(returned(ours.message_id, RESIDENT), stamp=STAMP)
    delivery.sweep()
    ours.refresh_from_db()
    assert (ours.state, ours.error) == ("bounced", "550 no such user")
    point = ContactPoint.objects.get(value=RESIDENT)
    assert point.bounced_at is not None
    assert recipients_of(complaint.matter, again(liaison5)) == ()
    assert Received.objects.get().state == "bounce"
    assert not Waiting.objects.filter(noun="mail").exists()


@pytest.mark.parametrize(
    ("address", "action", "status", "state"),
    [
        (RESIDENT, "delayed", "4.4.1", "sent"),
        (RESIDENT, "failed", "4.2.2", "sent"),
        ("other@example.org", "failed", "5.1.1", "sent"),
    ],
)
def test_what_is_not_for_good_or_not_our_address_marks_no_address(
    address: str,
    action: str,
    status: str,
    state: str,
    sink: Sink,
    complaint: Complaint,
    worker: Worker,
) -> None:
    note_person(None, name="Other", email="other@example.org", consent=True, stamp=HOUSE)
    worker.works()
    ours = acknowledgement()
    raw = returned(ours.message_id, address, action=action, status=status)
    take_mail(raw, stamp=STAMP)
    delivery.sweep()
    ours.refresh_from_db()
    assert (ours.state, bool(ours.error)) == (state, True)
    assert not ContactPoint.objects.filter(bounced_at__isnull=False).exists()


def test_forged_notice_about_no_message_of_ours_marks_nothing(complaint: Complaint) -> None:
    received = take_mail(returned("<forged@x>", RESIDENT), stamp=STAMP)
    assert received is not None
    assert received.state == "ignored"
    delivery.sweep()
    assert not ContactPoint.objects.filter(bounced_at__isnull=False).exists()


def test_house_that_writes_to_itself_stops(
    sink: Sink, complaint: Complaint, worker: Worker
) -> None:
    for _ in range(3):
        worker.works()
        for _, raw in list(sink.received):
            take_mail(raw, recipient=OFFICE, stamp=STAMP)
    assert len(sink.received) == 1
    (received,) = Received.objects.all()
    assert (received.state, received.reason) == ("ignored", "It came from our own address")
    assert not Waiting.objects.filter(noun="mail").exists()


def test_two_programs_that_answer_each_other_stop(
    sink: Sink, complaint: Complaint, worker: Worker
) -> None:
    worker.works()
    answer = letter(
        subject="Out of office",
        In_Reply_To=acknowledgement().message_id,
        Auto_Submitted="auto-replied",
    )
    received = take_mail(answer.as_bytes(), stamp=STAMP)
    assert received is not None
    worker.works()
    assert len(sink.received) == 1
    assert (received.state, received.thread) == ("ignored", f"matter:{complaint.matter.pk}")
