"""What the storeys above tell this one: which bytes they point at, and what must be kept."""

from __future__ import annotations

from collections.abc import Callable

Needs = Callable[[str], bool]
Keeps = Callable[[str, str], bool]
Stands = Callable[[str], None]
_ASKED: list[Needs] = []
_KEEPERS: list[Keeps] = []
_STANDING: list[Stands] = []


def ask_before_removing(needs: Needs) -> None:
    """Ask this, too, before bytes are taken off the disk: whether something of it is these."""
    if needs not in _ASKED:
        _ASKED.append(needs)


def is_pointed_at(digest: str) -> bool:
    """Whether a storey above points at these bytes."""
    return any(needs(digest) for needs in _ASKED)


def ask_before_disposing(keeps: Keeps) -> None:
    """Ask this before a record is disposed of: whether something keeps it, by class and key."""
    if keeps not in _KEEPERS:
        _KEEPERS.append(keeps)


def must_be_kept(class_code: str, key: str) -> bool:
    """Whether a legal hold keeps this record, whatever else says that it may go."""
    return any(keeps(class_code, key) for keeps in _KEEPERS)


def ask_before_attaching(stands: Stands) -> None:
    """Ask this before a file is put to anything of a matter: it refuses one that was destroyed."""
    if stands not in _STANDING:
        _STANDING.append(stands)


def check_stands(matter_key: str) -> None:
    """See that a matter is there still, and keep it so until this commit ends.

    Refuses: what the storey above says, where it was destroyed.
    """
    for stands in _STANDING:
        stands(matter_key)
