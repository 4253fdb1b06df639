from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def place_them(apps, schema_editor):
    """A candidate of the first method lay where its place is, and lost nothing it can show."""
    Candidate = apps.get_model("problems", "Candidate")
    Place = apps.get_model("city", "Place")
    here = Place.objects.filter(pk=OuterRef("place"))
    Candidate.objects.update(
        latitude=Coalesce(Subquery(here.values("latitude")[:1]), 0.0),
        longitude=Coalesce(Subquery(here.values("longitude")[:1]), 0.0),
    )
    over = Candidate.objects.filter(episodes__gt=F("expected"))
    over.update(excess_a_month=(F("episodes") - F("expected")) / 12.0)


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial"), ("city", "0002_ground_and_points")]
    operations = [
        migrations.RemoveField("detection", "shape"),
        migrations.RemoveField("detection", "rate"),
        migrations.AddField("detection", "left_out", models.PositiveIntegerField(default=0)),
        migrations.AddField("detection", "calibration", models.JSONField(null=True)),
        migrations.AddField("detection", "calibrated_as_of", models.DateTimeField(null=True)),
        migrations.RemoveField("candidate", "ratio"),
        migrations.AddField("candidate", "latitude", models.FloatField(default=0.0), preserve_default=False),
        migrations.AddField("candidate", "longitude", models.FloatField(default=0.0), preserve_default=False),
        migrations.AddField("candidate", "radius_m", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("candidate", "p_value", models.FloatField(null=True)),
        migrations.AddField("candidate", "q_value", models.FloatField(null=True)),
        migrations.AddField("candidate", "flagged", models.BooleanField(default=True), preserve_default=False),
        migrations.AddField("candidate", "excess_a_month", models.FloatField(default=0.0)),
        migrations.AddField("candidate", "course", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField("candidate", "window", models.PositiveSmallIntegerField(default=12)),
        migrations.AddField("candidate", "severity", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("candidate", "overdue", models.PositiveIntegerField(default=0)),
        migrations.AddField("candidate", "busy_episodes", models.PositiveIntegerField(default=0)),
        migrations.AddField("candidate", "stuck_months", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(place_them, migrations.RunPython.noop),
    ]
