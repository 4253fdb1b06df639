"""What stands where a value was taken out, and which fields of a fact hold one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from wardroom.kernel import facts
from wardroom.kernel.facts import Change, Fact
from wardroom.kernel.personal import fields_with_words, personal_fields, taken_out, tells_nothing


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> type[Fact]:
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class ShellFound(Fact):
        plain: ClassVar[frozenset[str]] = frozenset({"color"})
        ward_code: str
        color: str
        finder: str | None
        width: float
        years: tuple[int, ...]
        lines: tuple[str, ...]
        notes: dict[str, Any]
        changes: tuple[Change, ...]

    return ShellFound


def test_words_are_in_texts_lists_dictionaries_and_changes(kind: type[Fact]) -> None:
    assert fields_with_words(kind) == (
        "changes", "color", "finder", "lines", "notes", "ward_code",
    )  # fmt: skip


def test_codes_and_what_a_fact_calls_plain_are_not_personal(kind: type[Fact]) -> None:
    assert personal_fields(kind) == ("changes", "finder", "lines", "notes")


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("Jane Roe", "[taken out]"),
        ("", ""),
        (None, None),
        (7, 7),
        (["Jane", "", "Roe"], ["[taken out]", "", "[taken out]"]),
        ({"Jane": 1}, {}),
        (
            [{"field": "name", "label": "Name", "before": "", "after": "Jane"}],
            [{**dict.fromkeys(("field", "label", "after"), "[taken out]"), "before": ""}],
        ),
    ],
)
def test_what_is_taken_out_keeps_its_shape(value: Any, left: Any) -> None:
    assert taken_out(value) == left
    assert taken_out(left) == left
    assert tells_nothing(left) == (value != 7)


@pytest.mark.parametrize(
    "value",
    [
        "Jane", "[taken out] Jane", 7, True, ["[taken out]", "Jane"], {"Jane": ""},
        {"field": "name", "label": "[taken out]", "before": "", "after": ""},
        {"[taken out]": "[taken out]"},
    ],
)  # fmt: skip
def test_whatever_else_stands_there_tells_something(value: Any) -> None:
    assert not tells_nothing(value)
