"""Numbers, codes and words lead to the thing itself, and it is told what fits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cast import HOUSE, Cast
from tests.ground import AskMaker, Ground
from wardroom.access.actor import Actor
from wardroom.casework.queries import Hit, find_anything
from wardroom.directory.models import Party
from wardroom.matters.actions import capture_line
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db


def found(actor: Actor, text: str) -> list[Hit]:
    return list(find_anything(actor, text, on=HOUSE.at.date()).rows)


def test_matter_is_found_by_its_number(matter5: Matter, liaison5: Cast) -> None:
    hits = found(liaison5.actor, f"W-{matter5.pk}")
    assert [(hit.noun, hit.key, hit.why) for hit in hits] == [
        ("matter", str(matter5.pk), f"the number {matter5.pk}")
    ]


def test_ward_code_leads_to_its_area(ground: Ground, liaison5: Cast) -> None:
    hit = found(liaison5.actor, "Ward 7")[0]
    assert (hit.noun, hit.kind, hit.key, hit.title) == ("area", "ward", "7", "Ward 7")
    assert not [h for h in found(liaison5.actor, "7") if h.noun == "area"]


def test_ask_is_found_by_its_words_in_reach_only(
    matter5: Matter, ask_in: AskMaker, liaison5: Cast, liaison7: Cast
) -> None:
    ask = ask_in(matter5, liaison5, "DPW")
    hits = [h for h in found(liaison5.actor, "one thing DPW") if h.noun == "ask"]
    assert [(h.key, h.why) for h in hits] == [(str(ask.pk), "the title")]
    assert found(liaison7.actor, "one thing DPW") == []


def test_line_is_found_by_its_words_in_reach_only(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    entry = capture_line(
        None, text="Met the locksmith at the gate", ward_code="5", stamp=liaison5.stamp
    )
    hits = found(liaison5.actor, "locksmith")
    assert [(h.noun, h.key) for h in hits] == [("entry", str(entry.pk))]
    assert found(liaison7.actor, "locksmith") == []


def test_place_of_another_ward_is_not_found(
    ground: Ground, matter5: Matter, liaison5: Cast, liaison7: Cast
) -> None:
    label = ground.places["5"].label
    assert [h.noun for h in found(liaison5.actor, label) if h.noun == "place"] == ["place"]
    assert not [h for h in found(liaison7.actor, label) if h.key == str(ground.places["5"].pk)]


def test_agency_is_found_by_its_code(agencies: Mapping[str, Party], liaison5: Cast) -> None:
    hits = [h for h in found(liaison5.actor, "DDOT") if h.noun == "party"]
    assert [h.title for h in hits] == ["Department of Transportation"]
    assert hits[0].why == "DDOT"
