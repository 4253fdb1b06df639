"""S14: how often one caller may send something, behind a proxy and with many addresses too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.web.test_residents import ADA, SOUND
from wardroom.access.models import Tally
from wardroom.api import limits
from wardroom.casework.models import Report
from wardroom.web.residents import reporting

pytestmark = [pytest.mark.django_db]
PROXY = "10.9.8.7"
HERE = "203.0.113.5"
TAKEN, SLOW_DOWN = 302, 429


@pytest.fixture(autouse=True)
def office(
    ground: Ground, liaison5: Cast, liaison7: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Everybody does the sums, and one proxy stands before the site."""
    staffed({"5": liaison5, "7": liaison7})
    monkeypatch.setattr(reporting, "did_sum", lambda request, answer: True)
    settings.PROXIES = [PROXY]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0


def sent(callers: Iterable[str], **more: str) -> Counter[int]:
    """What becomes of reports, each by a browser of its own, through the proxy."""
    found: Counter[int] = Counter()
    for n, caller in enumerate(callers):
        browser = Client(REMOTE_ADDR=PROXY, headers={"x-forwarded-for": caller})
        given = {**SOUND, **more, "said": f"Night {n}", "once": f"a-word-of-its-own-{n}"}
        found[browser.post("/report/", given).status_code] += 1
    return found


def test_ten_reports_an_hour_come_from_one_address_whatever_it_says_of_itself() -> None:
    lies = [f"198.51.100.{n}, {HERE}:{40_000 + n}" for n in range(20)]
    assert sent(lies) == {TAKEN: 10, SLOW_DOWN: 10}
    assert Report.objects.count() == 10
    assert sent(["203.0.113.6"]) == {TAKEN: 1}


def test_a_house_with_many_new_addresses_counts_as_one() -> None:
    assert sent(f"2001:db8:1:2:{n:x}::{n:x}" for n in range(20)) == {TAKEN: 10, SLOW_DOWN: 10}
    assert sent(["2001:db8:1:3::1"]) == {TAKEN: 1}


def test_five_reports_an_hour_name_one_contact() -> None:
    spelled = ["ada@example.org", "Ada@Example.org", "ada+2@example.org", " ada@example.org "]
    found: Counter[int] = Counter()
    for n in range(8):
        found += sent([f"198.51.100.{n}"], **{**ADA, "email": spelled[n % 4]})
    assert found == {TAKEN: 5, SLOW_DOWN: 3}
    assert sent(["198.51.100.99"], **{**ADA, "email": "bea@example.org"}) == {TAKEN: 1}


def test_a_refused_report_loses_no_word_and_counts_for_nothing() -> None:
    assert sent([HERE] * 12, spot="", place="") == {422: 12}
    assert sent([HERE] * 11) == {TAKEN: 10, SLOW_DOWN: 1}
    browser = Client(REMOTE_ADDR=PROXY, headers={"x-forwarded-for": HERE})
    page = browser.post("/report/", {**SOUND, "said": "Rats by the school"})
    assert page.status_code == SLOW_DOWN
    assert "Rats by the school" in page.content.decode()
    assert "Try later, or call 311." in page.content.decode()


def looks(addresses: Iterable[str], most: int, way: str = "get") -> int:
    """How many looks from these addresses are let through."""
    factory, through = RequestFactory(), 0
    for address in addresses:
        request: Any = getattr(factory, way)("/", REMOTE_ADDR=address)
        request.stamp = SimpleNamespace(at=NOON)
        through += limits.few_enough(request, "looks", most)
    return through


def test_many_houses_of_one_network_have_few_of_their_looks_counted() -> None:
    houses = [f"2001:db8:1:{n:x}::1" for n in range(100)]
    assert looks(houses, most=2) == 2 * limits.HOUSES
    assert Tally.objects.count() == 2 * limits.HOUSES + 1, "a row a house, and one for them all"
    assert looks(["2001:db8:2:1::1"] * 3, most=2) == 2
    assert looks(houses, most=1, way="post") == 100 - 2 * limits.HOUSES


def test_what_cannot_be_counted_now_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(limits, "take_turn", held)
    assert looks([HERE] * 3, most=2) == 3
    assert Client().get("/mine/guess/").status_code == 404
    with pytest.raises(OperationalError):
        looks([HERE], most=2, way="post")


def test_thirty_links_an_hour_can_be_guessed() -> None:
    browser = Client(REMOTE_ADDR=PROXY, headers={"x-forwarded-for": HERE})
    codes = Counter(browser.get(f"/mine/guess-{n}/").status_code for n in range(50))
    assert codes == {404: 30, SLOW_DOWN: 20}


def test_callers_named_by_their_port_would_never_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Power check: the fault of another system, which counted each port as a caller."""
    monkeypatch.setattr(limits, "caller_of", lambda request: request.headers["x-forwarded-for"])
    monkeypatch.setattr("wardroom.web.proxies.come_from", lambda meta, proxies: None)
    monkeypatch.setattr("wardroom.web.ui.work.caller_of", lambda request: str(id(request)))
    monkeypatch.setattr("wardroom.web.ui.work.network_of", lambda request: str(id(request)))
    assert sent(f"{HERE}:{40_000 + n}" for n in range(12)) == {TAKEN: 12}


def test_contacts_that_are_not_counted_would_never_be_spared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Power check: without the contact's own rate, twelve letters go to one mailbox."""
    monkeypatch.setattr(limits, "contact_meant", lambda typed: "")
    assert sent((f"198.51.100.{n}" for n in range(8)), **ADA) == {TAKEN: 8}
