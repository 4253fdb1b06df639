"""The file of a location: nominations, the times it was worked on, analyses, its rule."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0002_ground_and_points'),
        ('directory', '0003_match_older_points'),
        ('problems', '0005_kept_fresh'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='test',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='persistentlocation',
            name='place_keys',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='persistentlocation',
            name='radius_m',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ward_code', models.CharField(blank=True, default='', max_length=10)),
                ('source', models.CharField(max_length=20)),
                ('nominated_by', models.CharField(max_length=120)),
                ('voted_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=1000)),
                ('topics', models.JSONField()),
                ('radius_m', models.PositiveSmallIntegerField()),
                ('place_keys', models.JSONField()),
                ('test', models.JSONField()),
                ('nominated_at', models.DateTimeField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='city.place')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
                ('ward', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.district')),
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='nomination',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='problems.nomination'),
        ),
        migrations.CreateModel(
            name='Spell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('entry', models.CharField(max_length=12)),
                ('entered_at', models.DateTimeField()),
                ('entry_reason', models.CharField(blank=True, default='', max_length=500)),
                ('entered_by', models.CharField(max_length=120)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=30)),
                ('exit_reason', models.CharField(blank=True, default='', max_length=500)),
                ('left_by', models.CharField(blank=True, default='', max_length=120)),
                ('exit_test', models.JSONField(blank=True, null=True)),
                ('against_test', models.BooleanField(default=False)),
                ('watch_until', models.DateField(blank=True, null=True)),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spell', to='problems.decision')),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='problems.persistentlocation')),
            ],
        ),
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('what', models.TextField(blank=True, default='')),
                ('when', models.TextField(blank=True, default='')),
                ('harmed', models.TextField(blank=True, default='')),
                ('control', models.TextField(blank=True, default='')),
                ('tried', models.TextField(blank=True, default='')),
                ('cause', models.TextField(blank=True, default='')),
                ('written_at', models.DateTimeField()),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='problems.persistentlocation')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('location', 'version'), name='one_analysis_a_version')],
            },
        ),
        migrations.CreateModel(
            name='LocationRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('episodes', models.PositiveSmallIntegerField()),
                ('active_months', models.PositiveSmallIntegerField()),
                ('reporters', models.PositiveSmallIntegerField()),
                ('returns', models.PositiveSmallIntegerField()),
                ('return_days', models.PositiveSmallIntegerField()),
                ('clean_checks', models.PositiveSmallIntegerField()),
                ('quiet_days', models.PositiveSmallIntegerField()),
                ('watch_months', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='location_rule_has_a_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='nomination',
            index=models.Index(fields=['ward_code', '-nominated_at'], name='nominations_of_a_ward'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('nominated_by', ''), _negated=True)), name='nomination_says_who_and_why'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'anc_vote'), _negated=True), ('voted_on__isnull', False), _connector='OR'), name='anc_nominates_by_a_vote'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=models.UniqueConstraint(fields=('location', 'number'), name='one_spell_a_number'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('location',), name='one_spell_goes_on'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('outcome', ''), ('watch_until__isnull', True)), models.Q(('left_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='spell_that_was_left_has_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=models.CheckConstraint(condition=models.Q(('against_test', False), models.Q(('exit_reason', ''), _negated=True), _connector='OR'), name='leaving_against_the_test_has_a_reason'),
        ),
    ]
