"""Naming programs, and checking commitments against them."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import Commitment, Program, ProgramCheck
from wardroom.engagement.rules import commitments, programs
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import NAMED_FOR_ALL, check_text


@action(policy.may_keep_programs)
def name_program(
    matter: Matter | None, *, name: str, kind: str, agency: Party | None = None, stamp: Stamp
) -> Program:
    """Put a program onto the list that commitments are checked against.

    ``matter`` is the initiative or campaign where it is one of ours. Refuses: no name; a kind
    that is not known; a name that is on the list; a matter of another kind.
    Records: `ProgramNamed`.
    """
    name = programs.check_program_name(name, kind)
    if matter is not None and matter.kind not in NAMED_FOR_ALL:
        raise Refused("not_an_initiative", "Choose an initiative or a campaign.", field="matter")
    if Program.objects.filter(name__iexact=name, ended_on=None).exists():
        raise Refused("already_there", f"{name} is on the list already.", field="name")
    row: Program = Program.objects.create(
        name=name,
        kind=kind,
        agency=agency,
        matter=matter,
        named_at=stamp.at,
        named_by=stamp.actor.name,
    )
    fact = facts.ProgramNamed(
        program_id=row.pk, name=name, program_kind=programs.PROGRAM_KINDS[kind]
    )
    record(fact, stamp=stamp)
    return row


@action(policy.may_keep_programs)
def end_program(program: Program, *, reason: str, stamp: Stamp) -> Program:
    """Take a program off the list: it ran out, or was stopped. Its checks stay.

    Refuses: one that is off the list; no reason. Records: `ProgramEnded`.
    """
    if program.ended_on is not None:
        raise Refused("already_ended", "It is off the list already.")
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    program.ended_on = localdate(stamp.at)
    program.save(update_fields=["ended_on"])
    fact = facts.ProgramEnded(program_id=program.pk, name=program.name, reason=reason)
    record(fact, stamp=stamp)
    return program


@action(policy.may_check_program)
def check_program(
    commitment: Commitment,
    *,
    program: Program | None,
    verdict: str,
    text: str,
    checked_on: date,
    stamp: Stamp,
) -> ProgramCheck:
    """Write down which program carries a commitment, and whether it is in line or drifted.

    Refuses: a commitment that is not confirmed, or is over; a program that is off the list;
    what `rules.check_verdict` refuses. Records: `ProgramChecked`.
    """
    if commitment.matter.state != "open" or commitment.stage == commitments.HEARD:
        raise Refused("wrong_state", "Only a confirmed commitment that is open is checked.")
    if program is not None and program.ended_on is not None:
        raise Refused("program_ended", "This program is off the list.", field="program")
    said = programs.check_verdict(
        verdict,
        has_program=program is not None,
        text=text,
        checked_on=checked_on,
        today=localdate(stamp.at),
    )
    row: ProgramCheck = ProgramCheck.objects.create(
        commitment=commitment,
        program=program,
        verdict=verdict,
        text=said,
        checked_on=checked_on,
        checked_at=stamp.at,
        checked_by=stamp.actor.name,
    )
    fact = facts.ProgramChecked(
        **matter_words(commitment.matter),
        program_id=program.pk if program else None,
        program_name=program.name if program else "",
        verdict=programs.VERDICTS[verdict],
        checked_on=checked_on,
        text=said,
    )
    record(fact, stamp=stamp)
    return row
