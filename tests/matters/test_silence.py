"""The ladder as its page shows it, and what a partner reads of an issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.ground import AskMaker, Ground, open_at
from wardroom.directory.queries import colleagues
from wardroom.matters.actions import accept_ask, climb_ladder
from wardroom.matters.models import Ask
from wardroom.matters.queries import ask_file, ask_list

pytestmark = pytest.mark.django_db


def on_day(day: date) -> datetime:
    """Noon of a day, in working hours."""
    return HOUSE.at + timedelta(days=(day - HOUSE.at.date()).days)


def test_ladder_shows_what_was_done_what_is_next_and_what_then(
    requested: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    steps = ask_file(requested.pk, liaison5.actor).ladder.steps
    assert [(s.state, s.on) for s in steps] == [
        ("next", date(2026, 11, 20)),
        ("later", date(2026, 11, 24)),
        ("later", date(2026, 11, 26)),
        ("later", date(2026, 11, 30)),
    ]
    climb_ladder(requested, stamp=replace(HOUSE, at=on_day(date(2026, 11, 23))))
    ladder = ask_file(requested.pk, liaison5.actor).ladder
    assert (ladder.since, ladder.broken) == (date(2026, 11, 18), False)
    assert [(s.state, s.on) for s in ladder.steps][:2] == [
        ("done", date(2026, 11, 23)),
        ("next", date(2026, 11, 24)),
    ]
    assert ask_file(requested.pk, partner_dpw.actor).ladder.steps == ()


def test_promise_starts_the_ladder_anew_from_its_own_day(
    requested: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    accept_ask(requested, promised_on=date(2026, 12, 1), stamp=partner_dpw.stamp)
    ladder = ask_file(requested.pk, liaison5.actor).ladder
    assert (ladder.since, ladder.broken) == (date(2026, 12, 1), True)
    assert {step.state for step in ladder.steps} == {"next", "later"}


def test_partner_reads_no_title_that_may_hold_a_residents_words(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    matter = open_at(ground, liaison5, "5", kind="issue")
    ask = ask_in(matter, liaison5, "DPW")
    file = ask_file(ask.pk, partner_dpw.actor)
    listed = ask_list(partner_dpw.actor, on=HOUSE.at.date()).rows[0]
    assert file.matter.title == listed.matter_title == "Issue at Alley behind the 500 block"
    assert matter.title not in " ".join(line.sentence for line in file.timeline.lines)
    assert ask_file(ask.pk, liaison5.actor).matter.title == matter.title


def test_only_who_can_open_it_is_given_something_to_do(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    found = colleagues(liaison5.actor, ward_code="5", on=HOUSE.at.date())
    assert (found[0].party_id, found[0].label) == (liaison5.party.pk, liaison5.party.name)
    assert {row.party_id for row in found} == {director.party.pk, liaison5.party.pk}
    assert colleagues(partner_dpw.actor, ward_code="5", on=HOUSE.at.date()) == ()
    assert colleagues(liaison5.actor, ward_code="5", on=date(2025, 1, 1)) == ()
