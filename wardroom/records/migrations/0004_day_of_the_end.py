"""The day on which a request was withdrawn, or its appeal decided; of old ones from its lines."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils.timezone import localdate

ENDS = {"withdrawn": "RequestWithdrawn", "answered": "AppealDecided"}


def fill(apps: Any, schema_editor: Any) -> None:
    """Take the day from the last line that says so; one without a line has no day."""
    lines = apps.get_model("ledger", "Entry").objects
    for row in apps.get_model("records", "RecordsRequest").objects.filter(state__in=ENDS):
        about = lines.filter(about__noun="records_request", about__key=str(row.pk))
        last = about.filter(kind=ENDS[row.state]).order_by("-pk").first()
        if last is not None:
            row.ended_on = localdate(last.at)
            row.save(update_fields=["ended_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_destroyed_requests"),
        ("ledger", "0006_taken_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="recordsrequest",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
