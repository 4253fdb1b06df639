"""Salts beside what the chain holds by commitments, and the one way in which a line may change.

The database lets a line change to what its row in `ledger_takenout` says, and to nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import django.db.models
import django.db.models.deletion
from django.db import migrations

append_only = import_module("wardroom.ledger.migrations.0002_append_only")
SENTENCE, VERBS = append_only.SENTENCE, ("update", "delete")
FOR_EVER = (
    "id", "uid", "at", "actor_id", "actor_name", "window", "kind", "audience",
    "ward_code", "agency_code", "matter_key",
)  # fmt: skip
SQLITE_DIFFERS = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in FOR_EVER)
POSTGRESQL_DIFFERS = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in FOR_EVER)
SAID = (
    "SELECT 1 FROM ledger_takenout t WHERE t.entry_id = OLD.id AND NEW.sentence = t.sentence "
    "AND NEW.body = t.body AND NEW.salts = '{}'"
)
LIFT = {
    "sqlite": "DROP TRIGGER ledger_entry_no_update",
    "postgresql": "DROP TRIGGER ledger_entry_no_update ON ledger_entry",
}
SETTERS = {
    "sqlite": [
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
        f"WHEN NOT EXISTS ({SAID}) OR {SQLITE_DIFFERS} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
        *(
            f"CREATE TRIGGER ledger_takenout_no_{verb} BEFORE {verb} ON ledger_takenout "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for verb in VERBS
        ),
    ],
    "postgresql": [
        f"""
CREATE OR REPLACE FUNCTION ledger_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {POSTGRESQL_DIFFERS} OR NOT EXISTS ({SAID}) THEN
        RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
""",
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_other_words()",
        *(
            f"CREATE TRIGGER ledger_takenout_no_{verb} BEFORE {verb} ON ledger_takenout "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
            for verb in VERBS
        ),
    ],
}
FORMER = {
    vendor: next(s for s in statements if "ledger_entry_no_update" in s)
    for vendor, statements in append_only.SETTERS.items()
}


def set_guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place, in that of the lines' own the one that knows an exception."""
    vendor = schema_editor.connection.vendor
    for statement in (LIFT[vendor], *SETTERS[vendor]):
        schema_editor.execute(statement)


def lift_guard(apps: Any, schema_editor: Any) -> None:
    """Put back the trigger that knows none; those of the table go with it."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(LIFT[vendor])
    schema_editor.execute(FORMER[vendor])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0005_tree_heads")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="entry",
            name="salts",
            field=django.db.models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="TakenOut",
            fields=[
                (
                    "entry",
                    django.db.models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="taken_out",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("sentence", django.db.models.TextField()),
                ("body", django.db.models.JSONField()),
                ("commitments", django.db.models.JSONField()),
                (
                    "by",
                    django.db.models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(set_guard, lift_guard),
    ]
