"""The worklist's indexes hold the agency too, so that its filter and its total read no row."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0005_worklist_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(model_name='waiting', name='waiting_for_a_person'),
        migrations.RemoveIndex(model_name='waiting', name='waiting_in_a_ward'),
        migrations.RemoveIndex(model_name='waiting', name='waiting_anywhere'),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['party', 'due_on', 'id', 'matter', 'ward_code', 'agency_code'], name='waiting_for_a_person'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['ward_code', 'due_on', 'id', 'matter', 'agency_code'], name='waiting_in_a_ward'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['due_on', 'id', 'agency_code'], name='waiting_anywhere'),
        ),
    ]
