from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from wardroom.reporting.rules.packing import matters_named, unpacked


def fill(apps: Any, schema_editor: Any) -> None:
    """Of which matters each edition and packet tells, out of what is frozen with it."""
    named, matter = apps.get_model("reporting", "NamedMatter"), apps.get_model("matters", "Matter")

    def note(what: str, row: Any, *told: Any) -> None:
        rows = matter.objects.filter(pk__in=matters_named(*told)).order_by("pk")
        named.objects.bulk_create(named(**{what: row}, matter=one) for one in rows)

    for frozen in apps.get_model("reporting", "FrozenRows").objects.order_by("pk").iterator():
        note("edition", frozen.edition, unpacked(frozen.content)[0], frozen.edition.facts)
    for packet in apps.get_model("reporting", "Packet").objects.order_by("pk").iterator():
        note("packet", packet, packet.content)


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0010_destroyed"),
        ("reporting", "0009_measure_targets"),
    ]
    operations = [
        migrations.CreateModel(
            name="NamedMatter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="reporting.edition",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
                (
                    "packet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="reporting.packet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition__isnull", False), ("packet__isnull", True)),
                            models.Q(("edition__isnull", True), ("packet__isnull", False)),
                            _connector="OR",
                        ),
                        name="matter_is_named_by_one_thing",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
