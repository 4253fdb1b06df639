"""Chain the lines that are there already, in their order, and guard the chain."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import migrations

from wardroom.ledger.rules import NO_LINE_YET, Chained, digest_after

BATCH = 2000
SENTENCE = "The ledger is append-only: write another line instead."
VERBS = ("update", "delete")
SETTERS = {
    "sqlite": [
        f"CREATE TRIGGER ledger_link_no_{verb} BEFORE {verb} ON ledger_link "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for verb in VERBS
    ],
    "postgresql": [
        f"CREATE TRIGGER ledger_link_no_{verb} BEFORE {verb} ON ledger_link "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
        for verb in VERBS
    ],
}
LIFTERS = {
    "sqlite": [f"DROP TRIGGER IF EXISTS ledger_link_no_{verb}" for verb in VERBS],
    "postgresql": [f"DROP TRIGGER IF EXISTS ledger_link_no_{verb} ON ledger_link" for verb in VERBS],
}
FIELDS = (
    "uid", "at", "actor_id", "actor_name", "window", "kind", "audience",
    "ward_code", "agency_code", "matter_key", "sentence", "body",
)  # fmt: skip


def link_entries(apps: Any, schema_editor: Any) -> None:
    """Give every line its place in the chain."""
    entries = apps.get_model("ledger", "Entry").objects
    abouts = apps.get_model("ledger", "About").objects
    links = apps.get_model("ledger", "Link").objects
    digest, position, last = NO_LINE_YET, 0, 0
    while rows := list(entries.filter(pk__gt=last).order_by("pk")[:BATCH]):
        about = defaultdict(list)
        for a in abouts.filter(entry_id__gt=last, entry_id__lte=rows[-1].pk):
            about[a.entry_id].append((a.noun, a.key))
        made = []
        for row in rows:
            values = {name: getattr(row, name) for name in FIELDS}
            values["body"] = json.dumps(row.body)
            digest = digest_after(digest, Chained(**values, about=tuple(about[row.pk])))
            position += 1
            made.append(links.model(position=position, entry_id=row.pk, digest=digest))
        links.bulk_create(made)
        last = rows[-1].pk


def set_guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    for statement in SETTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift_guard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    for statement in LIFTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_chain_and_mentions")]

    operations = [
        migrations.RunPython(link_entries, migrations.RunPython.noop),
        migrations.RunPython(set_guard, lift_guard),
    ]
