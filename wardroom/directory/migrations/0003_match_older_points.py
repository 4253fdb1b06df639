from django.db import migrations


def fill(apps, schema_editor):
    """Let contact points that are there already be found by what they are."""
    from wardroom.directory.rules import match_key

    model = apps.get_model("directory", "ContactPoint")
    for point in model.objects.filter(match=""):
        model.objects.filter(pk=point.pk).update(match=match_key(point.channel, point.value))


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_contact_points_that_match")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
