"""Indexes in the order of agencies, for the worklist of a person, of a ward and of the city."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0005_worklist_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['party', 'agency_code', 'due_on', 'id', 'matter', 'ward_code'], name='waiting_party_by_agency'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['ward_code', 'agency_code', 'due_on', 'id', 'matter'], name='waiting_ward_by_agency'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['agency_code', 'due_on', 'id'], name='waiting_by_agency'),
        ),
    ]
