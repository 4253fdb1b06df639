"""Noting what people learned, and telling ahead when a certificate runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.documents.actions import forget_bytes, forget_document, keep_upload
from wardroom.documents.gateways import must_be_kept
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import Wait, check_length, check_reason, check_text
from wardroom.office import facts, policy
from wardroom.office.actions.waits import end_waits, wait_for_both
from wardroom.office.models import Reminder, Training
from wardroom.office.rules import training as rules

NOUN = "training"


@dataclass(frozen=True)
class TrainingDraft:
    """What somebody learned, as it was filled in; ``file`` is the certificate as it came."""

    sort: str
    title: str
    held_on: date
    hours: Decimal
    provider: str = ""
    cost_reference: str = ""
    expires_on: date | None = None
    file_name: str = ""
    file: bytes = b""


@action(policy.may_note_training)
def note_training(party: Party, *, draft: TrainingDraft, stamp: Stamp) -> Training:
    """Note a training, a conference or a certificate of somebody, with its paper if it has one.

    Refuses: somebody who is no person; no title; a day to come; hours that are none; an end
    before the start; a file that `keep_upload` refuses. Records: `TrainingNoted`.
    """
    if party.kind != Party.Kind.PERSON:
        raise Refused("not_a_person", f"{party.name} is not a person.", field="party")
    title = check_text(
        draft.title, code="title_missing", sentence="Say what it was.", field="title", most=200
    )
    rules.check_training(
        draft.sort,
        held_on=draft.held_on,
        hours=draft.hours,
        expires_on=draft.expires_on,
        today=localdate(stamp.at),
    )
    paper = None
    if draft.file:
        paper = keep_upload(None, name=draft.file_name, content=draft.file, told=False, stamp=stamp)
    training: Training = Training.objects.create(
        party=party,
        sort=draft.sort,
        title=title,
        provider=check_length(draft.provider, field="provider", most=120),
        held_on=draft.held_on,
        hours=draft.hours,
        cost_reference=check_length(draft.cost_reference, field="cost_reference", most=60),
        certificate=paper,
        expires_on=draft.expires_on,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.TrainingNoted(
        **_about(training),
        sort=training.sort,
        title=title,
        held_on=training.held_on,
        expires_on=training.expires_on,
    )
    record(fact, stamp=stamp)
    return training


@action(policy.may_remind_of_training)
def remind_of_certificate(training: Training, *, stamp: Stamp) -> Training:
    """Tell whose certificate runs out, and the director, once at 60, at 30 and at 7 days.

    Refuses: one of which nothing is to be told today. Records: `CertificateRunsOut`.
    """
    today, key = localdate(stamp.at), str(training.pk)
    told = set(Reminder.objects.filter(noun=NOUN, key=key).values_list("step", flat=True))
    over = training.replaced_at is not None or training.disposed_at is not None
    ends_on = training.expires_on
    step = None if over or ends_on is None else rules.step_due(ends_on, today, told)
    if step is None or ends_on is None:
        raise Refused("nothing_due", "Nothing is to be told of this certificate today.")
    Reminder.objects.create(noun=NOUN, key=key, step=step, at=stamp.at)
    fact = facts.CertificateRunsOut(
        **_about(training), title=training.title, expires_on=ends_on, step=step
    )
    record(fact, stamp=stamp)
    wait_for_both(
        NOUN,
        training.pk,
        Wait("certificate", ends_on),
        party=training.party,
        title=f"{training.title}, {training.party.name}",
        own=training.title,
        today=today,
        stamp=stamp,
    )
    return training


@action(policy.may_keep_training)
def replace_certificate(training: Training, *, stamp: Stamp) -> Training:
    """Say that a certificate was renewed or is not needed: nobody is told of its end any more.

    Refuses: one that has no end, or of which that was said. Records: `CertificateReplaced`.
    """
    if training.expires_on is None or training.replaced_at is not None:
        raise Refused("nothing_to_replace", "Nobody is told of its end anyway.")
    training.replaced_at = stamp.at
    training.save(update_fields=["replaced_at"])
    record(facts.CertificateReplaced(**_about(training), title=training.title), stamp=stamp)
    end_waits(NOUN, training.pk)
    return training


@action(policy.may_dispose_staffing)
def dispose_of_training(training: Training, *, reason: str, stamp: Stamp) -> Training:
    """Dispose of a record of training: what it was, what it cost and its paper are gone.

    The paper goes off the disk, too, unless something else is the same file.

    Refuses: one that was disposed of, or that a legal hold keeps; no reason.
    Records: `TrainingDisposed`.
    """
    if training.disposed_at is not None:
        raise Refused("nothing_left", "This was disposed of already.")
    if must_be_kept("staff", f"{NOUN}:{training.pk}"):
        raise Refused("held", "A legal hold keeps it.")
    why = check_reason(reason)
    training.title = training.provider = training.cost_reference = ""
    paper, training.certificate, training.disposed_at = training.certificate, None, stamp.at
    training.save()
    forget_bytes(forget_document(paper) if paper is not None else ())
    record(facts.TrainingDisposed(**_about(training), reason=why), stamp=stamp)
    end_waits(NOUN, training.pk)
    return training


def _about(training: Training) -> dict[str, Any]:
    return {
        "training_id": training.pk,
        "party_id": training.party.pk,
        "party_name": training.party.name,
    }
