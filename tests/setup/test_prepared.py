"""PostgreSQL plans a statement that comes often once, and is asked nothing that it would refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, NotSupportedError, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Min, QuerySet, Value
from django.db.models.functions import Greatest, Least

from wardroom.access.gate import begun_anew, unit_of_work
from wardroom.config.postgresql.cursors import AFTER, MOST_VALUES, is_written_out
from wardroom.directory.models import Party

SAY = (
    "import json; from wardroom.config.settings import DATABASES as d; o = d['default']['OPTIONS'];"
    "print(json.dumps(sorted(o)))"
)
needs_postgresql = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Any:
    """A fresh connection itself, on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    connection.close()
    connection.ensure_connection()
    return connection.connection


@pytest.fixture
def table(here: Any) -> Iterator[Any]:
    """A table of one line that another connection may change."""
    here.execute("CREATE TABLE changed_meanwhile AS SELECT 1::bigint AS id, 'a'::text AS word")
    yield here
    here.execute("DROP TABLE changed_meanwhile")


def change_it(now: str) -> None:
    """What an upgrade does from another machine."""
    with psycopg.connect(connection.connection.info.dsn) as elsewhere:
        elsewhere.execute(f"ALTER TABLE changed_meanwhile ALTER COLUMN word TYPE {now}")


def words() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM changed_meanwhile WHERE id = %s", [1])
        return [row[0] for row in cursor.fetchall()]


def kinds() -> QuerySet[Any, Any]:
    """Groups by an expression with a value in it, and tells another one made of it."""
    rows = Party.objects.annotate(most=Greatest("pk", Value(600))).values("most")
    least = Least("first", "most")
    return rows.annotate(first=Min("pk"), least=least).values_list("least").order_by()


def planned(here: Any) -> int:
    sql = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%directory_party%'"
    return int(here.execute(sql, prepare=False).fetchone()[0])


@pytest.mark.any_database
@needs_postgresql
def test_what_comes_often_is_planned_once(here: Any) -> None:
    before = planned(here)
    for n in range(AFTER + 2):
        assert not Party.objects.filter(name=f"Nobody {n}").order_by("pk").first()
    assert planned(here) == before + 1


@pytest.mark.any_database
@needs_postgresql
def test_power_without_it_nothing_is_planned(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "prepare_threshold", None)
    before = planned(here)
    for n in range(AFTER + 2):
        assert not Party.objects.filter(name=f"Nobody {n}").order_by("pk").first()
    assert planned(here) == before


@pytest.mark.any_database
@needs_postgresql
def test_groups_by_a_value_and_very_many_values_are_asked_all_the_same(here: Any) -> None:
    assert list(kinds()) == []
    assert Party.objects.filter(pk__in=range(70_000)).count() == 0


@pytest.mark.any_database
@needs_postgresql
def test_power_with_all_values_apart_it_refuses_both(
    here: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here, "cursor_factory", ServerBindingCursor)
    with pytest.raises(DatabaseError, match="GROUP BY"):
        list(kinds())
    with pytest.raises(DatabaseError):
        Party.objects.filter(pk__in=range(70_000)).count()


@pytest.mark.any_database
@needs_postgresql
def test_lists_read_piece_by_piece_are_asked_as_before(here: Any) -> None:
    assert list(kinds().iterator()) == []
    assert list(Party.objects.filter(pk__in=range(70_000)).iterator()) == []


@pytest.mark.any_database
@needs_postgresql
def test_a_table_that_changes_meanwhile_is_read_on(table: Any) -> None:
    for _ in range(AFTER + 2):
        assert words() == ["a"]
    change_it("varchar(20)")
    assert words() == words() == ["a"]


@pytest.mark.any_database
@needs_postgresql
def test_a_change_under_way_begins_anew_where_a_table_changed(table: Any) -> None:
    for _ in range(AFTER + 2):
        assert words() == ["a"]
    change_it("varchar(20)")
    tried = []

    def change() -> list[Any]:
        with unit_of_work():
            tried.append(1)
            return words()

    assert begun_anew(change) == ["a"]
    assert len(tried) == 2


@pytest.mark.any_database
@needs_postgresql
def test_power_without_it_a_changed_table_is_not_read(
    table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "cursor_factory", ServerBindingCursor)
    for _ in range(AFTER + 2):
        assert words() == ["a"]
    change_it("varchar(20)")
    with pytest.raises(NotSupportedError):
        words()


def test_only_short_statements_that_say_nothing_twice_go_apart() -> None:
    assert not is_written_out("SELECT 1 WHERE x IS DISTINCT FROM %s", [1])
    assert is_written_out("SELECT %s AS a FROM b GROUP BY %s", [1, 1])
    assert is_written_out("SELECT DISTINCT a FROM b ORDER BY c = %s", [1])
    assert is_written_out("SELECT 1", [1] * (MOST_VALUES + 1))
    assert is_written_out("SELECT 1 WHERE a IN (SELECT unnest(%s::bigint[]))", [[1]])
    assert is_written_out("SELECT 1 WHERE a = ANY(%(some)s)", {"some": [1]})
    assert is_written_out(object(), [1])


@pytest.mark.parametrize("said", ["on", "off"])
def test_a_pooler_can_have_it_switched_off(said: str) -> None:
    given = {"DATABASE_URL": "postgresql://nobody@/nowhere", "WARDROOM_PREPARED": said}
    words = [sys.executable, "-c", SAY]
    ran = subprocess.run(words, env={**os.environ, **given}, capture_output=True, check=True)
    wanted = {"cursor_factory", "prepare_threshold", "server_side_binding"}
    assert bool(wanted & set(json.loads(ran.stdout))) is (said == "on")
