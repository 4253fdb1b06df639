"""Frozen rows as they are kept: JSON in one order, compressed, with its hash. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

LEVEL = 6


def packed(rows: Any) -> tuple[bytes, str]:
    """The rows as compressed bytes, and the hash of their plain text."""
    plain = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(plain, LEVEL), hashlib.sha256(plain).hexdigest()


def matters_named(*told: Any) -> set[int]:
    """The numbers of the matters that some rows tell of by more than a number."""
    found: set[int] = set()
    left = list(told)
    while left:
        one = left.pop()
        if isinstance(one, dict):
            found |= {one["matter_id"]} if one.get("matter_id") else set()
            left += one.values()
        elif isinstance(one, list | tuple):
            left += one
    return found


def unpacked(content: bytes | memoryview) -> tuple[Any, str]:
    """The rows again, and the hash of what was found."""
    plain = zlib.decompress(bytes(content))
    return json.loads(plain), hashlib.sha256(plain).hexdigest()
