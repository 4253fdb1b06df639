"""Only telling the people who reported it closes an issue; five facts stay apart."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.casework.intake import later, take
from tests.cast import HOUSE, Cast
from tests.ground import AskMaker, Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import close_issue, note_reporter_told
from wardroom.directory.actions import mark_bounced, note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, close_matter, report_done
from wardroom.matters.models import Matter

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
