"""What every test may lean on: the guard, fixed noon, and the cast."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from tests import migrated
from tests.tasks.test import PURE
from wardroom.access import gate
from wardroom.access.actor import Actor, Reach, Role, Stamp, Window

pytest_plugins = ["tests.cast", "tests.ground", "tests.trouble", "tests.uneven"]
NOON = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
# Young objects there may be before the collector looks, and how rarely it looks at the older.
GARBAGE = (50_000, 20, 50)
# Pages hold no question to a database: storeys keep models out of them. What they ask is tried on
# PostgreSQL where it is written, and all addresses are opened, sent to and filtered there by the
# tests of this folder that say so (any_database). See docs/decisions/030-what-runs-twice.md.
PAGES = "tests/web/"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """Making and flushing the test database needs no action, and no guard of the ledger.

    A property is tested, never timed: a busy machine fails no test.
    """
    from tests.ledger_guard import empty_what_is_filled

    gc.disable()  # what is imported and collected stays to the end
    gate._pass.set("test set-up")
    hypothesis.settings.register_profile("house", deadline=None)
    hypothesis.settings.load_profile("house")
    empty_what_is_filled()


def pytest_addoption(parser: pytest.Parser) -> None:
    """A run may leave out what never touches the database, or take a share of the tests."""
    parser.addoption("--database-only", action="store_true", help="only tests of the database")
    parser.addoption("--share", default="1/1", help="only this share, such as 2/3")
    parser.addoption("--torture", default="", help="the long tier: all of it, or these names")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the tests that use the database, or a share of them, where asked to."""
    if found := strays(items):
        raise pytest.UsageError(f"These use the database, which {PURE} may not: {found}")
    share, shares = map(int, config.getoption("--share").split("/"))
    only = bool(config.getoption("--database-only"))
    names = config.getoption("--torture").split(",")
    fit = [i for i in items if _is_of_tier(i, names) and (not only or is_run_twice(i))]
    wanted = fit[share - 1 :: shares]
    chosen = set(wanted)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = wanted


def pytest_collection_finish() -> None:
    """The garbage of tests is looked for among what tests make, not among all of the house."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    gc.enable()


def _is_of_tier(item: pytest.Item, names: list[str]) -> bool:
    """The long tier runs only where it is asked for, each test on its own databases."""
    mark = item.get_closest_marker("torture")
    if mark is None:
        return names == [""]
    from django.db import connection

    here = connection.vendor in mark.kwargs.get("on", (connection.vendor,))
    return here and (names == ["all"] or mark.args[0].split(" ")[0] in names)


def strays(items: Iterable[pytest.Item]) -> list[str]:
    """Tests that use the database in a folder which the runs of databases do not read."""
    pure = (item for item in items if item.nodeid.startswith(PURE))
    return [item.nodeid for item in pure if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser") or item.get_closest_marker("one_database"):
        return False
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or names & {"db", "transactional_db"})


def is_run_twice(item: pytest.Item) -> bool:
    """Whether a test is run on the second database as well."""
    by_a_page = item.nodeid.startswith(PAGES) and not item.get_closest_marker("any_database")
    return _uses_database(item) and not by_a_page


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What the makers make is remembered from one test to the next; who signed in is not.

    Many tests sign in within a minute from one address, which is more than the site allows.
    """
    from django.core.cache import cache

    from tests.remembered import begin_test

    begin_test(item)
    if _uses_database(item):
        cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """The body of every test runs under the write guard, as the site does."""
    token = gate._pass.set(None)
    try:
        return (yield)
    finally:
        gate._pass.reset(token)


@pytest.fixture(scope="session")
def sqlite_file() -> Path | None:
    """The file of the test database, where it is one of SQLite."""
    from django.conf import settings

    own = settings.DATABASES["default"]
    return Path(own["TEST"]["NAME"]) if own["ENGINE"].endswith("sqlite3") else None


@pytest.fixture(scope="session")
def django_db_keepdb(sqlite_file: Path | None) -> bool:
    """A database that was migrated before is used again; only what is newer is added to it."""
    return sqlite_file is not None and migrated.put(sqlite_file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, sqlite_file: Path | None) -> None:
    """The first run of a tree keeps what it migrated for the next."""
    if sqlite_file is not None:
        migrated.keep(sqlite_file)


@pytest.fixture
def shared_data() -> Path:
    """The folder of real public data; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data")
    return SHARED


@pytest.fixture
def noon() -> datetime:
    """The fixed time of every test: Wednesday, November 18, 2026, noon in Washington."""
    return NOON


def stamp_for(actor: Actor, at: datetime = NOON) -> Stamp:
    """A stamp of this actor, as the web edge would make it."""
    return Stamp(actor=actor, at=at, window=Window.WEB)


def plain_actor(*roles: Role, wards: str = "", agency: str = "", city: bool = False) -> Actor:
    """An actor with no user behind it, for tests of pure policies."""
    return Actor(
        user_id=None,
        name="Test",
        roles=frozenset(roles),
        reach=Reach(
            city=city,
            wards=frozenset(wards.split()),
            agencies=frozenset(agency.split()),
        ),
    )
