"""Django's migrate, where a change of the tables and the note that it was made are one commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced
from django.db.models import Field

EXECUTOR = "MigrationExecutor"
Key = tuple[str, str]


class LeanState(ProjectState):
    """The tables as they stand between two changes, of which only what changed is drawn again.

    Django draws a model and all that is related to it again at every step, which here is nearly
    every model, a thousand times. A table that is made or altered needs its own columns alone.
    A change that is a program still gets all models drawn together, and so does one that gives
    other names or alters what others point to. Forwards alone: backwards Django draws no
    model anew before a program, so there all of them are drawn at each step.
    """

    _draws_all = False

    def clone(self) -> LeanState:
        """The same state again."""
        models = {key: model.clone() for key, model in self.models.items()}
        same = LeanState(models, self.real_apps)
        if "apps" in vars(self):
            same.apps = self.apps.clone()
        same.is_delayed = self.is_delayed
        return same

    def rename_model(self, *words: Any) -> None:
        """Give a model another name, and draw all that knew the old one."""
        with self._all_drawn(True):
            super().rename_model(*words)

    def rename_field(self, *words: Any) -> None:
        """Give a field another name, and draw all that knew the old one."""
        with self._all_drawn(True):
            super().rename_field(*words)

    def alter_model_options(self, *words: Any, **more: Any) -> None:
        """Alter what a model is called or how it is sorted, and draw all that may read it."""
        with self._all_drawn(True):
            super().alter_model_options(*words, **more)

    def alter_field(
        self, app_label: str, model_name: str, name: str, field: Field[Any, Any], *words: Any
    ) -> None:
        """Alter a field, and draw all that points to it."""
        key = (app_label, model_name)
        pointed_to = field.is_relation or field_is_referenced(self, key, (name, field))
        with self._all_drawn(bool(pointed_to)):
            super().alter_field(app_label, model_name, name, field, *words)

    @contextmanager
    def _all_drawn(self, wanted: bool) -> Iterator[None]:
        self._draws_all = wanted
        try:
            yield
        finally:
            self._draws_all = False

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
        if self._draws_all:
            found: set[Key] = super()._find_reload_model(  # type: ignore[misc]
                app_label, model_name, delay
            )
            return found
        self.is_delayed = True  # a program that comes next draws all of them first
        return {(app_label, model_name)}


class WholeExecutor(MigrationExecutor):
    """Makes each change whole, or not at all, wherever its process is killed.

    Django leaves what it deferred (indexes, foreign keys) to the end of the change, and notes a
    change that deferred something only after its commit. A process that is killed between the
    two leaves a database that no later run can bring up to date: the change would be made again.
    """

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """Make one change, do what it deferred, and note it, in one commit."""
        if fake or fake_initial or not migration.atomic:
            made: ProjectState = super().apply_migration(state, migration, fake, fake_initial)
            return made
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql = []
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]
        self._tell("apply_success", migration)
        return state

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        full = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        # Backwards Django begins with none applied; there a program gets what is drawn by then.
        return LeanState(full.models, full.real_apps) if with_applied_migrations else full

    def _tell(self, step: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(step, migration, False)


class Command(migrate.Command):
    """Brings the tables up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what Django's does, by our executor."""
        known = vars(migrate)
        theirs, known[EXECUTOR] = known[EXECUTOR], WholeExecutor
        try:
            super().handle(*args, **options)
        finally:
            known[EXECUTOR] = theirs
