"""Whether a report told again says the same: every place where two of them differ. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MOST_NAMED = 50


def differences(before: Any, after: Any) -> list[str]:
    """Where two reports differ, each as a path: groups.0.figures.2.shown; the first fifty."""
    plain = json.loads(json.dumps(after, ensure_ascii=False))
    return list(_differ(before, plain, ""))[:MOST_NAMED]


def numbers_in(facts: Any) -> int:
    """How many single values a report holds."""
    if isinstance(facts, dict):
        return sum(numbers_in(value) for value in facts.values())
    if isinstance(facts, list):
        return sum(numbers_in(value) for value in facts)
    return 1


def _differ(before: Any, after: Any, path: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            where = f"{path}.{key}".lstrip(".")
            if key not in before or key not in after:
                yield where
            else:
                yield from _differ(before[key], after[key], where)
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield path
            return
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differ(one, other, f"{path}.{n}".lstrip("."))
    elif before != after:
        yield path
