"""Whether the site lives, may be sent people, and how it does: asked without a session."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import HOUSE
from wardroom.upkeep.actions import note_beat
from wardroom.upkeep.gateways import database
from wardroom.upkeep.queries import CHECKS, checks
from wardroom.upkeep.rules import NAMES
from wardroom.web import probes

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? [0-9.e+-]+')


really = database.unsafe_settings


@pytest.fixture
def client() -> Client:
    """A caller on this machine, who calls the site by the machine's own name."""
    return Client(headers={"host": "127.0.0.1:8000"})


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "FRESH_SECONDS", -1.0)
    monkeypatch.setattr(probes, "NUMBERS_SECONDS", -1.0)
    if connection.vendor == "postgresql":  # that of the tests is made to be forgotten
        monkeypatch.setattr(database, "unsafe_settings", lambda: really() and [])


@pytest.fixture
def alive(db: None) -> None:
    now = timezone.now()
    note_beat("worker", began_at=now, took_at=now, stamp=replace(HOUSE, at=now))


def reasons(answer: Any) -> list[str]:
    return [one["code"] for one in answer.json()["reasons"]]


def lose_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("no connection to host db.example for user canary")

    monkeypatch.setattr(connection, "cursor", gone)


def test_health_asks_nothing_of_the_database(client: Client) -> None:
    """There is no mark for the database here, so that any question to it would fail the test."""
    for path in ("/health/", "/healthz"):
        answer = client.get(path, headers={"host": "whatever.example"})
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/health/").status_code == 405


def test_health_answers_over_http_where_all_else_goes_to_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200


def test_ready_with_tables_of_this_version(client: Client, alive: None) -> None:
    answer = client.get("/ready/")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})


@pytest.mark.django_db
def test_dead_worker_takes_no_site_off_the_balancer(client: Client) -> None:
    """Residents report and staff read all the same; who watches is told by the numbers."""
    now = timezone.now() - timedelta(minutes=2)
    note_beat("worker", began_at=now, took_at=now, stamp=replace(HOUSE, at=now))
    answer = client.get("/ready/")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
    assert 'wardroom_check{check="worker"} 2' in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_power_check_worker_that_decides_takes_the_site_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    decides = [replace(c, ready=True) if c.code == "worker" else c for c in checks.CHECKS]
    monkeypatch.setattr(checks, "CHECKS", decides)
    assert reasons(client.get("/ready/")) == ["worker"]


def test_not_ready_where_tables_are_older(
    client: Client, alive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "wardroom.upkeep.gateways.database._known_migrations",
        lambda: frozenset({("upkeep", "9999_of_tomorrow")}),
    )
    answer = client.get("/ready/")
    assert (answer.status_code, reasons(answer)) == (503, ["migrations"])


def test_not_ready_and_no_word_of_the_host_without_a_database(
    client: Client, alive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        lose_database(meanwhile)
        answer, health, numbers = (client.get(f"/{p}") for p in ("ready/", "health/", "metrics"))
    assert (answer.status_code, reasons(answer)) == (503, ["database"])
    assert "canary" not in answer.content.decode()
    assert health.status_code == 200
    assert 'wardroom_check{check="database"} 2' in numbers.content.decode()


def test_ready_is_looked_at_once_a_second(
    client: Client,
    alive: None,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(probes, "FRESH_SECONDS", 3600.0)
    monkeypatch.setattr(probes, "_last", (float("-inf"), {}))
    assert client.get("/ready/").status_code == 200
    with django_assert_num_queries(0):
        assert client.get("/ready/").status_code == 200


def test_metrics_speak_the_format_and_name_every_check(client: Client, alive: None) -> None:
    client.get("/nowhere/")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    for line in lines:
        assert line.startswith(("# HELP ", "# TYPE ")) or SAMPLE.fullmatch(line), line
    told = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert told >= {
        *("wardroom_answers_total", "wardroom_answer_seconds_bucket", "wardroom_queue_tasks"),
        *("wardroom_queue_oldest_seconds", "wardroom_outbox_messages", "wardroom_processes"),
        *("wardroom_receipts_oldest_seconds", "wardroom_ledger_lines", "wardroom_database_bytes"),
        *("wardroom_disk_free_bytes", "wardroom_files_bytes", "wardroom_check"),
    }
    for check in CHECKS:
        if not check.outside:
            named = any(f'check="{check.code}"' in line for line in lines)
            assert named is check.applies(), check.code
    assert 'wardroom_processes{kind="worker"} 1' in lines


def test_answers_are_counted_by_who_asked(client: Client, alive: None) -> None:
    def answers(kind: str, status: str) -> int:
        text = client.get("/metrics").content.decode()
        found = re.search(rf'answers_total{{class="{kind}",status="{status}"}} (\d+)', text)
        return int(found.group(1)) if found else 0

    before = {kind: answers(*kind) for kind in (("visitor", "404"), ("program", "404"))}
    client.get("/nowhere/")
    client.get("/api/v1/nowhere/")
    assert {kind: answers(*kind) - before[kind] for kind in before} == dict.fromkeys(before, 1)


def test_metrics_are_for_the_machine_itself_or_for_the_token(
    client: Client, alive: None, settings: Settings
) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    for name in ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "via", "forwarded",
                 "x-real-ip"):  # fmt: skip
        assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404, name
    for host in ("wardroom.example", "wardroom.example:8000", "127.0.0.1.example", "", "[::2]:80"):
        assert client.get("/metrics", headers={"host": host}).status_code == 404, host
    for host in ("localhost", "127.0.0.1", "[::1]:8000"):
        assert client.get("/metrics", headers={"host": host}).status_code == 200, host
    settings.BEHIND_PROXY = True
    assert client.get("/metrics").status_code == 404
    settings.BEHIND_PROXY = False
    settings.METRICS_TOKEN = "of the graphs"
    assert client.get("/metrics").status_code == 404
    for words in ("Bearer of the", "of the graphs", "Bearer of the graphs "):
        wrong = client.get("/metrics", headers={"authorization": words + "x"})
        assert wrong.status_code == 404
    given = {"authorization": "Bearer of the graphs"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=given).status_code == 200


def test_whoever_reads_while_the_numbers_hang_gets_those_of_before(
    client: Client, alive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that hangs takes one thread of a process, and not all of them."""
    before = client.get("/metrics").content.decode()
    monkeypatch.setattr(probes, "WAITS_SECONDS", 0.01)
    monkeypatch.setattr(probes, "NUMBERS_SECONDS", 0.0)
    with probes._counting:
        again = client.get("/metrics")
    assert again.status_code == 200
    checks = [line for line in before.splitlines() if line.startswith("wardroom_check")]
    assert checks
    assert all(line in again.content.decode() for line in checks)


def test_strangers_are_told_that_it_is_not_ready_by_codes_alone(
    client: Client, alive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        lose_database(meanwhile)
        told = client.get("/ready/", REMOTE_ADDR="203.0.113.9").json()
        ours = client.get("/ready/").json()
    assert told == {"ready": False, "reasons": [{"code": "database"}]}
    assert "cannot be reached" in ours["reasons"][0]["sentence"]


def test_house_is_asked_for_its_numbers_four_times_a_minute_at_most(
    client: Client,
    alive: None,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(probes, "NUMBERS_SECONDS", 3600.0)
    monkeypatch.setattr(probes, "_numbers", (float("-inf"), ""))
    before = client.get("/metrics").content.decode()
    client.get("/nowhere/")
    with django_assert_num_queries(0):
        after = client.get("/metrics").content.decode()
    assert "wardroom_ledger_lines" in after
    assert after != before, "what this machine answered is counted now"


def test_one_list_of_checks_names_all() -> None:
    assert [check.code for check in CHECKS] == list(dict.fromkeys(c.code for c in CHECKS))
    assert {check.code for check in CHECKS} == set(NAMES)
