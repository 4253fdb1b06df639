"""The programs of PostgreSQL that copy a database and bring it back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

from django.conf import settings

from wardroom.kernel.errors import Refused

if TYPE_CHECKING:
    import psycopg

Address = Mapping[str, Any]
DATABASES_OF_MACHINE = "/usr/lib/postgresql/*/bin"
UNTOLD = ("password", "passfile")
TRIALS = "wardroom_trial_"
FORGOTTEN = 24 * 60 * 60


def address_of(wrapper: Any) -> Address:
    """Where the database of an open connection of the site is."""
    kept = wrapper.settings_dict
    named = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    found = {ours: str(kept[theirs]) for ours, theirs in named.items() if kept.get(theirs)}
    options = {k: str(v) for k, v in kept.get("OPTIONS", {}).items() if isinstance(v, str | int)}
    return {**found, **{k: v for k, v in options.items() if k in _LIBPQ}}


_LIBPQ = frozenset({"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile"})


def address_in(url: str) -> Address:
    """The same from an address as DATABASE_URL has it. Refuses: `bad_database`."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        return conninfo_to_dict(re.sub(r"^postgres(ql)?://", "postgresql://", url))
    except psycopg.ProgrammingError:
        raise Refused("bad_database", "That is not the address of a PostgreSQL database.") from None


@contextmanager
def snapshot(address: Address) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """One moment of a database, held still: to be read here, and copied by `dump` elsewhere."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**address)) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        held.read_only = True
        row = held.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield held, str(row[0])
        held.rollback()


def version_of(held: psycopg.Connection[Any]) -> int:
    """The major version of the server."""
    return held.info.server_version // 10_000


def server_of(address: Address) -> int:
    """The major version of the server at this address."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**address)) as here:
        return version_of(here)


def dump(
    address: Address, target: Path, *, moment: str, server: int, without: tuple[str, ...] = ()
) -> None:
    """Copy one moment of a database into a file, ``without`` the rows of some tables.

    Refuses: `no_program`, `dump_failed`.
    """
    words = ["-Fc", "-Z", "1", "--no-owner", "--no-privileges", "-f", str(target)]
    words += [f"--exclude-table-data=public.{table}" for table in without]
    _call("pg_dump", [*words, f"--snapshot={moment}"], address, server, "dump_failed")


def fill(address: Address, source: Path, *, server: int) -> None:
    """Bring a copy back into an empty database: all of it, or nothing."""
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _call("pg_restore", [*words, str(source)], address, server, "fill_failed")


def _call(name: str, words: list[str], address: Address, server: int, code: str) -> None:
    from psycopg.conninfo import make_conninfo

    program = program_for(name, server)
    told = make_conninfo(**{k: v for k, v in address.items() if k not in UNTOLD})
    named = {"PGPASSWORD": "password", "PGPASSFILE": "passfile"}
    secret = {ours: str(address[theirs]) for ours, theirs in named.items() if address.get(theirs)}
    done = subprocess.run(
        [str(program), "--no-password", "-d", told, *words],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it gave no reason"])[0]
        raise Refused(code, f"{name} could not do its work: {why[:300]}")


def program_for(name: str, server: int) -> Path:
    """The program of at least the server's version, the nearest to it.

    Refuses: `no_program` where none is on this machine, or only older ones.
    """
    found = sorted({(v, p) for p in _places(name) if (v := _version(p)) is not None})
    for version, path in found:
        if version >= server:
            return path
    needed = f"{name} of PostgreSQL {server} or newer"
    if not found:
        raise Refused(
            "no_program",
            f"{name} is not on this machine. Install {needed} "
            "(the package postgresql-client), or say where it is with WARDROOM_PG_PROGRAMS.",
        )
    raise Refused(
        "no_program",
        f"The newest {name} on this machine is of PostgreSQL {found[-1][0]}, and the server has "
        f"{server}: it would refuse. Install {needed}, or set WARDROOM_PG_PROGRAMS.",
    )


def _places(name: str) -> Iterator[Path]:
    folders = [settings.PG_PROGRAMS] if settings.PG_PROGRAMS else glob(DATABASES_OF_MACHINE)
    for folder in folders:
        if (path := Path(folder) / name).exists():
            yield path
    if not settings.PG_PROGRAMS and (here := shutil.which(name)):
        yield Path(here)


def _version(path: Path) -> int | None:
    try:
        told = subprocess.run(
            [str(path), "--version"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", told)
    return int(found[1]) if found else None


def is_empty(address: Address) -> bool:
    """Whether a database holds no table yet. Refuses: `no_database` where it cannot be reached."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        with psycopg.connect(make_conninfo(**address)) as here:
            row = here.execute(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
                "AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
            ).fetchone()
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[0]
        raise Refused("no_database", f"The database cannot be reached: {why}") from None
    return row is not None and row[0] == 0


_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
    "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND p.prokind = 'f' "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
)
_TABLES = (
    "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
    "AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
)
_WAIT = "SET lock_timeout = '20s'"


@contextmanager
def filled_or_empty(address: Address) -> Iterator[None]:
    """An empty database that is filled meanwhile, and empty again where that is broken off.

    What breaks it off says of the database how it is left, and what to do.
    """
    import psycopg

    had = _names(address, _FUNCTIONS)
    try:
        yield
    except BaseException as error:
        left = "The database is empty again: the same command can be given anew."
        try:
            _empty(address, had)
        except psycopg.Error as why:
            left = (
                "The database is filled and could not be emptied "
                f"({(str(why).strip().splitlines() or ['no reason given'])[0][:200]}): drop "
                f"{address.get('dbname', 'it')} and make it anew before you try again."
            )
        if isinstance(error, Refused):
            raise Refused(error.code, f"{error.sentence} {left}") from error
        error.add_note(left)
        raise


def _empty(address: Address, had: set[str]) -> None:
    """Drop every table, and the functions that came with them: all, or nothing."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**address)) as here:
        here.execute(_WAIT)
        if tables := sorted(row[0] for row in here.execute(_TABLES)):
            _run(here, f"DROP TABLE {', '.join(tables)} CASCADE")
        new = {row[0] for row in here.execute(_FUNCTIONS)} - had
        if new:
            _run(here, f"DROP FUNCTION {', '.join(sorted(new))} CASCADE")


def _run(here: psycopg.Connection[Any], words: str) -> None:
    """Every name in it was quoted by the database itself."""
    here.execute(words.encode())


def _names(address: Address, sql: LiteralString) -> set[str]:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**address)) as here:
        return {row[0] for row in here.execute(sql)}


@contextmanager
def passing_database(beside: Address, name: str) -> Iterator[Address]:
    """An empty database on the same server, for a trial; it is gone afterwards.

    Refuses: `may_not_try` where the user of the database may make none.
    """
    import psycopg
    from psycopg.conninfo import make_conninfo

    quoted = psycopg.sql.Identifier(name)
    with psycopg.connect(make_conninfo(**beside), autocommit=True) as here:
        try:
            here.execute(psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(quoted))
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                "may_not_try",
                "The user of the database may make no other one to restore into on trial. Grant "
                "it CREATEDB, or name an empty database with --database.",
            ) from None
        try:
            yield {**beside, "dbname": name}
        finally:
            here.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))


def drop_old_trials(beside: Address) -> int:
    """Drop the databases of trials that were killed more than a day ago; gives how many."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**beside), autocommit=True) as here:
        rows = here.execute(
            "SELECT datname FROM pg_database WHERE pg_has_role(datdba, 'USAGE') "
            "AND datname ~ '^wardroom_trial_[0-9]+_[0-9]+$'"
        ).fetchall()
        now = here.execute("SELECT extract(epoch FROM now())").fetchone()
        assert now is not None
        old = [n for (n,) in rows if float(now[0]) - int(n.split("_")[2]) > FORGOTTEN]
        for name in old:
            quoted = psycopg.sql.Identifier(name)
            here.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
    return len(old)


def url_of(address: Address) -> str:
    """The address as DATABASE_URL has it."""
    from urllib.parse import quote, urlencode

    rest = {k: v for k, v in address.items() if k not in ("user", "password", "port", "dbname")}
    user = quote(str(address.get("user", "")), safe="")
    secret = f":{quote(str(address['password']), safe='')}" if address.get("password") else ""
    port = f":{address['port']}" if address.get("port") else ""
    host = str(rest.pop("host", "")) if not str(rest.get("host", "")).startswith("/") else ""
    words = f"?{urlencode(rest)}" if rest else ""
    return (
        f"postgresql://{user}{secret}@{host}{port}/{quote(str(address['dbname']), safe='')}{words}"
    )
