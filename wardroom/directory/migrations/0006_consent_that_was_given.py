from django.db import migrations


def fill(apps, schema_editor):
    """Keep what was said before purposes were told apart: it was about answers.

    A point noted without a word about it was not asked about.
    """
    points = apps.get_model("directory", "ContactPoint").objects.exclude(consent_at=None)
    model = apps.get_model("directory", "Consent")
    rows = points.order_by("pk")
    model.objects.bulk_create(
        (
            model(
                point=point,
                purpose="answers",
                given=point.consent,
                at=point.consent_at,
                how=point.consent_how,
                by=point.consent_by,
            )
            for point in rows.iterator()
            if point.consent or point.consent_how
        ),
        batch_size=2000,
    )
    party = apps.get_model("directory", "Party")
    party.objects.filter(agency=True).update(organisation_kind="agency")
    party.objects.filter(kind="organisation", agency=False, organisation_kind="").update(
        organisation_kind="other"
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_organisations_and_consent")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
