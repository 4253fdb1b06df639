"""Two partners answer the same ask at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from tests.cast import Cast, hire
from tests.ground import DUE, FRIDAY
from wardroom.access.actor import Role
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, counter_ask, decline_ask, withdraw_ask
from wardroom.matters.models import Ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def race(*calls: Callable[[], object]) -> list[str]:
    """Start all calls at once; say of each whether it went through, or the refusal's code."""
    gate = threading.Barrier(len(calls))
    said: list[str] = [""] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        gate.wait()
        try:
            call()
            said[index] = "done"
        except Refused as no:
            said[index] = no.code
        except Exception as error:
            said[index] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def second_partner(agencies: object) -> Cast:
    return hire("second.dpw", "Second partner at DPW", Role.PARTNER, agency="DPW")


def test_exactly_one_answer_is_accepted(
    requested: Ask, partner_dpw: Cast, second_partner: Cast
) -> None:
    said = race(
        lambda: accept_ask(requested, promised_on=FRIDAY, stamp=partner_dpw.stamp),
        lambda: accept_ask(requested, promised_on=DUE, stamp=second_partner.stamp),
        lambda: decline_ask(requested, code="no_budget", stamp=partner_dpw.stamp),
    )
    assert sorted(said) == ["done", "wrong_state", "wrong_state"]
    assert Entry.objects.filter(kind__in=["AskAccepted", "AskDeclined"]).count() == 1
    ask = Ask.objects.get(pk=requested.pk)
    winner = said.index("done")
    assert ask.state == ("declined" if winner == 2 else "accepted")
    assert ask.promised_on == (FRIDAY, DUE, None)[winner]


def test_withdrawal_and_answer_do_not_both_happen(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    said = race(
        lambda: withdraw_ask(requested, reason="Sold", stamp=liaison5.stamp),
        lambda: decline_ask(requested, code="not_ours", stamp=partner_dpw.stamp),
    )
    assert sorted(said) == ["done", "wrong_state"]


def test_counter_offers_of_two_partners_are_both_told(
    requested: Ask, partner_dpw: Cast, second_partner: Cast
) -> None:
    said = race(
        lambda: counter_ask(requested, counter_on=FRIDAY, stamp=partner_dpw.stamp),
        lambda: counter_ask(requested, counter_on=FRIDAY, stamp=second_partner.stamp),
    )
    assert said == ["done", "done"]
    assert Entry.objects.filter(kind="AskCountered").count() == 2
