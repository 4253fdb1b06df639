"""SQLite is told each night how its tables grew; PostgreSQL looks by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.functions import Coalesce

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.jobs.upkeep import take_stock_nightly
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import REFERRAL
from wardroom.matters.rules.steps import LOOK

pytestmark = pytest.mark.django_db


def kept() -> dict[str, str]:
    """What SQLite knows of the tables, and of no value in them."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert "sqlite_stat1" in tables
        if "sqlite_stat4" in tables:
            cursor.execute("SELECT count(*) FROM sqlite_stat4")
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'ledger_entry'")
        return dict(cursor.fetchall())


def test_sqlite_knows_at_night_how_many_lines_there_are(director: Cast) -> None:
    learns = connection.vendor == "sqlite"
    assert take_stock_nightly() is learns, "PostgreSQL does so by itself"
    lines = Entry.objects.count()
    assert lines
    if learns:
        assert kept()["lines_of_a_kind"].split()[0] == str(lines)


def test_what_happened_lately_of_some_kinds_is_looked_up() -> None:
    """By kind and day at once: not all that ever happened of these kinds is looked at."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is")
    lately = Entry.objects.filter(kind__in=["A", "B"], at__gte=NOON)
    assert "lines_of_a_kind (kind=? AND at>?)" in lately.explain()


def test_the_list_of_asks_begins_where_its_index_does() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is")
    asks = Ask.objects.filter(kind=REFERRAL).annotate(expected=Coalesce("promised_on", "due_on"))
    assert "USING INDEX asks_by_expected_day" in asks.order_by("expected", "pk")[:25].explain()


def test_what_waits_for_a_look_and_what_is_kept_apart_have_their_own_indexes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is")
    waits = Matter.objects.filter(state="open", next_step=LOOK).order_by("next_on", "pk")
    assert "matters_to_look_at" in waits.values("pk")[:40].explain()
    apart = Entry.objects.filter(audience__in=["hiring"])
    apart = apart.exclude(audience="internal").exclude(audience="partner")
    assert "lines_kept_apart (audience=?)" in apart.values("pk").explain()
