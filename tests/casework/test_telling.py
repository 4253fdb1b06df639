"""Only telling the people who reported it closes an issue; five facts stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.casework.intake import later, take
from tests.cast import HOUSE, Cast
from tests.ground import AskMaker, Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import (
    close_issue,
    note_reporter_told,
    reopen_issue,
    take_telling_back,
)
from wardroom.casework.facts import ReporterTold
from wardroom.casework.queries import issue_file, tell_preview
from wardroom.casework.reactions import tell_by_mail
from wardroom.casework.rules import public_title
from wardroom.directory.actions import mark_bounced, note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, close_matter, report_done
from wardroom.matters.models import Matter
from wardroom.notices.actions import claim_message
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
TEXT = "The city closed the burrows. Call us if you see rats again."


def resident(*, email: str = "", phone: str = "", consent: bool = True) -> Party:
    """Somebody who called."""
    return note_person(
        None, name="A resident", email=email, phone=phone, consent=consent, stamp=HOUSE
    )


def test_what_the_agency_says_closes_nothing(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    matter = take(liaison5, ground).matter
    ask = ask_in(matter, liaison5, "DPW")
    ask = accept_ask(ask, promised_on=ask.due_on, stamp=partner_dpw.stamp)
    report_done(ask, disposition="fixed", stamp=partner_dpw.stamp)
    matter.refresh_from_db()
    assert (matter.state, matter.told_at) == ("open", None)
    with pytest.raises(Refused) as no:
        close_matter(matter, outcome="fixed", stamp=liaison5.stamp)
    assert no.value.code == "not_told"


def test_database_agrees_that_only_telling_closes(ground: Ground, liaison5: Cast) -> None:
    matter = take(liaison5, ground).matter
    rows = Matter.objects.filter(pk=matter.pk)
    with (
        guard_pass("a test"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        rows.update(state="closed", outcome="fixed", closed_at=liaison5.stamp.at)


def test_everybody_is_told_at_once_each_in_their_own_thread(ground: Ground, liaison5: Cast) -> None:
    first = take(liaison5, ground, reporter=resident(email="one@example.org"), reporter_typed="")
    take(
        liaison5,
        ground,
        onto=first.matter,
        reporter=resident(email="two@example.org"),
        reporter_typed="",
    )
    take(liaison5, ground, onto=first.matter, reporter_typed="", anonymous=True)
    closed = close_issue(first.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert (closed.state, closed.outcome) == ("closed", "fixed")
    assert closed.told_at == liaison5.stamp.at
    told = Entry.objects.filter(kind="ReporterTold", matter_key=str(closed.pk))
    assert told.count() == 2
    assert Entry.objects.get(kind="ReportersTold").body["people"] == 2


@pytest.mark.parametrize("how", ["no consent", "only a telephone", "bounced", "only a name"])
def test_who_cannot_be_written_to_is_told_by_a_person_first(
    ground: Ground, liaison5: Cast, how: str
) -> None:
    person = None
    if how != "only a name":
        person = resident(
            email="" if how == "only a telephone" else "one@example.org",
            phone="202-555-0147",
            consent=how != "no consent",
        )
    if how == "bounced" and person is not None:
        mark_bounced(
            person, channel="email", value="One@example.org", reason="no such box", stamp=HOUSE
        )
    complaint = take(
        liaison5, ground, reporter=person, reporter_typed="" if person else "A neighbour"
    )
    with pytest.raises(Refused) as no:
        close_issue(complaint.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert no.value.code == "not_told"
    complaint.matter.refresh_from_db()
    assert complaint.matter.state == "open"
    note_reporter_told(
        complaint.matter,
        complaint_id=complaint.pk,
        how="phone",
        text=TEXT,
        stamp=liaison5.stamp,
    )
    closed = close_issue(complaint.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert closed.state == "closed"


def test_nobody_is_told_twice_or_where_there_is_nobody(ground: Ground, liaison5: Cast) -> None:
    complaint = take(liaison5, ground)
    words = {"how": "phone", "text": TEXT, "stamp": liaison5.stamp}
    note_reporter_told(complaint.matter, complaint_id=complaint.pk, **words)  # type: ignore[arg-type]
    with pytest.raises(Refused) as no:
        note_reporter_told(complaint.matter, complaint_id=complaint.pk, **words)  # type: ignore[arg-type]
    assert no.value.code == "already_told"
    quiet = take(liaison5, ground, onto=complaint.matter, reporter_typed="", anonymous=True)
    with pytest.raises(Refused, match="no name"):
        note_reporter_told(complaint.matter, complaint_id=quiet.pk, **words)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        note_reporter_told(complaint.matter, complaint_id=10**9, **words)  # type: ignore[arg-type]


def test_open_asks_keep_an_issue_open(ground: Ground, liaison5: Cast, ask_in: AskMaker) -> None:
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    ask_in(matter, liaison5, "DPW")
    with pytest.raises(Refused) as no:
        close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert no.value.code == "asks_under_way"
    assert no.value.sentence.startswith("1 ask is still open.")
    matter.refresh_from_db()
    assert (matter.state, matter.told_at) == ("open", None)
    assert not Entry.objects.filter(kind="ReportersTold").exists()


def test_other_ward_tells_nobody(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    matter = take(liaison5, ground).matter
    with pytest.raises(NotAllowed):
        close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison7.stamp)


def test_coming_back_is_a_fact_of_its_own(ground: Ground, liaison5: Cast) -> None:
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    closed = close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    take(liaison5, ground, stamp=later(liaison5, 5))
    closed.refresh_from_db()
    assert closed.state == "closed"
    assert closed.told_at is not None
    assert closed.came_back_at is not None


def written_to(matter: Matter) -> list[Message]:
    """The messages that the worker writes after a closing."""
    for line in Entry.objects.filter(kind="ReporterTold", matter_key=str(matter.pk)):
        about = {name: line.body[name] for name in line.body if name != "kind"}
        tell_by_mail(ReporterTold.from_plain(about), entry_id=line.pk, stamp=HOUSE)
    return list(Message.objects.filter(entry__kind="ReporterTold").order_by("pk"))


def closed_with_mail(ground: Ground, who: Cast, **more: object) -> Matter:
    """An issue of one resident with an address, closed."""
    person = resident(email="one@example.org")
    matter = take(who, ground, reporter=person, reporter_typed="", **more).matter
    return close_issue(matter, outcome="fixed", text=TEXT, stamp=who.stamp)


def test_closing_is_taken_back_before_the_worker_wrote(ground: Ground, liaison5: Cast) -> None:
    closed = closed_with_mail(ground, liaison5)
    opened = take_telling_back(closed, stamp=liaison5.stamp)
    assert (opened.state, opened.outcome, opened.told_at) == ("open", "", None)
    assert opened.complaints.get().told_at is None
    assert written_to(opened) == []
    assert Entry.objects.filter(kind="TellingTakenBack").count() == 1


def test_closing_is_taken_back_while_the_message_waits(ground: Ground, liaison5: Cast) -> None:
    closed = closed_with_mail(ground, liaison5)
    (message,) = written_to(closed)
    take_telling_back(closed, stamp=liaison5.stamp)
    message.refresh_from_db()
    assert message.state == "recalled"


def test_what_is_on_its_way_cannot_be_taken_back(ground: Ground, liaison5: Cast) -> None:
    closed = closed_with_mail(ground, liaison5)
    (message,) = written_to(closed)
    soon = replace(HOUSE, at=HOUSE.at + timedelta(minutes=1))
    assert claim_message(message.pk, stamp=soon) is not None
    with pytest.raises(Refused, match="too late"):
        take_telling_back(closed, stamp=liaison5.stamp)
    closed.refresh_from_db()
    assert closed.state == "closed"
    assert closed.complaints.get().told_at is not None


def test_another_day_is_too_late(ground: Ground, liaison5: Cast) -> None:
    closed = close_issue(
        take(liaison5, ground, reporter_typed="", anonymous=True).matter,
        outcome="fixed",
        text=TEXT,
        stamp=liaison5.stamp,
    )
    with pytest.raises(Refused, match="too late"):
        take_telling_back(closed, stamp=later(liaison5, 1))


def test_nobody_else_takes_it_back(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    closed = closed_with_mail(ground, liaison5)
    with pytest.raises(NotAllowed):
        take_telling_back(closed, stamp=liaison7.stamp)


def test_open_issue_has_nothing_to_take_back(ground: Ground, liaison5: Cast) -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        take_telling_back(take(liaison5, ground).matter, stamp=liaison5.stamp)


def test_opened_again_everybody_is_told_anew(ground: Ground, liaison5: Cast) -> None:
    closed = closed_with_mail(ground, liaison5)
    day = later(liaison5, 2)
    opened = reopen_issue(closed, reason="Rats again", next_on=day.at.date(), stamp=day)
    assert opened.complaints.get().told_at is None
    close_issue(opened, outcome="not_fixed", text="We were wrong. This is why.", stamp=day)
    assert Entry.objects.filter(kind="ReporterTold").count() == 2


def test_letter_holds_no_word_of_another_resident(ground: Ground, liaison5: Cast) -> None:
    first = take(
        liaison5, ground, said="My neighbor Mr. X keeps rats", topic_code="", reporter_typed="A"
    )
    person = resident(email="two@example.org")
    take(liaison5, ground, onto=first.matter, reporter=person, reporter_typed="")
    note_reporter_told(
        first.matter, complaint_id=first.pk, how="phone", text=TEXT, stamp=liaison5.stamp
    )
    closed = close_issue(first.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert "Mr. X" in closed.title
    for message in written_to(closed):
        assert "Mr. X" not in f"{message.subject} {message.text}"
    assert public_title("", "") == "What you reported"


def test_whoever_speaks_another_language_reads_it_first(ground: Ground, liaison5: Cast) -> None:
    person = resident(email="one@example.org")
    matter = take(
        liaison5, ground, reporter=person, reporter_typed="", language="es", interpreter=True
    ).matter
    file = issue_file(matter.pk, liaison5.actor)
    texts = {"es": "La ciudad las cerró."}
    preview = tell_preview(file, liaison5.actor, outcome="fixed", text=TEXT, texts=texts)
    assert preview.languages == (("es", "Spanish"),)
    assert preview.is_ready
    assert preview.by_mail[0].interpreter
    assert preview.doubts[0].startswith("Nobody from the office went to look")
    closed = close_issue(matter, outcome="fixed", text=TEXT, texts=texts, stamp=liaison5.stamp)
    (message,) = written_to(closed)
    assert message.text.startswith("La ciudad las cerró.\n\nThe city closed the burrows.")
    assert message.text.strip() == preview.by_mail[0].letter.strip()


def test_preview_names_whom_to_call_and_who_is_beyond_reach(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    person = resident(phone="202-555-0147")
    matter = take(liaison5, ground, reporter=person, reporter_typed="").matter
    take(liaison5, ground, onto=matter, reporter_typed="", anonymous=True)
    file = issue_file(matter.pk, liaison5.actor)
    preview = tell_preview(file, liaison5.actor)
    assert [row.phones for row in preview.by_person] == [("202-555-0147",)]
    assert (preview.anonymous, preview.is_ready, preview.by_mail) == (1, False, ())
    assert tell_preview(file, liaison7.actor).by_person == ()
