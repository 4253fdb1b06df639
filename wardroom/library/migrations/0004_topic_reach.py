from django.db import migrations, models


def weigh(apps, schema_editor):
    """Give the topics of an older library the severity that the office starts with."""
    from wardroom.library import rules

    Topic = apps.get_model("library", "Topic")
    for seed in rules.TOPICS:
        Topic.objects.filter(code=seed.code).update(severity=seed.severity)


class Migration(migrations.Migration):
    dependencies = [("library", "0003_mark_clocks")]
    operations = [
        migrations.RemoveField("topic", "silent_days"),
        migrations.AddField("topic", "severity", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("topic", "reach_m", models.PositiveSmallIntegerField(default=40)),
        migrations.RunPython(weigh, migrations.RunPython.noop),
    ]
