"""How many are appointed from one posting."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hiring", "0002_reasons_of_a_hiring")]

    operations: ClassVar = [
        migrations.AddField(
            "posting", "seats", models.PositiveSmallIntegerField(default=1)
        ),
    ]
