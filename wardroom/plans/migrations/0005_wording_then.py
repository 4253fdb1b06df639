from django.db import migrations, models


def fill(apps, schema_editor):
    """No ask was ever worded otherwise before: each step was asked as it stands today."""
    step_model, ask_model = apps.get_model("plans", "PlanStep"), apps.get_model("matters", "Ask")
    wording = ask_model.objects.filter(pk=models.OuterRef("ask")).values("wording")[:1]
    step_model.objects.update(wording_then=models.Subquery(wording))


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_one_graph")]
    operations = [
        migrations.AddField(
            model_name="planstep",
            name="wording_then",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
