"""Invariant 7: every due date explains itself: rule, start, skipped days, citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from tests.cast import Cast
from tests.trouble import load_topics
from wardroom.kernel.business_time import Clock, Due
from wardroom.library import queries
from wardroom.library.models import Rule
from wardroom.matters.actions import add_legal_deadline, pause_clock, resume_clock
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db
ACROSS = date(2027, 4, 9)  # the Friday before the week that ends on Emancipation Day


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    load_topics()


def missing(due: Due, start: date, skipped: tuple[str, ...]) -> list[str]:
    """What an explanation does not say and has to."""
    told = " ".join(due.steps)
    wanted = {
        "the rule": bool(due.rule),
        "the citation": bool(due.citation),
        "the start": f"{start:%B} {start.day}, {start.year}" in told,
        "the day itself": f"{due.due_on:%B} {due.due_on.day}, {due.due_on.year}" in told,
        **{name: name in told for name in skipped},
    }
    return [name for name, said in wanted.items() if not said]


def rules_with_days() -> list[queries.RuleRow]:
    """Every clock of the library that holds today and fixes its days."""
    codes = Rule.objects.filter(days__isnull=False, extends="").order_by("code")
    held = []
    for code in dict.fromkeys(codes.values_list("code", flat=True)):
        rule = queries.rule_in_force(code, ACROSS)
        if rule.clock is not Clock.PROMISE:
            held.append(rule)
    return held


def test_every_clock_explains_its_date() -> None:
    found = rules_with_days()
    assert len(found) >= 10
    for rule in found:
        calendar = queries.calendar_named(rule.calendar_code)
        start = calendar.instant(datetime.combine(ACROSS, time(10)))
        due = queries.due_under(rule, start)
        counted = rule.clock in (Clock.BUSINESS, Clock.AFTER) and due.due_on > date(2027, 4, 16)
        skipped = ("Emancipation",) if counted else ()
        assert missing(due, ACROSS, skipped) == [], (rule.code, due.steps)


def test_an_explanation_that_leaves_a_thing_out_is_seen() -> None:
    rule = queries.rule_in_force("dc-foia", ACROSS)
    start = queries.calendar_named(rule.calendar_code).instant(datetime.combine(ACROSS, time(10)))
    due = queries.due_under(rule, start)
    assert missing(due, ACROSS, ("Emancipation",)) == []
    for worse, what in (
        (replace(due, citation=""), "the citation"),
        (replace(due, rule=""), "the rule"),
        (replace(due, steps=due.steps[1:]), "the start"),
        (replace(due, steps=due.steps[:1]), "Emancipation"),
    ):
        assert what in missing(worse, ACROSS, ("Emancipation",))


def test_a_deadline_keeps_its_arithmetic_and_its_pauses(matter5: Matter, liaison5: Cast) -> None:
    made = add_legal_deadline(
        matter5, party=liaison5.party, rule_code="dc-foia", wording="Answer the request",
        started_at=liaison5.stamp.at, stamp=liaison5.stamp,
    )  # fmt: skip
    why = Ask.objects.get(pk=made.pk).why_due
    assert why is not None
    assert why["citation"]
    assert why["rule"]
    assert any("November 18, 2026" in step for step in why["steps"])
    assert any("Thanksgiving" in step for step in why["steps"])
    before = made.due_on
    later = replace(liaison5.stamp, at=liaison5.stamp.at + timedelta(days=14))
    paused = pause_clock(
        made, from_on=date(2026, 11, 30), reason="Waits for the requester", stamp=later
    )
    running = resume_clock(paused, until_on=date(2026, 12, 2), stamp=later)
    assert running.due_on > before
    assert running.why_due is not None
    assert any("Waits for the requester" in step for step in running.why_due["steps"])
