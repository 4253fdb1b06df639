"""The action list on its way: on paper, to every seat, once, and to the agency where no seat is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.calendar.conftest import on
from tests.calendar.test_meetings import call_all
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp, Window
from wardroom.calendar import facts
from wardroom.calendar.actions import file_action_list, issue_action_list, write_line
from wardroom.calendar.models import Event, IssuedList
from wardroom.calendar.queries import action_list_paper, meeting_page
from wardroom.calendar.reactions import send_action_list
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


def test_paper_on_file_is_what_the_page_gives(out: IssuedList, liaison5: Cast) -> None:
    name, draft = action_list_paper(out.event_id, liaison5.actor)
    assert name == "core-team-ward-5-2026-11-24-v1.pdf"
    assert draft.startswith(b"%PDF-")
    deliver()
    out.refresh_from_db()
    assert out.pdf is not None
    _, kept = action_list_paper(out.event_id, liaison5.actor)
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
    name, content = action_list_paper(meetings[0].pk, liaison5.actor)
    assert name.endswith("-draft.pdf")
    assert content.startswith(b"%PDF-")
    for who in (partner_dpw, liaison7):
        with pytest.raises(NotFound):
            action_list_paper(meetings[0].pk, who.actor)


def test_worker_plans_meetings_ahead_once(
    meetings: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Stamp(actor=HOUSE.actor, at=NOON + timedelta(days=8), window=Window.WORKER)
    monkeypatch.setattr("wardroom.jobs.routines.worker_stamp", lambda: later)
    assert plan_meetings_ahead() == 1
    assert plan_meetings_ahead() == 0
    assert Event.objects.count() == len(meetings) + 1
