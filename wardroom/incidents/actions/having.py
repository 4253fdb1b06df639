"""Saying that one has an incident, from its page or by the link that called; how one works on it.

Taking and the next step lock the same row: whichever comes first stands.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate, localtime

from wardroom.access.actor import SYSTEM, Actor, Role, Stamp
from wardroom.access.gate import action
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.calling import (
    call_after_giving_back,
    call_after_pass,
    end_call_outs,
    end_called,
    end_open,
)
from wardroom.incidents.actions.caring import begin_lead, is_at_scene, leave_scene
from wardroom.incidents.actions.holding import hold_matter
from wardroom.incidents.actions.reporting import pass_reports_on
from wardroom.incidents.actions.standing import say_who_leads
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import CallOut, Incident
from wardroom.incidents.queries.links import CALL_OUT
from wardroom.incidents.queries.own import LEAD
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import clock
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text
from wardroom.notices.actions import spend_key
from wardroom.notices.queries.keys import OPENS_NOTHING

MINE, CANNOT = "mine", "cannot"


@action(policy.may_take_incident)
def take_incident(incident: Incident, *, stamp: Stamp) -> Incident:
    """Say "I have it": from now on nobody else is called.

    Refuses: an incident that is over, or that somebody has. Records: `IncidentTaken`.
    """
    note_taken(incident, get_party_of(stamp.actor), how="from its page", stamp=stamp)
    return incident


@action(policy.may_answer_call_out)
def answer_call_out(_: None, *, token: str, answer: str, stamp: Stamp) -> CallOut:
    """Answer a call by its link: "I have it", or "I cannot", and then the next is called at once.

    Whoever has it by then says with the same answer that they cannot after all.
    Refuses: `key_closed`; what taking refuses; an answer that is none.
    Records: `KeySpent`, and `IncidentTaken`, `CallOutPassed` or `IncidentGivenBack`.
    """
    key = spend_key(None, token=token, purpose=CALL_OUT, stamp=stamp)
    row = CallOut.objects.filter(pk=int(key.key)).first()
    if row is None:
        raise NotFound(f"no call-out {key.key}")
    incident = Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=row.incident_id)
    call_out = CallOut.objects.select_related("party__user").get(pk=row.pk)
    if not actor_for(call_out.party.user, on=localdate(stamp.at)).has(*policy.CALLED_ROLES):
        raise Refused("key_closed", OPENS_NOTHING)
    bearer = Actor(
        user_id=None,
        name=f"{call_out.party.name} by link"[:120],
        roles=frozenset({Role.SYSTEM}),
    )
    if answer == MINE:
        answer_mine(incident, call_out=call_out, stamp=replace(stamp, actor=bearer))
    elif answer == CANNOT and incident.taken_by_id == call_out.party_id:
        answer_cannot_after_all(incident, call_out=call_out, stamp=replace(stamp, actor=bearer))
    elif answer == CANNOT:
        pass_call_out(incident, call_out=call_out, stamp=replace(stamp, actor=bearer))
    else:
        raise Refused("no_answer", "Choose one of the two answers.")
    call_out.refresh_from_db()
    return call_out


@action(policy.may_run_house)
def answer_mine(incident: Incident, *, call_out: CallOut, stamp: Stamp) -> Incident:
    """Take an incident on the word of the link that called.

    Refuses: what taking refuses. Records: `IncidentTaken`.
    """
    note_taken(incident, call_out.party, how="by the link", step=call_out.step, stamp=stamp)
    return incident


@action(policy.may_run_house)
def pass_call_out(incident: Incident, *, call_out: CallOut, stamp: Stamp) -> Incident:
    """Say that one cannot take it; where everybody waited for that, the next is called at once.

    Refuses: an incident that is over, or that somebody has. Records: `CallOutPassed`, and what
    the next step records.
    """
    _check_free(incident, call_out.party)
    if call_out.state == rules.CALL_PASSED:
        raise Refused("already_passed", "You said that you cannot. Somebody else was called.")
    was_open = call_out.state == rules.CALL_OPEN
    if was_open:
        end_open(incident, rules.CALL_PASSED, stamp=stamp)
    else:
        CallOut.objects.filter(pk=call_out.pk).update(state=rules.CALL_PASSED)
    end_called(incident, call_out.party_id)
    fact = facts.CallOutPassed(
        **incident_words(incident),
        call_out_id=call_out.pk,
        step=call_out.step,
        party_id=call_out.party_id,
        party_name=call_out.party.name,
    )
    record(fact, stamp=stamp)
    if was_open:
        call_out.refresh_from_db()
        call_after_pass(incident, call_out, stamp=replace(stamp, actor=SYSTEM))
    return incident


@action(policy.may_run_house)
def answer_cannot_after_all(incident: Incident, *, call_out: CallOut, stamp: Stamp) -> Incident:
    """Give an incident back on the word of the link that called.

    Refuses: what giving back refuses. Records: `IncidentGivenBack`, and what the next step records.
    """
    note_given_back(incident, call_out.party, stamp=stamp)
    return incident


@action(policy.may_give_incident_back)
def give_incident_back(incident: Incident, *, stamp: Stamp) -> Incident:
    """Say "I cannot after all": nobody has it then, and the next is called at once.

    Whoever knows who goes on hands the first role over instead. Refuses: an incident that
    somebody else has, from which the office stood down, or that is over.
    Records: `IncidentGivenBack`, and what the next step records.
    """
    note_given_back(incident, get_party_of(stamp.actor), stamp=stamp)
    return incident


def note_given_back(incident: Incident, party: Party, *, stamp: Stamp) -> None:
    """Let nobody have it, and call the next. The row is locked by the action that calls this."""
    hold_matter(incident)
    if incident.taken_by_id != party.pk:
        raise Refused("not_yours", "You do not have this incident.")
    if incident.stood_down_at is not None or incident.matter.state != "open":
        raise Refused("over", "The office stood down already.")
    incident.taken_at = incident.taken_by = incident.exhausted_at = None
    incident.save(update_fields=["taken_at", "taken_by", "exhausted_at"])
    incident.duties.filter(role=LEAD, until_at=None).update(until_at=stamp.at)
    fact = facts.IncidentGivenBack(
        **incident_words(incident), party_id=party.pk, party_name=party.name
    )
    record(fact, stamp=stamp)
    if incident.arrived_at is None or is_at_scene(incident, party):
        leave_scene(incident)
    pass_reports_on(incident, party, stamp=stamp)
    say_who_leads(incident, incident.matter.owner, stamp=stamp)
    call_after_giving_back(incident, party, stamp=replace(stamp, actor=SYSTEM))


def note_taken(
    incident: Incident, party: Party, *, how: str, step: int | None = None, stamp: Stamp
) -> None:
    """Let somebody have it. The incident's row is locked by the action that calls this."""
    _check_free(incident, party)
    if step is None:
        mine = incident.call_outs.filter(party=party).order_by("-step").first()
        step = mine.step if mine is not None else 0
    incident.taken_at, incident.taken_by = stamp.at, party
    if incident.first_report_at is None:
        incident.next_update_at = incident.opened_at + rules.FIRST_REPORT_WITHIN
    incident.save(update_fields=["taken_at", "taken_by", "next_update_at"])
    begin_lead(incident, party, stamp=stamp)
    end_call_outs(incident, taken_by=party, stamp=stamp)
    pass_reports_on(incident, None, stamp=stamp)
    say_who_leads(incident, party, stamp=stamp)
    fact = facts.IncidentTaken(
        **incident_words(incident),
        party_id=party.pk,
        party_name=party.name,
        minutes=max(0, int((stamp.at - incident.opened_at).total_seconds() // 60)),
        step=step,
        how=how,
    )
    record(fact, stamp=stamp)


def _check_free(incident: Incident, party: Party) -> None:
    """Refuses: an incident that is over, or that somebody has."""
    hold_matter(incident)
    if incident.taken_by is not None and (at := incident.has_since) is not None:
        since = clock(localtime(at).time())
        if incident.taken_by_id == party.pk:
            raise Refused("already_yours", f"You have it since {since}.")
        raise Refused("already_taken", f"{incident.taken_by.name} has it since {since}.")
    if incident.matter.state != "open":
        raise Refused("over", "This incident is over.")


@action(policy.may_run_incident)
def set_severity(incident: Incident, *, severity: int, reason: str, stamp: Stamp) -> Incident:
    """Say how grave an incident is, now that more is known.

    Where it turned out graver, whoever is called next is called the sooner.
    Refuses: a severity that is not known, or that it has; no reason. Records: `SeveritySet`.
    """
    former = incident.severity
    if rules.check_gravity(severity) == former:
        raise Refused("already_so", f"It has severity {former}.", field="severity")
    why = check_text(reason, code="reason_missing", sentence="Say why.", field="reason", most=300)
    incident.severity = severity
    incident.save(update_fields=["severity"])
    fact = facts.SeveritySet(
        **incident_words(incident),
        severity=severity,
        former=former,
        reason=why,
        next_call_minutes=_bring_forward(incident, former, stamp),
    )
    record(fact, stamp=stamp)
    return incident


def _bring_forward(incident: Incident, former: int, stamp: Stamp) -> int | None:
    """Let the next step fall sooner; the minutes until then, or none where nothing moved."""
    waits = incident.call_outs.filter(state=rules.CALL_OPEN).first()
    if waits is None:
        return None
    due_at = rules.brought_forward(
        waits.due_at, severity=incident.severity, former=former, at=stamp.at
    )
    if due_at == waits.due_at:
        return None
    waits.due_at = due_at
    waits.save(update_fields=["due_at"])
    return rules.STEP_MINUTES[incident.severity]


@action(policy.may_run_incident)
def set_way_of_work(
    incident: Incident, *, mode: str, lead_text: str = "", stamp: Stamp
) -> Incident:
    """Say whether one goes there, and who leads at the scene, which is never the office.

    Refuses: neither of the two. Records: `WayOfWorkSet`.
    """
    incident.mode = rules.check_mode(mode)
    incident.lead_text = " ".join(lead_text.split())[:200]
    incident.save(update_fields=["mode", "lead_text"])
    fact = facts.WayOfWorkSet(
        **incident_words(incident),
        mode_label=rules.MODES[incident.mode],
        lead_text=incident.lead_text,
    )
    record(fact, stamp=stamp)
    return incident


@action(policy.may_run_incident)
def note_arrival(incident: Incident, *, stamp: Stamp) -> Incident:
    """Say "I am there".

    Refuses: where somebody is there already. Records: `ArrivalNoted`.
    """
    if incident.arrived_at is not None:
        raise Refused("already_there", "Somebody is at the scene already.")
    incident.arrived_at, incident.mode = stamp.at, "go"
    incident.save(update_fields=["arrived_at", "mode"])
    record(facts.ArrivalNoted(**incident_words(incident), party_name=stamp.actor.name), stamp=stamp)
    return incident
