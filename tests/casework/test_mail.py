"""Mail in: it lands on its matter, tells the owner, is answered, placed, or waits for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.intake import later, take
from tests.casework.postroom import Worker, acknowledgement, again, came, rows_for
from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON, plain_actor, stamp_for
from tests.ground import AskMaker, Ground
from tests.notices.letters import RESIDENT, letter
from tests.notices.smtp_sink import Sink
from wardroom.access.actor import SYSTEM, Role
from wardroom.casework.actions import (
    join_issues,
    mark_mail_read,
    place_message,
    put_mail_aside,
    take_mail,
)
from wardroom.casework.models import Complaint
from wardroom.casework.queries import letters_of, likenesses, recipients_of
from wardroom.directory.actions import note_contact_point
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.queries import worklist
from wardroom.notices.gateways import reply_address
from wardroom.notices.models import Received
from wardroom.notices.queries import (
    get_mail,
    mail_document,
    mail_file,
    mail_page,
    thread_mail,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("office", "addresses", "worker"),
]
STAMP = stamp_for(SYSTEM)


def test_resident_answers_our_acknowledgement_and_it_lands_on_the_matter(
    sink: Sink, complaint: Complaint, liaison5: Cast, liaison7: Cast, worker: Worker
) -> None:
    worker.works()
    (ours,) = sink.messages()
    answer = letter(
        to=str(ours["Reply-To"]),
        subject=f"Re: {ours['Subject']}",
        text="They are back.\n\nOn Wed the office wrote:\n> Thank you for telling us.",
        In_Reply_To=str(ours["Message-ID"]),
        References=str(ours["Message-ID"]),
    )
    answer.add_attachment(b"just text", maintype="text", subtype="plain", filename="list.txt")
    answer.add_attachment(b"MZ\0\0", maintype="application", subtype="exe", filename="run.exe")
    received = take_mail(answer.as_bytes(), stamp=STAMP)
    assert received is not None
    assert (received.state, received.thread) == ("threaded", f"matter:{complaint.matter.pk}")
    assert received.ward_code == "5"
    (row,) = thread_mail([received.thread], again(liaison5))
    assert (row.said, row.quoted.splitlines()[-1]) == (
        "They are back.",
        "> Thank you for telling us.",
    )
    assert [f.name for f in row.files] == ["list.txt"]
    assert row.left_out[0].startswith("run.exe: This kind of file is not accepted.")
    assert rows_for(liaison5)[0][0] == "reply"
    assert rows_for(liaison7) == []
    line = Entry.objects.get(kind="MailReceived")
    assert (line.matter_key, line.ward_code) == (str(complaint.matter.pk), "5")
    assert line.audience == "internal"
    told = timeline(again(liaison5), refs=[Ref("matter", line.matter_key)]).lines
    assert any("Re: [W-" in row.sentence for row in told if row.entry_id == line.pk)


def test_message_with_several_files_shows_each_and_its_words_once(director: Cast) -> None:
    made = letter(text="See the pictures.", message_id="<files@x>")
    for name in ("fence.txt", "alley.txt", "corner.txt"):
        made.add_attachment(name.encode(), maintype="text", subtype="plain", filename=name)
    received = take_mail(made.as_bytes(), stamp=STAMP)
    bare = take_mail(letter(text="No pictures.", message_id="<bare@x>").as_bytes(), stamp=STAMP)
    assert received is not None
    assert bare is not None
    shown = {row.id: row for row in mail_page(again(director), state="").rows}
    assert [f.name for f in shown[received.pk].files] == ["fence.txt", "alley.txt", "corner.txt"]
    assert (shown[received.pk].said, shown[bare.pk].said) == ("See the pictures.", "No pictures.")
    assert shown[bare.pk].files == ()


def test_answer_without_headers_is_found_by_its_token(complaint: Complaint) -> None:
    thread = f"matter:{complaint.matter.pk}"
    tagged = reply_address(thread, RESIDENT)
    assert came(to=tagged).thread == thread
    by_envelope = take_mail(letter(message_id="<two@x>").as_bytes(), recipient=tagged, stamp=STAMP)
    assert by_envelope is not None
    assert by_envelope.thread == thread
    assert came(message_id="<three@x>", Delivered_To=tagged).state == "threaded"
    assert came(message_id="<four@x>", X_Original_To=tagged).state == "threaded"


def test_token_in_the_hands_of_a_stranger_waits_for_a_person(complaint: Complaint) -> None:
    thread = f"matter:{complaint.matter.pk}"
    received = came(to=reply_address(thread, RESIDENT), sender="stranger@example.org")
    assert (received.state, received.thread, received.like) == ("waiting", "", thread)


def test_another_address_of_the_reporter_is_known(complaint: Complaint) -> None:
    assert complaint.reporter is not None
    thread = f"matter:{complaint.matter.pk}"
    note_contact_point(
        complaint.reporter,
        channel="email",
        value="second@example.org",
        consent=True,
        how="said so",
        stamp=HOUSE,
    )
    tagged = reply_address(thread, RESIDENT)
    assert came(to=tagged, sender="Second@example.org").state == "threaded"


def test_agency_that_was_asked_is_known_on_the_matter(
    complaint: Complaint, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    ask_in(complaint.matter, liaison5, "DPW")
    delivery.sweep()
    thread = f"matter:{complaint.matter.pk}"
    tagged = reply_address(thread, "dpw@example.org")
    assert came(to=tagged, sender="dpw@example.org", message_id="<a@x>").state == "threaded"
    assert came(to=tagged, sender=partner_dpw.email, message_id="<b@x>").state == "threaded"
    assert came(to=tagged, sender="ddot@example.org", message_id="<c@x>").state == "waiting"
    assert {reason for reason, _ in rows_for(liaison5)} == {"reply", "mail"}


def test_number_in_the_subject_is_only_a_suggestion(
    complaint: Complaint, liaison5: Cast, liaison7: Cast
) -> None:
    number = complaint.matter.pk
    received = came(subject=f"About [W-{number}]", sender="stranger@example.org")
    assert (received.state, received.like) == ("waiting", f"matter:{number}")
    page = mail_page(again(liaison5))
    assert likenesses(page.rows, again(liaison5))[received.pk].matter_id == number
    assert mail_page(again(liaison7)).rows == ()
    assert rows_for(liaison5) == [("mail", f"stranger@example.org wrote: About [W-{number}]")]


def test_mail_that_names_a_matter_is_there_only_where_the_matter_is(
    complaint: Complaint, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    words = {"subject": f"[W-{complaint.matter.pk}] more", "sender": "x@y.example"}
    named = came(message_id="<named@x>", **words)
    nobodys = came(message_id="<none@x>", subject="[W-999999] what", sender="x@y.example")
    other = again(liaison7)
    assert {row.id for row in mail_page(other).rows} == {nobodys.pk}
    assert mail_page(other).total == 1
    with pytest.raises(NotFound):
        mail_file(named.pk, other)
    with pytest.raises(NotFound):
        mail_document(named.pk, named.raw_id, other)
    with pytest.raises(NotAllowed):
        put_mail_aside(named, reason="Not ours", stamp=liaison7.stamp)
    for who in (liaison5, director):
        assert {row.id for row in mail_page(again(who)).rows} == {named.pk, nobodys.pk}


def test_same_sender_and_subject_within_14_days_is_a_suggestion(complaint: Complaint) -> None:
    subject = acknowledgement().subject.partition("] ")[2]
    assert subject
    late = stamp_for(SYSTEM, NOON + timedelta(days=15))
    first = came(subject=f"Re: {subject}")
    assert (first.state, first.like, first.how) == (
        "waiting", f"matter:{complaint.matter.pk}", "same"
    )  # fmt: skip
    second = take_mail(letter(subject=subject, message_id="<late@x>").as_bytes(), stamp=late)
    assert second is not None
    assert second.like == ""


def test_mail_that_fits_nowhere_waits_for_the_director(director: Cast, liaison5: Cast) -> None:
    received = came()
    assert (received.state, received.like) == ("waiting", "")
    assert rows_for(director) == [("mail", f"{RESIDENT} wrote: The alley")]
    assert [row.id for row in mail_page(again(liaison5)).rows] == [received.pk]
    line = Entry.objects.get(kind="MailReceived")
    assert RESIDENT not in line.sentence
    assert (line.matter_key, line.ward_code) == ("", "")


def test_same_message_delivered_twice_is_one() -> None:
    raw = letter().as_bytes()
    assert take_mail(raw, stamp=STAMP) is not None
    assert take_mail(b"Received: from mx2\r\n" + raw, stamp=STAMP) is None
    assert Received.objects.count() == 1
    other = letter(text="Other words.\n").as_bytes()
    assert take_mail(other, stamp=STAMP) is not None


def test_raw_message_is_kept_as_it_came(director: Cast) -> None:
    raw = letter(text="Bags\n\nOn Monday X wrote:\n> quoted\n").as_bytes()
    received = take_mail(raw, stamp=STAMP)
    assert received is not None
    served = mail_document(received.pk, received.raw_id, director.actor)
    assert (served.content, served.media_type) == (raw, "message/rfc822")
    assert "Message-ID: <one@example.org>" in mail_file(received.pk, director.actor).headers


def test_person_says_where_mail_belongs(
    complaint: Complaint, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    received = came(sender="stranger@example.org")
    placed = place_message(received, matter=complaint.matter, stamp=liaison5.stamp)
    assert (placed.state, placed.ward_code) == ("threaded", "5")
    assert rows_for(director) == []
    assert [reason for reason, _ in rows_for(liaison5)] == ["reply"]
    assert mail_page(again(liaison7), state="").total == 0
    with pytest.raises(NotFound):
        get_mail(received.pk, again(liaison7))
    with pytest.raises(Refused, match="It is there already"):
        place_message(placed, matter=complaint.matter, stamp=liaison5.stamp)


def test_nobody_places_mail_where_they_do_not_see(complaint: Complaint, liaison7: Cast) -> None:
    with pytest.raises(Refused) as no:
        place_message(came(), matter=complaint.matter, stamp=liaison7.stamp)
    assert no.value.code == "no_such_matter"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.RECORDS, Role.SYSTEM])
def test_who_only_reads_places_and_sets_aside_nothing(role: Role, complaint: Complaint) -> None:
    stamp = stamp_for(plain_actor(role, agency="DPW", city=role is not Role.PARTNER))
    received = came()
    with pytest.raises(NotAllowed):
        place_message(received, matter=complaint.matter, stamp=stamp)
    with pytest.raises(NotAllowed):
        put_mail_aside(received, reason="x", stamp=stamp)
    with pytest.raises(NotAllowed):
        mark_mail_read(received, stamp=stamp)
    rows = mail_page(stamp.actor, state="").rows
    assert [row.allowed for row in rows] == ([] if role is Role.PARTNER else [frozenset()])


def test_only_the_house_takes_mail(director: Cast) -> None:
    with pytest.raises(NotAllowed):
        take_mail(letter().as_bytes(), stamp=director.stamp)
    assert not Received.objects.exists()


def test_mail_is_set_aside_with_a_reason(director: Cast, liaison5: Cast) -> None:
    received = came()
    with pytest.raises(Refused) as no:
        put_mail_aside(received, reason=" ", stamp=liaison5.stamp)
    assert no.value.field == "reason"
    put_mail_aside(received, reason="An advertisement", stamp=liaison5.stamp)
    assert rows_for(director) == []
    (row,) = mail_page(again(liaison5), state="set_aside").rows
    assert row.reason == "An advertisement"
    with pytest.raises(Refused):
        put_mail_aside(Received.objects.get(pk=received.pk), reason="x", stamp=liaison5.stamp)


def test_restricted_matters_mail_is_there_for_the_named_only(
    complaint: Complaint, liaison5: Cast, director: Cast
) -> None:
    colleague = hire("staff", "At the front desk", Role.STAFF)
    on_it = came(In_Reply_To=acknowledgement().message_id)
    seems = came(
        message_id="<two@x>", subject=f"[W-{complaint.matter.pk}] more", sender="x@y.example"
    )
    assert mail_page(again(colleague), state="").total == 2
    matter = Matter.objects.get(pk=complaint.matter.pk)
    restrict_matter(matter, readers=[], reason="A witness", stamp=liaison5.stamp)
    stranger = again(colleague)
    assert mail_page(stranger, state="").total == 0
    for received in (on_it, seems):
        with pytest.raises(NotFound):
            get_mail(received.pk, stranger)
        with pytest.raises(NotFound):
            mail_document(received.pk, received.raw_id, stranger)
        assert get_mail(received.pk, again(liaison5)).pk == received.pk
    assert letters_of(matter.pk, stranger).rows == ()
    assert worklist(stranger, on=NOON.date(), whose="all").total == 0
    assert len(letters_of(matter.pk, again(liaison5)).rows) == 2
    assert mail_page(again(director), state="").total == 2


def test_partner_and_nobody_see_no_mail(complaint: Complaint, partner_dpw: Cast) -> None:
    received = came()
    for actor in (again(partner_dpw), plain_actor()):
        assert mail_page(actor, state="").total == 0
        with pytest.raises(NotFound):
            get_mail(received.pk, actor)
        assert thread_mail([f"matter:{complaint.matter.pk}"], actor) == ()


def test_mail_of_a_joined_issue_reaches_whoever_goes_on(
    complaint: Complaint, ground: Ground, liaison5: Cast
) -> None:
    into = take(liaison5, ground, topic_code="trash").matter
    join_issues(complaint.matter, into=into, stamp=later(liaison5, 1))
    received = came(In_Reply_To=acknowledgement().message_id)
    assert received.thread == f"matter:{complaint.taken_for.pk}"
    assert Waiting.objects.get(noun="mail").matter_id == into.pk
    letters = letters_of(into.pk, again(liaison5), came_from=[complaint.taken_for.pk])
    assert [row.came.id for row in letters.rows if row.came] == [received.pk]
    first, *_ = recipients_of(into, again(liaison5))
    assert (first.address, first.thread) == (RESIDENT, received.thread)
