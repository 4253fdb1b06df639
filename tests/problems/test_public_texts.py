"""The text about a location for the public takes two people, and names no resident or house."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.problems.leaving import fresh
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import take_complaint
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.queries import worklist
from wardroom.problems.actions import (
    approve_public_text,
    withdraw_public_text,
    write_public_text,
)
from wardroom.problems.models import PersistentLocation, PublicText
from wardroom.problems.queries import PublicTextFile, get_public_text, public_text_file

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TEXT = "The city clears this alley every week and puts up a gate."


def write(location: PersistentLocation, who: Cast, text: str = TEXT, seen: str = "") -> PublicText:
    return write_public_text(fresh(location), text=text, seen=seen, stamp=who.stamp)


def file(location: PersistentLocation, who: Cast) -> PublicTextFile:
    return public_text_file(location.matter_id, who.actor)


def published(location: PersistentLocation) -> str:
    return str(Matter.objects.get(pk=location.matter_id).public_text)


def complaint(location: PersistentLocation, who: Cast) -> None:
    """Ada Neighbor reports rats at the place of a location."""
    take_complaint(
        location.place, said="Rats", channel="phone", title="Rats", topic_code="rodents",
        reporter_typed="Ada Neighbor", stamp=who.stamp,
    )  # fmt: skip


def test_nobody_reads_it_until_a_second_person_approves(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    row = write(location, liaison5)
    assert published(location) == ""
    mine = file(location, liaison5)
    assert mine.waits is not None
    assert (mine.waits.is_own, mine.stands) == (True, None)
    assert mine.allowed == {"write", "withdraw"}
    (waiting,) = worklist(director.actor, on=row.written_at.date(), reason="public_text").rows
    assert waiting.key == str(location.matter_id)
    with pytest.raises(Refused) as no:
        approve_public_text(row, stamp=liaison5.stamp)
    assert no.value.code == "own_text"
    assert "approve" in file(location, director).allowed
    approve_public_text(row, stamp=director.stamp)
    assert published(location) == TEXT
    shown = file(location, liaison5)
    assert shown.stands is not None
    assert (shown.stands.written_by, shown.stands.approved_by) == (
        liaison5.party.name,
        director.party.name,
    )
    assert shown.waits is None
    assert not Waiting.objects.filter(noun="public_text").exists()
    kinds = Entry.objects.filter(kind__startswith="PublicText").order_by("pk")
    assert [e.kind for e in kinds] == ["PublicTextWritten", "PublicTextApproved"]
    assert {e.audience for e in kinds} == {"internal"}


def test_what_stood_stands_until_the_next_is_approved_and_each_version_stays(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    approve_public_text(write(location, liaison5), stamp=director.stamp)
    second = write(location, director, "The gate is up.")
    assert published(location) == TEXT
    assert [row.state for row in file(location, liaison5).rows] == ["waits", "stands"]
    approve_public_text(second, stamp=liaison5.stamp)
    assert published(location) == "The gate is up."
    assert [row.state for row in file(location, liaison5).rows] == ["stands", "replaced"]
    third = write(location, liaison5, "Third")
    write(location, liaison5, "Fourth")
    with pytest.raises(Refused) as no:
        approve_public_text(third, stamp=director.stamp)
    assert no.value.code == "replaced"


def test_withdrawn_text_is_gone_at_once_and_says_why(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    row = approve_public_text(write(location, liaison5), stamp=director.stamp)
    with pytest.raises(Refused) as no:
        withdraw_public_text(row, reason=" ", stamp=liaison5.stamp)
    assert no.value.field == "reason"
    withdraw_public_text(row, reason="The gate is not there yet", stamp=liaison5.stamp)
    assert published(location) == ""
    assert file(location, liaison5).rows[0].withdrawn_why == "The gate is not there yet"
    with pytest.raises(Refused) as no:
        withdraw_public_text(row, reason="x", stamp=liaison5.stamp)
    assert no.value.code == "already_withdrawn"
    with pytest.raises(Refused) as no:
        approve_public_text(row, stamp=director.stamp)
    assert no.value.code == "already_withdrawn"
    draft = write(location, liaison5)
    withdraw_public_text(draft, reason="Not yet", stamp=director.stamp)
    assert not Waiting.objects.filter(noun="public_text").exists()


def test_newer_text_goes_on_waiting_when_what_stands_is_withdrawn(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    first = approve_public_text(write(location, liaison5), stamp=director.stamp)
    write(location, liaison5, "The gate is up.")
    withdraw_public_text(first, reason="The gate fell", stamp=liaison5.stamp)
    (waiting,) = worklist(director.actor, on=first.written_at.date(), reason="public_text").rows
    assert waiting.key == str(location.matter_id)
    assert published(location) == ""


def test_only_the_last_approved_text_stands_though_an_older_one_says_the_same(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    first = approve_public_text(write(location, liaison5), stamp=director.stamp)
    approve_public_text(write(location, liaison5, "The gate is up."), stamp=director.stamp)
    third = approve_public_text(write(location, liaison5), stamp=director.stamp)
    with pytest.raises(Refused) as no:
        withdraw_public_text(first, reason="The gate fell", stamp=liaison5.stamp)
    assert no.value.code == "replaced"
    assert published(location) == TEXT
    withdraw_public_text(third, reason="The gate fell", stamp=liaison5.stamp)
    assert published(location) == ""
    with pytest.raises(Refused) as no:
        withdraw_public_text(first, reason="The gate fell", stamp=liaison5.stamp)
    assert no.value.code == "replaced"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ada Neighbor told us of the rats.", "names_a_resident"),
        ("Rats run out of 123 Alley Street NE.", "names_a_house"),
        ("The tents under the bridge are gone.", "names_an_encampment"),
        (" ", "text_missing"),
        ("x" * 1001, "too_long"),
    ],
)
def test_text_that_the_public_may_not_read_is_refused_at_its_field(
    location: PersistentLocation, liaison5: Cast, director: Cast, text: str, code: str
) -> None:
    complaint(location, director)
    with pytest.raises(Refused) as no:
        write(location, liaison5, text)
    assert (no.value.code, no.value.field) == (code, "text")
    assert not PublicText.objects.exists()
    write(location, liaison5, "Rats run out of the 100 block of Alley Street NE.")


def test_name_that_came_in_meanwhile_keeps_it_from_the_public(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    row = write(location, liaison5, "Ada Neighbor Park is clean again.")
    complaint(location, director)
    with pytest.raises(Refused) as no:
        approve_public_text(row, stamp=director.stamp)
    assert no.value.code == "names_a_resident"
    assert published(location) == ""


def test_page_that_was_open_too_long_overwrites_nothing(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    write(location, director)
    with pytest.raises(Stale):
        write(location, liaison5, "Mine", seen=version_of({"text": ""}))
    with pytest.raises(Refused) as no:
        write(location, liaison5, TEXT)
    assert no.value.code == "already_written"


def test_other_wards_partners_and_readers_publish_nothing(
    location: PersistentLocation,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    row = write(location, liaison5)
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            write(location, who, "Mine")
        with pytest.raises(NotAllowed):
            approve_public_text(row, stamp=who.stamp)
        with pytest.raises(NotAllowed):
            withdraw_public_text(row, reason="x", stamp=who.stamp)
    assert file(location, records_officer).allowed == frozenset()
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            file(location, who)
        with pytest.raises(NotFound):
            get_public_text(row.pk, location.matter_id, who.actor)


def test_nothing_of_a_restricted_location_is_published(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    row = write(location, liaison5)
    matter = Matter.objects.get(pk=location.matter_id)
    restrict_matter(matter, readers=(), reason="A witness", stamp=liaison5.stamp)
    with pytest.raises((Refused, NotAllowed)):
        approve_public_text(row, stamp=director.stamp)
    with pytest.raises(Refused) as no:
        write(location, liaison5, "Another")
    assert no.value.code == "restricted"
    assert published(location) == ""


def test_database_wants_two_people_too(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    row = approve_public_text(write(location, liaison5), stamp=director.stamp)
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        PublicText.objects.filter(pk=row.pk).update(approved_by=row.written_by_id)


def test_words_for_the_public_about_a_step_are_approved_with_the_text(
    planned: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    (step, *_) = file(planned, liaison5).steps
    assert step.words == ""
    words = {step.ask_id: "Empty the cans twice a week"}
    row = write_public_text(fresh(planned), text=TEXT, steps=words, stamp=liaison5.stamp)
    assert row.steps == [{"ask": step.ask_id, "words": "Empty the cans twice a week"}]
    approve_public_text(row, stamp=director.stamp)
    stands = file(planned, liaison5).stands
    assert stands is not None
    assert [(told.agency, told.words) for told in stands.steps] == [
        (step.agency, "Empty the cans twice a week")
    ]


def test_a_step_of_another_plan_or_with_a_house_in_it_is_refused(
    planned: PersistentLocation, liaison5: Cast
) -> None:
    (step, *_) = file(planned, liaison5).steps
    for words, code in (
        ({step.ask_id + 1000: "Empty the cans"}, "unknown_step"),
        ({step.ask_id: "Empty the cans at 1423 Juniper Street NE"}, "names_a_house"),
        ({step.ask_id: "x" * 201}, "too_long"),
    ):
        with pytest.raises(Refused) as no:
            write_public_text(fresh(planned), text=TEXT, steps=words, stamp=liaison5.stamp)
        assert no.value.code == code


def test_the_same_text_with_other_steps_is_another_version(
    planned: PersistentLocation, liaison5: Cast
) -> None:
    (step, *_) = file(planned, liaison5).steps
    write(planned, liaison5)
    row = write_public_text(
        fresh(planned), text=TEXT, steps={step.ask_id: "Empty the cans"}, stamp=liaison5.stamp
    )
    assert row.version == 2
