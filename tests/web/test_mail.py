"""The pages of mail: placed by one key, by number or by search; answered; taken back."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import HOUSE
from tests.notices.letters import letter
from tests.web.conftest import World
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import take_mail
from wardroom.casework.models import Complaint
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter, Waiting
from wardroom.notices.actions import hold_mail, note_mailbox_failed, queue_message
from wardroom.notices.models import Mailbox, Message, Received

pytestmark = pytest.mark.django_db


def came(**words: str) -> Received:
    received = take_mail(letter(**words).as_bytes(), stamp=HOUSE)
    assert received is not None
    return received


def now(received: Received) -> Received:
    return Received.objects.get(pk=received.pk)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(answer.content.decode())


def about(matter: Matter, **words: str) -> Received:
    return came(subject=f"About [W-{matter.pk}]", message_id="<about@x>", **words)


def test_one_key_says_that_it_belongs_where_it_seems_to(world: World) -> None:
    matter, liaison = world.issues["5"], world.clients["liaison5"]
    mail = about(matter)
    page = read(liaison, "/data/mail/")
    button = re.search(rf'action="(/data/mail/{mail.pk}/confirm/)".*?data-key="d"', page, re.S)
    assert button
    assert f"Yes, W-{matter.pk}" in page
    answer = liaison.post(button[1], {"back": "/data/mail/?state=all"})
    assert answer.headers["Location"] == "/data/mail/?state=all"
    assert now(mail).thread == f"matter:{matter.pk}"
    assert f"/data/mail/{mail.pk}/confirm/" not in read(liaison, "/data/mail/?state=all")


def test_who_says_so_second_is_told_that_it_was_dealt_with(world: World) -> None:
    address = f"/data/mail/{about(world.issues['5']).pk}/confirm/"
    assert world.clients["liaison5"].post(address, {}).status_code == 302
    late = world.clients["director"].post(address, {})
    assert late.status_code == 409
    text = html.unescape(late.content.decode())
    assert "Somebody dealt with this mail while your page was open." in text
    assert "There is no matter" not in text


def test_what_seems_to_belong_to_another_ward_is_not_there(world: World) -> None:
    mail, liaison = about(world.issues["7"]), world.clients["liaison5"]
    assert f"/data/mail/{mail.pk}/" not in read(liaison, "/data/mail/")
    assert liaison.get(f"/data/mail/{mail.pk}/").status_code == 404
    assert liaison.get(f"/data/mail/{mail.pk}/files/{mail.raw_id}/").status_code == 404
    assert liaison.post(f"/data/mail/{mail.pk}/confirm/", {}).status_code == 404
    assert now(mail).state == "waiting"


@pytest.mark.parametrize("into", ["", "W-999999", "nonsense", "W-1; drop", "9" * 29, "W-"])
def test_number_that_is_none_is_told_at_its_field(into: str, world: World) -> None:
    answer = world.clients["liaison5"].post(f"/data/mail/{world.mail.pk}/place/", {"into": into})
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'id="place_into_error"' in text
    assert not into or f'value="{into}"' in text
    assert now(world.mail).state == "waiting"


def test_matter_is_found_by_words(world: World) -> None:
    liaison, matter = world.clients["liaison5"], world.matters["5"]
    page = read(liaison, f"/data/mail/{world.mail.pk}/?find={matter.title}")
    assert f'name="into" value="{matter.pk}"' in page
    assert f'name="into" value="{world.matters["7"].pk}"' not in page
    assert "No matter fits" in read(liaison, f"/data/mail/{world.mail.pk}/?find=zzzqqq")
    answer = liaison.post(f"/data/mail/{world.mail.pk}/place/", {"into": f"W-{matter.pk}"})
    assert answer.status_code == 302
    assert now(world.mail).thread == f"matter:{matter.pk}"


def test_nothing_typed_is_lost_where_a_reason_is_missing(world: World) -> None:
    client = world.clients["liaison5"]
    answer = client.post(f"/data/mail/{world.mail.pk}/aside/", {"reason": " "})
    assert answer.status_code == 422
    assert "Why nothing needs to be done" in answer.content.decode()
    long = client.post(f"/data/mail/{world.mail.pk}/aside/", {"reason": "x" * 201})
    assert long.status_code == 422
    assert "x" * 201 in long.content.decode()


def test_mail_fills_the_form_and_hangs_on_the_new_issue(world: World) -> None:
    liaison = world.clients["liaison5"]
    page = read(liaison, f"/issues/new/?mail={world.mail.pk}")
    assert "Bags again." in page
    assert 'value="neighbor@example.org"' in page
    assert f'name="mail" value="{world.mail.pk}"' in page
    sent = {
        "mail": world.mail.pk, "said": "Bags again.", "channel": "email", "name_": "A neighbor",
        "email": "neighbor@example.org", "consent": "on", "ward_code": "5", "language": "en",
    }  # fmt: skip
    looked = liaison.post("/issues/new/", {**sent, "look": "1"})
    assert f'name="mail" value="{world.mail.pk}"' in looked.content.decode()
    wrong = liaison.post("/issues/new/", {**sent, "said": ""})
    assert wrong.status_code == 422
    assert f'name="mail" value="{world.mail.pk}"' in wrong.content.decode()
    assert now(world.mail).state == "waiting"
    assert liaison.post("/issues/new/", sent).status_code == 302
    complaint = Complaint.objects.latest("pk")
    assert complaint.reporter is not None
    assert now(world.mail).thread == f"matter:{complaint.matter.pk}"
    assert "Bags again." in read(liaison, f"/issues/{complaint.matter.pk}/")
    assert liaison.get(f"/issues/new/?mail={world.mail.pk}").status_code == 404
    assert liaison.post("/issues/new/", sent).status_code == 404
    assert Complaint.objects.latest("pk") == complaint


def test_answer_is_written_and_taken_back(world: World) -> None:
    liaison, matter = world.clients["liaison5"], world.issues["5"]
    mail = about(matter, sender="A neighbor <neighbor@example.org>")
    assert liaison.post(f"/data/mail/{mail.pk}/confirm/", {}).status_code == 302
    assert Waiting.objects.get(noun="mail", key=str(mail.pk)).reason == "reply"
    page = read(liaison, f"/data/letters/{matter.pk}/?answers={mail.pk}")
    assert f'value="Re: {mail.subject}"' in page
    sent = {
        "to_address": "neighbor@example.org", "subject": "Re", "text": "On Friday.",
        "answers": mail.pk,
    }  # fmt: skip
    empty = liaison.post(f"/data/letters/{matter.pk}/write/", {**sent, "text": ""})
    assert empty.status_code == 422
    assert f'name="answers" value="{mail.pk}"' in empty.content.decode()
    assert liaison.post(f"/data/letters/{matter.pk}/write/", sent).status_code == 302
    assert not Waiting.objects.filter(noun="mail", key=str(mail.pk)).exists()
    message = Message.objects.get(entry__kind="PersonWrittenTo")
    page = read(liaison, f"/data/letters/{matter.pk}/")
    assert "On Friday." in page
    assert f'action="/data/messages/{message.pk}/recall/"' in page
    assert liaison.post(f"/data/messages/{message.pk}/recall/", {}).status_code == 302
    message.refresh_from_db()
    assert message.state == "recalled"
    again = liaison.post(f"/data/messages/{message.pk}/recall/", {})
    assert again.status_code == 409
    assert "It is too late" in again.content.decode()


@pytest.mark.parametrize(("name", "said"), [("Kim Field", "Kim Field"), ("", "kim@example.org")])
def test_letter_that_waits_for_the_morning_is_sent_now(world: World, name: str, said: str) -> None:
    liaison, matter = world.clients["liaison5"], world.issues["5"]
    written = Entry.objects.filter(matter_key=str(matter.pk), actor=world.cast["liaison5"].user)
    message = queue_message(
        None,
        entry_id=written.order_by("pk")[0].pk,
        to_name=name,
        to_address="kim@example.org",
        subject="We look on Friday",
        text="On Friday.",
        thread=f"matter:{matter.pk}",
        send_after=HOUSE.at + timedelta(hours=17),
        stamp=HOUSE,
    )
    path, address = f"/data/letters/{matter.pk}/", f"/data/messages/{message.pk}/now/"
    for page in (path, "/data/messages/"):
        assert f'action="{address}"' in read(liaison, page)
    assert address not in read(world.clients["records"], "/data/messages/")
    answer = liaison.post(address, {"back": path}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert f"The message to {said} goes out within a minute." in answer.content.decode()
    message.refresh_from_db()
    assert message.next_try_at == HOUSE.at
    assert f'action="{address}"' not in read(liaison, path)
    again = liaison.post(address, {"back": path})
    assert again.status_code == 409
    assert "goes out within a minute" in again.content.decode()


def test_message_read_leaves_the_worklist(world: World) -> None:
    director, matter = world.clients["director"], world.issues["5"]
    assert matter.owner.user_id == world.cast["director"].user.pk
    mail = about(matter)
    director.post(f"/data/mail/{mail.pk}/confirm/", {})
    assert f'href="/data/mail/{mail.pk}/"' in read(director, "/day/?reason=reply")
    assert "Not read yet" in read(director, f"/issues/{matter.pk}/")
    director.post(f"/data/mail/{mail.pk}/read/", {})
    assert f'href="/data/mail/{mail.pk}/"' not in read(director, "/day/?reason=reply")


def test_who_only_reads_is_offered_nothing(world: World) -> None:
    about(world.issues["5"])
    for path in ("/data/mail/?state=all", f"/data/mail/{world.mail.pk}/"):
        page = read(world.clients["records"], path)
        assert 'method="post" action="/data/' not in page, path
    page = read(world.clients["records"], f"/data/letters/{world.matters['5'].pk}/")
    assert "/write/" not in page


def test_dead_messages_stand_on_top_with_what_can_be_done(world: World) -> None:
    director = world.clients["director"]
    page = read(director, "/data/messages/")
    assert "1 message could not be sent." in page
    assert page.index("Not delivered") < page.index("waiting to go out")
    assert f'action="/data/messages/{world.message.pk}/aside/"' in page
    refused = director.post(f"/data/messages/{world.message.pk}/aside/", {"reason": ""})
    assert refused.status_code == 422
    assert (
        director.post(
            f"/data/messages/{world.message.pk}/aside/", {"reason": "Rang them"}
        ).status_code
        == 302
    )
    page = read(director, "/data/messages/")
    assert "could not be sent" not in page
    assert "Set aside" in page


def test_reason_that_is_too_long_stays_where_it_was_typed(world: World) -> None:
    typed = "They have moved. " * 20
    way = f"/data/messages/{world.message.pk}/aside/"
    page = world.clients["director"].post(way, {"reason": typed}).content.decode()
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    own = [row for row in rows if way in row]
    assert len(own) == 2
    for row in own:
        assert '<details class="more" open>' in row
        assert f'value="{typed}" aria-invalid="true"' in row
    idents = re.findall(r' id="([^"]+)"', page)
    assert len(idents) == len(set(idents))
    sent = {"reason": typed, "back": "/data/messages/?state=dead"}
    page = world.clients["director"].post(way, sent).content.decode()
    assert '<option value="dead" selected>' in page
    assert page.count(f'value="{typed}"') == 1


def test_director_is_alarmed_at_home_and_others_are_not(world: World) -> None:
    note_mailbox_failed("office at mail.example", error="login refused", stamp=HOUSE)
    assert "1 message could not be sent." in read(world.clients["director"], "/")
    assert "could not be sent" not in read(world.clients["liaison5"], "/")
    later = read(world.clients["director"], "/data/messages/")
    assert "login refused" not in later
    note_mailbox_failed("older", error="password ran out", stamp=HOUSE)
    with guard_pass("a test"):
        Mailbox.objects.update(failed_at=HOUSE.at - timedelta(minutes=20))
    at_home, mail = (read(world.clients["director"], path) for path in ("/", "/data/mail/"))
    told = "No mail has come in since [^<]*"
    assert re.search(rf'{told} <a href="/data/mail/">Mail in</a>', at_home)
    assert re.search(rf"{told}</p>", mail)


def test_held_mail_is_told_in_whole_sentences(world: World) -> None:
    hold_mail(None, taken_at=HOUSE.at - timedelta(hours=2), stamp=HOUSE)
    told = re.search(
        r"<p[^>]*>(On [^<]* Wardroom was restored [^<]*)", read(world.clients["director"], "/")
    )
    assert told
    assert ".." not in told[1]


def test_what_somebody_wrote_is_only_text(world: World) -> None:
    evil = came(
        sender='"<img src=x onerror=alert(1)>" <a@b.example>',
        subject="<script>alert(1)</script>",
        text="<script>alert(2)</script>\n",
        message_id="<evil@x>",
    )
    for path in ("/data/mail/", f"/data/mail/{evil.pk}/"):
        raw = world.clients["director"].get(path).content.decode()
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw


def test_files_of_mail_are_handed_out_to_be_saved(world: World) -> None:
    made = letter(message_id="<file@x>")
    made.add_attachment(b"some text", maintype="text", subtype="html", filename="../a.html")
    received = take_mail(made.as_bytes(), stamp=HOUSE)
    assert received is not None
    document = received.enclosures.get()
    path = f"/data/mail/{received.pk}/files/{document.pk}/"
    answer = world.clients["liaison5"].get(path)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert ".." not in answer.headers["Content-Disposition"]
    for role in ("partner_dpw", "nobody"):
        assert world.clients[role].get(path).status_code == 404
    other = f"/data/mail/{world.mail.pk}/files/{document.pk}/"
    assert world.clients["liaison5"].get(other).status_code == 404
    assert Entry.objects.filter(kind="DocumentStored").exists()


def test_mail_that_asks_for_records_is_written_down_and_goes_with_the_request(
    world: World,
) -> None:
    mail = came(subject="About the alley", message_id="<records@x>")
    liaison, officer = world.clients["liaison5"], world.clients["records"]
    address = f"/records/new/?mail={mail.pk}"
    for who in (liaison, officer):
        assert f'href="{address}"' in read(who, f"/data/mail/{mail.pk}/")
    form = read(officer, address)
    assert f'value="{mail.from_address}"' in form
    assert f'href="/data/mail/{mail.pk}/"' in form
    sent = {
        "channel": "mail", "received_on": localdate(mail.received_at).isoformat(),
        "asker": mail.from_name or "Ada", "email": mail.from_address, "language": "en",
        "words": "All about the alley.",
    }  # fmt: skip
    wrong = officer.post(address, {**sent, "words": ""})
    assert wrong.status_code == 422
    assert now(mail).thread == ""
    done = officer.post(address, sent)
    number = now(mail).thread.removeprefix("records_request:")
    assert done.headers["Location"] == f"/records/{number}/"
    page = read(officer, f"/data/mail/{mail.pk}/")
    assert f'href="/records/{number}/"' in page
    assert address not in page
    assert f"W-{number}" not in page
    assert f"W-{number}" not in read(officer, "/data/mail/?state=all")
    again = officer.post(address, sent)
    assert (again.status_code, now(mail).thread) == (409, f"records_request:{number}")
    assert liaison.get(f"/data/mail/{mail.pk}/").status_code == 404


def test_mail_that_is_not_there_starts_no_request_for_records(world: World) -> None:
    returned = came(subject="Undelivered", message_id="<returned@x>")
    with guard_pass("it was a notice"):
        Received.objects.filter(pk=returned.pk).update(state="bounce")
    for number in (returned.pk, 999_999):
        assert world.clients["liaison5"].get(f"/records/new/?mail={number}").status_code == 404
    assert "It came in the message" not in read(
        world.clients["liaison5"], "/records/new/?mail=nonsense"
    )
