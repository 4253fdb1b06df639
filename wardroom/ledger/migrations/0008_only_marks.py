"""Where words were taken out of a line, the database lets marks stand there and nothing else.

Whoever may write into the database could say in `ledger_takenout` whatever he liked. Now a
line's sentence may only become the one that is made of its kind, each value of its body may
only stay or become marks, and what has no salt beside others that have may not change at all.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations

before = import_module("wardroom.ledger.migrations.0006_taken_out")
SENTENCE = before.SENTENCE
OTHER_SENTENCE = "replace(lower(NEW.sentence), ' ', '') <> lower(OLD.kind) || ':[takenout]'"
# A value that differs although it has no salt, or in which something stands that is no mark.
SQLITE_OTHER_WORDS = """
    SELECT 1 FROM json_each(NEW.body) n
    LEFT JOIN json_each(OLD.body) o ON o.key = n.key
    WHERE (o.key IS NULL OR o.type <> n.type OR o.value IS NOT n.value) AND (
        o.key IS NULL
        OR (json_type(OLD.salts) = 'object'
            AND n.key NOT IN (SELECT key FROM json_each(OLD.salts)))
        OR EXISTS (
            SELECT 1 FROM json_tree(NEW.body, n.fullkey) t
            WHERE (t.atom IS NOT NULL AND (t.type <> 'text' OR t.atom NOT IN ('', '[taken out]')))
            OR (t.fullkey <> n.fullkey AND typeof(t.key) = 'text'
                AND t.key NOT IN ('field', 'label', 'before', 'after'))
        )
    )
"""
SQLITE_FEWER = "SELECT key FROM json_each(OLD.body) EXCEPT SELECT key FROM json_each(NEW.body)"
POSTGRESQL_OTHER_WORDS = """
    SELECT 1 FROM jsonb_each(NEW.body) n
    WHERE (OLD.body -> n.key) IS DISTINCT FROM n.value AND (
        NOT OLD.body ? n.key
        OR (jsonb_typeof(OLD.salts) = 'object' AND NOT OLD.salts ? n.key)
        OR jsonb_path_exists(n.value, '$.** ? (
            (@.type() == "string" && @ != "" && @ != "[taken out]")
            || @.type() == "number" || @.type() == "boolean")')
        OR jsonb_path_exists(n.value, '$.** ? (@.type() == "object").keyvalue().key ? (
            @ != "field" && @ != "label" && @ != "before" && @ != "after")')
    )
"""
POSTGRESQL_FEWER = (
    "SELECT jsonb_object_keys(OLD.body) EXCEPT SELECT jsonb_object_keys(NEW.body)"
)
SETTERS = {
    "sqlite": [
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
        f"WHEN NOT EXISTS ({before.SAID}) OR {before.SQLITE_DIFFERS} OR {OTHER_SENTENCE} "
        f"OR EXISTS ({SQLITE_OTHER_WORDS}) OR EXISTS ({SQLITE_FEWER}) "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    ],
    "postgresql": [
        f"""
CREATE OR REPLACE FUNCTION ledger_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {before.POSTGRESQL_DIFFERS} OR NOT EXISTS ({before.SAID}) OR {OTHER_SENTENCE}
        OR EXISTS ({POSTGRESQL_OTHER_WORDS}) OR EXISTS ({POSTGRESQL_FEWER})
    THEN
        RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
""",
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_other_words()",
    ],
}


def set_guard(apps: Any, schema_editor: Any) -> None:
    """Put the stricter trigger in the place of the one before."""
    vendor = schema_editor.connection.vendor
    for statement in (before.LIFT[vendor], *SETTERS[vendor]):
        schema_editor.execute(statement)


def lift_guard(apps: Any, schema_editor: Any) -> None:
    """Put back the trigger that lets other words stand."""
    vendor = schema_editor.connection.vendor
    former = before.SETTERS[vendor]
    schema_editor.execute(before.LIFT[vendor])
    for statement in former[: 1 if vendor == "sqlite" else 2]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0007_given_up")]

    operations: ClassVar = [migrations.RunPython(set_guard, lift_guard)]
