"""Saying where an incident is, once somebody knows: the people to call there follow."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import Place
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import CallLine, Incident
from wardroom.incidents.queries.call_list import people_to_call
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import keep_matter_waiting
from wardroom.matters.actions.words import index_matter, save_matter
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_run_incident)
def set_incident_place(
    incident: Incident, *, place: Place | None, where_text: str, stamp: Stamp
) -> Incident:
    """Say where it is; a place that is known brings who is to be called there.

    Other words that no known place fits leave it without one: nobody of the former place is
    written to. Nobody leaves the list, and nobody stands on it twice. The ward stays the one
    that it was opened in. Refuses: nothing said; an incident that is over.
    Records: `IncidentPlaced`.
    """
    if incident.matter.state != "open":
        raise Refused("over", "This incident is over.")
    said = check_text(
        where_text,
        code="where_missing",
        sentence="Say where it is.",
        field="where_text",
        most=rules.LONGEST_WHERE,
    )
    former, incident.where_text = incident.where_text, said
    incident.save(update_fields=["where_text"])
    _place_matter(incident, place, former, stamp)
    added = _add_people(incident, stamp)
    fact = facts.IncidentPlaced(**incident_words(incident), where_text=said, added=added)
    record(fact, stamp=stamp)
    return incident


def _place_matter(incident: Incident, place: Place | None, former: str, stamp: Stamp) -> None:
    """The matter is at the place too, and is called by it unless somebody gave it a name."""
    rows = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("owner")
    matter = rows.get(pk=incident.matter_id)
    label = rules.INCIDENT_KINDS[incident.kind_code].label
    titles = [
        rules.incident_title(label, where, matter.ward_code, exercise=incident.exercise)
        for where in (former, incident.where_text)
    ]
    if matter.title == titles[0]:
        matter.title = titles[1]
    if place is not None or former.casefold() != incident.where_text.casefold():
        matter.place = place
    save_matter(matter, "title", "place")
    index_matter(matter, stamp=stamp)
    keep_matter_waiting(matter, stamp=stamp)
    incident.matter = matter


def _add_people(incident: Incident, stamp: Stamp) -> int:
    held = list(incident.call_list.order_by("position"))
    known = {(line.party_id, line.name) for line in held}
    fresh = [
        one
        for one in people_to_call(incident, on=localdate(stamp.at))
        if (one.party_id, one.name[:200]) not in known
    ]
    last = held[-1].position if held else 0
    CallLine.objects.bulk_create(
        CallLine(
            incident=incident,
            position=n,
            role_label=one.role_label[:120],
            name=one.name[:200],
            party_id=one.party_id,
            phone=one.phone,
        )
        for n, one in enumerate(fresh, last + 1)
    )
    return len(fresh)
