"""The worklist holds what waits, no more, at a steady cost, and only for those who may see it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import DUE, FRIDAY, AskMaker
from wardroom.kernel.errors import Refused
from wardroom.matters import actions, rules
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.matters.queries import worklist

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
Row = tuple[str, str, int, str, date]


def wanted() -> set[Row]:
    """What the pure rules say waits, from the rows alone."""
    rows: set[Row] = set()
    for matter in Matter.objects.all():
        wait = rules.matter_waits(matter.state, matter.next_on)
        if wait:
            rows.add(("matter", str(matter.pk), matter.owner_id, wait.reason, wait.due_on))
    for ask in Ask.objects.select_related("matter"):
        wait = rules.ask_waits(
            ask.kind,
            ask.state,
            due_on=ask.due_on,
            promised_on=ask.promised_on,
            proposed_on=localdate(ask.proposed_at),
            answered_on=localdate(ask.answered_at) if ask.answered_at else None,
            done_on=localdate(ask.done_at) if ask.done_at else None,
            settled=ask.settled_at is not None,
        )
        case = ask.matter
        if wait and not ask.clock_is_paused and (case is None or case.state == "open"):
            referral = case is not None and ask.kind == rules.REFERRAL
            party = case.owner_id if case is not None and referral else ask.party_id
            rows.add(("ask", str(ask.pk), party, wait.reason, wait.due_on))
    return rows


def kept() -> set[Row]:
    """What the table holds."""
    columns = ("noun", "key", "party_id", "reason", "due_on")
    return set(Waiting.objects.values_list(*columns))


@pytest.mark.parametrize("seed", range(6))
def test_table_is_what_the_rules_say_after_every_action(
    seed: int, matter5: Matter, liaison5: Cast, director: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    random = Random(seed)
    ours, theirs = liaison5.stamp, partner_dpw.stamp
    moves: tuple[tuple[str, dict[str, Any], Any], ...] = (
        ("request_ask", {}, ours),
        ("accept_ask", {"promised_on": FRIDAY}, theirs),
        ("decline_ask", {"code": "no_budget"}, theirs),
        ("counter_ask", {"counter_on": FRIDAY}, theirs),
        ("agree_counter", {}, ours),
        ("repeat_ask", {"due_on": DUE, "reason": "Again"}, ours),
        ("report_done", {"disposition": "fixed"}, theirs),
        ("withdraw_ask", {"reason": "Sold"}, ours),
        ("finish_task", {}, ours),
        ("reopen_task", {}, ours),
        ("drop_task", {"reason": "No"}, ours),
        ("give_task", {"party": director.party}, director.stamp),
    )
    for _ in range(40):
        matter5.refresh_from_db()
        turn = random.random()
        try:
            if turn < 0.15:
                ask_in(matter5, liaison5, "DPW", asked=random.random() < 0.5)
            elif turn < 0.25:
                actions.add_task(
                    matter5, party=liaison5.party, wording="Call", due_on=TODAY, stamp=ours
                )
            elif turn < 0.32:
                actions.close_matter(matter5, outcome="stopped", stamp=ours)
            elif turn < 0.45:
                actions.reopen_matter(
                    matter5, reason="Back", next_on=DUE, next_step="Look", stamp=ours
                )
            else:
                name, words, stamp = random.choice(moves)
                asks = list(Ask.objects.order_by("pk"))
                if asks:
                    getattr(actions, name)(random.choice(asks), **words, stamp=stamp)
        except Refused:
            pass
        assert kept() == wanted()


def test_each_sees_what_waits_for_them(
    matter5: Matter,
    matter7: Matter,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
) -> None:
    def seen(who: Cast, whose: str) -> set[int | None]:
        return {row.matter_id for row in worklist(who.actor, on=TODAY, whose=whose).rows}

    assert seen(liaison5, "mine") == seen(liaison5, "all") == {matter5.pk}
    assert seen(liaison7, "all") == {matter7.pk}
    assert seen(director, "mine") == set()
    assert seen(director, "all") == {matter5.pk, matter7.pk}
    assert seen(partner_dpw, "all") == set()


def test_page_costs_the_same_for_25_and_100_rows(matter5: Matter, liaison5: Cast) -> None:
    for k in range(101):
        actions.add_task(
            matter5,
            party=liaison5.party,
            wording=f"Call {k}",
            due_on=TODAY + timedelta(days=k % 9),
            stamp=liaison5.stamp,
        )
    costs = []
    for size in (25, 100):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert len(worklist(liaison5.actor, on=TODAY, size=size).rows) == size
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8
