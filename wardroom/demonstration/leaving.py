"""An invented liaison who leaves Ward 8, so that a handover under way can be looked at."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Role
from wardroom.demonstration.loader import PASSWORD, Plan, stamp_of
from wardroom.directory.actions import hire_person
from wardroom.directory.queries import get_person
from wardroom.kernel.facts import Ref
from wardroom.matters.actions import (
    accept_items,
    add_task,
    send_back_items,
    set_successor,
    start_handover,
    write_handover_note,
)
from wardroom.matters.models import Handover

WARD = "8"
LEAVER = f"liaison{WARD}@wardroom.example"
SUCCESSOR = f"second.liaison{WARD}@wardroom.example"
DIRECTOR = "director@wardroom.example"
NOTE = "The owner of the corner house answers the telephone before nine, and never writes."


def show_handover(plan: Plan) -> int:
    """Let the liaison of Ward 8 hand over to a second one; gives the number of things."""
    if Handover.objects.exists():
        return 0
    at = plan.now - timedelta(days=2)
    leaver = get_person(LEAVER)
    if leaver is None:
        return 0
    director = stamp_of(DIRECTOR, at)
    for days, wording in enumerate(("Ring the owner of the corner house", "Thank the crew"), 3):
        due_on = localdate(at) + timedelta(days=days)
        add_task(None, party=leaver, wording=wording, due_on=due_on, stamp=stamp_of(LEAVER, at))
    successor = get_person(SUCCESSOR) or hire_person(
        None,
        email=SUCCESSOR,
        name=f"Second Liaison of Ward {WARD}",
        password=PASSWORD,
        role=Role.LIAISON,
        since_on=localdate(at),
        ward_code=WARD,
        stamp=director,
    )
    handover = start_handover(
        leaver,
        why="A detail to another office of the city",
        last_on=localdate(plan.now) + timedelta(days=5),
        stamp=director,
    )
    write_handover_note(handover, text=NOTE, ward_code=WARD, stamp=stamp_of(LEAVER, at))
    items = list(handover.items.order_by("pk"))
    things = [Ref(item.noun, item.key) for item in items]
    set_successor(handover, successor=successor, things=things, stamp=director)
    later = stamp_of(SUCCESSOR, at + timedelta(days=1))
    accept_items(handover, items=[items[0].pk], stamp=later)
    tasks = [item.pk for item in items if item.kind == "task"]
    send_back_items(handover, items=tasks[-1:], reason="I do not know the crew", stamp=later)
    return len(items)
