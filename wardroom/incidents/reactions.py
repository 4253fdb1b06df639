"""What follows from an incident, later and in a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries.consents import points_allowed
from wardroom.directory.rules import PROGRESS
from wardroom.incidents.actions import forget_households_due, note_call_not_sent
from wardroom.incidents.facts import (
    CallsCalledOff,
    IncidentRoleGiven,
    IncidentTaken,
    SituationReleased,
)
from wardroom.incidents.models import CallOut, Incident, SituationReport
from wardroom.incidents.queries.links import CALL_OUT
from wardroom.incidents.queries.reaching import get_addresses
from wardroom.incidents.queries.reports import report_text
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import clock
from wardroom.matters.facts import MatterReopened, MergeUndone
from wardroom.notices.actions import note_nobody_to_tell, queue_message
from wardroom.notices.facts import AddressBounced, MessageFailed
from wardroom.notices.models import Message
from wardroom.notices.rules import once_an_address

LONGEST = 159


def send_situation(fact: SituationReleased, *, entry_id: int, stamp: Stamp) -> None:
    """Write to each commissioner and councilmember who agreed to be told of progress.

    It goes at once, at any hour. Who agreed to nothing is named as told by nobody.
    """
    report = SituationReport.objects.select_related("incident__matter").get(pk=fact.report_id)
    people = list(Party.objects.filter(pk__in=fact.party_ids).order_by("pk"))
    allowed = points_allowed([p.pk for p in people], purpose=PROGRESS, channel="email")
    subject = f"Situation report {report.number}: {report.incident.matter.title}"
    for party in people:
        if party.pk not in allowed:
            note_nobody_to_tell(
                None, entry_id=entry_id, to_name=party.name, subject=subject, stamp=stamp
            )
    readers = [party for party in people if party.pk in allowed]
    for party in once_an_address(readers, lambda one: allowed[one.pk]):
        queue_message(
            None,
            entry_id=entry_id,
            to_name=party.name,
            to_address=allowed[party.pk],
            subject=subject,
            text=report_text(report),
            urgent=True,
            stamp=stamp,
        )


def tell_called(fact: IncidentTaken, *, entry_id: int, stamp: Stamp) -> None:
    """Tell those who were called before that somebody has it: they may sleep on."""
    rows = CallOut.objects.filter(incident=fact.incident_id).exclude(party=fact.party_id)
    parties = Party.objects.filter(pk__in=rows.values("party")).select_related("user")
    incident = Incident.objects.get(pk=fact.incident_id)
    since = clock(localtime(incident.taken_at or stamp.at).time())
    _tell(
        parties.order_by("pk"),
        subject="Call-out: somebody has it",
        text=f"{fact.party_name} has it since {since}: {fact.title}",
        entry_id=entry_id,
        stamp=stamp,
    )


def _tell(
    parties: Iterable[Party], *, subject: str, text: str, entry_id: int, stamp: Stamp
) -> None:
    """One short message to each address at which these are called at night."""
    found = [(party, one.value) for party in parties for one in get_addresses(party)]
    for party, address in once_an_address(found, lambda pair: pair[1]):
        queue_message(
            None,
            entry_id=entry_id,
            to_name=party.name,
            to_address=address,
            subject=subject,
            text=text[:LONGEST] + "\n",
            quick=True,
            stamp=stamp,
        )


def tell_called_off(fact: CallsCalledOff, *, entry_id: int, stamp: Stamp) -> None:
    """Tell those who were called that nobody is needed: they may sleep on."""
    parties = Party.objects.filter(pk__in=fact.party_ids).select_related("user")
    _tell(
        parties.order_by("pk"),
        subject="Call-out: it is off",
        text=f"Nobody is needed any more: {fact.title}",
        entry_id=entry_id,
        stamp=stamp,
    )


def note_call_unsent(fact: MessageFailed | AddressBounced, *, entry_id: int, stamp: Stamp) -> None:
    """Put a call-out that did not arrive onto the lists of the directors while nobody has it.

    Somebody with two addresses is reached as long as the message to the other one is under way.
    """
    noun, _, rest = Message.objects.get(pk=fact.message).key.partition(":")
    if noun != CALL_OUT:
        return
    rows = CallOut.objects.select_related("incident__matter", "party")
    call_out = rows.get(pk=int(rest.partition(":")[0]))
    others = Message.objects.filter(key__startswith=f"{CALL_OUT}:{call_out.pk}:", error="")
    on_its_way = others.filter(state__in=(Message.State.QUEUED, Message.State.SENT))
    if on_its_way.exclude(pk=fact.message).exists():
        return
    incident = call_out.incident
    if incident.taken_at is not None or incident.matter.state != "open":
        return
    with _unless_needed_no_more():
        note_call_not_sent(incident, call_out=call_out, stamp=stamp)


@contextmanager
def _unless_needed_no_more() -> Iterator[None]:
    """What somebody dealt with in between is done: no reason to try again."""
    try:
        yield
    except Refused as no:
        if no.code != "not_needed":
            raise


def end_homes_due(fact: MatterReopened | MergeUndone, *, entry_id: int, stamp: Stamp) -> None:
    """Take the homes of an incident that is open again off the list of the records officer."""
    incident = Incident.objects.filter(matter=fact.matter_id).select_related("matter").first()
    if incident is None:
        return
    with _unless_needed_no_more():
        forget_households_due(incident, stamp=stamp)


def tell_role_holder(fact: IncidentRoleGiven, *, entry_id: int, stamp: Stamp) -> None:
    """Tell somebody that they hold a role now, with the note of whoever had it before."""
    party = Party.objects.select_related("user").get(pk=fact.party_id)
    after = f" {fact.former_name} had it before you." if fact.former_name else ""
    role = f"Your role in it from now on: {fact.role_label}.{after}"
    note = f"\n\n{fact.note}" if fact.note else ""
    link = settings.SITE + reverse("incident", args=[fact.matter_id])
    for address in get_addresses(party):
        queue_message(
            None,
            entry_id=entry_id,
            to_name=party.name,
            to_address=address.value,
            subject=f"Your role in an incident: {fact.role_label}",
            text=f"{fact.title}\n\n{role}{note}\n\n{link}\n",
            quick=True,
            stamp=stamp,
        )
