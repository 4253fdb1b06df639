"""An index by which a request is found by the words of its address as somebody types them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("service_requests", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('address_id__isnull', False)), fields=['address'], name='request_address_with_id'),
        ),
    ]
