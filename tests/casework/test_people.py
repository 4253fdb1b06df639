"""Whom the office sees: one rule for the list, the page, the hints and the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from unittest.mock import patch

import pytest

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.access.actor import Actor, Reach, Role
from wardroom.casework import policy
from wardroom.casework.actions import take_complaint
from wardroom.casework.models import Complaint
from wardroom.casework.policy import Tie
from wardroom.casework.queries import (
    PeopleFilters,
    find_anything,
    get_party_seen,
    known_here,
    party_file,
    people_page,
    seen_parties,
)
from wardroom.directory.actions import add_party, note_contact_point, note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound
from wardroom.matters.actions import log_contact, restrict_matter

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class People:
    """Somebody of ward 5, of ward 7, of neither, and of nothing but a sealed issue."""

    five: Party
    seven: Party
    neither: Party
    hidden: Party


def person(name: str, who: Cast) -> Party:
    return note_person(None, name=name, phone="202-555-0101", stamp=who.stamp)


def reports(party: Party, ground: Ground, ward: str, who: Cast) -> Complaint:
    return take_complaint(
        ground.places[ward], said="Rats", channel="phone", reporter=party, stamp=who.stamp
    )


@pytest.fixture
def people(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> People:
    made = People(*(person(f"Person {n}", liaison5) for n in ("Five", "Seven", "None", "Hidden")))
    reports(made.five, ground, "5", liaison5)
    reports(made.seven, ground, "7", liaison7)
    sealed = reports(made.hidden, ground, "5", liaison5)
    restrict_matter(sealed.matter, readers=[director.party], reason="Safety", stamp=director.stamp)
    return made


def as_seen(cast: Cast, people: People) -> Actor:
    """This person as they sign in now, with what is sealed to them."""
    sealed = Complaint.objects.get(reporter=people.hidden).matter_id
    reach = replace(cast.actor.reach, sealed=frozenset({f"matter:{sealed}"}))
    return replace(cast.actor, reach=reach)


def names(actor: Actor) -> set[str]:
    return {row.name for row in people_page(actor, PeopleFilters(kind="person")).rows}


def test_liaison_sees_people_of_the_ward_and_of_none(people: People, liaison5: Cast) -> None:
    assert names(as_seen(liaison5, people)) == {"Person Five", "Person None"}


def test_director_sees_everybody(people: People, director: Cast) -> None:
    assert names(director.actor) == {f"Person {n}" for n in ("Five", "Seven", "None", "Hidden")}


def test_whose_complaints_are_all_sealed_is_absent_for_the_whole_city_too(people: People) -> None:
    sealed = Complaint.objects.get(reporter=people.hidden).matter_id
    reach = Reach(city=True, sealed=frozenset({f"matter:{sealed}"}))
    staff = Actor(user_id=999, name="Staff", roles=frozenset({Role.STAFF}), reach=reach)
    assert "Person Hidden" not in names(staff)
    assert not find_anything(staff, "Person Hidden", on=HOUSE.at.date()).rows
    with pytest.raises(NotFound):
        party_file(people.hidden.pk, staff, on=HOUSE.at.date())


def test_partner_and_stranger_see_nobody(people: People, partner_dpw: Cast, nobody: Actor) -> None:
    for actor in (partner_dpw.actor, nobody):
        assert people_page(actor).total == 0
        assert not find_anything(actor, "Person", on=HOUSE.at.date()).rows
        with pytest.raises(NotFound):
            get_party_seen(people.neither.pk, actor)


def test_list_and_check_are_one_rule(
    people: People, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    for cast in (director, liaison5, liaison7, partner_dpw):
        actor = as_seen(cast, people)
        seen = set(seen_parties(actor).values_list("pk", flat=True))
        for party in Party.objects.order_by("pk"):
            ties = [
                Tie(c.matter.ward_code, c.matter_id)
                for c in Complaint.objects.filter(reporter=party).select_related("matter")
            ]
            assert policy.may_see_party(actor, party, ties) == (party.pk in seen), party
            assert opens(actor, party) == (party.pk in seen), party
            with patch("wardroom.casework.queries.people.SOME_TIES", 1):  # as of a chronic caller
                assert opens(actor, party) == (party.pk in seen), party


def opens(actor: Actor, party: Party) -> bool:
    """Whether the actor gets at one of them alone."""
    try:
        return get_party_seen(party.pk, actor) == party
    except NotFound:
        return False


def test_hints_and_search_hide_whom_the_list_hides(people: People, liaison5: Cast) -> None:
    actor = as_seen(liaison5, people)
    hints = known_here(actor, at=HOUSE.at, phone="202-555-0101").people
    assert {hint.name for hint in hints} <= {"Person Five", "Person None"}
    found = find_anything(actor, "2025550101", on=HOUSE.at.date(), nouns=("party",)).rows
    assert {hit.title for hit in found} == {"Person Five", "Person None"}
    assert (
        find_anything(actor, "Persom Seven", on=HOUSE.at.date(), nouns=("party",)).corrected == ""
    )


def test_page_tells_what_is_open_and_who_was_told(
    people: People, ground: Ground, liaison5: Cast
) -> None:
    actor = as_seen(liaison5, people)
    reports(people.five, ground, "5", liaison5)
    note_contact_point(
        people.five, channel="email", value="five@example.org", consent=True, how="mail",
        stamp=liaison5.stamp,
    )  # fmt: skip
    file = party_file(people.five.pk, actor, on=HOUSE.at.date())
    assert len(file.complaints) == 2
    assert all(row.told_on is None and row.state == "open" for row in file.complaints)
    assert {row.matter_id for row in file.open_issues} == {r.matter_id for r in file.complaints}
    assert [(p.channel, p.consent) for p in file.card.points] == [
        ("phone", False), ("email", True),
    ]  # fmt: skip
    assert file.allowed == {
        "log_contact", "note_contact_point", "mark_bounced", "describe_party", "join_parties",
    }  # fmt: skip


def test_records_officer_reads_and_notes_nothing(people: People, records_officer: Cast) -> None:
    file = party_file(people.five.pk, records_officer.actor, on=HOUSE.at.date())
    assert file.card.points
    assert file.allowed == frozenset()


def test_logged_contact_is_the_last_one(people: People, liaison5: Cast) -> None:
    log_contact(
        None, channel="phone", text="Will call again", party=people.five, ward_code="5",
        stamp=liaison5.stamp,
    )  # fmt: skip
    file = party_file(people.five.pk, as_seen(liaison5, people), on=HOUSE.at.date())
    assert file.touches[0].sentence == "A call: Will call again"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("five", {"Person Five"}), ("(202) 555-0101", {"Person Five", "Person None"}), ("zz", set())],
)
def test_list_finds_by_name_and_by_telephone(
    text: str, expected: set[str], people: People, liaison5: Cast
) -> None:
    rows = people_page(as_seen(liaison5, people), PeopleFilters(text=text)).rows
    assert {row.name for row in rows} == expected


def test_list_shows_whom_somebody_still_has_to_tell(people: People, liaison5: Cast) -> None:
    rows = people_page(as_seen(liaison5, people), PeopleFilters(waits="untold")).rows
    assert [(row.name, row.complaints, row.open_complaints, row.untold) for row in rows] == [
        ("Person Five", 1, 1, 1)
    ]


def test_organisation_is_found_by_name_and_code(agencies: object, liaison5: Cast) -> None:
    add_party(None, kind="organisation", name="Garden Club", code="GC", stamp=HOUSE)
    for words in ("garden", "GC", "gardn"):
        found = find_anything(liaison5.actor, words, on=HOUSE.at.date(), nouns=("party",)).rows
        assert [hit.title for hit in found] == ["Garden Club"], words
