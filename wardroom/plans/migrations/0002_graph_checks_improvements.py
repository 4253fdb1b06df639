import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_match_older_points'),
        ('matters', '0007_only_left'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity_name', models.CharField(max_length=200)),
                ('wording', models.CharField(max_length=300)),
                ('authority', models.CharField(max_length=200)),
                ('agreed_on', models.DateField()),
                ('found_by', models.CharField(max_length=300)),
                ('found_noun', models.CharField(blank=True, default='', max_length=30)),
                ('found_key', models.CharField(blank=True, default='', max_length=60)),
                ('evidence', models.CharField(blank=True, default='', max_length=500)),
                ('evidence_on', models.DateField(null=True)),
                ('evidence_by', models.CharField(blank=True, default='', max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='PlanReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewed_at', models.DateTimeField()),
                ('reviewed_by', models.CharField(max_length=120)),
                ('note', models.CharField(max_length=500)),
                ('review_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='StepCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('finding', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, default='', max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='StepWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.AddField(
            model_name='planstep',
            name='cost',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='planstep',
            name='days',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='planstep',
            name='due_then',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='planstep',
            name='owner_name',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='planstep',
            name='promised_then',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='planstep',
            name='state_then',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='step_takes_a_day_at_least'),
        ),
        migrations.AddField(
            model_name='improvement',
            name='entity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party'),
        ),
        migrations.AddField(
            model_name='improvement',
            name='led_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='improvements', to='plans.workplan'),
        ),
        migrations.AddField(
            model_name='improvement',
            name='matter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='improvement', to='matters.matter'),
        ),
        migrations.AddField(
            model_name='planreview',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='plans.workplan'),
        ),
        migrations.AddField(
            model_name='stepcheck',
            name='ask',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='step_checks', to='matters.ask'),
        ),
        migrations.AddField(
            model_name='stepcheck',
            name='observer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.party'),
        ),
        migrations.AddField(
            model_name='stepwait',
            name='on',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='plans.planstep'),
        ),
        migrations.AddField(
            model_name='stepwait',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waits', to='plans.planstep'),
        ),
        migrations.AddIndex(
            model_name='improvement',
            index=models.Index(fields=['-agreed_on', '-id'], name='improvements_by_day'),
        ),
        migrations.AddConstraint(
            model_name='improvement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entity_name', ''), _negated=True), models.Q(('authority', ''), _negated=True), models.Q(('found_by', ''), _negated=True)), name='improvement_says_who_and_by_what_authority'),
        ),
        migrations.AddConstraint(
            model_name='improvement',
            constraint=models.CheckConstraint(condition=models.Q(('evidence', ''), models.Q(models.Q(('evidence_by', ''), _negated=True), ('evidence_on__isnull', False)), _connector='OR'), name='improvement_evidence_says_by_whom_and_when'),
        ),
        migrations.AddIndex(
            model_name='stepcheck',
            index=models.Index(fields=['ask', '-seen_at'], name='checks_of_a_step'),
        ),
        migrations.AddConstraint(
            model_name='stepcheck',
            constraint=models.CheckConstraint(condition=models.Q(('finding__in', ['fixed', 'partly', 'not_fixed', 'cannot_determine'])), name='step_finding_is_known'),
        ),
        migrations.AddConstraint(
            model_name='stepwait',
            constraint=models.UniqueConstraint(fields=('step', 'on'), name='step_waits_once_for_another'),
        ),
        migrations.AddConstraint(
            model_name='stepwait',
            constraint=models.CheckConstraint(condition=models.Q(('step', models.F('on')), _negated=True), name='step_does_not_wait_for_itself'),
        ),
    ]
