from django.db import migrations, models


def name_what_mail_is_about(apps, editor):
    """Mail of before is about its thread, or what it seems to belong to.

    The ward of a suggestion was not kept then: such mail waits for whoever sees the whole city.
    """
    rows = apps.get_model('notices', 'Received').objects
    rows.exclude(thread='').update(about=models.F('thread'))
    rows.filter(thread='').update(about=models.F('like'))


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_mail_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='received',
            name='about',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.RunPython(name_what_mail_is_about, migrations.RunPython.noop),
    ]
