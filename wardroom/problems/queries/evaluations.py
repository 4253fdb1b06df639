"""Evaluations as lists and files show them, and what one can be made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import Lines, TimelinePage, timeline
from wardroom.problems import policy
from wardroom.problems.models import EvaluatedPlace, Evaluation, PersistentLocation, Verdict
from wardroom.problems.rules.evaluations import AHEAD, DUE, JUDGED, RUNNING, WITHDRAWN, standing

PAGE_ROWS = 25


@dataclass(frozen=True)
class LocationChoice:
    """An open location that can be put into an evaluation."""

    id: int
    matter_id: int
    title: str
    ward_code: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluation as lists show it; ``word`` is that of its verdict, empty before."""

    id: int
    title: str
    ward_code: str
    state: str
    places: int
    starts_on: date
    verdict_on: date
    months: int
    months_read: int
    word: str
    begun: bool

    @property
    def standing(self) -> str:
        """Its state in one word; what runs on paper but has not begun is still ahead."""
        return AHEAD if self.state == RUNNING and not self.begun else self.state


@dataclass(frozen=True)
class EvaluationPage:
    """A page of evaluations, the soonest verdict first."""

    rows: tuple[EvaluationRow, ...]
    total: int
    page: int
    pages: int
    allowed: frozenset[str]


@dataclass(frozen=True)
class VerdictRow:
    """What was said of an evaluation after so many months."""

    given_on: date
    data_until: date
    months: int
    interim: bool
    word: str
    sentence: str
    a_a_rate: float | None
    method: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class PlaceRow:
    """One location of an evaluation; ``waits`` where a lot let others go first."""

    location_id: int
    matter_id: int
    title: str
    ward_code: str
    topics: tuple[str, ...]
    radius_m: float
    before: int
    waits: bool


@dataclass(frozen=True)
class EvaluationFile:
    """One evaluation: what was registered, and what was said of it since, newest first.

    ``elsewhere`` counts the places beyond the reader's reach; ``text`` is empty where there
    are any, for it names them.
    """

    row: EvaluationRow
    measure: str
    comparison_rule: str
    data_until: date
    sha256: str
    text: str
    at_once: int | None
    seed: int
    registered_by: str
    registered_at: datetime
    withdrawn_on: date | None
    withdrawn_why: str
    places: tuple[PlaceRow, ...]
    elsewhere: int
    verdicts: tuple[VerdictRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class EvaluationLink:
    """An evaluation that a location is part of."""

    id: int
    title: str
    state: str
    verdict_on: date
    word: str


def locations_to_evaluate(actor: Actor) -> Any:
    """The open locations that this actor runs and that no evaluation holds now."""
    if not policy.may_plan_evaluation(actor):
        return PersistentLocation.objects.none()
    held = EvaluatedPlace.objects.filter(location=OuterRef("pk"), evaluation__withdrawn_at=None)
    judged = Verdict.objects.filter(evaluation=OuterRef("evaluation"), interim=False)
    return (
        PersistentLocation.objects.within(policy.reach_of_locations(actor))
        .filter(matter__state="open")
        .exclude(place__latitude=None)
        .exclude(Exists(held.exclude(Exists(judged))))
        .select_related("matter", "place", "decision__candidate")
    )


def location_choices(actor: Actor) -> tuple[LocationChoice, ...]:
    """The same as a list to choose from, by ward and title.

    Refuses: whoever registers nothing.
    """
    if not policy.may_plan_evaluation(actor):
        raise NotAllowed
    rows = locations_to_evaluate(actor).order_by("matter__ward_code", "matter__title", "pk")
    return tuple(
        LocationChoice(
            row.pk,
            row.matter_id,
            row.matter.title,
            row.matter.ward_code,
            tuple(topic["name"] for topic in row.topics),
        )
        for row in rows
    )


def evaluation_page(
    actor: Actor, *, on: date, ward: str | None = None, state: str = "all", page: int = 1
) -> EvaluationPage:
    """The evaluations within reach; ``state`` is running, due, judged, withdrawn or all."""
    rows = _seen(actor)
    if ward:
        here = EvaluatedPlace.objects.filter(ward_code=ward)
        rows = rows.filter(pk__in=here.values("evaluation"))
    rows = _in_state(_told(rows), state, on)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = rows.order_by("judged", "verdict_on", "pk")[on_page]
    may = policy.may_plan_evaluation(actor)
    return EvaluationPage(
        rows=tuple(_row(e, on) for e in shown),
        total=total,
        page=page,
        pages=pages,
        allowed=frozenset({"register_evaluation"} if may else ()),
    )


def get_evaluation(evaluation_id: int, actor: Actor) -> Evaluation:
    """One evaluation, to act on it; `NotFound` where it is out of reach."""
    evaluation: Evaluation | None = _seen(actor).filter(pk=evaluation_id).first()
    if evaluation is None:
        raise NotFound(f"no evaluation {evaluation_id}")
    return evaluation


def evaluation_file(evaluation_id: int, actor: Actor, *, on: date) -> EvaluationFile:
    """One evaluation, whole; `NotFound` where it is out of reach."""
    found = _told(_seen(actor)).select_related("registered_by").filter(pk=evaluation_id).first()
    if found is None:
        raise NotFound(f"no evaluation {evaluation_id}")
    mine = EvaluatedPlace.objects.within(policy.reach_of_evaluated_places(actor))
    places = mine.filter(evaluation=found).select_related("location__matter")
    shown = tuple(_place(p) for p in places.order_by("wave", "ward_code", "location_id"))
    elsewhere = found.size - len(shown)
    verdicts = found.verdicts.order_by("-months", "interim", "-pk")
    return EvaluationFile(
        row=_row(found, on),
        measure=found.measure,
        comparison_rule=found.comparison_rule,
        data_until=found.data_until,
        sha256=found.sha256,
        text="" if elsewhere else found.text,
        at_once=found.at_once,
        seed=found.seed,
        registered_by=found.registered_by.name,
        registered_at=found.registered_at,
        withdrawn_on=localdate(found.withdrawn_at) if found.withdrawn_at else None,
        withdrawn_why=found.withdrawn_why,
        places=shown,
        elsewhere=elsewhere,
        verdicts=tuple(_verdict(v) for v in verdicts),
        timeline=_once(timeline(actor, refs=[Ref("evaluation", str(found.pk))])),
        allowed=_allowed(found, actor),
    )


def evaluations_of_location(
    matter_id: int, actor: Actor, *, on: date
) -> tuple[EvaluationLink, ...]:
    """The evaluations that a location is or was part of, newest first."""
    mine = EvaluatedPlace.objects.filter(location__matter_id=matter_id)
    rows = _told(_seen(actor).filter(pk__in=mine.values("evaluation"))).order_by("-pk")
    linked = (_row(e, on) for e in rows)
    return tuple(EvaluationLink(r.id, r.title, r.state, r.verdict_on, r.word) for r in linked)


def evaluations_under_way() -> tuple[int, ...]:
    """The numbers of those that wait for a verdict."""
    judged = Verdict.objects.filter(interim=False)
    rows = Evaluation.objects.filter(withdrawn_at=None).exclude(pk__in=judged.values("evaluation"))
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def _once(found: TimelinePage) -> TimelinePage:
    """Each line once: it is told in every ward, and whoever sees all wards saw it eight times."""
    lines = {(line.at, line.kind, line.sentence): line for line in reversed(found.lines)}
    kept = Lines.of(reversed(lines.values()), found.lines.refs, found.lines.older)
    return replace(found, lines=kept)


def _seen(actor: Actor) -> Any:
    return Evaluation.objects.within(policy.reach_of_evaluations(actor))


def _told(rows: Any) -> Any:
    """With the number of places, the months looked at, and the word of the verdict."""
    of_it = Verdict.objects.filter(evaluation=OuterRef("pk"))
    places = EvaluatedPlace.objects.filter(evaluation=OuterRef("pk")).order_by()
    counted = places.values("evaluation").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        size=Subquery(counted),
        judged=Exists(of_it.filter(interim=False)),
        months_read=Subquery(of_it.order_by("-months").values("months")[:1]),
        word=Subquery(of_it.filter(interim=False).values("word")[:1]),
    )


def _in_state(rows: Any, state: str, on: date) -> Any:
    waiting = Q(withdrawn_at=None, judged=False)
    chosen = {
        RUNNING: waiting & Q(verdict_on__gt=on),
        DUE: waiting & Q(verdict_on__lte=on),
        JUDGED: Q(withdrawn_at=None, judged=True),
        WITHDRAWN: Q(withdrawn_at__isnull=False),
    }
    return rows.filter(chosen[state]) if state in chosen else rows


def _row(evaluation: Any, on: date) -> EvaluationRow:
    return EvaluationRow(
        id=evaluation.pk,
        title=evaluation.title,
        ward_code=evaluation.ward_code,
        state=standing(
            withdrawn=evaluation.withdrawn_at is not None,
            judged=evaluation.judged,
            verdict_on=evaluation.verdict_on,
            on=on,
        ),
        places=evaluation.size or 0,
        starts_on=evaluation.starts_on,
        verdict_on=evaluation.verdict_on,
        months=evaluation.months,
        months_read=evaluation.months_read or 0,
        word=evaluation.word or "",
        begun=evaluation.starts_on <= on,
    )


def _place(place: Any) -> PlaceRow:
    names = {topic["code"]: topic["name"] for topic in place.location.topics}
    return PlaceRow(
        location_id=place.location_id,
        matter_id=place.location.matter_id,
        title=place.location.matter.title,
        ward_code=place.ward_code,
        topics=tuple(names.get(code, code) for code in place.topics),
        radius_m=place.radius_m,
        before=place.before,
        waits=bool(place.wave),
    )


def _verdict(verdict: Verdict) -> VerdictRow:
    return VerdictRow(
        given_on=localdate(verdict.given_at),
        data_until=verdict.data_until,
        months=verdict.months,
        interim=verdict.interim,
        word=verdict.word,
        sentence=verdict.sentence,
        a_a_rate=verdict.a_a_rate,
        method=verdict.method,
        figures=verdict.figures,
    )


def _allowed(evaluation: Any, actor: Actor) -> frozenset[str]:
    under_way = evaluation.withdrawn_at is None and not evaluation.judged
    may = under_way and policy.may_withdraw_evaluation(actor, evaluation)
    return frozenset({"withdraw_evaluation"} if may else ())
