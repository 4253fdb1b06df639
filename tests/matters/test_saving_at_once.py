"""Two people save the same matter at the same moment: nothing that anybody wrote is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.ground import DUE, FRIDAY
from tests.matters.test_same_time import race
from wardroom.kernel.errors import Stale
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    agree_counter,
    counter_ask,
    say_where_it_stands,
    set_next_step,
    withdraw_ask,
)
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import ANSWER_SHOWN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def seen(matter: Matter) -> str:
    return version_of({"next_on": matter.next_on, "next_step": matter.next_step})


def answer_seen(ask: Ask) -> str:
    ask.refresh_from_db()
    return version_of({name: getattr(ask, name) for name in ANSWER_SHOWN})


def test_of_two_next_steps_saved_at_once_one_stands_and_the_other_is_told(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    shown = seen(matter5)

    def save(who: Cast, words: str) -> Callable[[], object]:
        return lambda: set_next_step(
            matter5, next_on=DUE, next_step=words, seen=shown, stamp=who.stamp
        )

    said = race(save(liaison5, "Mine"), save(director, "Theirs"))
    assert sorted(said) == ["done", "stale"]
    matter5.refresh_from_db()
    winner = said.index("done")
    assert matter5.next_step == ("Mine", "Theirs")[winner]
    loser = (liaison5, director)[1 - winner]
    with pytest.raises(Stale) as no:
        set_next_step(matter5, next_on=DUE, next_step="Again", seen=shown, stamp=loser.stamp)
    assert no.value.by == ("Liaison of Ward 5", "The Director")[winner]
    assert ("Next step", matter5.next_step) in no.value.theirs
    set_next_step(matter5, next_on=DUE, next_step="Again", seen=no.value.seen, stamp=loser.stamp)
    assert Entry.objects.filter(kind="NextStepSet").count() == 2


def test_of_two_paragraphs_saved_at_once_one_stands_and_the_other_is_told(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    shown = matter5.version
    said = race(
        lambda: say_where_it_stands(
            matter5, text="Mine", former_version=shown, stamp=liaison5.stamp
        ),
        lambda: say_where_it_stands(
            matter5, text="Theirs", former_version=shown, stamp=director.stamp
        ),
    )
    assert sorted(said) == ["done", "stale"]
    assert Entry.objects.filter(kind="StandingWritten").count() == 1


def test_changes_beside_each_other_are_both_kept(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    shown, version = seen(matter5), matter5.version
    said = race(
        lambda: set_next_step(
            matter5, next_on=DUE, next_step="Mine", seen=shown, stamp=liaison5.stamp
        ),
        lambda: say_where_it_stands(
            matter5, text="Theirs", former_version=version, stamp=director.stamp
        ),
    )
    assert said == ["done", "done"]
    matter5.refresh_from_db()
    assert (matter5.next_step, matter5.standing) == ("Mine", "Theirs")


def test_both_writing_the_same_is_no_conflict(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    shown = seen(matter5)
    for who in (liaison5, director):
        set_next_step(matter5, next_on=DUE, next_step="Walk", seen=shown, stamp=who.stamp)
    matter5.refresh_from_db()
    assert matter5.next_step == "Walk"


def test_day_that_nobody_was_shown_is_not_agreed_to(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    counter_ask(requested, counter_on=FRIDAY, stamp=partner_dpw.stamp)
    shown = answer_seen(requested)
    later_day = FRIDAY.replace(day=11)
    counter_ask(requested, counter_on=later_day, text="No crew", stamp=partner_dpw.stamp)
    with pytest.raises(Stale) as no:
        agree_counter(requested, seen=shown, stamp=liaison5.stamp)
    assert ("Day", "Friday, December 11, 2026") in no.value.theirs
    assert ("In their words", "No crew") in no.value.theirs
    assert no.value.by == "Partner at DPW"
    agreed = agree_counter(requested, seen=no.value.seen, stamp=liaison5.stamp)
    assert agreed.promised_on == later_day


def test_answer_that_came_in_between_is_not_withdrawn_unseen(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    shown = answer_seen(requested)
    counter_ask(requested, counter_on=FRIDAY, stamp=partner_dpw.stamp)
    with pytest.raises(Stale):
        withdraw_ask(requested, reason="Silent", seen=shown, stamp=liaison5.stamp)
    requested.refresh_from_db()
    assert requested.state == "countered"
