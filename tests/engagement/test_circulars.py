"""A letter to many: two people, half a minute, one copy an address, whoever dies on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOON
from tests.engagement.subscribed import follow, later, own_token, sent, subscribe, visitor, worker
from tests.ground import Ground
from tests.jobs.test_kill import address_of_test_database, kill_all, wait_for
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.engagement.actions import (
    approve_circular,
    open_circular,
    reword_circular,
    send_copies,
    stop_circular,
    stop_news,
    take_back_circular,
    withdraw_circular,
    write_circular,
)
from wardroom.engagement.models import Circular, CircularCopy, Subscriber, Subscription
from wardroom.engagement.queries.circulars import circular_file
from wardroom.engagement.rules.subscriptions import NAMED, Wanted
from wardroom.kernel.errors import Refused
from wardroom.matters.queries import worklist
from wardroom.notices.actions import claim_message
from wardroom.notices.models import Message
from wardroom.web.day.rows import address_of

WORDS = {"subject": "The library opens again", "text": "It opens on Monday at nine."}
MANY, KILLS = 400, 2


def by(who: Cast, **span: int) -> Stamp:
    """A stamp of somebody some time after noon."""
    return Stamp(actor=who.actor, at=later(**span), window=who.stamp.window)


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_letter_is_written_approved_undone_and_sent(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    subscribe("city@example.org", language="ko")
    subscribe("five@example.org", Wanted(NAMED, code="Ward 5"), language="es")
    subscribe("seven@example.org", Wanted(NAMED, code="Ward 7"))
    row = write_circular(None, **WORDS, area_kind="ward", area_code="5", stamp=liaison5.stamp)
    reword_circular(
        row, language="es", subject="La biblioteca", text="Abre el lunes.", stamp=liaison5.stamp
    )
    with pytest.raises(Refused, match="somebody's address"):
        write_circular(None, subject="x", text="At 12 First Street NE", stamp=liaison5.stamp)

    file = circular_file(row.pk, director.actor, on=NOON.date())
    assert (file.count, file.hindered) == (2, 0)
    assert [(w.code, w.readers) for w in file.wordings] == [("en", 1), ("es", 1)]
    assert "(영어로만 제공)" in file.sample
    with pytest.raises(Refused, match="would go to 2 now"):
        approve_circular(row, copies=3, stamp=director.stamp)
    approve_circular(row, copies=2, stamp=director.stamp)
    with pytest.raises(Refused, match="can still be taken back"):
        open_circular(row, stamp=worker(later(seconds=29)))
    take_back_circular(row, stamp=by(director, seconds=29))
    assert Circular.objects.get().state == "draft"

    approve_circular(row, copies=2, stamp=by(director, seconds=60))
    take_back_circular(row, stamp=by(director, seconds=90))
    approve_circular(row, copies=2, stamp=by(director, seconds=60))
    open_circular(row, stamp=worker(later(seconds=91)))
    with pytest.raises(Refused, match="on their way"):
        take_back_circular(row, stamp=by(director, seconds=91))
    stop_news(
        None,
        token=own_token(Subscriber.objects.get(match="five@example.org")),
        stamp=visitor(later(seconds=92)),
    )
    assert send_copies(row, stamp=worker(later(seconds=93))) == 0
    (letter,) = sent(later(seconds=94))
    assert letter.to_address == "city@example.org"
    assert letter.subject == "The library opens again (영어로만 제공)"
    assert letter.unsubscribe
    file = circular_file(row.pk, director.actor, on=NOON.date())
    assert file.state == "sent"
    assert [(one.address, one.why) for one in file.left_out] == [
        ("five@example.org", "They stopped the news.")
    ]


@pytest.mark.django_db
def test_the_rest_of_a_letter_can_be_stopped(liaison5: Cast, director: Cast) -> None:
    subscribe()
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    approve_circular(row, copies=1, stamp=director.stamp)
    open_circular(row, stamp=worker(later(seconds=31)))
    stop_circular(row, reason="wrong day", stamp=by(director, seconds=40))
    assert CircularCopy.objects.get().state == "left_out"
    follow(later(seconds=50))
    assert sent(later(seconds=50)) == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_is_still_in_the_outbox_can_be_stopped_though_the_last_copy_is_queued(
    liaison5: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_many(3)
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    approve_circular(row, copies=3, stamp=director.stamp)
    open_circular(row, stamp=worker(later(seconds=31)))
    assert send_copies(row, stamp=worker(later(seconds=32))) == 0
    follow(later(seconds=33))
    messages = Message.objects.filter(key__startswith="circular:").order_by("pk")
    first = messages.first()
    assert first is not None
    assert claim_message(first.pk, stamp=worker(later(seconds=34)))
    listed_before = lambda circular: messages  # noqa: E731
    monkeypatch.setattr("wardroom.engagement.actions.circulars.still_here", listed_before)
    assert "stop_circular" in circular_file(row.pk, director.actor, on=NOON.date()).allowed
    stop_circular(row, reason="wrong day", stamp=by(director, seconds=40))
    states = messages.values_list("state", flat=True)
    assert sorted(states) == ["queued", "recalled", "recalled"]
    assert "stop_circular" not in circular_file(row.pk, director.actor, on=NOON.date()).allowed


@pytest.mark.django_db
def test_a_letter_of_which_every_copy_left_cannot_be_stopped(
    liaison5: Cast, director: Cast
) -> None:
    make_many(1)
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    approve_circular(row, copies=1, stamp=director.stamp)
    open_circular(row, stamp=worker(later(seconds=31)))
    send_copies(row, stamp=worker(later(seconds=32)))
    assert len(sent(later(seconds=33))) == 1
    assert "stop_circular" not in circular_file(row.pk, director.actor, on=NOON.date()).allowed
    with pytest.raises(Refused, match="nothing to stop"):
        stop_circular(row, reason="wrong day", stamp=by(director, seconds=40))


@pytest.mark.django_db
def test_nobody_whose_words_stand_in_it_approves_it(
    liaison5: Cast, director: Cast, liaison7: Cast
) -> None:
    subscribe()
    row = write_circular(None, **WORDS, stamp=director.stamp)
    reword_circular(row, language="es", subject="Hoy", text="Abre.", stamp=liaison5.stamp)
    assert "approve_circular" not in circular_file(row.pk, director.actor, on=NOON.date()).allowed
    with pytest.raises(Refused, match="somebody else has to approve"):
        approve_circular(row, copies=1, stamp=director.stamp)
    reword_circular(row, language="en", **WORDS, stamp=liaison7.stamp)
    approve_circular(row, copies=1, stamp=director.stamp)


@pytest.mark.django_db
def test_an_address_is_shown_to_those_alone_who_let_it_go_out(
    liaison5: Cast, director: Cast
) -> None:
    subscribe("far@example.org", language="ko")
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    own = circular_file(row.pk, liaison5.actor, on=NOON.date())
    assert own.sample_to == ""
    assert own.sample
    assert circular_file(row.pk, director.actor, on=NOON.date()).sample_to == "far@example.org"


@pytest.mark.django_db
def test_the_page_of_a_letter_counts_in_the_database(
    liaison5: Cast, django_assert_max_num_queries: Any
) -> None:
    make_many(1100)
    with guard_pass("a test"):
        Subscriber.objects.filter(match="n0@example.org").update(bounced_at=NOON)
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    with django_assert_max_num_queries(12):
        file = circular_file(row.pk, liaison5.actor, on=NOON.date())
    assert (file.count, file.hindered) == (1100, 1)
    assert file.wordings[0].readers == 1100


@pytest.mark.django_db
def test_a_draft_waits_for_a_director_who_did_not_write_it(liaison5: Cast, director: Cast) -> None:
    subscribe()
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)

    def waits() -> list[tuple[str, str]]:
        rows = worklist(director.actor, on=NOON.date(), reason="letter").rows
        return [(one.title, address_of(one)) for one in rows]

    assert waits() == [(WORDS["subject"], f"/circulars/{row.pk}/")]
    approve_circular(row, copies=1, stamp=director.stamp)
    assert not waits()
    take_back_circular(row, stamp=director.stamp)
    assert waits()
    reword_circular(row, language="en", **WORDS, stamp=director.stamp)
    assert not waits()
    assert circular_file(row.pk, director.actor, on=NOON.date()).wrote


@pytest.mark.django_db
def test_a_draft_that_nobody_wants_waits_for_nobody(
    client: Client, liaison5: Cast, director: Cast
) -> None:
    subscribe()
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="Say why"):
        withdraw_circular(row, reason=" ", stamp=liaison5.stamp)
    with guard_pass("sign-in"):
        client.force_login(liaison5.user)
    gone = client.post(f"/circulars/{row.pk}/withdraw/", {"reason": "The event is over"})
    assert gone.status_code == 302
    assert not worklist(director.actor, on=NOON.date(), reason="letter").rows
    page = client.get(f"/circulars/{row.pk}/").content.decode()
    assert "Not wanted" in page
    assert "To whom it goes" not in page
    with pytest.raises(Refused, match="not wanted"):
        approve_circular(row, copies=1, stamp=director.stamp)


@pytest.mark.django_db
def test_its_writer_cannot_approve_it(director: Cast) -> None:
    subscribe()
    row = write_circular(None, **WORDS, stamp=director.stamp)
    with pytest.raises(Refused, match="somebody else has to approve"):
        approve_circular(row, copies=1, stamp=director.stamp)


@pytest.mark.django_db
def test_the_page_counts_down_without_script(
    liaison5: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from django.utils import timezone

    from tests.cast import PASSWORD

    clock = SimpleNamespace(now=lambda: later(seconds=12), localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)
    subscribe()
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    approve_circular(row, copies=1, stamp=director.stamp)
    client = Client()
    client.post("/account/login/", {"login": director.email, "password": PASSWORD})
    page = client.get(f"/circulars/{row.pk}/")
    assert "The first copy leaves in 18 seconds." in page.content.decode()
    assert page.headers["Refresh"] == "5"
    assert client.post(f"/circulars/{row.pk}/take-back/").status_code == 302
    assert Circular.objects.get().state == "draft"


def make_many(count: int) -> None:
    """Subscribers to the whole city, as rows."""
    with guard_pass("a test"):
        made = Subscriber.objects.bulk_create(
            Subscriber(
                address=f"n{n}@example.org",
                match=f"n{n}@example.org",
                language="en",
                asked_at=NOON,
                confirmed_at=NOON,
            )
            for n in range(count)
        )
        Subscription.objects.bulk_create(
            Subscription(
                subscriber=one,
                area="city",
                frequency="weekly",
                shown="x",
                how="x",
                asked_at=NOON,
                asked_by="x",
                confirmed_at=NOON,
            )
            for one in made
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.any_database
def test_each_gets_one_though_real_workers_are_killed_midway(
    tmp_path: Path, liaison5: Cast, director: Cast
) -> None:
    make_many(MANY)
    row = write_circular(None, **WORDS, stamp=liaison5.stamp)
    approve_circular(row, copies=MANY, stamp=director.stamp)
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "COPIES_MAIL": str(tmp_path),
    }

    def start() -> psutil.Popen:
        command = [sys.executable, "-m", "tests.engagement.copying_worker"]
        return psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    for kill in range(1, KILLS + 1):
        done = kill * MANY // (KILLS + 2)
        running = start()
        wait_for(
            f"copy {done}",
            lambda most=done: Message.objects.filter(state="sent").count() >= most,  # type: ignore[misc]
            60,
        )
        kill_all(running)
    assert 0 < Message.objects.filter(state="sent").count() < MANY
    assert start().wait(120) == 0

    went = Counter(path.read_text() for path in tmp_path.iterdir())
    assert Message.objects.filter(state="sent").count() == MANY
    assert Message.objects.count() == CircularCopy.objects.filter(state="queued").count() == MANY
    assert len({line.split()[0] for line in went}) == MANY
    assert Circular.objects.get().state == "sent"
    names = Counter(line.split()[0] for line in went)
    assert set(names.values()) == {1}, "a copy sent again has the same Message-ID"
