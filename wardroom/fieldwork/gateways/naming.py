"""What the storeys above tell this one: the names of residents that stand in a text.

A walk's title and who came are read by others. Who complained is known to casework, which
stands above; the house says, as it starts, how names are found.
"""

from __future__ import annotations

from collections.abc import Callable

from wardroom.kernel.errors import Refused

Finder = Callable[[str, str], tuple[str, ...]]
_finders: list[Finder] = []


def find_names_with(finder: Finder) -> None:
    """Say how the names of a ward's residents are found in a text, given the ward's code first."""
    _finders.append(finder)


def check_names_nobody(text: str, *, ward: str, field: str) -> None:
    """Refuses: a text in which somebody who complained in the ward is named."""
    for finder in _finders:
        found = finder(ward, text)
        if found:
            raise Refused(
                "names_a_resident",
                f"“{found[0]}” reported something here, and those who come read this. Write “a"
                " resident”, or a number such as “6 neighbors”.",
                field=field,
            )
