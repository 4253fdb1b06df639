"""Which version of a thing a page was shown with, and which of its fields moved since.

A form that saves something carries the version it was drawn with: one short mark for each
field it may change. What somebody else saved in between shows field by field, so that a
change beside it is no conflict, and a value that went and came back is none either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

MARK = 12


def version_of(values: Mapping[str, object]) -> str:
    """The version of these fields, as a form carries it."""
    return ";".join(f"{name}:{_mark(value)}" for name, value in sorted(values.items()))


def moved_since(seen: str, values: Mapping[str, object]) -> frozenset[str]:
    """The fields that are no longer as they were seen; all of them where nothing was seen."""
    marks = dict(part.partition(":")[::2] for part in seen.split(";"))
    return frozenset(name for name, value in values.items() if marks.get(name) != _mark(value))


def same(one: object, other: object) -> bool:
    """Whether two values are the same once written down."""
    return _plain(one) == _plain(other)


def _mark(value: object) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:MARK]


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())
