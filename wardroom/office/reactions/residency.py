"""Whoever has to prove residency is written to, and so are the directors; certificates likewise."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.text import long_day
from wardroom.matters.reactions.letters import facts_of, write_to
from wardroom.office.actions import start_residency_clock
from wardroom.office.facts import CertificateRunsOut, ResidencyRecheckDue, ResidencyReminded
from wardroom.office.models import ResidencyClock, Training


class Appointment(Protocol):
    """What is read of an appointment, wherever it was made."""

    @property
    def appointee(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def appointed_on(self) -> str: ...


def count_residency(fact: Appointment, *, entry_id: int, stamp: Stamp) -> None:
    """Count the residency of somebody who was appointed, by the name that was announced.

    Nobody is taken for somebody else of the same name: a director says who signs in as them.
    """
    person = note_person(None, name=fact.appointee, stamp=stamp)
    start_residency_clock(
        person,
        appointed_on=date.fromisoformat(fact.appointed_on),
        appointed_as=", ".join(filter(None, (fact.title, fact.grade)))[:120],
        source=f"line:{entry_id}",
        stamp=stamp,
    )


def tell_residency(fact: ResidencyReminded, *, entry_id: int, stamp: Stamp) -> None:
    """Write that residency is to be proved by a day, unless proof was seen in between."""
    clock = _clock(fact.clock_id)
    if clock is None or clock.state != "running":
        return
    left = (fact.due_on - localdate(stamp.at)).days
    _tell(
        clock.party,
        subject=f"Residency of {fact.party_name}: {left} days left to prove it",
        own=f"Proof that you live in the city: {left} days left",
        told=facts_of(
            [
                ("Who", fact.party_name),
                ("Proof is to be seen by", long_day(fact.due_on)),
                ("Days since the appointment", fact.step),
            ]
        ),
        page=reverse("residency_clock", args=[clock.pk]),
        entry_id=entry_id,
        stamp=stamp,
    )


def tell_recheck(fact: ResidencyRecheckDue, *, entry_id: int, stamp: Stamp) -> None:
    """Write that proof of residency is to be looked at again, unless that was done in between."""
    clock = _clock(fact.clock_id)
    if clock is None or clock.state != "proved" or clock.recheck_on != fact.recheck_on:
        return
    _tell(
        clock.party,
        subject=f"Residency of {fact.party_name} is looked at again",
        own="Proof that you live in the city is looked at again",
        told=facts_of([("Who", fact.party_name), ("By", long_day(fact.recheck_on))]),
        page=reverse("residency_clock", args=[clock.pk]),
        entry_id=entry_id,
        stamp=stamp,
    )


def tell_certificate(fact: CertificateRunsOut, *, entry_id: int, stamp: Stamp) -> None:
    """Write that a certificate runs out, unless it was renewed in between."""
    rows = Training.objects.select_related("party__user").filter(pk=fact.training_id)
    training = rows.filter(replaced_at=None, disposed_at=None).first()
    if training is None:
        return
    _tell(
        training.party,
        subject=f"{fact.party_name}: {fact.title} runs out",
        own=f"Your certificate runs out: {fact.title}",
        told=facts_of([("Who", fact.party_name), ("Runs out on", long_day(fact.expires_on))]),
        page=reverse("training", args=[training.pk]),
        entry_id=entry_id,
        stamp=stamp,
    )


def _tell(
    party: Party, *, subject: str, own: str, told: str, page: str, entry_id: int, stamp: Stamp
) -> None:
    text = f"{told}\n\n{settings.SITE}{page}\n"
    people = {person.pk: (person, subject) for person in get_directors(on=localdate(stamp.at))}
    if party.user_id is not None:
        people[party.pk] = (party, own)
    for person, words in people.values():
        write_to(
            person,
            subject=words,
            text=lambda _: text,
            thread="",
            entry_id=entry_id,
            stamp=stamp,
        )


def _clock(clock_id: int) -> ResidencyClock | None:
    rows = ResidencyClock.objects.select_related("party__user").filter(pk=clock_id)
    found: ResidencyClock | None = rows.first()
    return found
