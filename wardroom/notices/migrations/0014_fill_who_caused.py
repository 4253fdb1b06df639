"""Fill in whose word each message is that was queued before."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Whoever wrote its line in the ledger; none where that was the house."""
    messages = apps.get_model("notices", "Message").objects
    line = apps.get_model("ledger", "Entry").objects.filter(pk=models.OuterRef("entry_id"))
    messages.update(by=models.Subquery(line.values("actor")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0013_who_caused_a_message"),
        ("ledger", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
