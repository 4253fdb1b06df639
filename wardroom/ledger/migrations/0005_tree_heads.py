"""The signed heads of the ledger, one a day; the database refuses to change or delete them."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models
from django.db import migrations, models

SENTENCE = "The ledger is append-only: write another line instead."
VERBS = ("update", "delete")
SETTERS = {
    "sqlite": [
        f"CREATE TRIGGER ledger_treehead_no_{verb} BEFORE {verb} ON ledger_treehead "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for verb in VERBS
    ],
    "postgresql": [
        f"CREATE TRIGGER ledger_treehead_no_{verb} BEFORE {verb} ON ledger_treehead "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
        for verb in VERBS
    ],
}
LIFTERS = {
    "sqlite": [f"DROP TRIGGER IF EXISTS ledger_treehead_no_{verb}" for verb in VERBS],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS ledger_treehead_no_{verb} ON ledger_treehead" for verb in VERBS
    ],
}


def set_guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    for statement in SETTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift_guard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    for statement in LIFTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0004_link_entries")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("edge", models.JSONField()),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.Q(("size__gte", 1)), name="head_covers_lines"
                    )
                ],
            },
        ),
        migrations.RunPython(set_guard, lift_guard),
    ]
