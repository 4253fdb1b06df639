from django.db import migrations


def carry(apps, schema_editor):
    """A step of an older plan waits for the one step it waited for; each plan is looked at again."""
    PlanStep, StepWait = apps.get_model("plans", "PlanStep"), apps.get_model("plans", "StepWait")
    waiting = PlanStep.objects.filter(after__isnull=False).values_list("pk", "after_id")
    StepWait.objects.bulk_create(
        [StepWait(step_id=step, on_id=on) for step, on in waiting.order_by("pk")], batch_size=500
    )
    WorkPlan, Waiting = apps.get_model("plans", "WorkPlan"), apps.get_model("matters", "Waiting")
    plans = WorkPlan.objects.filter(matter__state="open").select_related("matter__place")
    newest = {plan.matter_id: plan for plan in plans.order_by("version")}
    Waiting.objects.bulk_create([_row(Waiting, plan) for plan in newest.values()], batch_size=500)


def _row(model, plan):
    matter = plan.matter
    return model(
        noun="plan",
        key=str(matter.pk),
        party_id=matter.owner_id,
        reason="review",
        due_on=plan.review_on,
        title=f"{matter.title}: {plan.objective}"[:300],
        place_label=matter.place.label[:200] if matter.place else "",
        ward_code=matter.ward_code,
        matter_id=matter.pk,
        since_at=plan.adopted_at,
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_graph_checks_improvements")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
