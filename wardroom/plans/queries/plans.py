"""A work plan as its pages show it: the steps, what was seen of them, and earlier versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.library.queries import office_hours
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import AskRow, DoneAsk, Look, ask_row, seen_by_others
from wardroom.plans import policy, rules
from wardroom.plans.models import PlanReview, PlanStep, StepCheck, WorkPlan
from wardroom.plans.queries.improvements import ImprovementRow, improvements_behind


@dataclass(frozen=True)
class StepCheckRow:
    """What somebody found who neither did nor asked for a step."""

    observer_name: str
    seen_on: date
    finding: str
    finding_label: str
    note: str


@dataclass(frozen=True)
class PlanRow:
    """One step: what was asked of whom, how it goes, and how it stood at its version's start.

    ``seen`` is the newest look at it since its agency called it done; none where nobody has
    looked. ``first_due_on`` is the day it was first asked for by. ``waiting`` says that something
    it waits for is not done.
    """

    position: int
    ask_id: int
    agency_code: str
    agency_name: str
    wording: str
    authority: str
    owner_name: str
    cost: str
    days: int
    state: str
    due_on: date
    first_due_on: date
    asked_on: date | None
    answered_on: date | None
    counter_on: date | None
    first_promised_on: date | None
    promised_on: date | None
    done_on: date | None
    disposition_label: str
    decline_label: str
    slip_days: int | None
    waits_for: tuple[int, ...]
    waiting: bool
    carried: bool
    wording_then: str
    state_then: str
    due_then: date | None
    promised_then: date | None
    seen: StepCheckRow | None
    allowed: frozenset[str]

    @property
    def given_on(self) -> date:
        """The day that holds now: promised, offered, or else asked for."""
        offered = self.counter_on if self.state == "countered" else None
        return self.promised_on or offered or self.due_on


@dataclass(frozen=True)
class VersionRow:
    """One version of a plan in the list of versions."""

    version: int
    adopted_on: date
    adopted_by: str
    reason: str


@dataclass(frozen=True)
class ReviewRow:
    """One time that somebody looked at a plan again and left it as it is."""

    reviewed_on: date
    reviewed_by: str
    note: str


@dataclass(frozen=True)
class PlanView:
    """One version of a work plan with its steps in order; the newest unless asked.

    ``review_on`` is the day of the next look, which a look at the plan moves on.
    """

    id: int
    matter_id: int
    version: int
    newest: bool
    cause: str
    objective: str
    measure: str
    baseline: float
    target: float
    target_on: date
    review_on: date
    reason: str
    adopted_on: date
    adopted_by: str
    rows: tuple[PlanRow, ...]
    done_steps: int
    seen_steps: int
    versions: tuple[VersionRow, ...]
    reviews: tuple[ReviewRow, ...]
    improvements: tuple[ImprovementRow, ...]
    allowed: frozenset[str]


def plan_of(matter_id: int, actor: Actor, version: int | None = None) -> PlanView | None:
    """The work plan of a matter, or an older version; None where there is none to read."""
    every = _versions(matter_id, actor)
    wanted = [p for p in every if version is None or p.version == version]
    if not wanted:
        return None
    plan, newest = wanted[0], wanted[0].version == every[0].version
    rows = _rows(_steps(plan), _first_due(plan), actor)
    reviews = list(plan.reviews.order_by("-reviewed_at", "-pk"))
    return PlanView(
        id=plan.pk,
        matter_id=matter_id,
        version=plan.version,
        newest=newest,
        cause=plan.cause,
        objective=plan.objective,
        measure=plan.measure,
        baseline=plan.baseline,
        target=plan.target,
        target_on=plan.target_on,
        review_on=reviews[0].review_on if reviews else plan.review_on,
        reason=plan.reason,
        adopted_on=localdate(plan.adopted_at),
        adopted_by=plan.adopted_by,
        rows=rows,
        done_steps=sum(row.state == "done" for row in rows),
        seen_steps=sum(row.seen is not None and row.seen.finding == "fixed" for row in rows),
        versions=tuple(
            VersionRow(p.version, localdate(p.adopted_at), p.adopted_by, p.reason) for p in every
        ),
        reviews=tuple(_review(review) for review in reviews),
        improvements=improvements_behind(plan, actor),
        allowed=plan_allowed(plan.matter, actor, plan) if newest else frozenset(),
    )


def plan_changes(matter_id: int, actor: Actor, version: int) -> rules.Comparison | None:
    """What a version changed against the one before; None where there is none before it."""
    found = {p.version: p for p in _versions(matter_id, actor)}
    if version not in found or version - 1 not in found:
        return None
    old, new = found[version - 1], found[version]
    before, after = _steps(old), _steps(new)
    return rules.compare(
        [_then(step, {other.pk: other.ask_id for other in before}) for step in before],
        [_then(step, {other.pk: other.ask_id for other in after}) for step in after],
        aims=(_aim(old), _aim(new)),
        left_because={step.ask_id: step.ask.state for step in before},
    )


def get_plan(matter_id: int, actor: Actor, version: int | None = None) -> WorkPlan:
    """The newest version of a plan, or this one, to act on it; `NotFound` where out of reach."""
    found = [p for p in _versions(matter_id, actor) if version in (None, p.version)]
    if not found:
        raise NotFound(f"no plan of matter {matter_id}")
    return found[0]


def forecast_of(plan: PlanView, *, on: date) -> Mapping[int, rules.Forecast]:
    """When each step can begin and is likely done, by its position; ``on`` is today."""
    calendar = office_hours()
    is_open = calendar.is_open if calendar else _weekday
    return rules.forecast([_now(row) for row in plan.rows], today=on, is_open=is_open)


def plan_allowed(matter: Matter, actor: Actor, plan: WorkPlan | None = None) -> frozenset[str]:
    """Whether this actor may adopt a plan or its next version, or look at it again, now."""
    if matter.state != "open" or matter.kind not in rules.PLANNED:
        return frozenset()
    may = {"adopt_plan"} if policy.may_adopt_plan(actor, matter) else set()
    if plan is not None and policy.may_review_plan(actor, plan):
        may.add("review_plan")
    return frozenset(may)


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def _versions(matter_id: int, actor: Actor) -> list[WorkPlan]:
    plans = WorkPlan.objects.within(policy.reach(actor)).filter(matter_id=matter_id)
    return list(plans.select_related("matter").order_by("-version"))


def _steps(plan: WorkPlan) -> list[PlanStep]:
    rows = plan.steps.select_related("ask__party", "ask__matter__place")
    return list(rows.prefetch_related("waits").order_by("position"))


def _first_due(plan: WorkPlan) -> dict[int, date | None]:
    """The asks of earlier versions, each with the day that it was first wanted by."""
    steps = PlanStep.objects.filter(plan__matter=plan.matter_id, plan__version__lt=plan.version)
    return dict(steps.order_by("-plan__version").values_list("ask_id", "due_then"))


def _rows(
    steps: Sequence[PlanStep], earlier: Mapping[int, date | None], actor: Actor
) -> tuple[PlanRow, ...]:
    at = {step.pk: step for step in steps}
    looks = _looks(step.ask for step in steps)
    return tuple(
        _row(
            step,
            ask_row(step.ask, actor),
            waits=sorted((at[w.on_id] for w in step.waits.all()), key=lambda s: s.position),
            carried=step.ask_id in earlier,
            first_due_on=earlier.get(step.ask_id),
            seen=looks.get(step.ask_id),
            verifies=policy.may_verify_step(actor, step),
            names=policy.may_name_step_owner(actor, step),
        )
        for step in steps
    )


def _row(
    step: PlanStep,
    ask: AskRow,
    *,
    waits: Sequence[PlanStep],
    carried: bool,
    first_due_on: date | None,
    seen: StepCheckRow | None,
    verifies: bool,
    names: bool,
) -> PlanRow:
    allowed = {"verify_step"} if verifies and ask.state == "done" else set()
    allowed |= {"name_step_owner"} if names else set()
    return PlanRow(
        position=step.position,
        ask_id=ask.id,
        agency_code=ask.agency_code,
        agency_name=ask.agency_name,
        wording=ask.wording,
        authority=ask.authority,
        owner_name=step.owner_name,
        cost=step.cost,
        days=step.days,
        state=ask.state,
        due_on=ask.due_on,
        first_due_on=first_due_on or ask.due_on,
        asked_on=ask.asked_on,
        answered_on=ask.answered_on,
        counter_on=ask.counter_on,
        first_promised_on=ask.first_promised_on,
        promised_on=ask.promised_on,
        done_on=ask.done_on,
        disposition_label=ask.disposition_label,
        decline_label=ask.decline_label,
        slip_days=ask.slip_days,
        waits_for=tuple(other.position for other in waits),
        waiting=any(other.ask.state not in ("done", "withdrawn") for other in waits),
        carried=carried,
        wording_then=step.wording_then or ask.wording,
        state_then=step.state_then,
        due_then=step.due_then,
        promised_then=step.promised_then,
        seen=seen,
        allowed=ask.allowed | allowed,
    )


def _looks(asks: Iterable[Ask]) -> dict[int, StepCheckRow]:
    """What others saw last of each ask since its agency called it done."""
    done = [
        DoneAsk(ask.pk, ask.case.pk, ask.done_at, ask.asked_by_id, ask.party_id)
        for ask in asks
        if ask.state == "done" and ask.done_at
    ]
    return {pk: _look_row(looks[-1]) for pk, looks in seen_by_others(done).items()}


def _look_row(look: Look) -> StepCheckRow:
    finding = rules.OF_A_PLACE.get(look.finding, look.finding)
    return StepCheckRow(
        observer_name=look.observer_name,
        seen_on=look.on,
        finding=finding,
        finding_label=rules.VERIFIED[finding],
        note=look.note,
    )


def check_row(row: StepCheck) -> StepCheckRow:
    """What somebody found at a step; the check comes with its observer."""
    return StepCheckRow(
        observer_name=row.observer.name,
        seen_on=localdate(row.seen_at),
        finding=row.finding,
        finding_label=rules.VERIFIED[row.finding],
        note=row.note,
    )


def _review(row: PlanReview) -> ReviewRow:
    return ReviewRow(localdate(row.reviewed_at), row.reviewed_by, row.note)


def _now(row: PlanRow) -> rules.StepNow:
    return rules.StepNow(
        position=row.position,
        agency=row.agency_code or row.agency_name,
        state=row.state,
        days=row.days,
        after=row.waits_for,
        due_on=row.due_on,
        given_on=row.given_on,
        first_promised_on=row.first_promised_on,
        promised_on=row.promised_on,
        done_on=row.done_on,
    )


def _then(step: PlanStep, asks_of: Mapping[int, int]) -> rules.StepThen:
    return rules.StepThen(
        ask_id=step.ask_id,
        agency=step.ask.agency_code,
        wording=step.wording_then or step.ask.wording,
        due_on=step.due_then,
        promised_on=step.promised_then,
        position=step.position,
        owner_name=step.owner_name,
        days=step.days,
        after=tuple(sorted(asks_of[w.on_id] for w in step.waits.all() if w.on_id in asks_of)),
    )


def _aim(plan: WorkPlan) -> rules.AimThen:
    return rules.AimThen(
        objective=plan.objective,
        measure=plan.measure,
        baseline=plan.baseline,
        target=plan.target,
        target_on=plan.target_on,
        review_on=plan.review_on,
    )
