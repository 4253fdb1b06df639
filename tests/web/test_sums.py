"""The small sum that keeps machines out: signed, timely, for one form, and no limit without it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import altcha
import pytest
from django.test import RequestFactory

from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.casework.actions import forget_held
from wardroom.casework.models import UsedSum
from wardroom.web.ui import work

pytestmark = [pytest.mark.django_db]

Asking = Callable[..., Any]


@pytest.fixture(autouse=True)
def small_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums that a test does in no time."""
    monkeypatch.setattr(work, "PREFIX", "0")


@pytest.fixture
def asking(noon: Any) -> Asking:
    """A request of somebody at an address, so long after noon."""

    def make(address: str = "203.0.113.7", *, later: timedelta = timedelta()) -> Any:
        request: Any = RequestFactory().post("/report/", REMOTE_ADDR=address)
        request.stamp = Stamp(actor=NOBODY, at=noon + later, window=Window.WEB)
        return request

    return make


def done(given: str) -> str:
    """What a browser makes of a sum."""
    challenge = altcha.Challenge.from_dict(json.loads(given))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    answer = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
    return base64.b64encode(json.dumps(answer).encode()).decode()


def test_a_sum_counts_once(asking: Asking) -> None:
    answer = done(work.sum_to_do(asking()))
    assert work.did_sum(asking(), answer)
    assert not work.did_sum(asking(), answer)


def test_a_used_sum_is_known_until_it_runs_out(asking: Asking) -> None:
    answer = done(work.sum_to_do(asking()))
    assert work.did_sum(asking(), answer)
    assert not work.did_sum(asking(), answer)
    used = UsedSum.objects.get()
    assert forget_held(at=used.until) == 0
    assert forget_held(at=used.until + timedelta(seconds=1)) == 1
    assert not UsedSum.objects.exists()


def test_a_sum_runs_out(asking: Asking) -> None:
    answer = done(work.sum_to_do(asking()))
    assert not work.did_sum(asking(later=work.LASTS + timedelta(seconds=1)), answer)
    assert work.did_sum(asking(later=work.LASTS - timedelta(seconds=1)), answer)


def test_a_sum_of_somebody_else_is_none(asking: Asking) -> None:
    foreign = altcha.create_challenge("SHA-256", 1, key_prefix="0", hmac_secret="other")
    assert not work.did_sum(asking(), done(json.dumps(foreign.to_dict())))


@pytest.mark.parametrize("spoilt", ["", "x", "AAAA", "e30=", "A" * 5000])
def test_no_answer_is_none(spoilt: str, asking: Asking) -> None:
    assert not work.did_sum(asking(), spoilt)


@pytest.mark.parametrize("inside", ["[" * 1400, '{"challenge":' * 100, "[]", "1", "\udcff"])
def test_what_is_no_sum_at_all_is_none(inside: str, asking: Asking) -> None:
    answer = base64.b64encode(inside.encode("utf-8", "surrogateescape")).decode()
    assert not work.did_sum(asking(), answer)


def test_a_later_end_cannot_be_written_in(asking: Asking) -> None:
    answer = json.loads(base64.b64decode(done(work.sum_to_do(asking()))))
    answer["challenge"]["parameters"]["data"]["until"] += 10_000
    changed = base64.b64encode(json.dumps(answer).encode()).decode()
    assert not work.did_sum(asking(), changed)


def test_fewer_forms_come_in_without_a_sum(asking: Asking) -> None:
    def taken(*, worked: bool) -> int:
        tries = (work.few_forms(asking(), counted_as="x", worked=worked) for _ in range(40))
        return sum(tries)

    assert taken(worked=False) == 5
    assert taken(worked=True) == 30


def test_a_network_counts_as_a_whole(asking: Asking) -> None:
    came = sum(
        work.few_forms(asking(f"203.0.113.{n}"), counted_as="x", worked=True) for n in range(1, 200)
    )
    assert came == 120
    assert work.few_forms(asking("198.51.100.1"), counted_as="x", worked=True)


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48")],
)
def test_the_network_of_an_address(address: str, network: str, asking: Asking) -> None:
    assert work.network_of(asking(address)) == network
