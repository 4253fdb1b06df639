"""The drafted items of a report, and what a person made of them: left out, or in other words.

A draft keeps what it drafted beside what a person said, so both can be read for ever. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.reporting.rules.kinds import MONTHLY

SECTIONS: Mapping[str, str] = {
    "needs": "Decisions needed from the director",
    "clocks": "Due by law within 14 days",
    "exceptions": "What stands out about agencies",
    "improvements": "Steps of improvement agreed",
    "meetings": "Meetings and walks of the week",
    "ahead": "Next week: meetings and walks",
    "changes": "Persistent locations: what changed",
    "places": "Places we work on",
    "notices": "Clocks set by law",
    "walks": "What we saw on walks",
    "speaking": "Three minutes to speak",
    "locations": "Persistent locations",
}
MONTHLY_SECTIONS = {"ahead": "Next month: meetings and walks"}
SENTENCE = {"locations": "note"}
LONGEST_ITEM = 600
ABOUT: Mapping[str, Any] = {
    "ask_id": None,
    "matter_id": None,
    "agency": "",
    "event_id": None,
    "walk_id": None,
    "ward": "",
    "new": False,
    "alone": False,
}
Edits = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Item:
    """One drafted sentence, or the note of one drafted row, with what became of it.

    ``drafted`` is empty where a person's words stay of something that is drafted no longer;
    ``renewed`` says that the numbers behind reworded words have changed since.
    """

    section: str
    key: str
    drafted: str
    said: str
    out: bool
    renewed: bool
    row: Mapping[str, Any]

    @property
    def reworded(self) -> bool:
        """Whether a person put it in other words."""
        return self.said != self.drafted


@dataclass(frozen=True)
class ItemWords:
    """What a person makes of one item: whether it is in, and how it reads."""

    ticked: bool
    text: str


def drafted_items(facts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every drafted item with its section, in the order of the report."""
    for section in SECTIONS:
        for row in facts.get(section, ()):
            if "key" in row:
                yield section, row


def items_of(facts: Mapping[str, Any], edits: Edits) -> tuple[Item, ...]:
    """The items of a report as they stand: drafted, and what a person made of them."""
    items = [_item(section, row, edits) for section, row in drafted_items(facts)]
    known = {item.key for item in items}
    kept = [
        Item(
            edit["section"], key, "", edit["text"], bool(edit["out"]), False, {**ABOUT, "key": key}
        )
        for key, edit in edits.items()
        if key not in known and edit["text"] and edit["section"] != "locations"
    ]
    return (*items, *kept)


def _item(section: str, row: Mapping[str, Any], edits: Edits) -> Item:
    drafted = str(row[SENTENCE.get(section, "sentence")])
    edit = edits.get(str(row["key"]), {})
    said = edit.get("text") or drafted
    renewed = bool(edit.get("text")) and edit.get("was", drafted) != drafted
    about = row if section == "locations" else {**ABOUT, **row}
    return Item(section, str(row["key"]), drafted, said, bool(edit.get("out")), renewed, about)


def finished(facts: Mapping[str, Any], edits: Edits, section: str) -> list[dict[str, Any]]:
    """The rows of a section that are in, in a person's words where there are any."""
    word = SENTENCE.get(section, "sentence")
    if not any("key" in row for row in facts.get(section, ())) and not edits:
        return [dict(row) for row in facts.get(section, ())]
    return [
        {**item.row, word: item.said}
        for item in items_of(facts, edits)
        if item.section == section and not item.out
    ]


def section_title(code: str, report: str) -> str:
    """What a section is called in a kind of report."""
    return (MONTHLY_SECTIONS if report == MONTHLY else SECTIONS).get(code, SECTIONS[code])


def checked_edits(
    facts: Mapping[str, Any], edits: Edits, given: Mapping[str, ItemWords]
) -> dict[str, dict[str, Any]]:
    """What is kept of somebody's ticks and words; of an item left as drafted, nothing.

    Refuses: an item that the report does not have; one that is in without words; a long one.
    """
    now = {item.key: item for item in items_of(facts, edits)}
    kept = {key: dict(edit) for key, edit in edits.items()}
    for key, words in given.items():
        item = now.get(key)
        if item is None:
            raise Refused("item_unknown", "The report has no such line any more.", field=key)
        text = " ".join(words.text.split())
        _check(item, words.ticked, text)
        said = text if text != " ".join(item.drafted.split()) else ""
        kept.pop(key, None)
        if said or not words.ticked:
            was = item.drafted if said != item.said else edits.get(key, {}).get("was", item.drafted)
            kept[key] = {
                "section": item.section, "out": not words.ticked, "text": said, "was": was,
            }  # fmt: skip
    return kept


def _check(item: Item, ticked: bool, text: str) -> None:
    if ticked and not text and item.section != "locations":
        raise Refused(
            "item_empty", "Write what it says, or untick it to leave it out.", field=item.key
        )
    if len(text) > LONGEST_ITEM:
        raise Refused(
            "item_too_long",
            f"A line may have {LONGEST_ITEM} characters at most; this has {len(text)}.",
            field=item.key,
        )
