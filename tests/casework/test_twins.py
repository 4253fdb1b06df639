"""Records that may be of the same person: who is suggested, to whom, and why."""

from __future__ import annotations

import pytest

from tests.casework.intake import take
from tests.cast import Cast
from tests.ground import Ground
from wardroom.casework.queries import seen_party_ids, twin_page
from wardroom.directory.actions import join_parties, note_person
from wardroom.directory.models import Party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def reporter(who: Cast, ground: Ground, name: str, *, ward: str = "5", phone: str = "") -> Party:
    """Somebody who reported rats in a ward."""
    party = note_person(None, name=name, phone=phone, stamp=who.stamp)
    take(who, ground, place=ground.places[ward], reporter_typed="", reporter=party)
    return party


def pairs(who: Cast) -> list[tuple[str, str, str]]:
    return [(row.name, row.other_name, row.why) for row in twin_page(who.actor).rows]


def test_close_names_at_one_place_are_suggested_the_older_one_to_keep(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    for name in ("Ash Reed", "Bo Lark", "Reed, Ashe"):
        reporter(liaison5, ground, name)
    reporter(liaison7, ground, "Ash Reed", ward="7")
    found = [("Reed, Ashe", "Ash Reed", "a close name at the same place")]
    assert pairs(liaison5) == pairs(director) == found
    assert pairs(liaison7) == []


def test_shared_telephone_is_said_before_a_close_name_and_once(
    ground: Ground, liaison5: Cast
) -> None:
    reporter(liaison5, ground, "Ash Reed", phone="202-555-0101")
    reporter(liaison5, ground, "Ashe Reed", phone="202-555-0101")
    reporter(liaison5, ground, "Bo Lark", phone="202-555-0102")
    reporter(liaison5, ground, "Finch Moor", phone="202-555-0102")
    reporter(liaison5, ground, "Bo Larke")
    assert sorted(pairs(liaison5)) == [
        ("Ashe Reed", "Ash Reed", "the same phone and a close name"),
        ("Bo Larke", "Bo Lark", "a close name at the same place"),
        ("Finch Moor", "Bo Lark", "the same phone"),
    ]


def test_report_of_a_joined_record_ties_the_one_that_stays(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    kept, gone = (
        reporter(liaison5, ground, "Ash Reed"),
        note_person(None, name="Ashe Reed", stamp=liaison7.stamp),
    )
    assert seen_party_ids(liaison7.actor, [kept.pk, gone.pk]) == {gone.pk}
    take(liaison7, ground, place=ground.places["7"], reporter_typed="", reporter=gone)
    join_parties(gone, into=kept, reason="The same telephone", stamp=director.stamp)
    assert seen_party_ids(liaison7.actor, [kept.pk, gone.pk]) == {kept.pk, gone.pk}
    other = note_person(None, name="Bo Lark", stamp=director.stamp)
    take(liaison5, ground, reporter_typed="", reporter=gone)
    join_parties(other, into=kept, reason="One of them", stamp=director.stamp)
    assert seen_party_ids(liaison5.actor, [other.pk]) == {other.pk}
