"""One door for placing a hold and for destroying: whoever is first is done before the other."""

from __future__ import annotations

from django.db import connection

DOOR = 0x7E7E_4009


def hold_the_door() -> None:
    """Keep others from placing a hold, or from destroying, until this commit ends.

    SQLite has one writer anyway; PostgreSQL holds an advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DOOR])
