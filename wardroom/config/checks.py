"""Checks that run before the site or the worker starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from wardroom.notices.gateways import is_other_folder

WANTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@register(Tags.database)
def sqlite_is_safe(
    app_configs: Any, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """SQLite writes ahead, waits for the disk, holds foreign keys and locks at the start."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection: Any = connections[alias]
        if connection.vendor != "sqlite":
            continue
        found += [_wrong(alias, name, is_now) for name, is_now in unsafe_pragmas(connection)]
        if connection.transaction_mode != "IMMEDIATE":
            found.append(_wrong(alias, "transaction_mode", connection.transaction_mode))
    return found


def unsafe_pragmas(connection: Any) -> list[tuple[str, object]]:
    """The settings of an open SQLite connection that are not as they must be."""
    wrong: list[tuple[str, object]] = []
    with connection.cursor() as cursor:
        for name, wanted in WANTED_PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            is_now = cursor.fetchone()[0]
            if is_now != wanted:
                wrong.append((name, is_now))
    return wrong


def _wrong(alias: str, name: str, is_now: object) -> CheckMessage:
    return Error(
        f"The SQLite connection {alias} has {name} = {is_now}.",
        hint="See SQLITE in wardroom/config/settings.py; the database must be a file on a disk.",
        id="house.E001",
    )


@register()
def mail_moves_away(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """What was fetched moves into another folder, or it would be fetched for ever."""
    if not settings.IMAP_HOST or is_other_folder(settings.IMAP_DONE, settings.IMAP_FOLDER):
        return []
    return [
        Error(
            "WARDROOM_IMAP_DONE names the folder that mail is fetched from, or none.",
            hint="Name another folder than WARDROOM_IMAP_FOLDER, such as Wardroom.",
            id="house.E002",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_set_up(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """In production messages go to a mail server, not to files."""
    if settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "No mail server is set; messages are written to files.",
            hint="Set WARDROOM_SMTP_HOST.",
            id="house.W001",
        )
    ]
