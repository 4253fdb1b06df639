"""Keep at each issue from when everybody may read its end, and what it went on as."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_held_for_forms"),
        ("matters", "0009_reopened"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="stands_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matter",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="end_public_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="issue",
            name="again_public_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
