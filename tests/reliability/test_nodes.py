"""Two sites and two workers over one database; one of each is killed under load."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.cast import Cast
from tests.ground import Ground
from tests.jobs.test_kill import address_of_test_database
from tests.notices.smtp_sink import smtp_sink
from tests.postgres import waiting_for_disk
from tests.reliability.nodes import TOKEN, Balancer, at_once, running, wait_for
from tests.trouble import load_topics
from wardroom.access.gate import guard_pass
from wardroom.casework.models import Complaint
from wardroom.directory.models import Party
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.queries import verified_chain
from wardroom.notices.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
FORMS, HANDS, KILLED_AFTER = 120, 8, 40


@pytest.fixture
def postgres() -> Iterator[None]:
    """Several nodes need a database that they can share, and that waits for its disk."""
    if connection.vendor != "postgresql":
        pytest.skip("several nodes need PostgreSQL")
    with waiting_for_disk(address_of_test_database()) as waits:
        if not waits:
            pytest.skip("this PostgreSQL cannot be told to wait for the disk")
        yield


def words_of(number: int, ground: Ground) -> dict[str, str]:
    """A complaint by somebody who may be written to."""
    place = ground.places["5"]
    where = f"{(place.latitude or 0) + number % 40 / 1e4:.6f},{place.longitude}"
    return {
        "said": f"Rats under fence number {number}",
        "channel": "phone",
        "topic_code": "rodents",
        "language": "en",
        "spot": f"at:{where}|{number} NEW STREET NE",
        "place_text": f"{number} NEW STREET NE",
        "name_": f"Neighbor {number}",
        "email": f"neighbor{number}@example.org",
        "consent": "on",
    }


def cookie_of(who: Cast) -> str:
    client = Client()
    with guard_pass("signing in"):
        client.force_login(who.user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def test_killed_node_costs_the_requests_in_flight_and_nothing_else(
    postgres: None,
    tmp_path: Path,
    ground: Ground,
    agencies: Mapping[str, Party],
    liaison5: Cast,
    director: Cast,
) -> None:
    load_topics()
    with smtp_sink() as sink, running(tmp_path, sites=2, workers=2, mail=sink.port) as nodes:
        first, second = nodes.sites
        balancer = Balancer([first.port, second.port], cookie_of(liaison5))
        killed_at: list[float] = []

        def send(number: int) -> None:
            if number == KILLED_AFTER:
                killed_at.append(time.monotonic())
                first.kill()
                killed_at.append(time.monotonic())
            balancer.send(number, "/issues/new/", words_of(number, ground))
            if number == 2 * KILLED_AFTER:
                wait_for("a first letter", lambda: bool(sink.received), 150, nodes.logs)
                nodes.workers[0].kill()

        at_once(send, iter(range(1, FORMS + 1)), HANDS)
        # No error but of what was with the killed node just then.
        assert Counter(one.status for one in balancer.told).keys() <= {302, 0}, nodes.logs()
        broken = [one for one in balancer.told if not one.status]
        for one in broken:
            assert (one.port, one.began <= killed_at[1] + 1) == (first.port, True), one
        assert len(broken) <= HANDS
        assert {one.port for one in balancer.told if one.began > killed_at[1]} >= {second.port}

        # Whatever was answered is there once; whatever broke is there once, or not at all.
        said = Counter(Complaint.objects.values_list("said", flat=True))
        acknowledged = {words_of(o.number, ground)["said"] for o in balancer.told if o.status}
        assert acknowledged <= said.keys()
        assert set(said.values()) == {1}
        assert len(said) <= len(acknowledged) + len(broken)

        # The worker that is left does all that is due, once.
        wait_for(
            "every letter",
            lambda: (
                Message.objects.filter(state="sent").count() == len(said)
                and not Receipt.objects.exclude(state="done").exists()
            ),
            240,
            nodes.logs,
        )
    letters = Counter(str(letter["Message-ID"]) for letter in sink.messages())
    assert len(letters) == len(said)
    assert sum(letters.values()) - len(letters) <= 1  # at least once, with the same number
    assert Message.objects.count() == len(said)
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    assert kinds["ComplaintTaken"] == kinds["MessageSent"] == len(said)
    assert verified_chain().broken is None
