from __future__ import annotations

from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """When each matter was opened again last, as the ledger has it."""
    entry, matter = apps.get_model("ledger", "Entry"), apps.get_model("matters", "Matter")
    lines = entry.objects.filter(kind__in=("MatterReopened", "MergeUndone")).exclude(matter_key="")
    for key, at in lines.order_by("at", "pk").values_list("matter_key", "at"):
        matter.objects.filter(pk=int(key)).update(reopened_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0008_where_of_an_ask"),
        ("ledger", "0004_link_entries"),
    ]
    operations = [
        migrations.AddField(
            model_name="matter",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
