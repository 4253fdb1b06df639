"""A disposal takes two people, leaves a certificate and no word, and a hold always wins."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.records.asking import CANARY, PRIVACY, asked, cleared, follow, note_complaint, searched
from tests.retention.keeping import LAW, TODAY, adopted, held, over
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.queries import verified_chain
from wardroom.matters.queries import worklist
from wardroom.notices.models import MailHold
from wardroom.records.actions import decide_record, extend_request, release_records
from wardroom.records.models import RecordsRequest
from wardroom.records.queries.requests import get_request, records_requests
from wardroom.retention.actions import (
    approve_disposal,
    destroy_record,
    disposing,
    drop_disposal,
    lift_hold,
    prepare_disposal,
)
from wardroom.retention.gateways import clean_database
from wardroom.retention.models import Disposal, LegalHold
from wardroom.retention.queries.disposals import certificate_of, rows_to_carry_out, tombstone
from wardroom.retention.queries.holding import standing_holds
from wardroom.retention.rules import DESTROYED, DONE, HELD, LEFT
from wardroom.retention.rules.classes import REQUESTS

OWN = "Zephyrine Ashgrove"
# The line that the search found is no part of the request: it goes with what it is about.
THE_LINE = {"ledger_entry", "ledger_mention", "search_doc", "search_spelling"}


def prepared(who: Cast) -> Disposal:
    return prepare_disposal(None, class_code=REQUESTS, stamp=who.stamp)


def states(disposal: Disposal) -> dict[str, str]:
    return dict(disposal.rows.values_list("key", "state"))


def waits(who: Cast) -> list[str]:
    rows = worklist(who.actor, on=TODAY).rows
    return [row.title for row in rows if row.reason == "disposal"]


@pytest.mark.django_db
def test_list_waits_with_the_second_person_until_it_is_settled(
    records_officer: Cast, director: Cast
) -> None:
    adopted(records_officer)
    over()
    dropped = prepared(records_officer)
    assert waits(director) == [f"Disposal {dropped.pk}"]
    assert waits(records_officer) == [], "whoever put it together does not approve it"
    drop_disposal(dropped, stamp=records_officer.stamp)
    assert waits(director) == []
    disposal = prepared(records_officer)
    assert waits(director) == [f"Disposal {disposal.pk}"]
    approve_disposal(disposal, stamp=director.stamp)
    assert waits(director) == []


@pytest.mark.django_db
def test_whoever_prepared_a_list_does_not_approve_it(
    records_officer: Cast, director: Cast, liaison5: Cast
) -> None:
    adopted(records_officer)
    old = over()
    disposal = prepared(records_officer)
    with pytest.raises(Refused) as no:
        approve_disposal(disposal, stamp=records_officer.stamp)
    assert no.value.code == "same_person"
    with pytest.raises(NotAllowed):
        approve_disposal(disposal, stamp=liaison5.stamp)
    with pytest.raises(Refused):
        destroy_record(disposal.rows.get(), stamp=HOUSE)
    old.refresh_from_db()
    assert old.name == "Ida Former"
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    disposal.refresh_from_db()
    assert (disposal.state, states(disposal)) == (DONE, {str(old.pk): DESTROYED})


@pytest.mark.django_db
def test_nothing_goes_without_an_approved_schedule(records_officer: Cast) -> None:
    over()
    with pytest.raises(Refused) as no:
        prepared(records_officer)
    assert no.value.code == "no_schedule"
    adopted(records_officer, months=None, fate="archives", number="S-1")
    with pytest.raises(Refused) as no:
        prepared(records_officer)
    assert no.value.code == "no_schedule"


@pytest.mark.django_db
def test_what_is_not_due_stands_on_no_list(records_officer: Cast, director: Cast) -> None:
    adopted(records_officer)
    over(years=5)
    with pytest.raises(Refused) as no:
        prepared(records_officer)
    assert no.value.code == "nothing_due"
    old = over(years=7)
    disposal = prepared(records_officer)
    assert list(states(disposal)) == [str(old.pk)]
    with pytest.raises(Refused) as no:
        prepared(records_officer)
    assert no.value.code == "under_way"
    drop_disposal(disposal, stamp=records_officer.stamp)
    with pytest.raises(Refused):
        approve_disposal(disposal, stamp=director.stamp)


@pytest.mark.django_db
def test_what_changed_after_the_list_was_made_is_left(
    records_officer: Cast, director: Cast
) -> None:
    adopted(records_officer)
    old = over()
    disposal = prepared(records_officer)
    with guard_pass("it was opened again"):
        RecordsRequest.objects.filter(pk=old.pk).update(state="open")
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    assert states(disposal) == {str(old.pk): LEFT}
    old.refresh_from_db()
    assert old.name == "Ida Former"


@pytest.mark.django_db
def test_nothing_goes_after_a_restoration_until_mail_is_let_go(
    records_officer: Cast, director: Cast
) -> None:
    adopted(records_officer)
    old = over()
    disposal = prepared(records_officer)
    with guard_pass("it was restored"):
        back = MailHold.objects.create(since=NOON, taken_at=NOON)
    with pytest.raises(Refused, match="place them again") as no:
        approve_disposal(disposal, stamp=director.stamp)
    assert no.value.code == "restored"
    with guard_pass("mail goes again"):
        MailHold.objects.filter(pk=back.pk).update(released_at=NOON)
    approve_disposal(disposal, stamp=director.stamp)
    with guard_pass("it is restored from a backup of this moment"):
        MailHold.objects.filter(pk=back.pk).update(released_at=None)
    follow()
    assert states(disposal) == {str(old.pk): LEFT}
    old.refresh_from_db()
    assert old.name == "Ida Former"


def one_world(seed: int, officer: Cast, director: Cast) -> list[tuple[str, str]]:
    """Twenty-five old requests and holds that come and go at every step; what did, what should."""
    chance = random.Random(seed)
    rows = [over(name=f"Person {seed:02d} {n:02d}", words=f"Topic {n % 5}") for n in range(25)]
    standing: dict[int, LegalHold] = {}

    def meddle() -> None:
        for _ in range(chance.randrange(4)):
            row = chance.choice(rows)
            if row.pk in standing and chance.random() < 0.4:
                lift_hold(standing.pop(row.pk), reason="It is over", stamp=director.stamp)
            elif row.pk not in standing:
                standing[row.pk] = held(director, person=row.name.upper())

    meddle()
    listed_before = set(standing)
    disposal = prepared(officer)
    meddle()
    approve_disposal(disposal, stamp=director.stamp)
    gone: set[int] = set()
    for number, row in enumerate(rows_to_carry_out(disposal.pk)):
        if number == 12:
            meddle()
        destroy_record(row, stamp=HOUSE)
        if int(row.key) not in standing:
            gone.add(int(row.key))
    now = states(disposal)
    with guard_pass("the next world begins"):
        Disposal.objects.filter(pk=disposal.pk).update(state="dropped", approved_at=None)
        RecordsRequest.objects.filter(destroyed_at=None).update(state="open")
    for hold in standing.values():
        lift_hold(hold, reason="The world ends", stamp=director.stamp)
    return [
        (
            now[str(row.pk)],
            DESTROYED if row.pk in gone and row.pk not in listed_before else HELD,
        )
        for row in rows
    ]


def worlds(officer: Cast, director: Cast, many: int = 20) -> list[tuple[str, str]]:
    adopted(officer)
    return [one for seed in range(many) for one in one_world(seed, officer, director)]


@pytest.mark.django_db
def test_in_five_hundred_cases_a_hold_wins_over_what_was_approved(
    records_officer: Cast, director: Cast
) -> None:
    found = worlds(records_officer, director)
    assert len(found) == 500
    assert [one for one in found if one[0] != one[1]] == []
    assert {one[0] for one in found} == {DESTROYED, HELD}


@pytest.mark.django_db
def test_power_a_hold_that_is_asked_for_on_the_list_alone_is_seen(
    records_officer: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = standing_holds

    def once_only() -> tuple[LegalHold, ...]:
        return () if Disposal.objects.filter(state="approved").exists() else asks()

    monkeypatch.setattr(disposing, "standing_holds", once_only)
    found = worlds(records_officer, director, many=4)
    assert [one for one in found if one == (DESTROYED, HELD)]


def answered_long_ago(officer: Cast, director: Cast) -> RecordsRequest:
    """A request with a mark wherever a word can stand, answered seven years ago."""
    request = asked(name=OWN, email=f"{OWN.split()[1]}@example.net", words=f"All about {OWN}")
    note_complaint(director, f"{CANARY} called about the alley.")
    extend_request(request, reason=f"{OWN} wrote to many rooms.", stamp=officer.stamp)
    searched(request, officer, f"{OWN}, alley", kinds=["line"])
    for found in cleared(request, officer, "called").records.all():
        decide_record(
            found, decision="withhold", code=PRIVACY, reason=f"It is {OWN}", stamp=officer.stamp
        )
        decide_record(found, decision="release", stamp=officer.stamp)
    release_records(request, words=f"Dear {OWN}", stamp=officer.stamp)
    follow()
    with guard_pass("it was seven years ago"):
        RecordsRequest.objects.filter(pk=request.pk).update(
            answered_at=NOON.replace(year=2019),
            received_on=TODAY.replace(year=2019),
            due_on=TODAY.replace(year=2019),
        )
    return RecordsRequest.objects.get(pk=request.pk)


def holds(mark: str, thing: object) -> bool:
    """Whether a mark stands in a row or in some bytes."""
    said = thing if isinstance(thing, bytes) else repr(thing).encode()
    return mark.lower().encode() in said.lower()


def places(mark: str) -> set[str]:
    """Every table with the mark in a row, and every file with it in its bytes."""
    found = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(holds(mark, row) for row in model._base_manager.order_by().values())
    }
    return found | {
        path.name
        for path in Path(settings.FILES_ROOT).rglob("*")
        if path.is_file() and holds(mark, path.read_bytes())
    }


@pytest.mark.django_db
def test_after_it_the_canary_is_in_no_table_and_no_file(
    records_officer: Cast, director: Cast
) -> None:
    request = answered_long_ago(records_officer, director)
    own, found = OWN.split()[1], CANARY.split()[1]
    assert places(own) >= {
        *("records_recordsrequest", "records_search", "records_release"),
        *("notices_message", "notices_key", "ledger_entry"),
    }
    assert "records_foundrecord" in places(found)
    adopted(records_officer)
    disposal = prepared(records_officer)
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    assert places(own) == set()
    assert places(found) <= THE_LINE
    disposal.refresh_from_db()
    row = disposal.rows.get()
    assert (disposal.state, row.state, len(row.digest), len(row.files)) == (DONE, DESTROYED, 64, 1)
    assert verified_chain().broken is None
    with pytest.raises(NotFound):
        get_request(request.pk, records_officer.actor)
    assert records_requests(records_officer.actor, today=TODAY).total == 0
    stone = tombstone("records_request", str(request.pk), director.actor)
    assert stone is not None
    assert (stone.number, stone.basis) == ("MOCRS-7", LAW)
    paper = certificate_of(disposal, cleaned="Clean.", on=TODAY)
    assert not holds(own, paper)
    assert not holds(found, paper)
    assert paper["rows"][0][0] == str(request.pk)
    assert row.digest in str(paper)


def on_disk(mark: str) -> bool:
    """Whether the mark stands anywhere in the database's own file or its log."""
    place = Path(str(connection.settings_dict["NAME"]))
    parts = (place, place.with_name(f"{place.name}-wal"))
    return any(holds(mark, part.read_bytes()) for part in parts if part.exists())


def disposed_of(officer: Cast, director: Cast) -> None:
    """One old request, prepared, approved and destroyed; the certificate is not made."""
    disposal = prepared(officer)
    approve_disposal(disposal, stamp=director.stamp)
    for row in rows_to_carry_out(disposal.pk):
        destroy_record(row, stamp=HOUSE)


@pytest.mark.django_db(transaction=True)
def test_mark_is_in_no_byte_of_the_database_once_it_is_cleaned(
    records_officer: Cast, director: Cast
) -> None:
    if connection.vendor != "sqlite":
        assert "VACUUM" in clean_database()
        return
    adopted(records_officer)
    over(name=OWN, words=f"{OWN} " * 2_000)
    disposed_of(records_officer, director)
    assert on_disk("Ashgrove"), "the log still holds it: the look finds what is there"
    said = clean_database()
    assert "log emptied" in said
    assert not on_disk("Ashgrove")


@pytest.mark.django_db
def test_nothing_is_cleaned_inside_a_transaction() -> None:
    assert "cannot be cleaned" in clean_database()
