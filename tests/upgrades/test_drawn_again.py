"""A change of the tables draws anew what it changed, and a program among them sees it all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import AddField, Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

from wardroom.config.management.commands.migrate import LeanState, WholeExecutor


def table(name: str, *points_to: str) -> ModelState:
    """A table of an app of no code, pointing to others of it."""
    fields: list[tuple[str, Any]] = [("id", models.AutoField(primary_key=True))]
    fields += [
        (one, models.ForeignKey(f"lots.{one}", models.CASCADE, related_name=f"{name}s"))
        for one in points_to
    ]
    return ModelState("lots", name, fields)


@pytest.fixture
def state() -> LeanState:
    """Two tables, one of which points to the other, as drawn for the database."""
    lean = LeanState()
    lean.add_model(table("street"))
    lean.add_model(table("lot", "street"))
    assert lean.apps.get_model("lots", "lot")
    return lean


def drawn(state: LeanState, name: str) -> Any:
    return state.apps.get_model("lots", name)


def test_new_table_draws_no_other_again(state: LeanState) -> None:
    before = drawn(state, "street"), drawn(state, "lot")
    state.add_model(table("shed", "lot"))
    assert drawn(state, "shed")._meta.get_field("lot").related_model is before[1]
    assert (drawn(state, "street"), drawn(state, "lot")) == before


def test_new_column_draws_its_table_alone(state: LeanState) -> None:
    street, lot = drawn(state, "street"), drawn(state, "lot")
    state.add_field("lots", "lot", "width", models.IntegerField(default=1), True)
    assert drawn(state, "lot") is not lot
    assert drawn(state, "lot")._meta.get_field("width")
    assert drawn(state, "street") is street


def test_program_sees_every_table_as_it_stands(state: LeanState) -> None:
    """What Django does before a program runs, from a copy of the state."""
    state.add_model(table("shed", "lot"))
    state.add_field("lots", "street", "name", models.TextField(default=""), True)
    seen = state.clone()
    seen.clear_delayed_apps_cache()
    street, lot = drawn(seen, "street"), drawn(seen, "lot")
    assert lot._meta.get_field("street").related_model is street
    assert {one.name for one in street._meta.related_objects} == {"lots"}
    assert {one.name for one in lot._meta.related_objects} == {"sheds"}
    assert street._meta.get_field("name")


def test_power_check_without_the_note_a_program_would_see_the_old_table(state: LeanState) -> None:
    state.add_field("lots", "street", "name", models.TextField(default=""), True)
    state.is_delayed = False
    seen = state.clone()
    seen.clear_delayed_apps_cache()
    assert drawn(seen, "lot")._meta.get_field("street").related_model is not drawn(seen, "street")


def test_key_that_others_point_to_draws_them_too(state: LeanState) -> None:
    before = drawn(state, "lot")
    state.alter_field("lots", "street", "id", models.BigAutoField(primary_key=True), True)
    assert drawn(state, "lot") is not before
    assert drawn(state, "lot")._meta.get_field("street").related_model is drawn(state, "street")


def test_new_name_draws_what_knew_the_old_one(state: LeanState) -> None:
    state.rename_model("lots", "street", "road")
    assert drawn(state, "lot")._meta.get_field("street").related_model is drawn(state, "road")
    state.rename_field("lots", "road", "id", "number")
    assert drawn(state, "lot")._meta.get_field("street").related_model is drawn(state, "road")


class Widened(Migration):
    """A change with a new column and a program, both of which are taken back."""

    seen: bool | None = None

    def look(self, apps: Any, _: Any) -> None:
        """What a program sees on the way back."""
        street, lot = apps.get_model("lots", "street"), apps.get_model("lots", "lot")
        self.seen = lot._meta.get_field("street").related_model is street

    @property
    def operations(self) -> list[Any]:  # type: ignore[override]
        """The column for the state alone: no database is touched."""
        column = AddField("street", "name", models.TextField(default=""))
        return [
            SeparateDatabaseAndState(state_operations=[column]),
            RunPython(RunPython.noop, self.look),
        ]

    def __init__(self) -> None:
        self.name, self.app_label = "0002_widened", "lots"


class Editor:
    """A way into the database that changes nothing."""

    connection, atomic_migration, collect_sql = connection, True, False


def fits_backwards(monkeypatch: pytest.MonkeyPatch, *, applied: bool) -> bool | None:
    """Whether a program that is taken back sees tables that fit together."""
    full = ProjectState()
    for made in (table("street"), table("lot", "street")):
        full.add_model(made)
    monkeypatch.setattr(MigrationExecutor, "_create_project_state", lambda *_: full)
    state = object.__new__(WholeExecutor)._create_project_state(applied)
    assert state.apps.get_models()
    change = Widened()
    change.unapply(state, Editor())  # type: ignore[arg-type]
    return change.seen


def test_program_that_is_taken_back_sees_tables_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django asks for a state with nothing applied when it goes backwards."""
    assert fits_backwards(monkeypatch, applied=False) is True


def test_power_check_drawn_as_forwards_they_would_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fits_backwards(monkeypatch, applied=True) is False
