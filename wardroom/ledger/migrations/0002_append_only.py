"""The database itself refuses to change or delete a line of the ledger."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("ledger_entry", "ledger_about")
SENTENCE = "The ledger is append-only: write another line instead."

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
SETTERS = {
    "sqlite": [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for table in TABLES
        for verb in ("update", "delete")
    ],
    "postgresql": [
        POSTGRESQL_FUNCTION,
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
            for table in TABLES
            for verb in ("update", "delete")
        ),
    ],
}
LIFTERS = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb}"
        for table in TABLES
        for verb in ("update", "delete")
    ],
    "postgresql": [
        *(
            f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}"
            for table in TABLES
            for verb in ("update", "delete")
        ),
        "DROP FUNCTION IF EXISTS ledger_refuse_change()",
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
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(set_guard, lift_guard)]
