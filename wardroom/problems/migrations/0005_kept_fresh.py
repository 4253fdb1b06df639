"""Rankings that are kept fresh between two nights, and the judge tried on the office's own data."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0003_match_older_points"),
        ("problems", "0004_reporting_rates"),
    ]

    operations = [
        migrations.AddField("detection", "rows_taken_in", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("detection", "kept_fresh", models.BooleanField(default=False)),
        migrations.AddField(
            "detection",
            "carried_into",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="problems.detection",
            ),
        ),
        migrations.CreateModel(
            name="FalseAlarmCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("data_until", models.DateField()),
                ("method", models.CharField(max_length=80)),
                ("requests", models.PositiveIntegerField()),
                ("starts", models.JSONField()),
                ("months", models.PositiveSmallIntegerField()),
                ("places", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="EvaluationPreview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("wanted", models.JSONField()),
                ("counted_at", models.DateTimeField(null=True)),
                ("draft", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("compared", models.PositiveIntegerField(null=True)),
                ("needed", models.JSONField(default=list)),
                ("refused", models.CharField(blank=True, default="", max_length=500)),
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation_preview",
                        to="directory.party",
                    ),
                ),
            ],
        ),
    ]
