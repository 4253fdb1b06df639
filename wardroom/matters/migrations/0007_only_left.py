"""A handover that the house began says so; of those that run, these have nobody who began them."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def mark_those_that_run(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("matters", "Handover").objects.using(schema_editor.connection.alias)
    rows.filter(state="running", begun_by=None).update(only_left=True)


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_worklist_by_agency")]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="only_left",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_those_that_run, migrations.RunPython.noop),
    ]
