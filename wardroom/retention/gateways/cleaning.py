"""Cleaning what was destroyed out of the database's own files, once its commit stands.

SQLite writes over what is deleted (``secure_delete``), but the log that goes before it, and
pages that were free before, may hold old words: the search's table is put together anew, the
file is made anew where it is small enough, and the log is emptied. On PostgreSQL the old rows
are taken out by VACUUM; the space is the server's to write over, and its own log (WAL) is kept
as long as the server is told to.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError, connection

from wardroom.access.gate import guard_pass, in_a_hurry

logger = logging.getLogger(__name__)
MADE_ANEW_UP_TO = 128 * 1024 * 1024
MERGED_AT_ONCE = 500
MERGE = "INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)"
SEARCHED = ("search_doc", "search_spelling")
TOLD = (
    *("notices_message", "notices_received", "notices_received_enclosures", "notices_key"),
    *("notices_message_enclosures", "documents_document", "documents_rendition"),
    *("documents_attachment", "access_seal", "access_sealreader", "city_place"),
    *("service_requests_submission", "service_requests_drift", "service_requests_tie"),
    "fieldwork_conditioncheck",
    *("ledger_entry", "ledger_about", "ledger_mention", "ledger_receipt", "ledger_takenout"),
)


def clean_database() -> str:
    """Take what is gone out of the database's files; what was done, in a sentence.

    Outside of every transaction. Where somebody reads all the while, it is tried again with
    the next disposal, and said.
    """
    if connection.in_atomic_block:
        return "Inside a transaction the files of the database cannot be cleaned."
    try:
        with guard_pass("the files of the database are cleaned"):
            return _CLEANERS[connection.vendor]()
    except OperationalError as error:
        logger.warning("the files of the database could not be cleaned: %s", error)
        return "The files of the database are cleaned at the next disposal: somebody was reading."


def empty_log() -> bool:
    """Empty SQLite's log, which holds words that were taken out since; whether that was done.

    Outside of every transaction. It holds all who write while it waits for who reads, so it
    gives up almost at once and is tried again soon. On PostgreSQL the server keeps its own log
    as long as it is told to, and nothing is done.
    """
    if connection.vendor != "sqlite":
        return True
    with in_a_hurry(), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = bool(cursor.fetchone()[0])
    if busy:
        logger.warning("the log of the database is being read; it is emptied the next time")
    return not busy


def _clean_sqlite() -> str:
    with connection.cursor() as cursor:
        _merge_search(cursor)
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        small = pages * cursor.fetchone()[0] <= MADE_ANEW_UP_TO
        if small:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise OperationalError("the log is being read")
    if small:
        return "The database's file was made anew, and its log emptied."
    return "What was deleted was written over in the database's file, and its log emptied."


def _merge_search(cursor: Any) -> None:
    """Put the search's table together anew in steps, so that nobody who writes waits for it."""
    pages = -MERGED_AT_ONCE  # a first step below nothing has all parts become one
    changes, done = 0, False
    while not done:
        cursor.execute(MERGE, [pages])
        cursor.execute("SELECT total_changes()")
        before, changes = changes, cursor.fetchone()[0]
        done, pages = changes - before < 2 and pages > 0, MERGED_AT_ONCE


def tables_to_clean() -> tuple[str, ...]:
    """The tables in which something of a destroyed record may have stood."""
    from django.apps import apps

    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"records", "casework", "matters", "retention", "directory"}
    ]
    return (*tables, *SEARCHED, *TOLD)


def _clean_postgres() -> str:
    with connection.cursor() as cursor:
        for table in tables_to_clean():
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
    return (
        "Old rows were taken out by VACUUM. The server writes over their space in time, and keeps"
        " its own log as long as it is told to."
    )


_CLEANERS = {"sqlite": _clean_sqlite, "postgresql": _clean_postgres}
