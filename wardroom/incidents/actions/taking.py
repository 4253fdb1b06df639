"""Taking an alert in: once, on the thread of what it follows, with the districts it touches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.documents.actions import store_document
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.waiting import keep_alert_waiting, keep_change_waiting
from wardroom.incidents.models import Alert, AlertReference, IncidentDraft, TouchedDistrict
from wardroom.incidents.rules import Message, Reference
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.words import matter_words

MEDIA_TYPE = "application/cap+xml"


@action(policy.may_take_alert)
def take_alert(
    _: None,
    *,
    message: Message,
    content: bytes,
    touched: Sequence[District],
    outline: dict[str, Any] | None,
    way_in: str,
    stamp: Stamp,
) -> Alert:
    """Take in an alert that another authority sent; it waits for somebody to decide on it.

    One that follows another joins it, whichever came first. An exercise or a test is kept and
    waits for nobody. ``touched`` and ``outline`` are what its shapes and codes mean here.
    Refuses: `already_taken` where this message is here.
    Records: `AlertTaken`, or `AlertFollowed`, and `IncidentAlertChanged` on an open incident.
    """
    if Alert.objects.filter(_named([message.own])).exists():
        raise Refused("already_taken", "This alert is here already.")
    draft, *others = _threads_of(message) or (None,)
    followed = draft is not None
    late = draft is not None and message.sent < draft.sent_at
    if draft is None:
        draft = _begun(message, touched, stamp)
    elif not late:
        _move_on(draft, message, touched, stamp)
    if not late and (not followed or message.areas):
        _keep_where(draft, touched, outline)
    _keep(draft, message, content, way_in, stamp)
    if followed:
        _tell(draft, message, late=late, stamp=stamp)
        _fold(others, message, stamp)
    else:
        record(_taken(draft, message, way_in), stamp=stamp)
    keep_alert_waiting(draft, stamp=stamp)
    return Alert.objects.select_related("draft").get(_named([message.own]))


def _threads_of(message: Message) -> list[IncidentDraft]:
    """The alerts that a message is about: what it names, or what named it before it came.

    The oldest first, which is where somebody may have decided; locked until the end.
    """
    found: set[int] = set()
    if message.references:
        rows = Alert.objects.filter(_named(message.references))
        found.update(rows.values_list("draft_id", flat=True))
    named = AlertReference.objects.filter(_named([message.own]))
    found.update(named.values_list("alert__draft_id", flat=True))
    rows = IncidentDraft.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=found).order_by("pk")) if found else []


def _begun(message: Message, touched: Sequence[District], stamp: Stamp) -> IncidentDraft:
    state = rules.first_state(message, touches=bool(touched), at=stamp.at)
    return IncidentDraft.objects.create(state=state, taken_at=stamp.at, **_newest(message))


def _move_on(
    draft: IncidentDraft, message: Message, touched: Sequence[District], stamp: Stamp
) -> None:
    """Let an alert stand as its newest message says; a bare cancellation keeps its words."""
    wards = {d.code for d in touched if d.boundary_set.kind == "ward"}
    draft.state = rules.state_after(
        draft.state,
        message,
        former_severity=draft.severity,
        touches_new=bool(wards - draft.touched_wards),
        touches=bool(touched) or (not message.areas and draft.touched.exists()),
        at=stamp.at,
    )
    newest = _newest(message)
    if not message.event and not message.headline:
        newest = {"sent_at": message.sent}
    for column, value in newest.items():
        setattr(draft, column, value)
    if draft.state == rules.OPENED:
        draft.changed_at = stamp.at
    draft.save()


def _newest(message: Message) -> dict[str, Any]:
    return {
        "title": message.title,
        "event": message.event,
        "severity": message.severity,
        "severity_rank": rules.severity_rank(message.severity),
        "sent_at": message.sent,
        "starts_at": message.starts_at,
        "ends_at": message.ends_at,
    }


def _keep_where(
    draft: IncidentDraft, touched: Sequence[District], outline: dict[str, Any] | None
) -> None:
    draft.outline = outline
    draft.save(update_fields=["outline"])
    draft.touched.exclude(district__in=touched).delete()
    known = set(draft.touched.values_list("district_id", flat=True))
    TouchedDistrict.objects.bulk_create(
        TouchedDistrict(draft=draft, district=d, kind=d.boundary_set.kind, code=d.code)
        for d in touched
        if d.pk not in known
    )


def _keep(
    draft: IncidentDraft, message: Message, content: bytes, way_in: str, stamp: Stamp
) -> Alert:
    """The message as it came, and the names of those that it follows."""
    name = f"alert-{message.sent:%Y-%m-%d-%H%M}.xml"
    document = store_document(None, name=name, media_type=MEDIA_TYPE, content=content, stamp=stamp)
    alert = Alert.objects.create(
        draft=draft,
        sender=message.sender,
        identifier=message.identifier,
        sent_at=message.sent,
        status=message.status,
        kind=message.kind,
        scope=message.scope,
        title=message.title,
        event=message.event,
        sender_name=message.sender_name,
        description=message.description,
        instruction=message.instruction,
        contact=message.contact,
        web=message.web,
        note=message.note,
        urgency=message.urgency,
        severity=message.severity,
        certainty=message.certainty,
        starts_at=message.starts_at,
        ends_at=message.ends_at,
        area_text=message.area_text[:4_000],
        unread_shapes=message.unread_shapes,
        document=document,
        way_in=way_in,
        taken_by=stamp.actor.name,
        taken_at=stamp.at,
    )
    AlertReference.objects.bulk_create(
        AlertReference(alert=alert, sender=r.sender, identifier=r.identifier, sent_at=r.sent)
        for r in message.references
    )
    return alert


def _fold(others: Sequence[IncidentDraft], message: Message, stamp: Stamp) -> None:
    """Let the other alerts that one message goes on from wait for nobody any more."""
    for draft in others:
        if draft.state == rules.WAITING:
            draft.state = rules.WITHDRAWN
            draft.save(update_fields=["state"])
            _tell(draft, message, late=False, stamp=stamp)
            keep_alert_waiting(draft, stamp=stamp)


def _tell(draft: IncidentDraft, message: Message, *, late: bool, stamp: Stamp) -> None:
    label = rules.KINDS[message.kind]
    fact = facts.AlertFollowed(
        **alert_words(draft),
        kind_label=label,
        sender=message.sender_name or message.sender,
        state_label=rules.STATES[draft.state],
        late=late,
    )
    record(fact, stamp=stamp)
    matter = draft.matter
    if matter is None or late:
        return
    changed = facts.IncidentAlertChanged(
        **matter_words(matter), draft_id=draft.pk, kind_label=label, text=message.title
    )
    record(changed, stamp=stamp)
    keep_change_waiting(draft, stamp=stamp)


def _taken(draft: IncidentDraft, message: Message, way_in: str) -> facts.AlertTaken:
    return facts.AlertTaken(
        **alert_words(draft),
        sender=message.sender_name or message.sender,
        status_label=rules.STATUSES[message.status],
        state_label=rules.STATES[draft.state],
        way_in=rules.WAYS_IN[way_in],
    )


def alert_words(draft: IncidentDraft) -> dict[str, Any]:
    """What every line about an alert says of it."""
    return {
        "draft_id": draft.pk,
        "title": draft.title,
        "wards": tuple(sorted(draft.touched_wards)),
    }


def _named(references: Sequence[Reference]) -> Q:
    """Rows that one of these names means."""
    found = Q(pk__in=[])
    for one in references:
        found |= Q(identifier=one.identifier, sender=one.sender, sent_at=one.sent)
    return found
