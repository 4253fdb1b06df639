"""The next step of an issue follows what was done, and never what a person wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.casework.intake import take
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.casework.actions import note_reporter_told
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    AskDraft,
    accept_ask,
    ask_agencies,
    counter_ask,
    decline_ask,
    report_done,
    set_next_step,
    withdraw_ask,
)
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.matters.rules import AskNow, step_after_look, step_after_telling, step_by_asks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
TODAY, DUE = NOON.date(), date(2026, 12, 4)


def step(matter: Matter) -> tuple[str, date | None]:
    """The next step of a matter and its day, as they stand now."""
    matter.refresh_from_db()
    return matter.next_step, matter.next_on


def ask(matter: Matter, who: Cast, *agencies: Party) -> list[Ask]:
    drafts = [AskDraft(party, "Inspect the bins", DUE) for party in agencies]
    return list(ask_agencies(matter, drafts=drafts, stamp=who.stamp))


def look(matter: Matter, who: Cast, finding: str) -> None:
    rating = {"clean": 1, "not_fixed": 3}.get(finding)
    record_check(matter, finding=finding, rating=rating, note="", seen_at=NOON, stamp=who.stamp)


@pytest.fixture
def issue(ground: Ground, liaison5: Cast) -> Matter:
    """An issue as it is taken in."""
    return take(liaison5, ground).matter


def test_step_leads_from_asking_to_telling(
    issue: Matter, liaison5: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    assert step(issue)[0] == "Decide whom to ask"
    [asked] = ask(issue, liaison5, agencies["DPW"])
    assert step(issue) == ("Wait for the agencies to answer", DUE)
    promised = date(2026, 11, 30)
    accept_ask(asked, promised_on=promised, stamp=partner_dpw.stamp)
    assert step(issue) == ("Wait for the work that was promised", promised)
    report_done(asked, disposition="fixed", stamp=partner_dpw.stamp)
    assert step(issue) == ("Go and look: the agency says it is done", TODAY + timedelta(days=7))
    look(issue, liaison5, "cannot_determine")
    assert step(issue)[0].startswith("Go and look")
    look(issue, liaison5, "clean")
    assert step(issue) == ("Tell the people who reported it", date(2026, 11, 19))
    complaint = issue.complaints.get()
    note_reporter_told(
        issue, complaint_id=complaint.pk, how="phone", text="It is gone", stamp=liaison5.stamp
    )
    assert step(issue)[0] == "Close it: everybody was told"


def test_worklist_and_ledger_follow_and_the_agency_reads_nothing_of_it(
    issue: Matter, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    ask(issue, liaison5, agencies["DPW"])
    row = Waiting.objects.get(noun="matter", key=str(issue.pk))
    assert row.title.endswith(": Wait for the agencies to answer")
    assert row.due_on == DUE
    line = Entry.objects.get(kind="NextStepFollowed", matter_key=str(issue.pk))
    assert line.audience == "internal"
    assert line.sentence.endswith(": Wait for the agencies to answer")


def test_what_was_not_fixed_is_asked_again(
    issue: Matter, liaison5: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    [asked] = ask(issue, liaison5, agencies["DPW"])
    accept_ask(asked, promised_on=DUE, stamp=partner_dpw.stamp)
    look(issue, liaison5, "not_fixed")
    assert step(issue)[0] == "Wait for the work that was promised"
    report_done(asked, disposition="fixed", stamp=partner_dpw.stamp)
    look(issue, liaison5, "not_fixed")
    assert step(issue)[0] == "Ask again: it is not fixed"
    ask(issue, liaison5, agencies["DDOT"])
    assert step(issue)[0] == "Wait for the agencies to answer"


def test_refused_and_withdrawn_asks_lead_back_to_deciding(
    issue: Matter,
    liaison5: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    agencies: Mapping[str, Party],
) -> None:
    first, second = ask(issue, liaison5, agencies["DPW"], agencies["DDOT"])
    counter_ask(first, counter_on=date(2026, 12, 11), stamp=partner_dpw.stamp)
    assert step(issue)[0] == "Agree to the other date, or ask again"
    decline_ask(first, code="not_ours", stamp=partner_dpw.stamp)
    assert step(issue)[0] == "Wait for the agencies to answer"
    withdraw_ask(second, reason="Not needed", stamp=liaison5.stamp)
    assert step(issue)[0] == "Decide whom else to ask"


def test_step_that_a_person_wrote_stays(
    issue: Matter, liaison5: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    own = ("Meet the owner on site", date(2026, 11, 25))
    set_next_step(issue, next_step=own[0], next_on=own[1], stamp=liaison5.stamp)
    [asked] = ask(issue, liaison5, agencies["DPW"])
    accept_ask(asked, promised_on=DUE, stamp=partner_dpw.stamp)
    look(issue, liaison5, "clean")
    assert step(issue) == own
    assert not Entry.objects.filter(kind="NextStepFollowed").exists()


@pytest.mark.parametrize(
    ("states", "now", "done", "words"),
    [
        ((), "Decide whom to ask", False, "Decide whom to ask"),
        (("accepted", "requested"), "", False, "Wait for the agencies to answer"),
        (("done", "accepted"), "", True, "Wait for the work that was promised"),
        (("done", "declined"), "", True, "Go and look: the agency says it is done"),
        (("done",), "Tell the people who reported it", False, "Tell the people who reported it"),
        (("done",), "Ask again: it is not fixed", True, "Go and look: the agency says it is done"),
        (("declined", "withdrawn"), "", False, "Decide whom else to ask"),
    ],
)
def test_step_is_told_by_the_asks(
    states: tuple[str, ...], now: str, done: bool, words: str
) -> None:
    asks = [AskNow(state, TODAY - timedelta(days=1)) for state in states]
    step = step_by_asks(asks, now=now, done=done, today=TODAY)
    assert step.words == words
    assert step.by is None or step.by >= TODAY


def test_telling_is_next_only_where_nobody_waits_for_an_agency() -> None:
    assert step_after_look(gone=True, waits=True) is None
    assert step_after_telling(untold=1).words == "Tell the people who reported it"
