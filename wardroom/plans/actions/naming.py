"""Who at an agency sees to a step, which two people may write down at the same time."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import moved_since, same, version_of
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters.rules import check_length
from wardroom.plans import facts, policy
from wardroom.plans.actions.verifying import step_words
from wardroom.plans.models import PlanStep, WorkPlan


@action(policy.may_name_step_owner)
def name_step_owner(step: PlanStep, *, owner_name: str, seen: str = "", stamp: Stamp) -> PlanStep:
    """Say who at the agency sees to a step; nobody has to be known to the house.

    ``seen`` is the version that the writer had before them. A version of the plan that is
    being adopted takes over the name or comes before it, never beside it.
    Refuses: a name that is there already, or is too long; a step of a version that another
    one replaced; `stale`. Records: `StepOwnerNamed`.
    """
    matter = step.plan.matter
    hold(matter)
    if WorkPlan.objects.filter(matter=matter, version__gt=step.plan.version).exists():
        raise Refused("already_replaced", "A newer version replaced this one. Look at that one.")
    name = check_length(owner_name, field="owner_name", most=120)
    check_owner_seen(step, name, seen=seen, field="owner_name")
    if name == step.owner_name:
        raise Refused("already_so", "That name is there already.", field="owner_name")
    former, step.owner_name = step.owner_name, name
    step.save(update_fields=["owner_name"])
    fact = facts.StepOwnerNamed(**step_words(step), owner_name=name, former_name=former)
    record(fact, stamp=stamp)
    return step


def check_owner_seen(step: PlanStep, name: str, *, seen: str, field: str) -> None:
    """Refuse to overwrite a name that somebody else saved after the page was opened.

    Refuses: `Stale`, unless both wrote the same.
    """
    now = {"owner_name": step.owner_name}
    if not seen or not moved_since(seen, now) or same(name, step.owner_name):
        return
    lines = Entry.objects.filter(kind=facts.StepOwnerNamed.__name__, body__ask_id=step.ask_id)
    last = lines.order_by("-pk").first()
    raise Stale(
        seen=version_of(now),
        theirs=(("Who there sees to it", step.owner_name),),
        by=last.actor_name if last else "",
        at=last.at if last else None,
        field=field,
    )
