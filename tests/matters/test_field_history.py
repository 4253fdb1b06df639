"""Each line says which fields moved, before and after, in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Cast
from tests.ground import FRIDAY
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import history, history_choices, line_file, timeline
from wardroom.matters.actions import accept_ask, log_contact, move_promise, set_next_step
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db


def changes(who: Cast, ref: Ref) -> list[tuple[str, str, str]]:
    """What the newest line about a thing changed."""
    line = timeline(who.actor, refs=[ref]).lines[0]
    return [(c.label, c.before, c.after) for c in line.changes]


def test_next_step_says_what_it_was(matter5: Matter, liaison5: Cast) -> None:
    set_next_step(matter5, next_on=FRIDAY, next_step="Look again", stamp=liaison5.stamp)
    assert changes(liaison5, Ref("matter", str(matter5.pk))) == [
        ("Next date", "Wednesday, November 25, 2026", "Friday, December 4, 2026"),
        ("Next step", "Walk the alley", "Look again"),
    ]


def test_moved_promise_says_both_days_to_the_agency_too(requested: Ask, partner_dpw: Cast) -> None:
    accepted = accept_ask(requested, promised_on=FRIDAY, text="", stamp=partner_dpw.stamp)
    move_promise(accepted, promised_on=date(2026, 12, 11), reason="Rain", stamp=partner_dpw.stamp)
    assert changes(partner_dpw, Ref("ask", str(requested.pk))) == [
        ("Promise", "Friday, December 4, 2026", "Friday, December 11, 2026")
    ]


def test_line_that_moves_nothing_says_nothing(matter5: Matter, liaison5: Cast) -> None:
    log_contact(matter5, channel="phone", text="Called", stamp=liaison5.stamp)
    assert changes(liaison5, Ref("matter", str(matter5.pk))) == []


def test_what_was_told_once_is_not_told_again(matter5: Matter, liaison5: Cast) -> None:
    set_next_step(matter5, next_on=FRIDAY, next_step="Look again", stamp=liaison5.stamp)
    fresh = Matter.objects.get(pk=matter5.pk)
    set_next_step(fresh, next_on=FRIDAY, next_step="Ring them", stamp=liaison5.stamp)
    assert changes(liaison5, Ref("matter", str(matter5.pk))) == [
        ("Next step", "Look again", "Ring them")
    ]


def test_history_is_filtered_by_person_kind_and_day(
    matter5: Matter, liaison5: Cast, director: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    set_next_step(matter5, next_on=FRIDAY, next_step="Look", stamp=director.stamp)
    ref = Ref("matter", str(matter5.pk))
    choices = history_choices(liaison5.actor, ref=ref)
    assert dict(choices.people).keys() == {"The Director", "Liaison of Ward 5"}
    assert ("NextStepSet", "Next step set") in choices.kinds
    mine = history(liaison5.actor, ref=ref, person="The Director")
    assert [line.kind for line in mine.lines] == ["NextStepSet"]
    assert history(liaison5.actor, ref=ref, kind="MatterOpened").total == 1
    today = director.stamp.at.date()
    assert history(liaison5.actor, ref=ref, from_on=today, until_on=today).total == 2
    assert history(liaison5.actor, ref=ref, until_on=date(2026, 11, 1)).total == 0
    for outside in (liaison7, partner_dpw):
        assert history(outside.actor, ref=ref).total == 0
        assert history_choices(outside.actor, ref=ref).people == ()


def test_one_line_names_what_it_is_about(matter5: Matter, liaison5: Cast) -> None:
    entry = log_contact(matter5, channel="phone", text="Called", stamp=liaison5.stamp)
    file = line_file(liaison5.actor, entry.pk)
    assert Ref("matter", str(matter5.pk)) in file.about
    assert file.line.sentence == "A call: Called"
