"""Webhooks: signed, only what the holder may read, tried again, given up, sent again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground, open_at
from tests.notices.sink import Sink, open_sink
from wardroom.access.actor import Stamp
from wardroom.directory.actions import deactivate_user
from wardroom.jobs import hooks as job
from wardroom.kernel import machines
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry, Link
from wardroom.matters.actions import link_matters, restrict_matter, set_next_step
from wardroom.matters.models import Matter
from wardroom.notices.actions import (
    MadeHook,
    claim_delivery,
    end_hook,
    gather_lines,
    make_hook,
    replay_delivery,
    replay_hook,
)
from wardroom.notices.gateways.hooks import Posting, send_posting
from wardroom.notices.models import Hook, HookDelivery
from wardroom.notices.queries import delivery_page, due_deliveries, get_hook, hook_page
from wardroom.notices.rules.hooks import MOST_TRIES, WAITS

pytestmark = pytest.mark.django_db
HTTPS = "https://hooks.example.org/in"


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    settings.HOOKS_INSIDE = True
    with open_sink() as opened:
        yield opened


def hooked(who: Cast, sink: Sink, *kinds: str) -> MadeHook:
    """A webhook of somebody that goes to the sink."""
    return make_hook(who.user, name="Board", address=sink.address, kinds=kinds, stamp=who.stamp)


def step(matter: Matter, who: Cast, words: str = "Call the crew") -> int:
    """Plan a step, as the number of its line."""
    set_next_step(matter, next_on=NEXT, next_step=words, stamp=who.stamp)
    return int(Entry.objects.filter(kind="NextStepSet").order_by("-pk")[0].pk)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, liaison5: Cast) -> list[Stamp]:
    """The worker's clock, which a test turns on."""
    at = [replace(liaison5.stamp, at=NOON)]
    monkeypatch.setattr(job, "worker_stamp", lambda: at[0])
    return at


def turn(clock: list[Stamp], seconds: float) -> None:
    """Let some time go by."""
    clock[0] = replace(clock[0], at=clock[0].at + timedelta(seconds=seconds))


def send(seconds: float = 30) -> int:
    return job.send_hooks(seconds)


class TestSending:
    def test_new_line_is_sent_once_and_signed(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        made = hooked(liaison5, sink, "NextStepSet")
        line = step(matter, liaison5, "Ring the neighbor at 202-555-0142")
        assert send() == 1
        assert send() == 0
        [(headers, body)] = sink.came
        told = json.loads(body)
        assert (told["type"], told["data"]["entry"]) == ("NextStepSet", line)
        assert told["data"]["link"].endswith(f"/lines/{line}/")
        assert {"noun": "matter", "key": str(matter.pk)} in told["data"]["about"]
        assert headers["webhook-id"] == f"msg_{made.hook.pk}_{line}"
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
        key = base64.b64decode(made.secret.removeprefix("whsec_"))
        mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{mac}"

    def test_words_and_names_stay_inside(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        made = hooked(liaison5, sink)
        step(matter, liaison5, "Ring the neighbor at 202-555-0142")
        send()
        sent = "".join(body for _, body in sink.came)
        assert sink.came
        for word in ("neighbor", "555-0142", liaison5.party.name, "alley"):
            assert word not in sent
        assert made.secret not in str(Hook.objects.values())

    def test_number_of_another_matter_stays_inside(
        self, ground: Ground, liaison5: Cast, director: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        one, other = open_at(ground, liaison5, "5"), open_at(ground, director, "7")
        hooked(liaison5, sink, "MattersLinked")
        link_matters(one, other=other, kind="related", stamp=director.stamp)
        assert send() == 1
        about = json.loads(sink.came[0][1])["data"]["about"]
        assert {"noun": "matter", "key": str(one.pk)} in about
        assert {"noun": "matter", "key": str(other.pk)} not in about

    def test_what_was_before_is_not_sent(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        step(matter, liaison5)
        hooked(liaison5, sink, "NextStepSet")
        assert send() == 0

    def test_other_wards_lines_are_not_sent(
        self, ground: Ground, liaison5: Cast, liaison7: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        hooked(liaison7, sink, "NextStepSet", "MatterOpened")
        step(open_at(ground, liaison5, "5"), liaison5)
        assert send() == 0
        step(open_at(ground, liaison7, "7"), liaison7)
        assert send() == 2

    def test_sealed_matter_is_not_sent_even_where_it_waited(
        self, ground: Ground, liaison5: Cast, cover5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        hooked(cover5, sink, "NextStepSet")
        step(matter, liaison5)
        assert gather_lines(stamp=clock[0]) == 1
        restrict_matter(matter, readers=[], reason="A witness", stamp=liaison5.stamp)
        step(Matter.objects.get(pk=matter.pk), liaison5, "Meet the witness")
        assert send() == 0
        assert sink.came == []
        assert "may not read" in HookDelivery.objects.get().error

    def test_partner_gets_lines_of_its_agency_alone(
        self, ground: Ground, liaison5: Cast, partner_dpw: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        hooked(partner_dpw, sink)
        step(open_at(ground, liaison5, "5"), liaison5)
        assert send() == 0

    def test_who_left_gets_nothing(
        self, ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast, sink: Sink,
        clock: list[Stamp],
    ) -> None:  # fmt: skip
        hooked(liaison7, sink)
        deactivate_user(liaison7.party, reason="Left", stamp=director.stamp)
        step(open_at(ground, liaison5, "5"), liaison5)
        assert send() == 0
        assert sink.came == []


class TestFailing:
    def test_refused_line_is_tried_later_and_later_then_given_up(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        sink.status = 500
        hooked(liaison5, sink, "NextStepSet")
        step(open_at(ground, liaison5, "5"), liaison5)
        for wait in WAITS:
            assert send() == 0
            tries = len(sink.came)
            turn(clock, wait - 1)
            send()
            assert len(sink.came) == tries
            turn(clock, 1)
        send()
        row = HookDelivery.objects.get()
        assert (row.state, row.attempts, row.status) == ("dead", MOST_TRIES, 500)
        assert len(sink.came) == MOST_TRIES
        assert len({headers["webhook-id"] for headers, _ in sink.came}) == 1
        turn(clock, 10 * 24 * 3600)
        send()
        assert len(sink.came) == MOST_TRIES

    def test_worker_that_died_after_sending_costs_a_second_copy_and_no_loss(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        hooked(liaison5, sink, "NextStepSet")
        step(open_at(ground, liaison5, "5"), liaison5)
        gather_lines(stamp=clock[0])
        [(delivery, _)] = due_deliveries(at=NOON, most=5)
        posting = claim_delivery(delivery, stamp=clock[0])
        assert posting is not None
        send_posting(posting)  # and then the worker is killed
        assert send() == 0
        turn(clock, WAITS[0])
        assert send() == 1
        assert len({headers["webhook-id"] for headers, _ in sink.came}) == 1
        assert len(sink.came) == 2

    def test_failing_webhook_rests_and_keeps_no_other_waiting(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        with open_sink() as other:
            other.status = 503
            hooked(liaison5, other, "NextStepSet")
            hooked(liaison5, sink, "NextStepSet")
            for n in range(3):
                step(matter, liaison5, f"Step {n}")
            assert send() == 3
            assert len(other.came) == 1

    def test_redirect_is_not_followed(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        sink.status = 302
        hooked(liaison5, sink, "NextStepSet")
        step(open_at(ground, liaison5, "5"), liaison5)
        assert send() == 0
        assert len(sink.came) == 1

    def test_nobody_there_is_a_failure_with_its_reason(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        away = replace(sink, address="http://127.0.0.1:9/in")
        hooked(liaison5, away, "NextStepSet")
        step(open_at(ground, liaison5, "5"), liaison5)
        assert send() == 0
        assert "refused" in HookDelivery.objects.get().error.lower()

    @pytest.mark.parametrize(
        "address",
        ["https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://169.254.169.254/",
         "https://localhost/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/"],
    )  # fmt: skip
    def test_private_machine_is_refused_where_nothing_says_otherwise(
        self, address: str, settings: Settings
    ) -> None:
        settings.HOOKS_INSIDE = False
        receipt = send_posting(Posting(address, "{}", {}))
        assert (receipt.taken, receipt.status) == (False, 0)
        assert "not public" in receipt.error
        assert "WARDROOM_HOOKS_INSIDE" in receipt.error

    @pytest.mark.parametrize(
        "address",
        ["https://127.0.0.1:9911/x", "https://[::1]/", "https://10.0.0.1/", "http://10.0.0.1/",
         "https://localhost/", "https://a.localhost./", "https://[::ffff:127.0.0.1]/",
         "http://hooks.example.org/"],
    )  # fmt: skip
    def test_inside_address_is_refused_when_it_is_made_and_names_the_setting(
        self, address: str, liaison5: Cast, settings: Settings
    ) -> None:
        settings.HOOKS_INSIDE = False
        with pytest.raises(Refused) as no:
            make_hook(liaison5.user, name="Board", address=address, stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == ("bad_address", "address")
        assert "WARDROOM_HOOKS_INSIDE" in no.value.sentence
        settings.HOOKS_INSIDE = True
        made = make_hook(liaison5.user, name="Board", address=address, stamp=liaison5.stamp)
        assert made.hook.address == address

    def test_slow_look_up_of_a_name_holds_no_worker_up(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.HOOKS_INSIDE = False
        asleep = threading.Event()
        monkeypatch.setattr(machines, "LOOK_UP_SECONDS", 0.05)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [asleep.wait(20)][1:])
        try:
            receipt = send_posting(Posting("https://slow.example/in", "{}", {}))
        finally:
            asleep.set()
        assert receipt.error == "Nobody said in time where this name leads."


class TestReplaying:
    def test_line_that_was_given_up_is_sent_again_by_hand(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        hook = hooked(liaison5, sink, "NextStepSet").hook
        step(open_at(ground, liaison5, "5"), liaison5)
        sink.status = 410
        for wait in (*WAITS, 0):
            send()
            turn(clock, wait)
        sink.status = 204
        assert hook_page(liaison5.actor).rows[0].dead == 1
        row = delivery_page(hook.pk, liaison5.actor).rows[0]
        replay_delivery(hook, delivery_id=row.id, stamp=liaison5.stamp)
        assert send() == 1
        assert len(sink.came) == MOST_TRIES + 1
        with pytest.raises(Refused, match="did not send"):
            replay_delivery(hook, delivery_id=999_999, stamp=liaison5.stamp)

    def test_all_from_a_line_on_are_sent_again_even_older_ones(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        matter = open_at(ground, liaison5, "5")
        first = step(matter, liaison5, "One")
        hook = hooked(liaison5, sink, "NextStepSet").hook
        step(matter, liaison5, "Two")
        assert send() == 1
        line = Link.objects.get(entry=first).position
        replay_hook(hook, from_line=line, stamp=liaison5.stamp)
        assert send() == 2
        for wrong in (0, 10**9):
            with pytest.raises(Refused, match="no such line"):
                replay_hook(hook, from_line=wrong, stamp=liaison5.stamp)


class TestKeeping:
    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"name": " "}, "name_missing"),
            ({"address": "http://hooks.example.org/"}, "bad_address"),
            ({"address": "https://"}, "bad_address"),
            ({"address": "https://a:b@hooks.example.org/"}, "bad_address"),
            ({"address": "https://hooks.example.org:x/"}, "bad_address"),
            ({"address": "https://hooks.example.org/a b"}, "bad_address"),
            ({"address": "https://hooks.example.org/\r\nX: y"}, "bad_address"),
            ({"address": "https://[/"}, "bad_address"),
            ({"kinds": ["NextStepSet", "NoSuchThing"]}, "kind_unknown"),
        ],
    )
    def test_what_is_off_is_refused(
        self, liaison5: Cast, more: dict[str, object], code: str
    ) -> None:
        words: dict[str, object] = {"name": "Board", "address": HTTPS, **more}
        with pytest.raises(Refused) as no:
            make_hook(liaison5.user, stamp=liaison5.stamp, **words)  # type: ignore[arg-type]
        assert no.value.code == code

    def test_nobody_sets_one_up_in_somebody_elses_name(
        self, liaison5: Cast, director: Cast, roleless: Cast
    ) -> None:
        for who in (director, roleless):
            with pytest.raises(NotAllowed):
                make_hook(liaison5.user, name="Board", address=HTTPS, stamp=who.stamp)

    def test_colleague_neither_sees_nor_ends_it(
        self, liaison5: Cast, liaison7: Cast, director: Cast
    ) -> None:
        hook = make_hook(liaison5.user, name="Board", address=HTTPS, stamp=liaison5.stamp).hook
        assert hook_page(liaison7.actor).total == 0
        with pytest.raises(NotFound):
            get_hook(hook.pk, liaison7.actor)
        with pytest.raises(NotFound):
            delivery_page(hook.pk, liaison7.actor)
        with pytest.raises(NotAllowed):
            end_hook(hook, stamp=liaison7.stamp)
        end_hook(get_hook(hook.pk, director.actor), stamp=director.stamp)
        assert hook_page(liaison5.actor).total == 0
        with pytest.raises(Refused, match="ended already"):
            end_hook(hook, stamp=liaison5.stamp)

    def test_ended_webhook_sends_nothing_that_waited(
        self, ground: Ground, liaison5: Cast, sink: Sink, clock: list[Stamp]
    ) -> None:
        hook = hooked(liaison5, sink, "NextStepSet").hook
        step(open_at(ground, liaison5, "5"), liaison5)
        gather_lines(stamp=clock[0])
        end_hook(hook, stamp=liaison5.stamp)
        assert send() == 0
        assert sink.came == []
