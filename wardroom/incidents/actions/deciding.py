"""Deciding what an alert is to the office: an incident with an owner, or nothing."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.taking import alert_words
from wardroom.incidents.actions.waiting import keep_alert_waiting, keep_change_waiting
from wardroom.incidents.models import IncidentDraft
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_decide_alert)
def open_incident(
    draft: IncidentDraft,
    *,
    title: str,
    owner: Party,
    next_on: date,
    next_step: str = "",
    ward: District | None = None,
    stamp: Stamp,
) -> Matter:
    """Open an incident from an alert: somebody owns it until it is over.

    Refuses: an alert that was opened, or is an exercise; a ward that it does not touch; what
    `open_matter` refuses. Records: `MatterOpened`, `AlertOpened`.
    """
    after = rules.check_move(draft.state, "open_incident")
    touched = draft.touched_wards
    if ward is not None and touched and ward.code not in touched:
        raise Refused(
            "ward_not_touched", "Choose one of the wards that the alert touches.", field="ward_code"
        )
    matter: Matter = open_matter(
        None,
        kind=rules.INCIDENT,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=next_step,
        ward=ward,
        stamp=stamp,
    )
    draft.state, draft.matter, draft.reason = after, matter, ""
    _save_decided(draft, stamp)
    record(facts.AlertOpened(**alert_words(draft), matter_id=matter.pk), stamp=stamp)
    keep_alert_waiting(draft, stamp=stamp)
    return matter


@action(policy.may_decide_alert)
def set_alert_aside(draft: IncidentDraft, *, reason: str, stamp: Stamp) -> IncidentDraft:
    """Say that an alert needs nothing of the office, and why; a graver update brings it back.

    Refuses: an alert that does not wait; no reason. Records: `AlertSetAside`.
    """
    after = rules.check_move(draft.state, "set_alert_aside")
    draft.reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    draft.state = after
    _save_decided(draft, stamp)
    record(facts.AlertSetAside(**alert_words(draft), reason=draft.reason), stamp=stamp)
    keep_alert_waiting(draft, stamp=stamp)
    return draft


@action(policy.may_end_alert)
def end_alert(draft: IncidentDraft, *, stamp: Stamp) -> IncidentDraft:
    """Take an alert whose time ran out off the lists; it can still be opened.

    Refuses: an alert that does not wait, or whose time runs. Records: `AlertRanOut`.
    """
    after = rules.check_move(draft.state, "end_alert")
    if draft.ends_at is None or draft.ends_at > stamp.at:
        raise Refused("still_on", "The time of this alert still runs.")
    draft.state = after
    draft.save(update_fields=["state"])
    record(facts.AlertRanOut(**alert_words(draft)), stamp=stamp)
    keep_alert_waiting(draft, stamp=stamp)
    return draft


@action(policy.may_read_change)
def read_alert_change(draft: IncidentDraft, *, stamp: Stamp) -> IncidentDraft:
    """Note that what is new in the alert behind an incident was read.

    Refuses: where nothing is new. Records: `AlertChangeRead`.
    """
    matter = draft.matter
    if matter is None or draft.changed_at is None:
        raise Refused("already_read", "There is nothing new in this alert.")
    draft.changed_at = None
    draft.save(update_fields=["changed_at"])
    record(facts.AlertChangeRead(**matter_words(matter), draft_id=draft.pk), stamp=stamp)
    keep_change_waiting(draft, stamp=stamp)
    return draft


@action(policy.may_end_incident)
def end_incident(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say how an incident ended; what its alert still says then waits for nobody.

    Refuses: what `close_matter` refuses. Records: `MatterClosed`.
    """
    closed: Matter = close_matter(matter, outcome=outcome, text=text, stamp=stamp)
    draft = IncidentDraft.objects.filter(matter=closed).select_related("matter__owner").first()
    if draft is not None and draft.changed_at is not None:
        draft.changed_at = None
        draft.save(update_fields=["changed_at"])
        keep_change_waiting(draft, stamp=stamp)
    return closed


def _save_decided(draft: IncidentDraft, stamp: Stamp) -> None:
    draft.decided_by, draft.decided_at = stamp.actor.name, stamp.at
    draft.save()
