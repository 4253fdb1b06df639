"""Whether all that the house keeps is whole: the database, the ledger and every stored file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from wardroom.documents.gateways import path_of
from wardroom.documents.queries import kept_files
from wardroom.hiring.queries.files import kept_resumes
from wardroom.ledger.queries import Verified, verified_chain
from wardroom.ledger.rules import SignedHead

MOST_NAMED = 20
UNTRUSTED = (
    "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated "
    "UNION ALL SELECT indrelid::regclass::text, indexrelid::regclass::text "
    "FROM pg_index WHERE NOT indisvalid"
)


@dataclass(frozen=True)
class Wholeness:
    """What was looked through, and what is wrong, in sentences."""

    chain: Verified
    files: int
    wrong: tuple[str, ...]


def whole_house(
    *,
    head: str = "",
    heads: Sequence[SignedHead] = (),
    tell: Callable[[str, int], None] = lambda what, done: None,
) -> Wholeness:
    """Look through the database, the chain of the ledger, and the bytes of every stored file.

    ``head`` is the end of the chain as it was at an earlier look, and ``heads`` are signed ones
    that were kept outside. ``tell`` hears what is looked
    at and how far it is.
    """
    wrong = list(_database_faults())
    found = verified_chain(head=head, heads=heads, tell=lambda done: tell("ledger", done))
    if found.broken is not None:
        wrong.append(found.broken.sentence)
    files, bad = 0, 0
    for digest in chain(kept_files(), kept_resumes()):
        files += 1
        fault = file_fault(digest)
        bad += bool(fault)
        if fault and bad <= MOST_NAMED:
            wrong.append(fault)
        tell("files", files)
    if bad > MOST_NAMED:
        wrong.append(f"{bad - MOST_NAMED:,} more stored files are missing or damaged.")
    return Wholeness(found, files, tuple(wrong))


def file_fault(digest: str) -> str:
    """What is wrong with one stored file, or nothing."""
    try:
        with path_of(digest).open("rb") as file:
            is_now = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return f"The stored file {digest} is missing."
    return "" if is_now == digest else f"The stored file {digest} is damaged."


def _database_faults() -> Iterator[str]:
    if connection.vendor == "sqlite":
        for (answer,) in _asked("PRAGMA integrity_check(20)"):
            if answer != "ok":
                yield f"The database is damaged: {answer}."
        for table, row, parent, _ in _asked("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} points at a row of {parent} that is not there."
    else:
        for table, name in _asked(UNTRUSTED):
            yield f"{name} of {table} is not in force."


def _asked(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
