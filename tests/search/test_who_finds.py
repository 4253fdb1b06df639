"""Nobody finds what they may not see: not in rows, not in counts, not in a correction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import Cast
from tests.search.indexing import DDOT, DIRECTOR, DPW, NOBODY, WARD5, WARD7, found, keep, thing
from wardroom.access.actor import Actor
from wardroom.search.queries import SearchPage, find

pytestmark = pytest.mark.django_db
WORDS = ("canary", "canar", "c", "canry", "canarry", "cnaary", "canary note", "cannary note")
SEALED7 = replace(WARD7, reach=replace(WARD7.reach, sealed=frozenset({"matter:71"})))
SEALED_DIRECTOR = replace(DIRECTOR, reach=replace(DIRECTOR.reach, sealed=frozenset({"matter:71"})))


def see_nothing(actor: Actor, *words: str) -> None:
    for word in words or WORDS:
        for nouns in ((), ("note",), ("matter",)):
            assert find(actor, word, nouns=nouns) == SearchPage(), (actor.name, word, nouns)


def see(actor: Actor, *keys: str) -> None:
    assert found(actor, "canary") == list(keys)
    assert find(actor, "cannary").corrected == "canary"


def test_other_ward_finds_nothing() -> None:
    keep(thing("1", "Canary note", text="canary", ward_code="7"))
    see_nothing(WARD5)
    see_nothing(DPW)
    see_nothing(NOBODY)
    see(WARD7, "1")
    see(DIRECTOR, "1")


def test_what_belongs_to_no_ward_is_for_the_office() -> None:
    keep(thing("1", "Canary note"))
    see(WARD5, "1")
    see_nothing(DPW)
    see_nothing(NOBODY)


def test_partner_finds_what_the_agency_was_told() -> None:
    keep(thing("1", "Canary note", ward_code="7", agency_code="DPW", audience="partner"))
    see(DPW, "1")
    see_nothing(DDOT)
    see_nothing(WARD5)


def test_partner_finds_nothing_internal_about_the_agency() -> None:
    keep(thing("1", "Canary note", agency_code="DPW"))
    see_nothing(DPW)
    see(WARD5, "1")


def test_sealed_matter_is_found_by_nobody_but_the_named() -> None:
    keep(
        thing("71", "Canary note", noun="matter", ward_code="7"),
        thing("1", "Canary note", ward_code="7", matter_key="71"),
        thing("2", "Canary", agency_code="DPW", audience="partner", matter_key="71"),
    )
    see_nothing(SEALED7)
    see_nothing(SEALED_DIRECTOR)
    see_nothing(SEALED7, "71")
    see(WARD7, "2", "1", "71")


def test_more_does_not_count_what_is_hidden() -> None:
    keep(
        *(thing(f"a{n}", "Canary", ward_code="5") for n in range(10)),
        *(thing(f"b{n}", "Canary", ward_code="7") for n in range(50)),
        *(thing(f"c{n}", "Canary", ward_code="5", matter_key="71") for n in range(50)),
    )
    who = replace(WARD5, reach=replace(WARD5.reach, sealed=frozenset({"matter:71"})))
    page = find(who, "canary", limit=10)
    assert {row.ref.key[0] for row in page.rows} == {"a"}
    assert (len(page.rows), page.more) == (10, False)
    assert not find(who, "canary", limit=10, offset=10).rows


def test_correction_comes_from_what_the_asker_sees() -> None:
    """The nearer word stands only in another ward: it is not told."""
    keep(thing("1", "canary", ward_code="7"), thing("2", "canopy", ward_code="5"))
    assert find(WARD7, "canaryy").corrected == "canary"
    page = find(WARD5, "canapy")
    assert (page.corrected, [r.ref.key for r in page.rows]) == ("canopy", ["2"])
    assert find(WARD5, "canaryy") == SearchPage()


def test_correction_needs_all_words_in_one_row_within_reach() -> None:
    keep(
        thing("1", "canary", ward_code="5"),
        thing("2", "bakery canary", ward_code="7"),
    )
    assert find(WARD5, "cannary bakery") == SearchPage()
    assert find(WARD7, "cannary bakery").corrected == "canary bakery"


def test_exact_key_is_within_reach_too() -> None:
    keep(thing("26-00123456", "Pothole", noun="request", ward_code="7"))
    assert found(WARD5, "26-00123456") == []
    assert found(WARD7, "26-00123456") == ["26-00123456"]


def test_the_real_cast_sees_the_same(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    keep(
        thing("1", "Canary", ward_code="5"),
        thing("2", "Canary", agency_code="DPW", audience="partner"),
    )
    seen = {
        who.party.name: found(who.actor, "canary")
        for who in (director, liaison5, liaison7, partner_dpw, records_officer)
    }
    assert seen == {
        director.party.name: ["2", "1"],
        records_officer.party.name: ["2", "1"],
        liaison5.party.name: ["2", "1"],
        liaison7.party.name: ["2"],
        partner_dpw.party.name: ["2"],
    }
