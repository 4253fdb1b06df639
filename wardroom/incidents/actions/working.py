"""Working through an incident: the checklist, and the list of whom to call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.rules import check_phone
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import CallLine, ChecklistLine, Incident
from wardroom.incidents.queries.call_list import people_to_call
from wardroom.incidents.rules.checklists import VERSION, checklist_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text


def begin_work(incident: Incident, *, stamp: Stamp) -> None:
    """Give a new incident the checklist of its kind, and the people to call as they stand now."""
    ChecklistLine.objects.bulk_create(
        ChecklistLine(
            incident=incident, position=n, code=item.code, text=item.text, version=VERSION
        )
        for n, item in enumerate(checklist_of(incident.kind_code), 1)
    )
    people = people_to_call(incident, on=localdate(stamp.at))
    CallLine.objects.bulk_create(
        CallLine(
            incident=incident,
            position=n,
            role_label=one.role_label[:120],
            name=one.name[:200],
            party_id=one.party_id,
            phone=one.phone,
        )
        for n, one in enumerate(people, 1)
    )


@action(policy.may_run_incident)
def tick_checklist(incident: Incident, *, line_ids: Iterable[int], stamp: Stamp) -> Incident:
    """Say that lines of the checklist are done, one or several at once.

    Refuses: no line; lines of another incident. Records: `ChecklistLinesDone`.
    """
    wanted = set(line_ids)
    lines = list(incident.checklist.filter(pk__in=wanted).order_by("position"))
    if not wanted or len(lines) != len(wanted):
        raise Refused("no_lines", "Choose the lines that are done.", field="lines")
    fresh = [line for line in lines if line.state != "done"]
    if not fresh:
        raise Refused("already_done", "These lines are done already.", field="lines")
    for line in fresh:
        line.state, line.done_at, line.done_by = "done", stamp.at, stamp.actor.name[:120]
        line.save(update_fields=["state", "done_at", "done_by"])
    fact = facts.ChecklistLinesDone(
        **incident_words(incident), lines=tuple(line.text for line in fresh)
    )
    record(fact, stamp=stamp)
    return incident


@action(policy.may_run_incident)
def leave_line_out(incident: Incident, *, line_id: int, reason: str, stamp: Stamp) -> Incident:
    """Say that a line of the checklist is not needed here, and why.

    Refuses: a line of another incident, or that is done; no reason.
    Records: `ChecklistLineLeftOut`.
    """
    line = incident.checklist.filter(pk=line_id).first()
    if line is None or line.state == "done":
        raise Refused("no_lines", "Choose a line that is not done.", field="line")
    line.note = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    line.state, line.done_at, line.done_by = "left_out", stamp.at, stamp.actor.name[:120]
    line.save()
    fact = facts.ChecklistLineLeftOut(**incident_words(incident), line=line.text, reason=line.note)
    record(fact, stamp=stamp)
    return incident


@action(policy.may_run_incident)
def put_line_back(incident: Incident, *, line_id: int, stamp: Stamp) -> Incident:
    """Put a line of the checklist back that was ticked, or left out, by mistake.

    What was said of it stays in the history. Refuses: an incident that is over; a line of
    another incident, or one that is open. Records: `ChecklistLinePutBack`.
    """
    if incident.matter.state != "open":
        raise Refused("over", "This incident is over.")
    line = incident.checklist.filter(pk=line_id).exclude(state="open").first()
    if line is None:
        raise Refused("no_lines", "Choose a line that was seen to.", field="line")
    line.state, line.note, line.done_at, line.done_by = "open", "", None, ""
    line.save(update_fields=["state", "note", "done_at", "done_by"])
    record(facts.ChecklistLinePutBack(**incident_words(incident), line=line.text), stamp=stamp)
    return incident


@action(policy.may_run_incident)
def note_incident_call(
    incident: Incident, *, line_id: int, outcome: str, note: str = "", stamp: Stamp
) -> Incident:
    """Note that somebody of the call list was called, and whether they were reached.

    Refuses: somebody of another list; an outcome that is none. Records: `IncidentCallNoted`.
    """
    line = incident.call_list.filter(pk=line_id).first()
    if line is None:
        raise Refused("no_such_call", "Choose somebody of the list.", field="call")
    if outcome not in rules.CALL_OUTCOMES:
        raise Refused("unknown_outcome", "Say whether they were reached.", field="outcome")
    line.outcome, line.note = outcome, " ".join(note.split())[:300]
    line.called_at, line.called_by = stamp.at, stamp.actor.name[:120]
    line.save()
    fact = facts.IncidentCallNoted(
        **incident_words(incident),
        called=line.name,
        role_label=line.role_label,
        outcome_label=rules.CALL_OUTCOMES[outcome],
        note=line.note,
    )
    record(fact, stamp=stamp)
    return incident


@action(policy.may_run_incident)
def add_call_line(
    incident: Incident, *, called: str, role_label: str, phone: str = "", stamp: Stamp
) -> Incident:
    """Put somebody else on the list of whom to call.

    Refuses: no name; a phone number that is none. Records: `CallLineAdded`.
    """
    name = check_text(called, code="name_missing", sentence="Say who.", field="called", most=200)
    last = incident.call_list.order_by("-position").first()
    line = CallLine.objects.create(
        incident=incident,
        position=last.position + 1 if last is not None else 1,
        name=name,
        role_label=" ".join(role_label.split())[:120] or "To be called",
        phone=check_phone(phone) if phone.strip() else "",
    )
    fact = facts.CallLineAdded(
        **incident_words(incident), called=line.name, role_label=line.role_label
    )
    record(fact, stamp=stamp)
    return incident
