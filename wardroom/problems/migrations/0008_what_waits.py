"""Open nominations and disputes come into the worklist."""

from __future__ import annotations

from datetime import timedelta

from django.db import migrations
from django.utils.timezone import localdate


def fill(apps, schema_editor):
    """Put what nobody decided or settled yet into the list of whoever runs the ward."""
    waiting_model = apps.get_model("matters", "Waiting")
    rows = []
    decisions = apps.get_model("problems", "Decision").objects
    nominations = apps.get_model("problems", "Nomination").objects.select_related("place")
    for row in nominations.order_by("pk"):
        later = decisions.filter(place=row.place_id, decided_at__gte=row.nominated_at)
        party = _who(apps, row.ward_code)
        if later.exists() or party is None:
            continue
        rows.append(
            waiting_model(
                noun="nomination",
                key=str(row.pk),
                party_id=party,
                reason="nominated",
                due_on=localdate(row.nominated_at) + timedelta(days=14),
                title=f"{row.place.label}, nominated by {row.nominated_by}"[:300],
                place_label=row.place.label[:200],
                ward_code=row.ward_code,
                since_at=row.nominated_at,
            )
        )
    disputes = apps.get_model("fieldwork", "Dispute").objects.filter(settled_at=None)
    for row in disputes.select_related("stop__ask").order_by("pk"):
        stop, party = row.stop, _who(apps, row.stop.ward_code)
        if party is None:
            continue
        rows.append(
            waiting_model(
                noun="dispute",
                key=f"{stop.round_id}-{stop.pk}",
                party_id=party,
                reason="dispute",
                due_on=localdate(row.disputed_at) + timedelta(days=7),
                title=f"{stop.agency}: {stop.kind_name}, {stop.label}"[:300],
                place_label=stop.label[:200],
                ward_code=stop.ward_code,
                agency_code=stop.agency,
                matter_id=stop.ask.matter_id if stop.ask else None,
                since_at=row.disputed_at,
            )
        )
    waiting_model.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _who(apps, ward_code):
    """Whoever has the role in the ward, or else a director."""
    grants = apps.get_model("access", "Grant").objects.filter(called_off=False, cover=False)
    parties = apps.get_model("directory", "Party").objects
    for wanted in ({"role": "liaison", "ward_code": ward_code}, {"role": "director"}):
        users = grants.filter(valid_until=None, **wanted).order_by("pk").values("user")
        party = parties.filter(user__in=users).order_by("pk").values_list("pk", flat=True).first()
        if party is not None:
            return party
    return None


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0007_first_spells"),
        ("fieldwork", "0004_disputes"),
        ("matters", "0008_where_of_an_ask"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
