"""Link the papers whose commission the directory has, which were known by their code alone."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def link(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    papers = apps.get_model("engagement", "CommissionPaper").objects.filter(commission=None)
    parties = apps.get_model("directory", "Party").objects.filter(organisation_kind="anc")
    of_code = parties.filter(area_code=OuterRef("anc_code")).order_by("pk").values("pk")
    papers.update(commission=Subquery(of_code[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_consent_that_was_given"),
        ("engagement", "0001_initial"),
    ]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
