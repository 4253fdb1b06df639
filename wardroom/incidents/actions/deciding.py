"""Deciding what an alert is to the office: an incident with an owner, or nothing."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.calling import end_call_outs
from wardroom.incidents.actions.having import note_taken
from wardroom.incidents.actions.opening import begin_incident, take_or_call
from wardroom.incidents.actions.reporting import BACK, keep_report_due
from wardroom.incidents.actions.taking import alert_words
from wardroom.incidents.actions.waiting import keep_alert_waiting, keep_change_waiting
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import AfterAction, Incident, IncidentDraft
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.actions.waiting import end_waits
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
    kind_code: str = "",
    severity: int | None = None,
    call_out: bool = False,
    stamp: Stamp,
) -> Matter:
    """Open an incident from an alert: somebody owns it until it is over.

    Whoever opens it for themselves has it. With ``call_out`` whoever is on call is called, or
    has it where they open it themselves.
    Refuses: an alert that was opened, or is an exercise; a ward that it does not touch; a kind
    that is not known; what `open_matter` refuses.
    Records: `MatterOpened`, `IncidentOpened`, `AlertOpened`, and `IncidentTaken` or `CallOutMade`.
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
    known = rules.kind_of_alert(draft.event, draft.title)
    incident = begin_incident(
        matter,
        kind=rules.check_incident_kind(kind_code) if kind_code else known,
        severity=severity,
        words=draft.title if call_out else "",
        came_from=f"alert:{draft.pk}",
        stamp=stamp,
    )
    if call_out:
        take_or_call(incident, mine=False, stamp=stamp)
    elif owner.user_id is not None and owner.user_id == stamp.actor.user_id:
        note_taken(incident, owner, how="who opened it", step=0, stamp=stamp)
    draft.state, draft.matter, draft.reason = after, matter, ""
    _save_decided(draft, stamp)
    record(facts.AlertOpened(**alert_words(draft), matter_id=matter.pk), stamp=stamp)
    keep_alert_waiting(draft, stamp=stamp)
    return matter


@action(policy.may_decide_alert)
def open_and_call(
    draft: IncidentDraft,
    *,
    ward: District | None = None,
    kind_code: str = "",
    severity: int | None = None,
    stamp: Stamp,
) -> Matter:
    """Open an incident from an alert at once and call whoever is on call; the rest comes later.

    It is owned by the liaison of the ward, or by a director. Refuses: what `open_incident`
    refuses; an office without a director. Records: what `open_incident` records.
    """
    opened: Matter = open_incident(
        draft,
        title=draft.title[:200],
        owner=owner_in(ward, stamp),
        next_on=localdate(stamp.at),
        next_step=rules.FIRST_STEP,
        ward=ward,
        kind_code=kind_code,
        severity=severity,
        call_out=True,
        stamp=stamp,
    )
    return opened


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

    Where the office did not stand down, or the review is not finished, it says why.
    Whoever was called and is needed no more is told so at once.
    Refuses: that without a word; what `close_matter` refuses. Records: `MatterClosed`, and
    `CallsCalledOff` where somebody was called and nobody had it.
    """
    running = Incident.objects.filter(matter=matter).first()
    if running is not None and outcome != "opened_in_error" and not text.strip():
        rules.check_finished(
            taken=running.taken_at is not None and not running.exercise,
            stood_down=running.stood_down_at is not None,
            reviewed=AfterAction.objects.filter(
                incident=running, finished_at__isnull=False
            ).exists(),
        )
    closed: Matter = close_matter(matter, outcome=outcome, text=text, stamp=stamp)
    incident = Incident.objects.filter(matter=closed).first()
    if incident is not None:
        incident.duties.filter(until_at=None).update(until_at=stamp.at)
        if incident.taken_at is None:
            _call_off(incident, stamp)
        keep_report_due(incident, stamp=stamp)
        end_waits(BACK, f"{incident.pk}-")
    draft = IncidentDraft.objects.filter(matter=closed).select_related("matter__owner").first()
    if draft is not None and draft.changed_at is not None:
        draft.changed_at = None
        draft.save(update_fields=["changed_at"])
        keep_change_waiting(draft, stamp=stamp)
    return closed


def _call_off(incident: Incident, stamp: Stamp) -> None:
    """Who said that they cannot sleeps on, unless they were called once more after that."""
    rows = incident.call_outs.exclude(state=rules.CALL_PASSED).order_by("step")
    called = dict(rows.values_list("party", "party__name"))
    end_call_outs(incident, taken_by=None, stamp=stamp)
    if called:
        fact = facts.CallsCalledOff(
            **incident_words(incident), party_ids=tuple(called), names=tuple(called.values())
        )
        record(fact, stamp=stamp)


def _save_decided(draft: IncidentDraft, stamp: Stamp) -> None:
    draft.decided_by, draft.decided_at = stamp.actor.name, stamp.at
    draft.save()
