"""Indexes that answer for the worklist and the list of issues without reading their rows.

SQLite takes the index with the most columns that a question fixes; so those of a ward and of
a place hold the kind too, else it would walk all open issues of the city.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0004_handover"),
    ]

    operations = [
        migrations.RemoveIndex(model_name='waiting', name='waiting_for_a_person'),
        migrations.RemoveIndex(model_name='waiting', name='waiting_in_a_ward'),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['party', 'due_on', 'id', 'matter', 'ward_code'], name='waiting_for_a_person'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['ward_code', 'due_on', 'id', 'matter'], name='waiting_in_a_ward'),
        ),
        migrations.RemoveIndex(model_name='matter', name='matters_of_a_ward'),
        migrations.RemoveIndex(model_name='matter', name='matters_at_a_place'),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['ward_code', 'kind', 'state', 'next_on', 'id'], name='matters_of_a_ward'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['place', 'kind', 'state', 'closed_at'], name='matters_at_a_place'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['kind', 'state', 'next_on', 'id'], name='matters_by_next_date'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['kind', 'opened_at', 'id'], name='matters_by_opening'),
        ),
    ]
