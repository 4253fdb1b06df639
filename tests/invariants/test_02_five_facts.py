"""Invariant 2: agency says done, disposition, we saw it, told, came back stay five facts, and
only telling the people who reported it closes an issue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.casework.intake import later, take
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import DUE, AskMaker, Ground
from tests.invariants.power import only_the_database_stops
from wardroom.casework.actions import close_issue, note_reporter_told
from wardroom.casework.queries import issue_file, issues
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import Refused
from wardroom.matters import rules
from wardroom.matters.actions import accept_ask, close_matter, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


def test_database_closes_no_issue_whose_people_were_not_told(
    ground: Ground, liaison5: Cast
) -> None:
    matter = take(liaison5, ground).matter
    change = "state = 'closed', outcome = 'fixed', closed_at = '2026-11-18 17:00:00+00:00'"
    only_the_database_stops(Matter.objects.filter(pk=matter.pk), change)


def test_rule_and_constraint_each_hold_alone(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = take(liaison5, ground).matter
    with pytest.raises(Refused) as no:
        close_matter(matter, outcome="fixed", stamp=liaison5.stamp)
    assert no.value.code == "not_told"
    loose = {**kinds.KINDS, "issue": replace(kinds.KINDS["issue"], closed_by_telling=False)}
    monkeypatch.setattr(rules, "kind_of", loose.__getitem__)
    with pytest.raises(IntegrityError), transaction.atomic():
        close_matter(matter, outcome="fixed", stamp=liaison5.stamp)


def known(matter: Matter, who: Cast) -> set[str]:
    """Which of the five facts are known of an issue."""
    facts: Mapping[str, str] = asdict(issue_file(matter.pk, who.actor).facts)
    return {name for name, words in facts.items() if words}


def one_after_the_other(
    ground: Ground, liaison: Cast, partner: Cast, ask_in: AskMaker
) -> list[set[str]]:
    """What becomes known with each thing that happens to an issue, and with no other."""
    complaint = take(liaison, ground, reporter_typed="A neighbour")
    matter = complaint.matter
    ask = ask_in(matter, liaison, "DPW")
    steps: list[set[str]] = []
    before = known(matter, liaison)
    assert before == set()

    def step() -> None:
        now = known(matter, liaison)
        steps.append(now - before)
        before.update(now)

    ask = accept_ask(ask, promised_on=DUE, stamp=partner.stamp)
    step()
    ask = report_done(ask, disposition="not_found", stamp=partner.stamp)
    step()
    record_check(
        matter, seen_at=NOON - timedelta(hours=1), finding="partly", rating=2, note="",
        stamp=liaison.stamp,
    )  # fmt: skip
    step()
    note_reporter_told(
        matter, complaint_id=complaint.pk, how="phone", text="We looked.", stamp=liaison.stamp
    )
    step()
    assert Matter.objects.get(pk=matter.pk).state == "open"
    close_issue(matter, outcome="partly_fixed", text="We looked.", stamp=liaison.stamp)
    step()
    take(liaison, ground, stamp=later(liaison, 8))
    step()
    assert Ask.objects.get(pk=ask.pk).state == "done"
    return steps


FACT_BY_FACT = [set(), {"agency_says", "disposition"}, {"we_saw"}, {"told"}, set(), {"came_back"}]


def test_each_fact_comes_by_itself(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    assert one_after_the_other(ground, liaison5, partner_dpw, ask_in) == FACT_BY_FACT


def test_a_page_that_took_one_for_another_would_be_seen(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real = issues._facts

    def mixed(*args: object) -> issues.FiveFacts:
        facts = real(*args)  # type: ignore[arg-type]
        return replace(facts, we_saw=facts.we_saw or facts.agency_says)

    monkeypatch.setattr(issues, "_facts", mixed)
    assert one_after_the_other(ground, liaison5, partner_dpw, ask_in) != FACT_BY_FACT


def test_the_disposition_is_no_verdict_of_ours(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    """Whatever the agency says was done, the issue stays open and nothing is seen or told."""
    for code in rules.DISPOSITIONS:
        matter = take(liaison5, ground, title=code).matter
        ask = ask_in(matter, liaison5, "DPW")
        ask = accept_ask(ask, promised_on=DUE, stamp=partner_dpw.stamp)
        report_done(ask, disposition=code, stamp=partner_dpw.stamp)
        matter = Matter.objects.get(pk=matter.pk)
        assert (matter.state, matter.outcome, matter.told_at) == ("open", "", None)
        assert known(matter, liaison5) == {"agency_says", "disposition"}
