"""The file of a location as it is written, listed and read: analysis, nominations, story."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.problems.leaving import fresh, later, leave, look
from tests.trouble import Trouble
from wardroom.access.actor import NOBODY
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.problems.actions import (
    decide_candidate,
    decide_nomination,
    nominate_place,
    relapse_location,
    reopen_location,
    set_location_rule,
    write_analysis,
)
from wardroom.problems.models import LocationRule, PersistentLocation
from wardroom.problems.queries import (
    location_file,
    location_page,
    nomination_page,
    place_story,
    reported_at,
)
from wardroom.problems.rules.files import QUESTIONS
from wardroom.problems.rules.locations import LocationRule as Numbers

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_analysis_is_versioned_told_and_guarded(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    empty = version_of(dict.fromkeys(QUESTIONS, ""))
    rats = {"what": "Rats"}
    first = write_analysis(fresh(location), answers=rats, seen=empty, stamp=liaison5.stamp)
    with pytest.raises(Stale):
        write_analysis(fresh(location), answers={"what": "Mice"}, seen=empty, stamp=director.stamp)
    second = write_analysis(fresh(location), answers={"what": "Rats, many"}, stamp=director.stamp)
    assert (first.version, second.version) == (1, 2)
    entry = Entry.objects.filter(kind="LocationAnalyzed").latest("pk")
    assert entry.body["changes"] == [
        {"field": "what", "label": "What happens", "before": "Rats", "after": "Rats, many"}
    ]
    leave(location, liaison5)
    with pytest.raises(Refused):
        write_analysis(fresh(location), answers={"what": "Mice"}, stamp=liaison5.stamp)


def test_nomination_is_tested_decided_and_then_a_file(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    place = trouble.candidate(2).place
    words: dict[str, Any] = {
        "nominated_by": "ANC 5C",
        "topic_code": "dumping",
        "reason": "They voted",
    }
    with pytest.raises(NotAllowed):
        nominate_place(place, source="liaison", **words, stamp=liaison7.stamp)
    with pytest.raises(Refused):
        nominate_place(place, source="director", **words, stamp=liaison5.stamp)
    with pytest.raises(Refused):
        nominate_place(place, source="anc_vote", **words, stamp=liaison5.stamp)
    made = nominate_place(place, source="anc_vote", **words, voted_on=TODAY, stamp=liaison5.stamp)
    assert made.test["met"]
    assert (made.ward_code, place.key in made.place_keys) == ("5", True)
    assert [r.id for r in nomination_page(liaison5.actor, on=TODAY).rows] == [made.pk]
    assert nomination_page(liaison7.actor, on=TODAY, state="all").total == 0
    with pytest.raises(NotAllowed):
        decide_nomination(made, verdict="refuse", reason="No", stamp=liaison7.stamp)
    decision = decide_nomination(
        made, verdict="designate", reason="Yes", next_on=NEXT, stamp=director.stamp
    )
    location = PersistentLocation.objects.get(decision=decision)
    file = location_file(location.matter_id, liaison5.actor, at=NOON)
    assert (file.spells[0].nomination_id, file.candidate_id) == (made.pk, None)
    assert file.spells[0].entry_test is not None
    assert nomination_page(liaison5.actor, on=TODAY).total == 0
    assert nomination_page(liaison5.actor, on=TODAY, state="designate").total == 1
    with pytest.raises(Refused) as no:
        nominate_place(place, source="liaison", **words, stamp=liaison5.stamp)
    assert no.value.code == "already_designated"


def test_rule_is_the_directors_and_keeps_what_was_tested(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    rule = Numbers(watch_months=12, clean_checks=1)
    with pytest.raises(NotAllowed):
        set_location_rule(None, rule=rule, reason="Longer", stamp=liaison5.stamp)
    set_location_rule(None, rule=rule, reason="Longer", stamp=director.stamp)
    with pytest.raises(Refused):
        set_location_rule(None, rule=rule, reason="Again", stamp=director.stamp)
    assert LocationRule.objects.count() == 1
    decision = decide_candidate(
        trouble.candidate(1), verdict="designate", reason="x", next_on=NEXT, stamp=liaison5.stamp
    )
    spell = leave(PersistentLocation.objects.get(decision=decision), liaison5)
    assert spell.watch_until == date(2027, 11, 18)


def test_lists_tell_watch_relapse_and_sustained_apart(
    trouble: Trouble, liaison5: Cast, liaison7: Cast
) -> None:
    made = {}
    for place, who in ((1, liaison5), (2, liaison5), (3, liaison7)):
        decision = decide_candidate(
            trouble.candidate(place), verdict="designate", reason="x", next_on=NEXT, stamp=who.stamp
        )
        made[place] = PersistentLocation.objects.get(decision=decision)
        leave(made[place], who)
    relapse_location(fresh(made[2]), reason="Back", found_by="check", stamp=HOUSE)

    def listed(state: str, on: date = TODAY) -> list[str]:
        page = location_page(liaison5.actor, on=on, state=state)
        assert page.total == len(page.rows)
        return [row.place_label[0] for row in page.rows]

    assert (listed("on_watch"), listed("relapsed"), listed("open")) == (["1"], ["2"], ["2"])
    assert (listed("sustained"), listed("closed")) == ([], ["1"])
    assert listed("sustained", TODAY + timedelta(days=300)) == ["1"]


def test_story_holds_every_sort_and_only_what_may_be_read(
    location: PersistentLocation, liaison5: Cast, liaison7: Cast
) -> None:
    look(location, liaison5, NOON)
    leave(location, liaison5)

    def story(sort: str = "") -> list[str]:
        found = place_story(location.matter_id, liaison5.actor, on=TODAY, sort=sort)
        assert found.total == len(found.lines) or found.pages > 1
        return [line.sort for line in found.lines]

    for sort in ("requests", "matters", "checks", "decisions", "boundaries"):
        assert set(story(sort)) == {sort}
    assert len(set(story())) > 1
    whole = place_story(location.matter_id, liaison5.actor, on=TODAY)
    times = [line.at for line in whole.lines]
    assert times == sorted(times, reverse=True)
    assert whole.then[0].ward == "5"
    points = reported_at(location.matter_id, liaison5.actor, at=NOON)["features"]
    assert points
    for actor in (liaison7.actor, NOBODY):
        with pytest.raises(NotFound):
            place_story(location.matter_id, actor, on=TODAY)
        with pytest.raises(NotFound):
            reported_at(location.matter_id, actor, at=NOON)


def test_statements_of_the_file_and_the_story_do_not_grow(
    location: PersistentLocation, liaison5: Cast
) -> None:
    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as file:
            location_file(location.matter_id, liaison5.actor, at=NOON + timedelta(days=90))
        with CaptureQueriesContext(connection) as story:
            place_story(location.matter_id, liaison5.actor, on=TODAY)
        return len(file), len(story)

    leave(location, liaison5)
    reopen_location(fresh(location), reason="x", next_on=NEXT, stamp=later(liaison5, 1))
    write_analysis(fresh(location), answers={"what": "Rats"}, stamp=later(liaison5, 1))
    look(location, liaison5, NOON + timedelta(days=1))
    before = statements()
    for day in (2, 4, 6):
        look(location, liaison5, NOON + timedelta(days=day))
        leave(location, liaison5, day)
        reopen_location(
            fresh(location), reason="x", next_on=date(2027, 1, 1), stamp=later(liaison5, day + 1)
        )
        found = {"what": f"Rats {day}"}
        write_analysis(fresh(location), answers=found, stamp=later(liaison5, day + 1))
    assert statements() == before
