"""An index by which the rows that one reading took in are found, without a look at all."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("service_requests", "0002_find_requests_by_address"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="servicerequest",
            index=models.Index(fields=["last_run"], name="request_by_reading"),
        ),
    ]
