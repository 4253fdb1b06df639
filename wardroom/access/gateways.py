"""What the storeys above tell access: which single matters are somebody's, wherever they lie.

Whoever is called to something in another ward sees the whole of it, and whoever runs it runs
the whole of it. A part of the house that calls people says so once as the house starts, in
`wardroom.config.apps`, and everybody's reach holds these matters from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

# For a user's number: rows that name a matter as `key`, and whether the user `runs` it.
OwnMatters = Callable[[int], Sequence[Any]]

_told: list[OwnMatters] = []


def ask_whose_matters(rows: OwnMatters) -> None:
    """Let a part of the house say which single matters are somebody's."""
    if rows not in _told:
        _told.append(rows)


def own_matters(user_id: int) -> list[Any]:
    """What was told of the matters of one user, as questions that nobody has asked yet."""
    return [rows for told in _told for rows in told(user_id)]
