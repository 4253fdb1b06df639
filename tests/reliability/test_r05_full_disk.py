"""R5: where nothing can be saved, nobody is told that it was, and it works again by itself."""

from __future__ import annotations

import errno
import json
import os
import resource
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import (
    DatabaseError,
    DataError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    connections,
)
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reliability.wholeness import faults_of_the_whole
from wardroom.directory.models import Party
from wardroom.web import said, unwell

pytestmark = pytest.mark.django_db(transaction=True)
FULL, READ_ONLY = 26, 4


def send(desk: Client, name: str) -> int:
    """Add a group, as a person does; the status of the answer, which must say what it means."""
    sent = {"called": name, "organisation_kind": "civic"}
    answer = desk.post(reverse("organization_new"), sent)
    if answer.status_code == unwell.UNWELL:
        assert "look before sending it again" in answer.content.decode()
        assert answer.headers["Retry-After"]
    return answer.status_code


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file grows over this size: what a full disk is to whoever writes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def only_read() -> Iterator[None]:
    """The database takes nothing, as one on a disk that was mounted read only."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=1")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only=0")


def log_size() -> int:
    return Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size


def empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def points(desk: Client) -> Iterator[tuple[str, int, int]]:
    """At each point: the name that was sent, the answer, and the answer once there is room."""
    empty_log()
    assert send(desk, "Begun") == 302
    whole = log_size()
    for n in range(FULL):
        empty_log()
        name = f"Friends {n}"
        with room_for(whole * n // FULL):
            status = send(desk, name)
        yield name, status, send(desk, f"{name} later")
    for n in range(READ_ONLY):
        with only_read():
            status = send(desk, f"Readers {n}")
        yield f"Readers {n}", status, send(desk, f"Readers {n} later")


def in_a_child(work: Callable[[], list[tuple[str, int, int]]]) -> list[tuple[str, int, int]]:
    """Do it in a process of its own, whose limits die with it."""
    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            told = json.dumps(work())
        except BaseException:
            told = json.dumps(traceback.format_exc())
        with os.fdopen(write, "w") as out:
            out.write(told)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as come:
        answer = json.load(come)
    os.waitpid(child, 0)
    assert isinstance(answer, list), answer
    return [(name, status, later) for name, status, later in answer]


def misses(came: list[tuple[str, int, int]]) -> list[str]:
    """The points where a success was none, where it was not said, or where it stayed broken."""
    there = set(Party.objects.values_list("name", flat=True))
    found = []
    for name, status, later in came:
        if status not in (302, unwell.UNWELL):
            found.append(f"{name}: {status} says neither")
        if status == 302 and name not in there:
            found.append(f"{name}: said to be saved, and is not")
        if later != 302 or f"{name} later" not in there:
            found.append(f"{name}: still broken once there was room")
    return found


@pytest.fixture
def signed_in(liaison5: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(liaison5.user)
    assert client.get(reverse("organization_new")).status_code == 200
    return client


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Client:
    if connection.vendor != "sqlite":
        pytest.skip("a file of ours is full on SQLite only")
    client: Client = request.getfixturevalue("signed_in")
    return client


def test_30_points_without_room_end_in_a_plain_503(desk: Client) -> None:
    came = in_a_child(lambda: list(points(desk)))
    assert len(came) == FULL + READ_ONLY == 30
    assert misses(came) == []
    assert sum(status == unwell.UNWELL for _, status, _ in came) >= 20
    assert faults_of_the_whole() == []


def test_power_check_a_success_that_was_none_is_seen(desk: Client) -> None:
    came = [("Nobody saved this", 302, 302), ("Nor this", 500, 500)]
    assert len(misses(came)) == 4


def test_power_check_without_the_answer_it_is_seen(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwell, "is_unwell", lambda error: False)
    assert misses(in_a_child(lambda: list(points(desk))))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database or disk is full"), unwell.UNWELL),
        (InternalError("could not extend file: File too large"), unwell.UNWELL),
        # Power check: this is what Django says where somebody ended the session meanwhile.
        (DatabaseError("Forced update did not affect any rows."), 400),
    ],
)
def test_a_session_that_cannot_be_saved_is_told_in_the_same_words(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch, error: DatabaseError, status: int
) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(said.Kept, "max_cookie_size", 1)  # what is said goes into the session
    monkeypatch.setattr(Session, "save", full)
    assert send(signed_in, "Friends of the alley") == status


@pytest.mark.parametrize(
    ("error", "unwell_then"),
    [
        (OperationalError("database or disk is full"), True),
        (InterfaceError("connection already closed"), True),
        (DatabaseError("database disk image is malformed"), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.ENOENT, "No such file"), False),
        (DataError("out of range"), False),
        (KeyError("a mistake in the program"), False),
        (None, False),
    ],
)
def test_what_is_unwell_and_what_is_our_mistake(
    error: BaseException | None, unwell_then: bool
) -> None:
    assert unwell.is_unwell(error) is unwell_then


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/api/v1/issues", "/open311/v2/requests.json"])
def test_a_program_is_told_in_json(path: str) -> None:
    request = HttpRequest()
    request.path = path
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        answer = unwell.broke(request)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/json")
    assert json.loads(answer.content)["detail"] == unwell.SENTENCE
