from django.db import migrations
from django.utils.timezone import localdate


def fill(apps, schema_editor):
    """Give older asks the ward of their matter, and older work its rows in the worklist."""
    from wardroom.matters import rules

    Ask, Waiting = apps.get_model("matters", "Ask"), apps.get_model("matters", "Waiting")
    Matter = apps.get_model("matters", "Matter")
    rows = []
    for matter in Matter.objects.filter(state="open").select_related("place"):
        wait = rules.matter_waits(matter.state, matter.next_on)
        title = f"{matter.title}: {matter.next_step}" if matter.next_step else matter.title
        rows.append(_row(Waiting, "matter", matter.pk, matter, wait, title, matter.opened_at))
    for ask in Ask.objects.select_related("matter__place", "party"):
        Ask.objects.filter(pk=ask.pk).update(ward_code=ask.matter.ward_code)
        wait = rules.ask_waits(
            "referral",
            ask.state,
            due_on=ask.due_on,
            promised_on=ask.promised_on,
            proposed_on=localdate(ask.proposed_at),
            answered_on=localdate(ask.answered_at) if ask.answered_at else None,
            done_on=localdate(ask.done_at) if ask.done_at else None,
            settled=False,
        )
        if wait and ask.matter.state == "open":
            title = f"{ask.party.code}: {ask.wording}"
            rows.append(_row(Waiting, "ask", ask.pk, ask.matter, wait, title, ask.proposed_at))
            rows[-1].agency_code = ask.agency_code
    Waiting.objects.bulk_create(rows, batch_size=500)


def _row(model, noun, key, matter, wait, title, since_at):
    return model(
        noun=noun,
        key=str(key),
        party_id=matter.owner_id,
        reason=wait.reason,
        due_on=wait.due_on,
        title=title[:300],
        place_label=matter.place.label[:200] if matter.place else "",
        ward_code=matter.ward_code,
        matter_id=matter.pk,
        since_at=since_at,
    )


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_casework_core")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
