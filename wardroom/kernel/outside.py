"""What somebody else wrote: JSON that never comes near the limit of recursion, torn archives."""

from __future__ import annotations

import json
import lzma
import re
import struct
import zlib
from typing import Any
from zipfile import BadZipFile

DEEPEST = 60
# What a broken, encrypted or oddly packed file raises, each from another layer.
TORN = (
    *(BadZipFile, OSError, EOFError, RuntimeError, ValueError),
    *(zlib.error, lzma.LZMAError, struct.error),
)
# A string, whole or cut off at the end, is stepped over; what is left to find are brackets.
_PARTS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


def read_json(content: str | bytes, *, strict: bool = False) -> Any:
    """What a text from outside says as JSON; its bytes have to be UTF-8.

    ``strict`` knows no NaN and no Infinity. Raises ValueError for everything else than JSON, and
    for what is nested deeper than anybody has a use for.
    """
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    if _is_deep(text):
        raise ValueError("This is nested too deep.")
    return json.loads(text, parse_constant=_no_number if strict else None)


def _is_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for part in _PARTS.finditer(text):
        depth += _STEP.get(part[0], 0)
        if depth > DEEPEST:
            return True
    return False


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number.")
