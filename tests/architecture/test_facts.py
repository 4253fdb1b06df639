"""Every fact can be written down and read back, and tells itself in a sentence."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.architecture.source import domain_apps
from wardroom.access.actor import APART
from wardroom.kernel.facts import Change, Fact, Ref, all_kinds
from wardroom.kernel.personal import personal_fields, taken_out

for _app in domain_apps():
    if (_app / "facts.py").exists() or (_app / "facts").is_dir():
        import_module(f"wardroom.{_app.name}.facts")

OURS = {k: v for k, v in all_kinds().items() if v.__module__.startswith("wardroom.")}
LEAVES = {k: v for k, v in OURS.items() if not set(v.__subclasses__()) & set(OURS.values())}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=30),
    int: st.integers(-(2**60), 2**60),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: st.dates(min_value=date(1900, 1, 1)),
    Change: st.builds(Change),
    datetime: st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field with this hint may hold."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(st.none() if a is type(None) else values(a) for a in args))
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return st.lists(values(args[0]), max_size=4).map(tuple)
        return st.tuples(*(values(a) for a in args))
    if origin is dict:
        return st.dictionaries(values(args[0]), values(args[1]), max_size=4)
    return PLAIN[hint]


def refs(fact: Fact) -> list[str]:
    return [str(r) for r in fact.about()]


def filled(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    hints = typing.get_type_hints(kind)
    fields = {f.name: values(hints[f.name]) for f in dataclasses.fields(kind)}
    concerns = st.lists(st.sampled_from(["ask:1", "matter:2"]), max_size=2).map(tuple)
    if "concerns" in fields:
        fields["concerns"] = concerns
    if "came_from" in fields:
        fields["came_from"] = st.sampled_from(["", "alert:0", "report:12"])
    return st.builds(kind, **fields)


@pytest.mark.parametrize("kind", LEAVES.values(), ids=LEAVES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_fact_is_written_and_read_back(kind: type[Fact], data: st.DataObject) -> None:
    fact = data.draw(filled(kind))
    again = kind.from_plain(json.loads(json.dumps(fact.to_plain())))
    assert again == fact
    assert again.sentence() == fact.sentence()
    assert refs(again) == refs(fact)
    assert fact.sentence().strip()
    assert all(isinstance(r, Ref) and r.noun for r in fact.about())
    left = kind.from_plain(without_words(fact))
    assert left.sentence().strip()
    assert refs(left) == refs(fact)


def without_words(fact: Fact) -> dict[str, Any]:
    """A fact as a line holds it from which everything personal was taken out."""
    personal = personal_fields(type(fact))
    return {k: taken_out(v) if k in personal else v for k, v in fact.to_plain().items()}


@pytest.mark.parametrize("kind", OURS.values(), ids=OURS)
def test_fact_is_frozen_and_in_its_room(kind: type[Fact]) -> None:
    params = typing.cast(Any, kind).__dataclass_params__
    assert params.frozen
    assert kind.__module__.endswith(".facts") or ".facts." in kind.__module__
    assert not kind.__name__.startswith("On")
    assert kind.audience in {"internal", "partner", *APART}


def test_line_for_partners_names_its_agency() -> None:
    for kind in LEAVES.values():
        if kind.audience == "partner":
            hints = typing.get_type_hints(kind)
            assert "agency_code" in hints, f"{kind.__name__} does not say whose line it is"


def test_house_has_its_facts() -> None:
    assert {"AskAccepted", "MatterOpened", "PlanAdopted", "ConditionChecked"} <= set(LEAVES)
