"""Fill in from when everybody may read the end of what is closed by now."""

from django.db import migrations, models


def keep_ends(apps, schema_editor):
    """An end is public since it was closed; not where its letter waits, or where it came back."""
    names = ("Issue", "Complaint")
    issues, complaints = (apps.get_model("casework", name).objects for name in names)
    matters = apps.get_model("matters", "Matter").objects
    messages = apps.get_model("notices", "Message").objects
    ends = models.OuterRef("matter_id")
    closed = matters.filter(pk=ends).values("closed_at")[:1]
    done = issues.filter(matter__state="closed", matter__merged_into=None)
    done.update(end_public_at=models.Subquery(closed))
    waiting = messages.filter(state="queued", attempts=0, entry__kind="ReporterTold")
    about = [body.get("complaint_id") for body in waiting.values_list("entry__body", flat=True)]
    held = complaints.filter(pk__in=about, told_at__isnull=False).values("matter_id")
    issues.filter(matter__in=held).update(end_public_at=None)
    moved = models.Q(matter__merged_into__isnull=False) | models.Q(matter__returns__isnull=False)
    for issue in issues.filter(moved, matter__state="closed").distinct().order_by("pk"):
        now = _now(issues, matters.get(pk=issue.matter_id))
        if now.pk != issue.matter_id:
            other = issues.filter(matter=now).values_list("end_public_at", flat=True).first()
            issues.filter(pk=issue.pk).update(stands_as=now, end_public_at=other)


def _now(issues, matter):
    while True:
        while matter.merged_into is not None:
            matter = matter.merged_into
        again = issues.filter(return_of=matter).select_related("matter").order_by("-pk").first()
        if matter.state == "open" or again is None:
            return matter
        matter = again.matter


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_public_ends"),
        ("notices", "0008_hooks"),
    ]

    operations = [migrations.RunPython(keep_ends, migrations.RunPython.noop)]
