"""The one list of keys: what each does and where. The help and the pages are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Key(NamedTuple):
    """A key as it is shown, and what it does."""

    keys: str
    what: str


class KeyGroup(NamedTuple):
    """The keys that work in one kind of place."""

    where: str
    keys: tuple[Key, ...]


EVERYWHERE = KeyGroup(
    "On every page",
    (Key("c", "Write a line"), Key("/", "Search"), Key("?", "Show this list")),
)
LISTS = KeyGroup(
    "In My day and on the list of issues",
    (
        Key("j or ↓", "Next row"),
        Key("k or ↑", "Row before"),
        Key("Enter", "Open the row"),
        Key("d", "Done, or approve (My day)"),
        Key("x", "Select the row (issues)"),
    ),
)
OF_ISSUE: Mapping[str, Key] = {
    "ask": Key("a", "Ask agencies"),
    "todo": Key("t", "Add a to-do, an approval or a clock"),
    "next": Key("n", "Set the next step"),
    "contact": Key("l", "Log a contact"),
    "standing": Key("w", "Write where it stands"),
    "check": Key("s", "Write down what you saw"),
    "close": Key("e", "Tell everybody and close"),
}
ISSUE = KeyGroup("On the page of an issue", tuple(OF_ISSUE.values()))
HELP = (EVERYWHERE, LISTS, ISSUE)
