"""The action list on its way: on paper, to every seat, once, and to the agency where no seat is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.calendar.at_the_table import call_all
from tests.calendar.conftest import on
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp, Window
from wardroom.access.gate import guard_pass
from wardroom.calendar import facts
from wardroom.calendar.actions import file_action_list, issue_action_list, write_line
from wardroom.calendar.models import Event, IssuedList
from wardroom.calendar.queries import action_list_paper, meeting_page
from wardroom.calendar.reactions import send_action_list
from wardroom.directory.actions import SeatDraft, seat_agency
from wardroom.directory.models import ContactPoint, Party
from wardroom.documents.models import Document
from wardroom.jobs.routines import plan_meetings_ahead
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message

pytestmark = pytest.mark.django_db
WORKER = Stamp(actor=HOUSE.actor, at=NOON, window=Window.WORKER)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def out(meetings: list[Event], liaison5: Cast) -> IssuedList:
    """The list of the first meeting, just issued."""
    write_line(meetings[0], kind="decision", text="We walk 🐀 on Friday", stamp=on(liaison5, 6))
    call_all(meetings[0], liaison5, 6, DOB="absent")
    return issue_action_list(meetings[0], stamp=on(liaison5, 6))


def deliver() -> None:
    entry = Entry.objects.filter(kind="ActionListIssued").latest("pk")
    fact = facts.ActionListIssued.from_plain(entry.body)
    send_action_list(fact, entry_id=entry.pk, stamp=WORKER)


@pytest.mark.any_database
def test_every_seat_gets_the_list_with_its_paper(out: IssuedList, liaison5: Cast) -> None:
    """Pat has an address; nobody else at DDOT and DOB has one, so the agencies' own are used."""
    deliver()
    letters = Message.objects.order_by("to_address")
    assert [m.to_address for m in letters] == [
        "ddot@example.org",
        "dob@example.org",
        "pat@example.org",
    ]
    assert {m.urgent for m in letters} == {True}
    assert {m.thread for m in letters} == {f"event:{out.event_id}"}
    [paper] = {d.pk for m in letters for d in m.enclosures.all()}
    assert Document.objects.get(pk=paper).media_type == "application/pdf"
    page = meeting_page(out.event_id, liaison5.actor, at=NOON)
    assert (len(page.letters), page.lists[0].has_pdf) == (3, True)


@pytest.mark.any_database
def test_correction_goes_to_whoever_sits_there_when_it_goes_out(
    out: IssuedList, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    later = on(liaison5, 20)
    seat_agency(
        SeatDraft(
            ward_code="5",
            agency=agencies["DPW"],
            since_on=later.at.date(),
            name="Max of the yard",
            email="max@example.org",
        ),
        stamp=later,
    )
    issue_action_list(out.event, correction="The date was off", stamp=later)
    deliver()
    to = set(Message.objects.values_list("to_address", flat=True))
    assert "max@example.org" in to
    assert "pat@example.org" not in to


@pytest.mark.any_database
@pytest.mark.parametrize("how", ["no_consent", "bounced", "left"])
def test_list_is_not_written_to_whoever_is_gone_or_does_not_want_it(
    how: str, out: IssuedList, partner_dpw: Cast
) -> None:
    """The address they sign in with does not stand in for one they took back."""
    pat = Party.objects.get(name="Pat of the yard")
    points = ContactPoint.objects.filter(party=pat)
    user = partner_dpw.user
    with guard_pass("sets the scene"):
        Party.objects.filter(pk=partner_dpw.party.pk).update(user=None)
        Party.objects.filter(pk=pat.pk).update(user=user)
        if how == "no_consent":
            points.update(consent=False)
        elif how == "bounced":
            points.update(bounced_at=NOON)
        else:
            type(user).objects.filter(pk=user.pk).update(is_active=False)
    deliver()
    to = set(Message.objects.values_list("to_address", flat=True))
    assert to.isdisjoint({"pat@example.org", user.email})
    assert "dpw@example.org" in to, "the agency's own"


def test_paper_on_file_is_what_the_page_gives(out: IssuedList, liaison5: Cast) -> None:
    name, draft = action_list_paper(out.event_id, liaison5.actor, today=NOON.date())
    assert name == "core-team-ward-5-2026-11-24-v1.pdf"
    assert draft.startswith(b"%PDF-")
    deliver()
    out.refresh_from_db()
    assert out.pdf is not None
    _, kept = action_list_paper(out.event_id, liaison5.actor, today=NOON.date())
    assert len(kept) == out.pdf.size


def test_paper_is_filed_once_and_by_the_house(out: IssuedList, liaison5: Cast) -> None:
    deliver()
    out.refresh_from_db()
    assert out.pdf is not None
    with pytest.raises(Refused):
        file_action_list(out, document=out.pdf, stamp=WORKER)
    with pytest.raises(NotAllowed):
        file_action_list(out, document=out.pdf, stamp=liaison5.stamp)
    with pytest.raises(Refused):
        deliver()  # the letters were written already; the sweeper never comes here twice
    assert Message.objects.count() == 3


def test_draft_is_for_the_office_alone(
    meetings: list[Event], liaison5: Cast, partner_dpw: Cast, liaison7: Cast
) -> None:
    name, content = action_list_paper(meetings[0].pk, liaison5.actor, today=NOON.date())
    assert name.endswith("-draft.pdf")
    assert content.startswith(b"%PDF-")
    for who in (partner_dpw, liaison7):
        with pytest.raises(NotFound):
            action_list_paper(meetings[0].pk, who.actor, today=NOON.date())


def test_worker_plans_meetings_ahead_once(
    meetings: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Stamp(actor=HOUSE.actor, at=NOON + timedelta(days=8), window=Window.WORKER)
    monkeypatch.setattr("wardroom.jobs.routines.worker_stamp", lambda: later)
    assert plan_meetings_ahead() == 1
    assert plan_meetings_ahead() == 0
    assert Event.objects.count() == len(meetings) + 1
