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


def unpacked(content: bytes | memoryview) -> tuple[Any, str]:
    """The rows again, and the hash of what was found."""
    plain = zlib.decompress(bytes(content))
    return json.loads(plain), hashlib.sha256(plain).hexdigest()
