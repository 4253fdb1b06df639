"""A place has one file, whatever older data hold, whatever was joined, however it is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.problems.leaving import fresh, later, leave, look
from tests.trouble import Report, Trouble, bring_in, set_up
from wardroom.city.models import Place
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import merge_matter
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import Decision, PersistentLocation, Spell
from wardroom.problems.queries import location_file
from wardroom.problems.queries.standing import get_file_at

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
AGAIN = date(2027, 2, 1)


def second_file(of: PersistentLocation, at: Place | None = None) -> PersistentLocation:
    """Another file as older data hold one: at the same place, unless told otherwise."""
    with set_up():
        matter, decision, spell = (
            Matter.objects.get(pk=of.matter_id),
            Decision.objects.get(pk=of.decision_id),
            Spell.objects.filter(location=of).latest("number"),
        )
        matter.pk = decision.pk = spell.pk = None
        if at is not None:
            matter.place = decision.place = at
        matter.save(force_insert=True)
        decision.save(force_insert=True)
        made = PersistentLocation.objects.create(
            matter=matter,
            place=at or of.place,
            decision=decision,
            topics=of.topics,
            place_keys=[at.key] if at else of.place_keys,
            radius_m=of.radius_m,
        )
        spell.location, spell.decision, spell.number = made, None, 1
        spell.save(force_insert=True)
    return made


def open_files() -> list[int]:
    rows = PersistentLocation.objects.filter(matter__state="open")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def trouble_again(trouble: Trouble) -> None:
    """Three more reports in the twenty days after noon, and a ranking that hears of them."""
    again = [
        Report(1, NOON + timedelta(days=n), NOON + timedelta(days=n + 1), reporter=n)
        for n in (3, 9, 15)
    ]
    bring_in(trouble.folder, again, at=NOON + timedelta(days=20))
    house = replace(HOUSE, at=NOON + timedelta(days=20))
    detect(stamp=house)
    entry = Entry.objects.filter(kind="DetectionRun").latest("pk")
    for receipt in Receipt.objects.filter(entry=entry):
        deliver_receipt(receipt.pk, stamp=house)


def test_ranking_opens_the_newest_of_two_files_and_says_so(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5)
    newest = second_file(location)
    trouble_again(trouble)
    assert open_files() == [newest.pk]
    said = Spell.objects.get(location=newest, number=2).entry_reason
    assert said.endswith(f"This is its newest file; W-{location.matter_id} stays closed")


def test_look_at_the_older_of_two_files_opens_the_newest(
    location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5)
    newest = second_file(location)
    look(location, liaison5, NOON + timedelta(hours=2))
    sweep()
    assert open_files() == [newest.pk]


def test_no_file_opens_beside_one_that_is_open(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    newest = second_file(location)
    leave(location, liaison5)
    look(location, liaison5, NOON + timedelta(hours=2))
    sweep()
    trouble_again(trouble)
    assert open_files() == [newest.pk]


def test_new_designation_brings_its_troubles_and_addresses_into_the_file(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    with set_up():
        had = location.topics[0]["code"]
        row = PersistentLocation.objects.get(pk=location.pk)
        row.topics, row.place_keys, row.radius_m = row.topics[:1], [7], 1
        row.save()
    leave(location, liaison5)
    candidate = trouble.candidate(1)
    decide_candidate(
        candidate, verdict="designate", reason="Again", next_on=AGAIN, stamp=later(liaison5, 2)
    )
    row = fresh(location)
    assert {topic["code"] for topic in row.topics} == {t["code"] for t in candidate.topics} | {had}
    assert set(row.place_keys) > {7}
    assert candidate.place.key in row.place_keys
    assert row.radius_m == candidate.radius_m
    told = Entry.objects.get(kind="LocationWidened").sentence
    assert told.startswith("1 ALLEY STREET NE now counts also: ")
    assert "more address" in told
    assert f"{candidate.radius_m} meters around it instead of 1" in told
    assert all(topic["name"] in told for topic in candidate.topics if topic["code"] != had)


def test_same_designation_again_tells_nothing_new(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5)
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="Again", next_on=AGAIN,
        stamp=later(liaison5, 2),
    )  # fmt: skip
    assert not Entry.objects.filter(kind="LocationWidened").exists()


def test_place_of_a_file_that_was_joined_belongs_to_the_other(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    other = second_file(location, at=trouble.candidate(2).place)
    merge_matter(
        Matter.objects.get(pk=location.matter_id), into=other.matter, stamp=later(liaison5, 1)
    )
    assert get_file_at(location.place) == other
    with pytest.raises(Refused) as no:
        decide_candidate(
            trouble.candidate(1), verdict="designate", reason="Again", next_on=AGAIN,
            stamp=later(liaison5, 2),
        )  # fmt: skip
    assert no.value.code == "already_designated"
    leave(other, liaison5, 3)
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="It is back", next_on=AGAIN,
        stamp=later(liaison5, 4),
    )  # fmt: skip
    assert open_files() == [other.pk]
    assert PersistentLocation.objects.count() == 2


def test_ranking_of_a_place_that_was_joined_opens_the_other_file(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    other = second_file(location, at=trouble.candidate(2).place)
    merge_matter(Matter.objects.get(pk=location.matter_id), into=other.matter, stamp=liaison5.stamp)
    leave(other, liaison5)
    trouble_again(trouble)
    assert open_files() == [other.pk]


def test_file_counts_what_was_counted_by_one_that_was_joined_to_it(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    other = second_file(location, at=trouble.candidate(2).place)
    before = location_file(other.matter_id, liaison5.actor, at=NOON)
    merge_matter(
        Matter.objects.get(pk=location.matter_id), into=other.matter, stamp=later(liaison5, 1)
    )
    after = location_file(other.matter_id, liaison5.actor, at=NOON)
    assert sum(n for _, n in after.months) > sum(n for _, n in before.months)
