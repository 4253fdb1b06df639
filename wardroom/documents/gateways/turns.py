"""Turns at the bytes of one hash: nobody takes them off the disk while somebody keeps the same.

SQLite has one writer anyway; PostgreSQL holds an advisory lock on the hash, which those who keep
it share and who removes it has alone.
"""

from __future__ import annotations

from django.db import connection

from wardroom.documents.gateways.disk import hash_of, write_content

_SIGNED = 1 << 63


def keep_content(content: bytes) -> str:
    """Bytes on the disk, and their hash; they stay there until this commit ends.

    Called inside the change that names them. Others may keep the same ones at that moment.
    """
    _turn("pg_advisory_xact_lock_shared", hash_of(content))
    return write_content(content)


def have_alone(digest: str) -> None:
    """Wait for all who are keeping these bytes, and let nobody begin until this commit ends."""
    _turn("pg_advisory_xact_lock", digest)


def _turn(lock: str, digest: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s)", [int(digest[:16], 16) - _SIGNED])
