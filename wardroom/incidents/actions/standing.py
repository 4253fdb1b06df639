"""What the owner of an incident's matter does next; and taking back that the office stood down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.reporting import keep_report_due
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import AfterAction, Incident
from wardroom.ledger.actions import record
from wardroom.matters.actions import drop_task, set_next_step
from wardroom.matters.models import Ask
from wardroom.matters.rules import LIVE, TO_DO, check_text


def say_who_leads(incident: Incident, party: Party, *, stamp: Stamp) -> None:
    """Whoever owns it does the first step, or asks whoever has it instead how it stands."""
    own = party.pk == incident.matter.owner_id
    _set(incident, rules.FIRST_STEP if own else rules.ask_lead(party.name), 0, stamp)


def say_what_follows(incident: Incident, *, stamp: Stamp) -> None:
    """Nobody is at the scene any more: what comes next is a look at the homes."""
    _set(incident, rules.STEP_AFTER, 1, stamp)


@action(policy.may_run_incident)
def resume_incident(incident: Incident, *, reason: str, stamp: Stamp) -> Incident:
    """Take back that the office stood down: the roles are held again, and a report is due.

    The follow-ups and the review that standing down put on the list leave it again, but those
    that were seen to. It can be taken back until the review is begun.
    Refuses: an incident from which nobody stood down, or that is over; one whose review is
    begun; no reason. Records: `IncidentResumed`, and `TaskDropped` for each of them.
    """
    down_at = incident.stood_down_at
    rules.check_resumed(
        stood_down=down_at is not None,
        over=incident.matter.state != "open",
        reviewed=AfterAction.objects.filter(incident=incident).exists(),
    )
    why = check_text(reason, code="reason_missing", sentence="Say why.", field="reason", most=300)
    incident.stood_down_at = None
    incident.next_update_at = stamp.at + rules.FIRST_REPORT_WITHIN
    incident.save(update_fields=["stood_down_at", "next_update_at"])
    incident.duties.filter(until_at=down_at).update(until_at=None)
    record(facts.IncidentResumed(**incident_words(incident), reason=why), stamp=stamp)
    keep_report_due(incident, stamp=stamp)
    house = replace(stamp, actor=SYSTEM)
    follow = Ask.objects.filter(matter=incident.matter, kind=TO_DO, asked_at=down_at)
    for ask in follow.filter(state__in=LIVE).order_by("pk"):
        drop_task(ask, reason="Standing down was taken back", stamp=house)
    _go_on(incident, stamp)
    return incident


def _go_on(incident: Incident, stamp: Stamp) -> None:
    """What was next after standing down is not next any more; what a person wrote stands."""
    leads, matter = incident.taken_by, incident.matter
    if leads is None or matter.next_step != rules.STEP_AFTER:
        return
    own = leads.pk == matter.owner_id
    step = rules.FIRST_STEP if own else rules.ask_lead(leads.name)
    today = localdate(stamp.at)
    set_next_step(matter, next_on=today, next_step=step, stamp=replace(stamp, actor=SYSTEM))


def _set(incident: Incident, step: str, days: int, stamp: Stamp) -> None:
    """Put the next step of the house in place of another of its own, never of a person's."""
    stands = incident.matter.next_step
    if stands == step or not (stands == rules.FIRST_STEP or stands.startswith(rules.ASK_LEAD)):
        return
    on = localdate(stamp.at) + timedelta(days=days)
    set_next_step(incident.matter, next_on=on, next_step=step, stamp=replace(stamp, actor=SYSTEM))
