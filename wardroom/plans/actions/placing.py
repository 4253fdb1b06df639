"""Putting the steps of a version in their places: those that come over, and the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.versions import version_of
from wardroom.matters.actions import propose_ask, request_ask, reword_ask
from wardroom.matters.models import Ask, Matter
from wardroom.plans import rules
from wardroom.plans.actions.naming import check_owner_seen
from wardroom.plans.models import PlanStep, StepWait, WorkPlan
from wardroom.plans.rules import AnyStep, KeptStep, StepDraft


def place_steps(
    plan: WorkPlan,
    order: Sequence[AnyStep],
    kept: Sequence[PlanStep],
    *,
    unnamed: int,
    stamp: Stamp,
) -> tuple[list[PlanStep], list[Ask]]:
    """Write the steps of a version in their order; gives them, and the asks that are new.

    ``kept`` are the steps of the version before that come over, the first ``unnamed`` of the
    order being on no form.
    """
    olds = {step.ask_id: step for step in kept}
    asks_of = {step.pk: step.ask_id for step in kept}
    placed: list[PlanStep] = []
    asks: list[Ask] = []
    for index, item in enumerate(order):
        at = index - unnamed
        if isinstance(item, KeptStep):
            old = olds[item.ask_id]
            step = _carry_over(plan, old, item, index + 1, at, stamp)
            waits = _waits(item, old, asks_of, placed, at)
        else:
            asks.append(_ask(plan.matter, at, item, stamp))
            step = _place(plan, asks[-1], index + 1, item)
            waits = [placed[after - 1] for after in sorted(set(item.after))]
        _let_wait(step, waits)
        placed.append(step)
    return placed, asks


def _carry_over(
    plan: WorkPlan, old: PlanStep, item: KeptStep, position: int, at: int, stamp: Stamp
) -> PlanStep:
    ask = old.ask
    wording = ask.wording if item.wording is None else item.wording.strip()
    due_on = item.due_on or ask.due_on
    if (wording, due_on) != (ask.wording, ask.due_on):
        ask = _reword(ask, wording, due_on, plan.reason, at, stamp)
    draft = StepDraft(
        agency_code=ask.agency_code,
        wording=ask.wording,
        authority=ask.authority,
        due_on=ask.due_on,
        days=old.days if item.days is None else item.days,
        owner_name=_owner_of(old, item, at),
        cost=old.cost,
    )
    return _place(plan, ask, position, draft)


def _owner_of(old: PlanStep, item: KeptStep, at: int) -> str:
    """Who sees to a step that comes over: what the writer left alone stays as it is by now."""
    name = item.owner_name
    if name is None or version_of({"owner_name": name}) == item.owner_seen:
        return old.owner_name
    field = rules.step_field(at, "owner_name")
    check_owner_seen(old, name, seen=item.owner_seen, field=field)
    return name


def _reword(ask: Ask, wording: str, due_on: date, reason: str, at: int, stamp: Stamp) -> Ask:
    if ask.state == "done":
        raise Refused(
            "step_is_done",
            "The agency says that this is done. Leave it as it was asked, or ask again.",
            field=rules.step_field(at, "wording"),
        )
    try:
        return reword_ask(ask, wording=wording, due_on=due_on, reason=reason, stamp=stamp)
    except Refused as no:
        raise _at_step(no, at) from no


def _waits(
    item: KeptStep,
    old: PlanStep,
    asks_of: Mapping[int, int],
    placed: Sequence[PlanStep],
    at: int,
) -> list[PlanStep]:
    """What a step that comes over waits for: as the version says, or as it did before."""
    if item.after is not None:
        return [placed[after - 1] for after in sorted(set(item.after))]
    wanted = [asks_of[wait.on_id] for wait in old.waits.all() if wait.on_id in asks_of]
    here = {step.ask_id: step for step in placed}
    if not all(ask_id in here for ask_id in wanted):
        raise Refused(
            "waits_for_later_step",
            f"Step {len(placed) + 1} can wait only for steps before it.",
            field=rules.step_field(at, "after"),
        )
    return [here[ask_id] for ask_id in wanted]


def _place(plan: WorkPlan, ask: Ask, position: int, draft: StepDraft) -> PlanStep:
    """An ask in its place, with how it stands on this day."""
    return PlanStep.objects.create(
        plan=plan,
        ask=ask,
        position=position,
        days=draft.days,
        owner_name=draft.owner_name.strip(),
        cost=draft.cost.strip(),
        wording_then=ask.wording,
        state_then=ask.state,
        due_then=ask.due_on,
        promised_then=ask.promised_on,
    )


def _let_wait(step: PlanStep, on: Iterable[PlanStep]) -> None:
    StepWait.objects.bulk_create([StepWait(step=step, on=other) for other in on])


def _ask(matter: Matter, index: int, draft: StepDraft, stamp: Stamp) -> Ask:
    try:
        agency: Party = get_agency(draft.agency_code)
        ask = propose_ask(
            matter,
            party=agency,
            wording=draft.wording,
            authority=draft.authority,
            due_on=draft.due_on,
            where=draft.where,
            stamp=stamp,
        )
    except NotFound:
        raise Refused(
            "no_such_agency",
            "Choose an agency from the list.",
            field=rules.step_field(index, "agency_code"),
        ) from None
    except Refused as no:
        raise _at_step(no, index) from no
    return request_ask(ask, stamp=stamp)


def _at_step(no: Refused, index: int) -> Refused:
    """The same refusal, at the row of the form that it is about."""
    field = rules.step_field(index, no.field) if no.field else None
    return Refused(no.code, no.sentence, field=field)
