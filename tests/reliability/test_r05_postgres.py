"""R5 on PostgreSQL: a server without room, or that takes no writing, is told of in plain words.

The server process that works for the page is told to let no file grow, as where the disk is
full. Where its log cannot be written or synced, PostgreSQL ends itself and goes through its log
when it starts again: to the site that is the killed server of R4, which stands for it.
"""

from __future__ import annotations

import os
import random
import resource
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reliability.test_r05_full_disk import misses, send
from tests.reliability.wholeness import faults_of_the_whole
from wardroom.web import unwell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
FULL, READ_ONLY = 26, 4
# Tables that grow with every organization; packed, they have no room left to be filled first.
GROW = ("ledger_entry", "ledger_about", "ledger_receipt", "directory_party", "search_doc")
LETTERS = "abcdefghijklmnopqrstuvwxyz "


@pytest.fixture
def desk(liaison5: Cast) -> Client:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    if not psutil.pid_exists(_server()):
        pytest.skip("the server is on another machine")
    client = Client(raise_request_exception=False)
    client.force_login(liaison5.user)
    assert client.get(reverse("organization_new")).status_code == 200
    return client


def _server() -> int:
    """The process that works for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _pack() -> None:
    with connection.cursor() as cursor:
        for table in GROW:
            cursor.execute(f"VACUUM FULL {table}")
        # What the packing wrote is out of the way before the server may write nothing itself.
        cursor.execute("CHECKPOINT")


def _child() -> int:
    """A second self, which does nothing but a few calls of the system, so threads may run here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _let_grow(server: int, size: int) -> None:
    """No file of this process grows over a size; said by a child that is of the same user."""
    owner = psutil.Process(server)
    user, group = owner.uids().real, owner.gids().real
    child = _child()
    if child == 0:
        try:
            if os.geteuid() != user:
                os.setgroups([])
                os.setgid(group)
                os.setuid(user)
            _, most = resource.prlimit(server, resource.RLIMIT_FSIZE)
            resource.prlimit(server, resource.RLIMIT_FSIZE, (size, most))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not psutil.pid_exists(server):
        raise psutil.NoSuchProcess(server)
    assert status == 0, "the server could not be told"


@contextmanager
def no_room() -> Iterator[None]:
    server = _server()
    _let_grow(server, 0)
    try:
        yield
    finally:
        # Where the site closed its connection meanwhile, there is nobody left to be told.
        with suppress(psutil.NoSuchProcess):
            _let_grow(server, resource.RLIM_INFINITY)


@contextmanager
def only_read() -> Iterator[None]:
    """What a server does that another took over from, or that is nearly full at some providers."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def points(desk: Client) -> Iterator[tuple[str, int, int]]:
    """At each point: the name that was sent, the answer, and the answer once there is room."""
    chance = random.Random(5)
    _pack()
    for n in range(FULL):
        name = f"{n} {''.join(chance.choices(LETTERS, k=150)).strip()} x"
        name = " ".join(name.split())
        with no_room():
            status = send(desk, name)
        yield name, status, send(desk, f"{name} later")
    for n in range(READ_ONLY):
        with only_read():
            status = send(desk, f"Readers {n}")
        yield f"Readers {n}", status, send(desk, f"Readers {n} later")


def test_30_points_without_room_end_in_a_plain_503(desk: Client) -> None:
    came = list(points(desk))
    assert len(came) == FULL + READ_ONLY
    assert misses(came) == []
    assert {status for name, status, _ in came if name.startswith("Readers")} == {unwell.UNWELL}
    assert sum(status == unwell.UNWELL for _, status, _ in came) > READ_ONLY
    assert faults_of_the_whole() == []


def test_power_check_without_the_answer_it_is_seen(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwell, "is_unwell", lambda error: False)
    assert misses(list(points(desk)))
