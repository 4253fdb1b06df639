"""What goes out of the calendar: feeds, public words, invitations, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import vobject
from django.core import mail as outbox
from django.test import Client

from tests.calendar.conftest import on
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp, Window
from wardroom.access.gate import guard_pass
from wardroom.calendar.actions import (
    EventDraft,
    OutsideDraft,
    add_outside_calendar,
    add_participation,
    answer_assignment,
    answer_by_key,
    assign_speaker,
    cancel_event,
    close_feed,
    invite_participant,
    move_event,
    note_outside_failed,
    open_feed,
    plan_event,
    publish_event,
    release_speaker,
    withdraw_public_words,
)
from wardroom.calendar.gateways import reading_outside
from wardroom.calendar.gateways.outside_calendars import Fetched
from wardroom.calendar.models import Event, Mandate, Participation
from wardroom.calendar.queries import (
    events_between,
    feed_of,
    invitation_sheet,
    public_feed,
    shared_event,
    their_events,
)
from wardroom.casework.actions import take_mail
from wardroom.directory.models import Party
from wardroom.documents import actions as documents
from wardroom.documents.models import Document
from wardroom.jobs.delivery import send_waiting, sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Key, Received

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WORKER = Stamp(actor=HOUSE.actor, at=NOON, window=Window.WORKER)
ANN = "ann@example.net"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files, its address, and the fixed noon on its clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    settings.FILES_ROOT = tmp_path
    settings.INBOUND_ADDRESS = "office@city.example"


@pytest.fixture
def meeting(liaison5: Cast) -> Event:
    """An evening meeting in Ward 5 in three days."""
    draft = EventDraft(
        kind="meeting",
        title="Meet with 5B",
        starts_at=NOON + timedelta(days=3),
        ends_at=NOON + timedelta(days=3, hours=2),
        ward_code="5",
        place_text="1234 Oak Street NE",
    )
    return plan_event(draft, stamp=liaison5.stamp)


@pytest.fixture
def invited(meeting: Event, liaison5: Cast) -> Participation:
    """Ann is invited, and her letter went out."""
    row = add_participation(meeting, name="Ann", stamp=liaison5.stamp)
    invite_participant(row, address=ANN, stamp=liaison5.stamp)
    work()
    return row


def work() -> None:
    """The worker does what follows, and sends the mail."""
    sweep()
    send_waiting()


def calendar_part(letter: Any) -> str:
    """What goes along for the reader's calendar."""
    message = message_from_bytes(letter.message().as_bytes())
    parts = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    text = str(parts[0].get_payload(decode=True), "utf-8")  # type: ignore[arg-type]
    assert parts[0].get_param("method") == vobject.readOne(text).method.value
    return text


def reply(text: str, *, sender: str, attendee: str, answer: str = "ACCEPTED") -> bytes:
    """What a calendar program sends back for somebody."""
    asked = vobject.readOne(text).vevent
    file = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{asked.uid.value}\r\nSEQUENCE:{asked.sequence.value}\r\n"
        f"DTSTAMP:20261118T120000Z\r\nATTENDEE;PARTSTAT={answer}:mailto:{attendee}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message = EmailMessage()
    message["From"] = sender
    message["To"] = asked.organizer.value.removeprefix("mailto:")
    message["Subject"] = "Accepted: Meet with 5B"
    message["Message-ID"] = f"<{answer}-{sender}-{asked.sequence.value}>"
    message.set_content("Accepted")
    message.add_alternative(file, subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def test_secret_address_opens_a_feed_until_it_is_closed(
    meeting: Event, liaison5: Cast, liaison7: Cast, client: Client
) -> None:
    token = open_feed(liaison5.party, ward_code="5", stamp=liaison5.stamp)
    assert not Key.objects.filter(digest=token).exists()
    address = f"/feeds/calendars/{token}.ics"
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(answer.getvalue().decode())
    assert read.vevent.summary.value == "Meet with 5B"
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    move_event(
        meeting,
        starts_at=meeting.starts_at + timedelta(hours=1),
        ends_at=meeting.ends_at + timedelta(hours=1),
        stamp=on(liaison5, 0, 1),
    )
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["ETag"] != answer["ETag"]) == (200, True)
    event = vobject.readOne(again.getvalue().decode()).vevent
    assert (event.sequence.value, event.uid.value) == ("1", read.vevent.uid.value)
    close_feed(liaison5.party, ward_code="5", stamp=liaison5.stamp)
    assert client.get(address).status_code == 404
    with pytest.raises(Refused, match="cannot see"):
        open_feed(liaison7.party, ward_code="5", stamp=liaison7.stamp)
    with pytest.raises(NotAllowed):
        open_feed(liaison5.party, stamp=liaison7.stamp)


def test_feed_tells_its_holder_what_they_may_see_today(
    meeting: Event, liaison5: Cast, director: Cast
) -> None:
    mine = open_feed(director.party, stamp=director.stamp)
    assert feed_of(mine, at=NOON).events == ()
    add_participation(meeting, party=director.party, stamp=liaison5.stamp)
    assert [e.title for e in feed_of(mine, at=NOON).events] == ["Meet with 5B"]
    ward = open_feed(liaison5.party, ward_code="5", stamp=liaison5.stamp)
    with guard_pass("another liaison works in the ward from today"):
        liaison5.user.grants.update(ward_code="7")
    assert feed_of(ward, at=NOON).events == ()


def test_only_words_for_the_public_are_public(
    meeting: Event, liaison5: Cast, liaison7: Cast, client: Client
) -> None:
    assert public_feed(at=NOON).events == ()
    with pytest.raises(Refused) as no:
        publish_event(meeting, title="At 1234 Oak Street NE", stamp=liaison5.stamp)
    assert no.value.field == "public_title"
    with pytest.raises(NotAllowed):
        publish_event(meeting, title="Meet us", stamp=liaison7.stamp)
    publish_event(meeting, title="Meet your liaison", text="All are welcome", stamp=liaison5.stamp)
    text = client.get("/feeds/calendar.ics?ward=5").getvalue().decode()
    read = vobject.readOne(text).vevent
    assert (read.summary.value, read.description.value) == ("Meet your liaison", "All are welcome")
    assert "1234" not in text
    assert "5B" not in text
    page = client.get("/calendar/public/")
    assert b"Meet your liaison" in page.content
    cancel_event(meeting, reason="Snow", stamp=on(liaison5, 1))
    [gone] = public_feed(at=NOON + timedelta(days=2), ward_code="5").events
    assert (gone.cancelled, gone.sequence) == (True, 1)
    assert public_feed(at=NOON + timedelta(days=92)).events == ()
    withdraw_public_words(meeting, stamp=on(liaison5, 1))
    assert public_feed(at=NOON + timedelta(days=2)).events == ()


def test_invitation_goes_out_is_answered_by_mail_and_follows_each_change(
    meeting: Event, invited: Participation, liaison5: Cast
) -> None:
    letter = outbox.outbox[-1]
    first = calendar_part(letter)
    take_mail(reply(first, sender=ANN, attendee=ANN), stamp=WORKER)
    work()
    invited.refresh_from_db()
    assert invited.answer == "yes"
    assert shared_event(meeting.pk, liaison5.actor, at=NOON).invited[invited.pk].answered_how == (
        "mail"
    )
    meeting.refresh_from_db()
    later = meeting.starts_at + timedelta(days=1)
    move_event(meeting, starts_at=later, ends_at=later + timedelta(hours=1), stamp=liaison5.stamp)
    work()
    invited.refresh_from_db()
    second = calendar_part(outbox.outbox[-1])
    assert (invited.answer, vobject.readOne(second).vevent.sequence.value) == ("", "1")
    take_mail(reply(first, sender=ANN, attendee=ANN, answer="DECLINED"), stamp=WORKER)
    work()
    invited.refresh_from_db()
    assert invited.answer == ""
    meeting.refresh_from_db()
    cancel_event(meeting, reason="Snow", stamp=liaison5.stamp)
    work()
    assert vobject.readOne(calendar_part(outbox.outbox[-1])).method.value == "CANCEL"
    assert len(outbox.outbox) == 3


def test_strangers_answer_is_kept_as_mail_and_counts_for_nothing(
    invited: Participation,
) -> None:
    text = calendar_part(outbox.outbox[-1])
    take_mail(reply(text, sender="bo@example.net", attendee=ANN), stamp=WORKER)
    take_mail(reply(text, sender=ANN, attendee="bo@example.net"), stamp=WORKER)
    work()
    invited.refresh_from_db()
    assert invited.answer == ""
    assert Received.objects.count() == 2
    assert not Entry.objects.filter(kind="InvitationAnswered").exists()


def test_whoever_has_no_calendar_answers_by_the_link(
    invited: Participation, client: Client
) -> None:
    body = str(outbox.outbox[-1].body)
    link = body[body.index("/invitations/") :].split()[0]
    token = link.split("/")[2]
    assert invitation_sheet(token, at=NOON).open
    assert client.get(link).status_code == 200
    assert client.post(f"{link}no/").status_code == 302
    invited.refresh_from_db()
    assert invited.answer == "no"
    with pytest.raises(Refused, match="does not open"):
        answer_by_key(None, token=token[:-1] + "x", answer="yes", stamp=WORKER)
    assert client.get("/invitations/nothing/").status_code == 404


LIMITS = {"may_promise": "A visit", "may_not_promise": "Money"}


def test_speaker_is_suggested_asked_and_answers_in_person(
    meeting: Event, liaison5: Cast, liaison7: Cast, director: Cast, agencies: Mapping[str, Party]
) -> None:
    shared = shared_event(meeting.pk, director.actor, at=NOON)
    assert [one.name for one in shared.speakers] == ["Liaison of Ward 5", "The Director"]
    with pytest.raises(Refused, match="runs the ward"):
        assign_speaker(meeting, party=liaison7.party, **LIMITS, stamp=director.stamp)
    mandate = assign_speaker(meeting, party=liaison5.party, **LIMITS, stamp=director.stamp)
    work()
    assert "A visit" in str(outbox.outbox[-1].body)
    with pytest.raises(NotAllowed):
        answer_assignment(mandate, answer="yes", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        answer_assignment(mandate, answer="no", stamp=liaison5.stamp)
    assert no.value.field == "why"
    answer_assignment(mandate, answer="no", why="On leave", stamp=liaison5.stamp)
    shared = shared_event(meeting.pk, director.actor, at=NOON)
    assert [one.name for one in shared.speakers] == ["The Director", "Liaison of Ward 5"]
    second = assign_speaker(meeting, party=director.party, **LIMITS, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="already"):
        assign_speaker(meeting, party=liaison5.party, **LIMITS, stamp=director.stamp)
    answer_assignment(second, answer="yes", stamp=director.stamp)
    mine = events_between(
        director.actor,
        from_on=NOON.date(),
        until_on=NOON.date() + timedelta(days=7),
        party_id=director.party.pk,
    )
    assert [row.id for row in mine] == [meeting.pk]
    release_speaker(second, why="Somebody else goes", stamp=liaison5.stamp)
    assert not Mandate.objects.filter(ended_at=None).exists()


def test_speaker_is_asked_again_about_another_time_and_told_of_no_event(
    meeting: Event, liaison5: Cast, director: Cast
) -> None:
    mandate = assign_speaker(meeting, party=director.party, **LIMITS, stamp=liaison5.stamp)
    answer_assignment(mandate, answer="yes", stamp=director.stamp)
    later = meeting.starts_at + timedelta(days=1)
    move_event(meeting, starts_at=later, ends_at=later + timedelta(hours=2), stamp=liaison5.stamp)
    mandate.refresh_from_db()
    assert mandate.accepted_at is None
    work()
    assert outbox.outbox[-1].subject.startswith("Another time: Meet with 5B, ")
    cancel_event(meeting, reason="Snow", stamp=liaison5.stamp)
    work()
    assert "You do not have to speak for the Mayor: Snow" in str(outbox.outbox[-1].body)


THEIRS = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r
DTSTART;TZID=America/New_York:20261124T190000\r\nDTEND;TZID=America/New_York:20261124T210000\r
SUMMARY:ANC 5B meets\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_calendar_of_others_is_read_again_and_says_what_is_gone(
    liaison5: Cast, liaison7: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = [
        Fetched(THEIRS, "one"),
        Fetched(None, "one"),
        Fetched(THEIRS.replace(b"UID:a", b"UID:b")),
    ]
    monkeypatch.setattr(reading_outside, "fetch_calendar", lambda url, etag="": came.pop(0))
    draft = OutsideDraft("ANC 5B", "https://anc5b.example/calendar.ics", "5")
    row = reading_outside.add_and_read(draft, stamp=liaison5.stamp)
    days: dict[str, Any] = {"from_on": NOON.date(), "until_on": NOON.date() + timedelta(days=14)}
    assert [e.title for e in their_events(liaison5.actor, **days)] == ["ANC 5B meets"]
    assert their_events(liaison7.actor, **days) == ()
    note_outside_failed(row, reason="Away", stamp=WORKER)
    assert not reading_outside.read_outside(row, stamp=WORKER)
    row.refresh_from_db()
    assert (row.failed_at, row.error) == (None, "")
    assert reading_outside.read_outside(row, stamp=WORKER)
    assert [e.vanished for e in their_events(liaison5.actor, **days)] == [True, False]
    assert row.source is not None
    assert row.source.media_type == "text/calendar"
    with pytest.raises(NotAllowed):
        add_outside_calendar(draft, stamp=liaison7.stamp)
    with pytest.raises(Refused, match="already"):
        add_outside_calendar(draft, stamp=liaison5.stamp)


def test_fetched_calendar_in_which_the_scanner_found_something_is_not_kept(
    liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = [Fetched(THEIRS, "one") for _ in range(3)]
    monkeypatch.setattr(reading_outside, "fetch_calendar", lambda url, etag="": came.pop())
    draft = OutsideDraft("ANC 5B", "https://anc5b.example/calendar.ics", "5")
    with monkeypatch.context() as found:
        found.setattr(documents, "scan", lambda content: "Found")
        with pytest.raises(Refused) as no:
            reading_outside.add_and_read(draft, stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == ("scanner_found", "url")
        assert not Document.objects.exists()
    row = reading_outside.add_and_read(draft, stamp=liaison5.stamp)
    monkeypatch.setattr(documents, "scan", lambda content: "Found")
    with pytest.raises(Refused):
        reading_outside.read_outside(row, stamp=WORKER)
    row.refresh_from_db()
    assert row.error == documents.SCANNER_FOUND
    assert Document.objects.count() == 1


def test_series_goes_on_in_a_file_that_never_changes(
    liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly = THEIRS.replace(b"SUMMARY", b"RRULE:FREQ=WEEKLY\r\nSUMMARY")
    came = [Fetched(weekly, "one"), Fetched(None, "one"), Fetched(b"nonsense")]
    monkeypatch.setattr(reading_outside, "fetch_calendar", lambda url, etag="": came.pop(0))
    draft = OutsideDraft("ANC 5B", "https://anc5b.example/calendar.ics", "5")
    row = reading_outside.add_and_read(draft, stamp=liaison5.stamp)
    last = row.events.latest("starts_at").starts_at
    later = replace(WORKER, at=NOON + timedelta(days=60))
    reading_outside.read_outside(row, stamp=later)
    row.refresh_from_db()
    assert row.read_at == later.at
    assert row.events.latest("starts_at").starts_at > last + timedelta(days=50)
    with pytest.raises(Refused):
        reading_outside.read_outside(row, stamp=later)
    row.refresh_from_db()
    assert row.error == "This is not a calendar file (.ics)."
