"""What a draft would say otherwise if it were drawn again, section by section. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardroom.reporting.rules.items import SECTIONS

Facts = Mapping[str, Any]
TABLES = {
    "smds": ("smd", "Requests by single-member district"),
    "wards": ("ward", "Ward by ward"),
}
MOST_NUMBERS = 4


def what_moved_on(before: Facts, after: Facts) -> tuple[str, ...]:
    """The sections that differ, each with how; the instants of counting are no difference."""
    lines = {code: ("key", title) for code, title in SECTIONS.items()} | TABLES
    told = (
        (title, _rows(_keyed(before, code, key), _keyed(after, code, key)))
        for code, (key, title) in lines.items()
    )
    return (*_numbers(before, after), *(f"{title}: {words}" for title, words in told if words))


def _numbers(before: Facts, after: Facts) -> Iterator[str]:
    """By the title of their group the numbers that are other ones now."""
    was = {f["code"]: f for group in before["groups"] for f in group["figures"]}
    for group in after["groups"]:
        moved = [f for f in group["figures"] if _shown(f) != _shown(was.get(f["code"]))]
        words = [
            f"{f['label']} {was[f['code']]['shown']}, now {f['shown']}"
            if f["code"] in was and was[f["code"]]["shown"] != f["shown"]
            else f["label"]
            for f in moved
        ]
        if len(words) > MOST_NUMBERS:
            more = len(words) - MOST_NUMBERS
            words = [*words[:MOST_NUMBERS], f"{more} more"]
        if words:
            yield f"{group['title']}: {'; '.join(words)}"


def _shown(figure: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (figure["shown"], figure["note"]) if figure else None


def _keyed(facts: Facts, code: str, key: str) -> dict[str, Any]:
    return {str(row.get(key)): row for row in facts.get(code, ())}


def _rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """How many lines came, went, and read otherwise."""
    came = len(after.keys() - before.keys())
    gone = len(before.keys() - after.keys())
    other = sum(before[key] != after[key] for key in before.keys() & after.keys())
    counts = ((came, "new"), (gone, "gone"), (other, "changed"))
    return ", ".join(f"{number} {word}" for number, word in counts if number)
