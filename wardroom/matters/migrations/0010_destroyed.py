from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0009_reopened")]
    operations = [
        migrations.AddField(
            model_name="matter",
            name="destroyed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
