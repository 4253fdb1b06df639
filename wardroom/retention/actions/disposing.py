"""Disposals: prepared by one person, approved by another, carried out record by record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework.queries.shared import lines_told_of_others
from wardroom.documents.models import Document
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import erase_values, record
from wardroom.ledger.models import Entry
from wardroom.notices.queries import lines_of_mail_that_goes, mail_hold
from wardroom.retention import facts, policy, rules
from wardroom.retention.actions.destroying import DESTROYERS, Destroyed
from wardroom.retention.actions.waiting import keep_disposal_waiting
from wardroom.retention.gateways import hold_the_door
from wardroom.retention.models import Disposal, DisposalRow, LegalHold, Schedule
from wardroom.retention.queries.holding import holding, scope_of, standing_holds
from wardroom.retention.queries.issues import NOUN as ISSUE
from wardroom.retention.queries.schedules import ended_by, schedule_in_force
from wardroom.retention.queries.units import SHELVES, Shelf, Unit
from wardroom.retention.rules.holds import Traits, covers
from wardroom.search.actions import unindex_things
from wardroom.search.rules import LINE

AT_ONCE = 50
NOTHING = "Nothing of this class may go now: its time is not over, or something needs it still."
RESTORED = (
    "Wardroom was restored from a backup. Legal holds that were placed since are gone: place them"
    " again. Nothing is destroyed until mail is let go again on the page The house."
)


@dataclass(frozen=True)
class Due:
    """What of a class may go by its schedule, the oldest first, each with the hold on it."""

    class_code: str
    schedule: Schedule
    records: tuple[tuple[Unit, LegalHold | None], ...]


def prepare_disposal(_: None, *, class_code: str, stamp: Stamp) -> Disposal:
    """Put together what may go of a class: what is due, without what a hold keeps.

    Looking through the whole class takes a while, so it is done before the change: nobody waits
    for it with a change of their own. Every record, and every hold, is asked again when it goes.
    Refuses: a class that no list takes; what `list_disposal` refuses.
    Records: `DisposalPrepared`.
    """
    if not policy.may_prepare_disposal(stamp.actor, None):
        raise NotAllowed
    shelf = SHELVES.get(class_code)
    if shelf is None or class_code not in DESTROYERS:
        raise Refused("not_here", "Records of this class do not go by lists.")
    schedule, by = _may_be_listed(class_code, stamp)
    due = Due(class_code, schedule, tuple(_due(shelf, by)))
    return list_disposal(None, due=due, stamp=stamp)


@action(policy.may_prepare_disposal)
def list_disposal(_: None, *, due: Due, stamp: Stamp) -> Disposal:
    """Keep the list of what may go of a class, for a second person to look at.

    At most so many records at once, the oldest first; what is held on the way to them stands
    on the list as held, as far as that many fit, and never keeps the rest from going.
    Refuses: a class without an approved schedule; a second list of a class while one is under
    way; nothing due. Records: `DisposalPrepared`.
    """
    hold_the_door()
    schedule, _by = _may_be_listed(due.class_code, stamp)
    if not any(hold is None for _, hold in due.records):
        raise Refused("nothing_due", NOTHING)
    if schedule != due.schedule or schedule.months is None:
        raise Refused("no_schedule", "Its schedule was changed just now. Put it together again.")
    made: Disposal = Disposal.objects.create(
        class_code=due.class_code,
        schedule=schedule,
        prepared_by_id=stamp.actor.user_id,
        prepared_name=stamp.actor.name,
        prepared_at=stamp.at,
    )
    rows = []
    for unit, hold in due.records:
        rows.append(
            DisposalRow(
                disposal=made,
                noun=unit.noun,
                key=unit.key,
                ended_on=unit.ended_on,
                due_on=rules.due_on(unit.ended_on, schedule.months),
                state=rules.LISTED if hold is None else rules.HELD,
                hold=hold,
                settled_at=None if hold is None else stamp.at,
            )
        )
    listed = sum(1 for row in rows if row.state == rules.LISTED)
    DisposalRow.objects.bulk_create(rows)
    fact = facts.DisposalPrepared(
        disposal=made.pk, class_code=due.class_code, records=listed, held=len(rows) - listed
    )
    record(fact, stamp=stamp)
    keep_disposal_waiting(made, stamp)
    return made


@action(policy.may_prepare_disposal)
def drop_disposal(disposal: Disposal, *, stamp: Stamp) -> Disposal:
    """Drop a list before it was approved; nothing goes.

    Refuses: one that was approved or dropped. Records: `DisposalDropped`.
    """
    disposal.state = rules.check_move(disposal.state, "drop_disposal")
    disposal.save(update_fields=["state"])
    record(facts.DisposalDropped(disposal=disposal.pk), stamp=stamp)
    keep_disposal_waiting(disposal, stamp)
    return disposal


@action(policy.may_approve_disposal)
def approve_disposal(disposal: Disposal, *, stamp: Stamp) -> Disposal:
    """Approve, as the second person, that what stands on a list is destroyed.

    Refuses: whoever prepared it; one that was approved or dropped; any while mail is held after
    a restoration. Records: `DisposalApproved`.
    """
    if mail_hold() is not None:
        raise Refused("restored", RESTORED)
    state = rules.check_move(disposal.state, "approve_disposal")
    rules.check_second(disposal.prepared_by_id, stamp.actor.user_id)
    disposal.state, disposal.approved_by_id = state, stamp.actor.user_id
    disposal.approved_name, disposal.approved_at = stamp.actor.name, stamp.at
    disposal.save()
    listed = disposal.rows.filter(state=rules.LISTED).count()
    record(facts.DisposalApproved(disposal=disposal.pk, records=listed), stamp=stamp)
    keep_disposal_waiting(disposal, stamp)
    return disposal


@action(policy.may_carry_out_disposal)
def destroy_record(row: DisposalRow, *, stamp: Stamp) -> DisposalRow:
    """Destroy one record of an approved list, unless it is held or not due any more.

    Holds are asked for again here, under the lock that placing one waits for, so that none
    comes too late; after a restoration nothing goes while mail is held, for holds that were
    placed since the backup are gone. Refuses: a list that was not approved; a record that is
    settled.
    Records: `RecordDestroyed`, or `RecordKept`.
    """
    hold_the_door()
    disposal = Disposal.objects.select_related("schedule").get(pk=row.disposal_id)
    if disposal.state != rules.APPROVED or row.state != rules.LISTED:
        raise Refused("wrong_state", "It is settled, or its list was not approved.")
    row.settled_at = stamp.at
    shelf = SHELVES[disposal.class_code]
    thing = _still_due(disposal, row, stamp)
    traits = shelf.traits([thing])[0] if thing is not None else None
    if mail_hold() is not None:
        traits = None
    hold = holding(traits, standing_holds()) if traits is not None else None
    if traits is None or hold is not None:
        row.state, row.hold = rules.LEFT if hold is None else rules.HELD, hold
        row.save()
        fact = facts.RecordKept(
            disposal=disposal.pk, noun=row.noun, key=row.key, held=hold is not None
        )
        record(fact, stamp=stamp)
        return row
    _forget_lifted(traits)
    gone = DESTROYERS[disposal.class_code](thing, stamp)
    row.state, row.digest = rules.DESTROYED, gone.digest
    row.texts, row.files = gone.texts, list(gone.files)
    row.save()
    _take_out_of_lines(row, gone, disposal.schedule.number, stamp)
    destroyed = facts.RecordDestroyed(
        disposal=disposal.pk,
        noun=row.noun,
        key=row.key,
        number=disposal.schedule.number,
        digest=gone.digest,
    )
    record(destroyed, stamp=stamp)
    return row


@action(policy.may_carry_out_disposal)
def leave_record(row: DisposalRow, *, stamp: Stamp) -> DisposalRow:
    """Leave a record of an approved list as it is, where it cannot go now; it stays due.

    Refuses: a list that was not approved; a record that is settled. Records: `RecordKept`.
    """
    approved = Disposal.objects.filter(pk=row.disposal_id, state=rules.APPROVED).exists()
    if row.state != rules.LISTED or not approved:
        raise Refused("wrong_state", "It is settled, or its list was not approved.")
    row.state, row.settled_at = rules.LEFT, stamp.at
    row.save()
    fact = facts.RecordKept(disposal=row.disposal_id, noun=row.noun, key=row.key, held=False)
    record(fact, stamp=stamp)
    return row


@action(policy.may_carry_out_disposal)
def file_certificate(disposal: Disposal, *, certificate: Document, stamp: Stamp) -> Disposal:
    """Put the certificate of a disposal on file; nothing of it is open any more.

    Refuses: one of which a record is not settled; one that is done. Records: `CertificateFiled`.
    """
    disposal.state = rules.check_move(disposal.state, "file_certificate")
    rows = disposal.rows
    if rows.filter(state=rules.LISTED).exists():
        raise Refused("wrong_state", "Some records of it are not settled yet.")
    disposal.done_at, disposal.certificate = stamp.at, certificate
    disposal.save()
    destroyed = rows.filter(state=rules.DESTROYED).count()
    fact = facts.CertificateFiled(
        disposal=disposal.pk,
        destroyed=destroyed,
        kept=rows.count() - destroyed,
        digest=certificate.digest,
    )
    record(fact, stamp=stamp)
    return disposal


def _may_be_listed(class_code: str, stamp: Stamp) -> tuple[Schedule, date]:
    """The schedule of a class, and the day by which its records must have ended to be due.

    Refuses: a class without an approved schedule; one of which a list is under way.
    """
    today = localdate(stamp.at)
    schedule = schedule_in_force(class_code, on=today)
    by = ended_by(schedule, on=today) if schedule is not None else None
    if schedule is None or by is None:
        raise Refused("no_schedule", "No approved schedule says that it is destroyed.")
    if Disposal.objects.filter(class_code=class_code, state__in=rules.UNDER_WAY).exists():
        raise Refused("under_way", "A list of this class is under way. Settle it first.")
    return schedule, by


def _due(shelf: Shelf, by: date) -> list[tuple[Unit, LegalHold | None]]:
    """What ended by a day, the oldest first, each with the hold that keeps it: of both so many."""
    holds, many = standing_holds(), {True: 0, False: 0}
    found: list[tuple[Unit, LegalHold | None]] = []
    things = shelf.ended(by).iterator(chunk_size=AT_ONCE)
    while some := list(islice(things, AT_ONCE)):
        kept = {t.unit: holding(t, holds) for t in shelf.traits(some)} if holds else {}
        for unit in map(shelf.unit, some):
            hold = kept.get(f"{unit.noun}:{unit.key}")
            if many[hold is None] < rules.MOST_ROWS:
                many[hold is None] += 1
                found.append((unit, hold))
        if many[True] == rules.MOST_ROWS:
            break
    return found


def _still_due(disposal: Disposal, row: DisposalRow, stamp: Stamp) -> object | None:
    """The record itself, locked, where its time is over still; it may have been opened again.

    It is asked once more under the lock: while it was waited for, somebody may have put a file
    to it or opened it. Whoever comes later waits, and finds it destroyed.
    """
    today = localdate(stamp.at)
    schedule = schedule_in_force(disposal.class_code, on=today)
    by = ended_by(schedule, on=today) if schedule is not None else None
    if by is None:
        return None
    ended, key = SHELVES[disposal.class_code].ended, int(row.key)
    found: object | None = ended(by, key).select_for_update(of=("self",)).first()
    return found if found is not None and ended(by, key).exists() else None


def _forget_lifted(traits: Traits) -> None:
    """Take the words out of holds that were lifted and kept this record: they name its people."""
    for hold in LegalHold.objects.exclude(lifted_at=None).order_by("pk"):
        if (hold.person or hold.place or hold.words) and covers(scope_of(hold), traits):
            hold.person = hold.place = hold.words = ""
            hold.save(update_fields=["person", "place", "words"])


def _take_out_of_lines(row: DisposalRow, gone: Destroyed, number: str, stamp: Stamp) -> None:
    """Take what somebody typed out of the lines about a record and its mail; the lines stay.

    Nobody finds them by these words any more. Of an issue, what tells of another as well is
    left to the last of them.
    """
    found: set[int] = set()
    for noun, keys in {row.noun: [row.key], **gone.things}.items():
        mail = lines_of_mail_that_goes(noun, keys, but=gone.shared)
        about = Q(about__noun=noun, about__key__in=keys) | mail
        found |= set(Entry.objects.filter(about).order_by().values_list("pk", flat=True))
    if row.noun == ISSUE:
        found -= lines_told_of_others(found, int(row.key))
    lines = sorted(found)
    unindex_things([Ref(LINE, str(pk)) for pk in lines])
    try:
        erase_values(lines, reason=f"Destroyed under schedule {number}", stamp=stamp)
    except Refused as no:
        if no.code != "nothing_to_take_out":
            raise
