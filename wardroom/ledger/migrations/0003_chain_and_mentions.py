"""The chain, mentions, and the matter of each line; lines written before get theirs here.

The guard of the ledger is lifted while the table is laid out anew (SQLite copies it, and
loses the triggers) and while old lines are given their matter; then it stands again.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

guard = import_module("wardroom.ledger.migrations.0002_append_only")
BACKFILL = """
UPDATE ledger_entry SET matter_key = (
    SELECT SUBSTR(a.key, 1, 20) FROM ledger_about a
    WHERE a.entry_id = ledger_entry.id AND a.noun = 'matter' ORDER BY a.id DESC LIMIT 1
)
WHERE EXISTS (
    SELECT 1 FROM ledger_about a WHERE a.entry_id = ledger_entry.id AND a.noun = 'matter'
)
"""


def give_matters(apps: Any, schema_editor: Any) -> None:
    """Write the matter of each line beside it."""
    schema_editor.execute(BACKFILL)


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.RunPython(guard.lift_guard, guard.set_guard),
        migrations.AddField(
            model_name='about',
            name='added_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='entry',
            name='matter_key',
            field=models.CharField(blank=True, db_index=True, default='', max_length=20),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='ledger.entry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='link_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(max_length=5)),
                ('text', models.CharField(max_length=120)),
                ('noun', models.CharField(max_length=30)),
                ('key', models.CharField(blank=True, default='', max_length=60)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='ledger.entry')),
                ('resolved_entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('key', '')), fields=['-id'], name='mentions_unresolved')],
                'constraints': [models.CheckConstraint(condition=models.Q(('resolved_entry__isnull', True), models.Q(('key', ''), _negated=True), _connector='OR'), name='resolved_mention_has_key')],
            },
        ),
        migrations.RunPython(give_matters, migrations.RunPython.noop),
        migrations.RunPython(guard.set_guard, guard.lift_guard),
    ]
