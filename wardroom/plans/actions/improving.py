"""Agreeing on an improvement at the table, showing that it is in place, and tracing it."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import policy as matters_policy
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text
from wardroom.plans import facts, policy, rules
from wardroom.plans.models import Improvement, WorkPlan


@action(policy.may_agree_improvement)
def agree_improvement(
    entity: Party | None,
    *,
    entity_name: str = "",
    wording: str,
    authority: str,
    agreed_on: date,
    found_by: str,
    found_noun: str = "",
    found_key: str = "",
    owner: Party,
    next_on: date,
    ward: District | None = None,
    stamp: Stamp,
) -> Improvement:
    """Write down a step agreed at the table, with who takes it under their own authority.

    ``entity`` is who that is where the office knows them; otherwise ``entity_name`` says it.
    The office commands nobody, so a step without an entity or an authority is none.
    Refuses: nobody named; no authority; no words; nothing that found it, or an assessment
    that is not known; a day to come; what `open_matter` refuses.
    Records: `MatterOpened` and `ImprovementAgreed`.
    """
    name = rules.check_entity(entity.name if entity else entity_name)
    authority = rules.check_authority(authority)
    wording = check_text(
        wording,
        code="wording_missing",
        sentence="Say what was agreed, as one thing that somebody does.",
        field="wording",
        most=300,
    )
    found_by = check_text(
        found_by,
        code="found_by_missing",
        sentence="Say what showed that this is needed.",
        field="found_by",
        most=300,
    )
    rules.check_found_in(found_noun, found_key)
    rules.check_agreed(agreed_on, today=localdate(stamp.at))
    matter = open_matter(
        None,
        kind="improvement",
        title=wording[:200],
        owner=owner,
        next_on=next_on,
        next_step=rules.SEE_IN_PLACE,
        ward=ward,
        stamp=stamp,
    )
    improvement = Improvement.objects.create(
        matter=matter,
        entity=entity,
        entity_name=name,
        wording=wording,
        authority=authority,
        agreed_on=agreed_on,
        found_by=found_by,
        found_noun=found_noun,
        found_key=found_key,
    )
    fact = facts.ImprovementAgreed(
        **matter_words(matter),
        entity_id=entity.pk if entity else None,
        entity_name=name,
        wording=wording,
        authority=authority,
        agreed_on=agreed_on,
        found_by=found_by,
    )
    record(fact, stamp=stamp)
    return improvement


@action(policy.may_note_evidence)
def note_evidence(matter: Matter, *, evidence: str, seen_on: date, stamp: Stamp) -> Improvement:
    """Write down what shows that an improvement is in place, and when you saw it.

    Refuses: an improvement that is over; no words; a day to come, or before it was agreed.
    Records: `ImprovementEvidenced`.
    """
    improvement = _open(matter)
    if seen_on > localdate(stamp.at) or seen_on < improvement.agreed_on:
        raise Refused(
            "seen_on_off",
            "Choose a day from the day of the agreement to today.",
            field="seen_on",
        )
    improvement.evidence = check_text(
        evidence,
        code="evidence_missing",
        sentence="Say what you saw.",
        field="evidence",
        most=500,
    )
    improvement.evidence_on, improvement.evidence_by = seen_on, stamp.actor.name
    improvement.save(update_fields=["evidence", "evidence_on", "evidence_by"])
    fact = facts.ImprovementEvidenced(
        **matter_words(matter), evidence=improvement.evidence, seen_on=seen_on
    )
    record(fact, stamp=stamp)
    return improvement


@action(policy.may_trace_improvement)
def trace_improvement(matter: Matter, *, plan: WorkPlan, stamp: Stamp) -> Improvement:
    """Say which version of a work plan followed from an improvement.

    Refuses: an improvement that a plan was named for already; a plan of another ward, or one
    that the person does not run. Records: `ImprovementLedToPlan`, on both.
    """
    improvement = _held(matter)
    if improvement.led_to_id is not None:
        raise Refused("already_traced", "A version of a plan was named for it already.")
    runs = matters_policy.runs_matter(stamp.actor, plan.matter)
    if not runs or matter.ward_code not in ("", plan.matter.ward_code):
        raise Refused("other_ward", "Choose a plan of the same ward.", field="plan")
    improvement.led_to = plan
    improvement.save(update_fields=["led_to"])
    fact = facts.ImprovementLedToPlan(
        **matter_words(matter),
        plan_id=plan.pk,
        plan_matter_id=plan.matter_id,
        plan_title=plan.matter.title,
        version=plan.version,
    )
    record(fact, stamp=stamp)
    return improvement


@action(policy.may_end_improvement)
def end_improvement(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say what became of an improvement; in place only where somebody wrote what shows it.

    Refuses: in place without evidence; not done without a reason; what `close_matter`
    refuses. Records: `MatterClosed`.
    """
    improvement = _open(matter)
    rules.check_outcome_has_evidence(outcome, improvement.evidence)
    if outcome == "not_done":
        check_text(text, code="reason_missing", sentence="Say why not.", field="text", most=500)
    return close_matter(matter, outcome=outcome, text=text, stamp=stamp)


def _open(matter: Matter) -> Improvement:
    if matter.state != "open":
        raise Refused("wrong_state", "This improvement is over.")
    return _held(matter)


def _held(matter: Matter) -> Improvement:
    rows = Improvement.objects.select_for_update(of=("self",), no_key=True)
    improvement: Improvement = rows.get(matter=matter)
    return improvement
