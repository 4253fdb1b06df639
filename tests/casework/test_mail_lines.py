"""The ledger names mail and holds no word of it: words are read, and found, where it lies."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.casework.intake import take
from tests.casework.postroom import STAMP, acknowledgement, again, came
from tests.cast import HOUSE, Cast, hire
from tests.ground import Ground
from tests.notices.letters import RESIDENT
from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.casework.actions import (
    close_issue,
    correct_issue,
    mark_mail_read,
    place_message,
    put_mail_aside,
    write_to_person,
)
from wardroom.casework.models import Complaint
from wardroom.casework.queries import Hit, find_anything
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import history, line_file, timeline, verified_chain
from wardroom.matters.actions import refer_matter, restrict_matter
from wardroom.matters.models import Matter
from wardroom.notices.actions.mail import told
from wardroom.notices.facts import ReceivedFact
from wardroom.notices.models import Received
from wardroom.search.models import Doc

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "addresses", "worker"),
]
SUBJECT, SECRET = "About the landlord", "He keeps crossbows in the cellar."


@dataclass(frozen=True, kw_only=True)
class AsOfOld(ReceivedFact):
    """What a line about mail held before: who wrote, and every word."""

    from_name: str = "Kim Field"
    from_address: str = RESIDENT
    subject: str = SUBJECT
    text: str = SECRET

    @property
    def kind(self) -> str:
        return "MailReceived"

    def sentence(self) -> str:
        return f"E-mail from {self.from_name} <{self.from_address}>: {self.subject}"


@action(lambda actor, _: True)
def write_as_of_old(received: Received, *, stamp: Stamp) -> Entry:
    return record(AsOfOld(**told(received)), stamp=stamp)


@pytest.fixture
def colleague(office: None) -> Cast:
    """Somebody of ward 5 who is named for no restricted matter."""
    return hire("second.liaison5", "Second liaison of Ward 5", Role.LIAISON, ward="5")


@pytest.fixture
def received(complaint: Complaint) -> Received:
    mail = came(subject=SUBJECT, text=SECRET, In_Reply_To=acknowledgement().message_id)
    assert mail.thread == f"matter:{complaint.matter.pk}"
    return mail


@pytest.fixture
def sealed(ground: Ground, director: Cast) -> Matter:
    """A restricted matter of ward 5 that its colleague may not see."""
    matter = take(director, ground, topic_code="trash").matter
    return restrict_matter(
        matter, readers=[director.party], reason="A witness", stamp=director.stamp
    )


def said(who: Cast, matter: Matter) -> str:
    """All that the timeline, the history and each line for itself tell of a matter."""
    ref, actor = Ref("matter", str(matter.pk)), again(who)
    lines = [*timeline(actor, refs=[ref]).lines, *history(actor, ref=ref).lines]
    alone = [line_file(actor, line.entry_id).line for line in lines]
    return "\n".join(line.sentence for line in (*lines, *alone))


def found(who: Cast, text: str) -> list[Hit]:
    return list(find_anything(again(who), text, on=HOUSE.at.date()).rows)


def test_line_names_the_mail_and_holds_no_word_of_it(
    complaint: Complaint, received: Received, liaison5: Cast, sealed: Matter, director: Cast
) -> None:
    mark_mail_read(received, stamp=liaison5.stamp)
    place_message(received, matter=sealed, stamp=director.stamp)
    put_mail_aside(came(subject=SUBJECT, message_id="<b@x>"), reason="x", stamp=director.stamp)
    lines = Entry.objects.filter(about__noun="mail").distinct()
    assert lines.count() == 5
    for line in lines:
        kept = line.sentence + json.dumps(line.body)
        assert not [word for word in (RESIDENT, "landlord", "crossbows") if word in kept]


def test_words_are_told_where_the_mail_lies_today(
    complaint: Complaint, received: Received, liaison5: Cast, colleague: Cast, director: Cast,
    sealed: Matter,
) -> None:  # fmt: skip
    mark_mail_read(received, stamp=liaison5.stamp)
    whole = f"E-mail from {RESIDENT}: {SUBJECT}"
    assert whole in said(colleague, complaint.matter)
    place_message(received, matter=sealed, stamp=director.stamp)
    read = said(colleague, complaint.matter)
    assert "E-mail came in" in read
    assert RESIDENT not in read
    assert SUBJECT not in read
    assert whole in said(director, complaint.matter)
    assert f"E-mail placed here from {RESIDENT}: {SUBJECT}" in said(director, sealed)


def test_line_of_old_that_holds_words_tells_them_within_reach_only(
    complaint: Complaint, received: Received, colleague: Cast, director: Cast, sealed: Matter
) -> None:
    old = write_as_of_old(received, stamp=STAMP)
    assert SECRET in json.dumps(old.body)
    assert SUBJECT in said(colleague, complaint.matter)
    place_message(received, matter=sealed, stamp=director.stamp)
    assert SUBJECT not in said(colleague, complaint.matter)
    assert line_file(again(colleague), old.pk).line.sentence == "E-mail came in"
    assert SUBJECT in line_file(again(director), old.pk).line.sentence
    assert Entry.objects.get(pk=old.pk).sentence == f"E-mail from Kim Field <{RESIDENT}>: {SUBJECT}"
    assert verified_chain().broken is None


def test_reason_why_mail_was_set_aside_is_read_with_the_mail(
    complaint: Complaint, colleague: Cast, liaison7: Cast
) -> None:
    named = came(subject=f"[W-{complaint.matter.pk}] more", sender="x@y.example")
    put_mail_aside(named, reason="He is the landlord", stamp=colleague.stamp)
    line = Entry.objects.get(kind="MailSetAside")
    told = line_file(again(colleague), line.pk).line.sentence
    assert told == "E-mail set aside (He is the landlord)"
    assert line_file(again(liaison7), line.pk).line.sentence == "E-mail set aside"


def test_mail_is_found_by_its_words_and_by_who_wrote_it(
    received: Received, colleague: Cast, liaison7: Cast
) -> None:
    (hit,) = found(colleague, "crossbows")
    assert (hit.noun, hit.key) == ("mail", str(received.pk))
    assert "crossbows" in hit.why
    assert [h.key for h in found(colleague, "about landlord") if h.noun == "mail"] == [hit.key]
    assert [h.why for h in found(colleague, RESIDENT) if h.noun == "mail"] == ["who wrote it"]
    assert found(liaison7, "crossbows") == []


def test_mail_placed_elsewhere_is_found_there_and_nowhere_else(
    ground: Ground, received: Received, colleague: Cast, liaison7: Cast, director: Cast,
    sealed: Matter,
) -> None:  # fmt: skip
    other = take(liaison7, ground, ward_code="7", topic_code="trash").matter
    correct_issue(other, place=ground.places["7"], stamp=director.stamp)
    place_message(received, matter=other, stamp=director.stamp)
    assert found(colleague, "crossbows") == []
    assert [hit.noun for hit in found(liaison7, "crossbows")] == ["mail"]
    place_message(received, matter=sealed, stamp=director.stamp)
    for who in (colleague, liaison7):
        assert found(who, "crossbows") == []
    assert [hit.matter_key for hit in found(director, "crossbows")] == [str(sealed.pk)]
    assert Doc.objects.filter(noun="mail").count() == 1


def test_mail_goes_to_the_new_ward_with_its_matter(
    ground: Ground, complaint: Complaint, received: Received, colleague: Cast, liaison7: Cast,
    liaison5: Cast,
) -> None:  # fmt: skip
    correct_issue(complaint.matter, place=ground.places["7"], stamp=liaison5.stamp)
    assert found(colleague, "crossbows") == []
    assert [hit.key for hit in found(liaison7, "crossbows")] == [str(received.pk)]


def test_mail_of_a_matter_that_is_restricted_later_is_absent(
    complaint: Complaint, received: Received, colleague: Cast, liaison5: Cast
) -> None:
    restrict_matter(complaint.matter, readers=[], reason="A witness", stamp=liaison5.stamp)
    assert found(colleague, "crossbows") == []
    assert [hit.key for hit in found(liaison5, "crossbows")] == [str(received.pk)]


def test_mail_that_waits_is_found_by_whoever_may_place_it(
    complaint: Complaint, colleague: Cast, liaison7: Cast
) -> None:
    came(text=SECRET, sender="x@y.example")
    named = f"[W-{complaint.matter.pk}] more"
    came(subject=named, text="A bazooka", sender="x@y.example", message_id="<b@x>")
    assert [len(found(who, "crossbows")) for who in (colleague, liaison7)] == [1, 1]
    assert [len(found(who, "bazooka")) for who in (colleague, liaison7)] == [1, 0]


def test_mail_that_no_person_wrote_is_not_found(complaint: Complaint, colleague: Cast) -> None:
    came(text=SECRET, Auto_Submitted="auto-replied")
    assert found(colleague, "crossbows") == []


def test_all_lines_that_carry_words_are_found_by_them_within_reach(
    complaint: Complaint, liaison5: Cast, colleague: Cast, liaison7: Cast
) -> None:
    matter, stamp = complaint.matter, liaison5.stamp
    write_to_person(matter, to_address=RESIDENT, subject="x", text="A marmot.", stamp=stamp)
    correct_issue(matter, public_text="A badger.", stamp=stamp)
    refer_matter(matter, owner="Pepco", channel="phone", text="A weasel.", stamp=stamp)
    close_issue(matter, outcome="fixed", text="An otter.", stamp=stamp)
    words = {
        "marmot": "PersonWrittenTo",
        "badger": "IssueCorrected",
        "weasel": "MatterReferred",
        "otter": "ReporterTold",
    }
    for word, kind in words.items():
        keys = [hit.key for hit in found(colleague, word) if hit.noun == "entry"]
        assert [Entry.objects.get(pk=key).kind for key in keys] == [kind]
        assert found(liaison7, word) == []
    restrict_matter(matter, readers=[], reason="A witness", stamp=stamp)
    for word in words:
        assert found(colleague, word) == []


def test_name_of_somebody_noted_is_found_by_their_page_alone(complaint: Complaint) -> None:
    noted = Entry.objects.get(kind="PersonNoted")
    assert not Doc.objects.filter(noun="entry", key=str(noted.pk)).exists()
