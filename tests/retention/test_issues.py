"""A closed issue is destroyed whole, and stays as long as anything leans on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.casework.intake import take
from tests.casework.reporting import report
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import AskMaker, Ground
from tests.records.asking import follow, mail_in
from tests.retention.keeping import TODAY, adopted, held, over
from tests.retention.test_costs import statements
from tests.retention.test_disposal import places
from tests.retention.test_pages import signed_in
from wardroom.access.gate import guard_pass
from wardroom.access.models import pointing_at
from wardroom.calendar.models import Event
from wardroom.casework.actions import close_issue, correct_issue, emptying, note_reporter_told
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries import issue_file
from wardroom.casework.queries.issues import issue_page
from wardroom.directory.actions import OFFICE, add_party, hold_seat, note_person
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.documents.actions import attach_document, store_document
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import NotFound
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.matters.actions import (
    accept_ask,
    link_matters,
    log_contact,
    report_done,
    say_where_it_stands,
    set_next_step,
)
from wardroom.matters.models import Matter
from wardroom.notices.actions import place_mail
from wardroom.notices.models import Message
from wardroom.records.models import FoundRecord, RecordsRequest
from wardroom.reporting.actions import freezing
from wardroom.reporting.models import Edition
from wardroom.reporting.rules.packing import matters_named
from wardroom.retention.actions import approve_disposal, prepare_disposal
from wardroom.retention.models import Disposal
from wardroom.retention.queries import issues
from wardroom.retention.queries.disposals import tombstone
from wardroom.retention.queries.issues import OWN, ended_issues, live_place_keys
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules import DESTROYED, HELD
from wardroom.retention.rules.classes import ISSUES, REQUESTS
from wardroom.retention.rules.holds import Scope, covers

Committed = Callable[..., AbstractContextManager[list[Callable[[], None]]]]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]

MARK, MAIL = "Zephyrine", "zephyrine.ashgrove@example.net"
LONG_AGO = timedelta(days=4 * 366)


@pytest.fixture
def office(ground: Ground, liaison5: Cast, library: None) -> None:
    """Ward 5 has its liaison, and the topics are loaded."""
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    hold_seat(
        house, title=LIAISON_SEAT, holder=liaison5.party, since_on=TODAY - timedelta(days=300),
        ward_code="5", stamp=HOUSE,
    )  # fmt: skip


def put_back(matter: Matter) -> Matter:
    """The same issue as if it had been closed four years ago."""
    with guard_pass("it was four years ago"):
        Matter.objects.filter(pk=matter.pk).update(
            opened_at=NOON - 2 * LONG_AGO, closed_at=NOON - LONG_AGO, told_at=NOON - LONG_AGO
        )
    return Matter.objects.get(pk=matter.pk)


def told_and_closed(matter: Matter, who: Cast, text: str = "It is done.") -> Matter:
    return close_issue(matter, outcome="fixed", text=text, stamp=who.stamp)


def closed_long_ago(who: Cast, ground: Ground, **more: Any) -> Matter:
    """A plain issue of somebody anonymous, closed four years ago."""
    words: dict[str, Any] = {"reporter_typed": "", "anonymous": True}
    matter = take(who, ground, **{**words, **more}).matter
    follow()
    told_and_closed(matter, who)
    follow()
    return put_back(matter)


def full_issue(who: Cast, partner: Cast, ask_in: AskMaker) -> Matter:
    """A closed issue with the mark in whatever of it can hold a word."""
    made = report(
        said=f"Rats at the house of {MARK}", name=f"{MARK} Ashgrove", email=MAIL, may_write=True,
        address="1300 Quill Street NE",
    )  # fmt: skip
    follow()
    made.refresh_from_db()
    assert made.complaint is not None
    matter = made.complaint.matter
    matter = correct_issue(matter, title=f"Rats at {MARK}'s", stamp=who.stamp)
    matter = set_next_step(
        matter, next_on=TODAY + timedelta(days=3), next_step=f"Call {MARK}", stamp=who.stamp
    )
    matter = say_where_it_stands(matter, text=f"{MARK} waits", stamp=who.stamp)
    log_contact(matter, channel="phone", text=f"{MARK} called again", stamp=who.stamp)
    record_check(
        matter, finding="clean", rating=1, note=f"{MARK} showed me round", seen_at=NOON,
        stamp=who.stamp,
    )  # fmt: skip
    ask = ask_in(matter, who, "DPW")
    with guard_pass("words of the ask"):
        type(ask).objects.filter(pk=ask.pk).update(wording=f"Bait at {MARK}'s")
    ask = type(ask).objects.get(pk=ask.pk)
    ask = accept_ask(ask, promised_on=ask.due_on, stamp=partner.stamp)
    report_done(ask, disposition="fixed", stamp=partner.stamp)
    file = store_document(
        None, name=f"{MARK}.txt", media_type="text/plain", content=f"{MARK} wrote".encode(),
        stamp=who.stamp,
    )  # fmt: skip
    attach_document(
        file, noun="matter", key=str(matter.pk), ward_code="5", caption=f"From {MARK}",
        stamp=who.stamp,
    )  # fmt: skip
    mail = mail_in(f"It is {MARK} again", from_name=MARK, from_address=MAIL, subject=MARK)
    place_mail(mail, thread=f"matter:{matter.pk}", ward_code="5", stamp=who.stamp)
    follow()
    matter = told_and_closed(Matter.objects.get(pk=matter.pk), who, f"Dear {MARK}, it is done.")
    follow()
    with guard_pass("what is on its way is there"):
        Message.objects.filter(state="queued").update(state="sent", sent_at=NOON)
    return put_back(matter)


def gone(officer: Cast, director: Cast) -> dict[str, str]:
    """What became of each issue of a disposal that was carried out."""
    adopted(officer, ISSUES, months=36)
    disposal = prepare_disposal(None, class_code=ISSUES, stamp=officer.stamp)
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    return dict(Disposal.objects.get(pk=disposal.pk).rows.values_list("key", "state"))


def due() -> set[int]:
    return set(ended_issues(TODAY - timedelta(days=3 * 366)).values_list("pk", flat=True))


def test_after_it_no_word_of_an_issue_is_in_any_table_or_file(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker, director: Cast,
    records_officer: Cast, django_capture_on_commit_callbacks: Committed,
) -> None:  # fmt: skip
    matter = full_issue(liaison5, partner_dpw, ask_in)
    before = places(MARK)
    assert before >= {
        *("matters_matter", "matters_ask", "casework_complaint", "casework_report"),
        *("fieldwork_conditioncheck", "documents_document", "documents_attachment"),
        *("notices_message", "notices_received", "notices_key", "directory_party"),
        *("directory_contactpoint", "ledger_entry", "search_doc", "search_spelling"),
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    for mark in (MARK, "Ashgrove", MAIL):
        assert places(mark) == set(), mark
    # An address is a place of the city, and names nobody.
    assert places("1300 Quill") == {"city_place", "ledger_entry", "search_doc"}
    assert verified_chain().broken is None
    stone = tombstone("matter", str(matter.pk), director.actor)
    assert stone is not None
    assert stone.number == "MOCRS-7"
    with pytest.raises(NotFound):
        issue_file(matter.pk, director.actor)
    assert issue_page(director.actor, state="all").total == 0
    matter.refresh_from_db()
    assert (matter.state, matter.outcome, matter.ward_code) == ("closed", "fixed", "5")


def test_old_link_to_an_issue_says_that_it_was_destroyed(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = closed_long_ago(liaison5, ground)
    gone(records_officer, director)
    client = signed_in(director)
    answer = client.get(reverse("issue", args=[matter.pk]))
    assert answer.status_code == 410
    assert "MOCRS-7" in answer.content.decode()
    assert client.get(reverse("issue", args=[matter.pk + 1])).status_code == 404
    assert (
        f"/issues/{matter.pk}/" not in client.get(reverse("issues") + "?state=all").content.decode()
    )


def test_power_a_word_that_is_left_behind_is_seen(
    liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker, director: Cast, records_officer: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    full_issue(liaison5, partner_dpw, ask_in)
    monkeypatch.setattr(emptying, "empty_checks", lambda matter: None)
    gone(records_officer, director)
    assert "fieldwork_conditioncheck" in places(MARK)


def test_hold_finds_every_word_that_would_go(
    liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    matter = full_issue(liaison5, partner_dpw, ask_in)
    (record,) = SHELVES[ISSUES].traits([matter])
    said = f"{record.people} {record.text}"
    for words in (
        "Rats at the house of", "Ashgrove", MAIL, "1300 Quill", "Rats at Zephyrine's", "waits",
        "Call Zephyrine", "called again", "showed me round", "Bait at", "Zephyrine.txt",
        "From Zephyrine", "It is Zephyrine again", "Dear Zephyrine",
    ):  # fmt: skip
        assert words in said, words
    assert covers(Scope(person=MARK), record)
    assert covers(Scope(unit=f"matter:{matter.pk}", class_code=ISSUES), record)
    assert not covers(Scope(person="Quagmarsh"), record)


def test_issues_are_looked_through_many_at_once(liaison5: Cast, ground: Ground) -> None:
    shelf = SHELVES[ISSUES]
    rows = [closed_long_ago(liaison5, ground, said=f"Trouble {n}") for n in range(3)]
    link_matters(rows[0], other=rows[2], kind="related", stamp=liaison5.stamp)
    together = shelf.traits(rows)
    assert [one for row in rows for one in shelf.traits([row])] == list(together)
    assert ["Trouble 1" in one.text for one in together] == [False, True, False]
    assert together[0].also == (f"matter:{rows[2].pk}",)
    assert statements(lambda: shelf.traits(rows)) == statements(lambda: shelf.traits(rows[:1]))


def test_hold_over_an_issue_keeps_what_it_hangs_together_with(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    one, other, third = (closed_long_ago(liaison5, ground) for _ in range(3))
    link_matters(one, other=other, kind="related", stamp=liaison5.stamp)
    held(records_officer, unit=f"matter:{other.pk}")
    found = gone(records_officer, director)
    assert found == {str(one.pk): HELD, str(other.pk): HELD, str(third.pk): DESTROYED}


def lean_open_link(matter: Matter, who: Cast, ground: Ground) -> None:
    other = take(who, ground, said="Again").matter
    link_matters(matter, other=other, kind="recurrence", stamp=who.stamp)


def lean_late_link(matter: Matter, who: Cast, ground: Ground) -> None:
    other = closed_long_ago(who, ground)
    link_matters(matter, other=other, kind="split", stamp=who.stamp)
    with guard_pass("it was closed last year"):
        Matter.objects.filter(pk=other.pk).update(closed_at=NOON - timedelta(days=300))


def lean_joined(matter: Matter, who: Cast, ground: Ground) -> None:
    other = take(who, ground, said="Again").matter
    with guard_pass("it was joined to another"):
        Matter.objects.filter(pk=matter.pk).update(merged_into=other)


def lean_returned(matter: Matter, who: Cast, ground: Ground) -> None:
    other = take(who, ground, said="Again").matter
    with guard_pass("it came back"):
        Issue.objects.filter(matter=other).update(return_of=matter)


def lean_moved(matter: Matter, who: Cast, ground: Ground) -> None:
    made = take(who, ground, said="Again")
    with guard_pass("the complaint came from the old one"):
        Complaint.objects.filter(pk=made.pk).update(taken_for=matter)


def lean_event(matter: Matter, who: Cast, ground: Ground) -> None:
    with guard_pass("somebody talks about it"):
        Event.objects.create(
            kind="meeting", title="A talk about it", matter=matter, ward_code="5",
            starts_at=NOON, ends_at=NOON + timedelta(hours=1),
            planned_at=NOON, changed_at=NOON, planned_by="Somebody",
        )  # fmt: skip


def lean_request(matter: Matter, who: Cast, ground: Ground) -> None:
    line = Entry.objects.filter(matter_key=str(matter.pk)).order_by("pk").first()
    assert line is not None
    with guard_pass("somebody asked for its records"):
        FoundRecord.objects.create(
            request=over(), number=1, noun="line", key=str(line.pk), said_at=NOON, title="A",
            text="B",
        )  # fmt: skip


def lean_copied_file(matter: Matter, who: Cast, ground: Ground) -> None:
    file = store_document(
        None, name="rats.txt", media_type="text/plain", content=b"Rats", stamp=who.stamp
    )
    attach_document(file, noun="matter", key=str(matter.pk), ward_code="5", stamp=who.stamp)
    copied(over(), "file", file.pk)


def lean_copied_enclosure(matter: Matter, who: Cast, ground: Ground) -> None:
    file = store_document(
        None, name="rats.txt", media_type="text/plain", content=b"Rats", stamp=who.stamp
    )
    mail = mail_in("It is I again", enclosed=[file])
    place_mail(mail, thread=f"matter:{matter.pk}", ward_code="5", stamp=who.stamp)
    copied(over(), "file", file.pk)


def copied(request: RecordsRequest, noun: str, key: int) -> None:
    with guard_pass("somebody asked for its records"):
        FoundRecord.objects.create(
            request=request, number=1, noun=noun, key=str(key), said_at=NOON, title="A", text="B"
        )


def lean_report(matter: Matter, who: Cast, ground: Ground) -> None:
    told = {"asks": [{"matter_id": matter.pk, "title": "Rats"}], "matters": {"went": [1, 2]}}
    with guard_pass("a report was drafted"):
        edition = Edition.objects.create(
            report="weekly", week="2022-W40", facts={}, definitions={}, sources=[],
            drafted_at=NOON,
        )  # fmt: skip
        freezing._note_names(edition, matters_named(told))


LEANING = (
    *(lean_open_link, lean_late_link, lean_joined, lean_returned, lean_moved, lean_event),
    *(lean_request, lean_report, lean_copied_file, lean_copied_enclosure),
)


@pytest.mark.parametrize("lean", LEANING, ids=lambda one: one.__name__)
def test_issue_that_something_leans_on_stays(
    lean: Callable[[Matter, Cast, Ground], None], liaison5: Cast, ground: Ground
) -> None:
    matter = closed_long_ago(liaison5, ground)
    assert due() == {matter.pk}
    lean(matter, liaison5, ground)
    assert matter.pk not in due()


def test_hold_over_an_issue_keeps_a_request_with_a_copy_of_its_file(
    liaison5: Cast, ground: Ground
) -> None:
    matter, request = closed_long_ago(liaison5, ground), over()
    file = store_document(
        None, name="rats.txt", media_type="text/plain", content=b"Rats", stamp=liaison5.stamp
    )
    attach_document(file, noun="matter", key=str(matter.pk), ward_code="5", stamp=liaison5.stamp)
    copied(request, "file", file.pk)
    (record,) = SHELVES[REQUESTS].traits([RecordsRequest.objects.get(pk=request.pk)])
    assert record.also == (f"matter:{matter.pk}",)


def test_issue_at_a_place_of_a_live_location_stays(
    liaison5: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = closed_long_ago(liaison5, ground)
    assert live_place_keys() == frozenset()
    monkeypatch.setattr(issues, "live_place_keys", lambda: frozenset({ground.places["5"].key}))
    assert matter.pk not in due()
    monkeypatch.setattr(issues, "live_place_keys", lambda: frozenset({ground.places["7"].key}))
    assert due() == {matter.pk}


def test_issue_that_is_open_or_was_closed_lately_stays(liaison5: Cast, ground: Ground) -> None:
    take(liaison5, ground)
    late = closed_long_ago(liaison5, ground)
    with guard_pass("it was closed last year"):
        Matter.objects.filter(pk=late.pk).update(closed_at=NOON - timedelta(days=300))
    assert due() == set()


def test_every_table_that_points_at_an_issue_keeps_it_or_goes_with_it() -> None:
    pointing = {model._meta.label_lower for model, _ in pointing_at(Matter, but=OWN)}
    assert pointing >= {"calendar.event", "plans.workplan", "problems.persistentlocation"}
    assert pointing.isdisjoint({"matters.ask", "casework.complaint", "casework.issue"})


def test_somebody_whom_something_else_names_stays(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    known, once = (
        note_person(None, name=name, email=f"{name.split()[0]}@example.org", stamp=HOUSE)
        for name in ("Ida Known", "Olga Once")
    )
    for person in (known, once):
        matter = take(liaison5, ground, reporter=person, reporter_typed="").matter
        note_reporter_told(
            matter, complaint_id=matter.complaints.get().pk, how="phone", text="It is done.",
            stamp=liaison5.stamp,
        )  # fmt: skip
        follow()
        matter = told_and_closed(Matter.objects.get(pk=matter.pk), liaison5)
        follow()
        put_back(matter)
    take(liaison5, ground, reporter=known, reporter_typed="")
    follow()
    gone(records_officer, director)
    known.refresh_from_db()
    once.refresh_from_db()
    assert (known.name, known.contact_points.count()) == ("Ida Known", 1)
    assert (once.name, once.contact_points.count()) == ("(destroyed)", 0)
    assert places("Olga") == set()
