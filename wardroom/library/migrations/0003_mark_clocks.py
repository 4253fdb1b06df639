from django.db import migrations


def mark(apps, schema_editor):
    """Tell the clocks of an older library what their date is for and when the longer one holds."""
    from wardroom.library import rules

    Rule = apps.get_model("library", "Rule")
    for seed in rules.RULES:
        kept = Rule.objects.filter(code=seed.code, valid_from=seed.valid_from)
        kept.update(aim=seed.aim.value, extends=seed.extends, condition=seed.condition)
    # Notice of a meeting is counted back from it; the first library counted it onward.
    wrong = Rule.objects.filter(code="dc-open-meeting-notice", clock="hours-or-business-days")
    wrong.update(clock="hours-or-business-days-before")


class Migration(migrations.Migration):
    dependencies = [("library", "0002_cited_clocks")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
