"""Invariant 9: there is no field for party, vote or support level, and no question about
convictions: not in a table, not in a form, not in a line of the ledger.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from importlib import import_module

from django import forms
from django.apps import apps

from tests.architecture.source import PACKAGE, domain_apps, modules
from wardroom.kernel.facts import all_kinds

NEVER = re.compile(
    r"vote|voter|ballot|canvass|support_level|supporter|political|partisan|affiliation|precinct"
    r"|donor|donation|pledge|party_membership|registered_party|convict|criminal|arrest|felony"
    r"|ideology|religion|ethnic",
    re.IGNORECASE,
)


# The day on which an ANC, a public body, voted to put a place forward: nobody's own vote.
OF_A_COMMISSION = {"voted_on", "Day of the vote"}


def never_asked(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The names of fields that ask what the office never asks."""
    hits = [(where, name) for where, name in names if NEVER.search(name)]
    return [(where, name) for where, name in hits if name not in OF_A_COMMISSION]


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table of ours."""
    for model in apps.get_models():
        if model.__module__.startswith("wardroom."):
            for field in model._meta.get_fields():
                yield model.__name__, field.name


def form_classes(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Every form of ours, once all screens are loaded."""
    for child in kind.__subclasses__():
        if child.__module__.startswith("wardroom."):
            yield child
        yield from form_classes(child)


def form_fields() -> Iterator[tuple[str, str]]:
    """Every field of every form, by its name and by what is asked beside it."""
    for path in modules():
        if "web" in path.parts:
            dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            import_module(dotted.removesuffix(".__init__"))
    for form in form_classes():
        for name, field in getattr(form, "base_fields", {}).items():
            yield form.__name__, name
            yield form.__name__, str(field.label or "")


def fact_fields() -> Iterator[tuple[str, str]]:
    """Every field of every fact."""
    for app in domain_apps():
        if (app / "facts.py").exists() or (app / "facts").is_dir():
            import_module(f"wardroom.{app.name}.facts")
    for name, kind in all_kinds().items():
        if kind.__module__.startswith("wardroom."):
            for field in dataclasses.fields(kind):
                yield name, field.name


def test_no_table_form_or_line_has_such_a_field() -> None:
    found = {"columns": list(columns()), "forms": list(form_fields()), "facts": list(fact_fields())}
    assert all(len(names) > 40 for names in found.values())
    assert [hit for names in found.values() for hit in never_asked(names)] == []


def test_such_a_field_would_be_found() -> None:
    for name in ("support_level", "party_affiliation", "Voted in 2024", "conviction_asked"):
        assert never_asked([("Person", name)]) == [("Person", name)]
    assert never_asked([("Ask", "party"), ("Key", "purpose"), ("Place", "label")]) == []
