"""The locations that are there already get the time they were worked on, and their addresses."""

from __future__ import annotations

from django.db import migrations


def fill(apps, schema_editor):
    """Tell each older location how it began, how it ended, and what counts as its place."""
    location_model = apps.get_model("problems", "PersistentLocation")
    spell_model = apps.get_model("problems", "Spell")
    related = ("matter", "place", "decision__candidate", "decision__decided_by")
    for location in location_model.objects.select_related(*related).order_by("pk"):
        candidate, decision = location.decision.candidate, location.decision
        numbers = candidate.numbers if candidate else {}
        location.place_keys = numbers.get("place_keys") or [location.place.key]
        location.radius_m = candidate.radius_m if candidate else 0
        location.save(update_fields=["place_keys", "radius_m"])
        closed = location.matter.state == "closed"
        spell_model.objects.create(
            location=location,
            number=1,
            entry="designated",
            entered_at=decision.decided_at,
            entry_reason=decision.reason,
            entered_by=decision.decided_by.name[:120],
            decision=decision,
            left_at=location.matter.closed_at if closed else None,
            outcome=location.matter.outcome if closed else "",
        )


class Migration(migrations.Migration):

    dependencies = [("problems", "0006_location_file")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
