"""Registering the test of what is done at some locations, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.analysis.registration import (
    COMPARISON,
    MEASURE,
    NotRegistrable,
    RegisteredPlace,
    Registration,
    register,
)
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.policy import runs_matter
from wardroom.problems import facts, policy
from wardroom.problems.models import EvaluatedPlace, Evaluation, PersistentLocation, Verdict
from wardroom.problems.rules.evaluations import (
    LOT_RULE,
    EvaluationDraft,
    PlaceDraft,
    check_draft,
    check_why,
)

DEGREE_M = 111_195.0
SEED_SIGNS = 7


@dataclass(frozen=True)
class Told:
    """What the judge says of an evaluation after so many months, ready to be kept."""

    data_until: date
    months: int
    interim: bool
    word: str
    sentence: str
    a_a_rate: float | None
    method: str
    figures: Mapping[str, Any]


@action(policy.may_register_evaluation)
def register_evaluation(draft: EvaluationDraft, *, stamp: Stamp) -> Evaluation:
    """Register the test of what will be done at some locations, before it begins.

    From then on nobody can choose another yardstick: places, kinds, start, measure, rule of
    comparison and the day of the verdict are one text, and its hash is kept.
    Refuses: no title; no location; a location that is closed or has an evaluation under way;
    a start that is over or that the data have seen; a verdict before three whole months; a
    lot that nobody would have to wait for.
    Records: `EvaluationRegistered` in each ward, and `OrderDrawn` where a lot decides.
    """
    title = check_draft(draft, today=localdate(stamp.at))
    locations = _locations(draft, stamp)
    registration = registration_of(draft)
    try:
        sha256 = register(registration)
    except NotRegistrable as no:
        raise Refused("not_registrable", no.sentence, field=no.field) from None
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    evaluation = Evaluation.objects.create(
        title=title,
        ward_code=draft.ward_code,
        data_until=draft.data_until,
        starts_on=draft.starts_on,
        verdict_on=draft.verdict_on,
        months=draft.months,
        measure=registration.measure,
        comparison_rule=registration.comparison_rule,
        seed=registration.seed,
        text=registration.text,
        sha256=sha256,
        at_once=draft.at_once,
        registered_by=party,
        registered_at=stamp.at,
    )
    EvaluatedPlace.objects.bulk_create(
        EvaluatedPlace(
            evaluation=evaluation,
            location=locations[place.location_id],
            ward_code=place.ward_code,
            latitude=place.latitude,
            longitude=place.longitude,
            radius_m=place.radius_m,
            topics=sorted(place.topics),
            before=place.before,
        )
        for place in draft.places
    )
    _tell(
        evaluation,
        facts.EvaluationRegistered,
        places=len(draft.places),
        starts_on=draft.starts_on,
        verdict_on=draft.verdict_on,
        sha256=sha256,
        stamp=stamp,
    )
    return draw_order(evaluation, stamp=stamp) if draft.at_once is not None else evaluation


@action(policy.may_draw_order)
def draw_order(evaluation: Evaluation, *, stamp: Stamp) -> Evaluation:
    """Draw by lot which locations come first, where there is not enough for all at once.

    The seed comes from what was registered, so that nobody can draw until they like it.
    Refuses: an evaluation without a lot, or whose lot was drawn.
    Records: `OrderDrawn` in each ward.
    """
    from wardroom.analysis.phase_in import draw_lot

    if evaluation.at_once is None:
        raise Refused("no_lot", "All of its places come first; there is nothing to draw.")
    if evaluation.lot is not None:
        raise Refused("already_drawn", "The draw was made. It is made once.")
    places = {str(place.location_id): place for place in evaluation.places.all()}
    lot = draw_lot(
        {key: place.before for key, place in places.items()},
        [evaluation.at_once],
        seed=evaluation.seed,
    )
    for key, wave in zip(lot.places, lot.waves, strict=True):
        places[key].wave = wave
    EvaluatedPlace.objects.bulk_update(places.values(), ["wave"])
    evaluation.lot = lot.as_json()
    evaluation.save(update_fields=["lot"])
    _tell(
        evaluation,
        facts.OrderDrawn,
        first=lot.waves.count(0),
        waiting=len(lot.waves) - lot.waves.count(0),
        seed=lot.seed,
        sha256=lot.sha256,
        stamp=stamp,
    )
    return evaluation


@action(policy.may_withdraw_evaluation)
def withdraw_evaluation(evaluation: Evaluation, *, reason: str, stamp: Stamp) -> Evaluation:
    """Withdraw an evaluation, and say why; what was registered stays to be read.

    Refuses: no reason; one that is withdrawn, or that has its verdict.
    Records: `EvaluationWithdrawn` in each ward.
    """
    reason = check_why(reason)
    if evaluation.withdrawn_at is not None:
        raise Refused("already_withdrawn", "Somebody withdrew this already.")
    if evaluation.verdicts.filter(interim=False).exists():
        raise Refused("already_judged", "It has its verdict, whatever that is. It stays.")
    evaluation.withdrawn_at = stamp.at
    evaluation.withdrawn_why = reason
    evaluation.save(update_fields=["withdrawn_at", "withdrawn_why"])
    _tell(evaluation, facts.EvaluationWithdrawn, reason=reason, stamp=stamp)
    return evaluation


@action(policy.may_keep_verdict)
def keep_verdict(evaluation: Evaluation, *, told: Told, stamp: Stamp) -> Verdict:
    """Keep what the judge says of an evaluation: how it stands, or its verdict.

    It was counted before, so that nobody waits for it with a change of their own.
    Refuses: one that is withdrawn; one that has its verdict; months that were looked at; rows
    that are not what was registered.
    Records: `VerdictKept` in each ward.
    """
    if evaluation.withdrawn_at is not None:
        raise Refused("wrong_state", "This evaluation was withdrawn.")
    if evaluation.verdicts.filter(interim=False).exists():
        raise Refused("already_judged", "It has its verdict.")
    if evaluation.verdicts.filter(months__gte=told.months, interim=told.interim).exists():
        raise Refused("already_read", "These months were looked at.")
    if registration_of(draft_of(evaluation)).sha256 != evaluation.sha256:
        raise Refused("changed_afterwards", "This is not what was registered, so it is not judged.")
    verdict = Verdict.objects.create(
        evaluation=evaluation,
        given_at=stamp.at,
        data_until=told.data_until,
        months=told.months,
        interim=told.interim,
        word=told.word,
        sentence=told.sentence,
        a_a_rate=told.a_a_rate,
        method=told.method,
        figures=dict(told.figures),
    )
    _tell(
        evaluation,
        facts.VerdictKept,
        verdict_id=verdict.pk,
        months=told.months,
        interim=told.interim,
        word=told.word,
        told=told.sentence,
        stamp=stamp,
    )
    return verdict


def registration_of(draft: EvaluationDraft) -> Registration:
    """All that is fixed before it begins; metres are degrees times 111,195.

    The seed follows from the rest, so that there is none to choose.
    """
    rule = COMPARISON if draft.at_once is None else LOT_RULE.format(at_once=draft.at_once)

    def seeded(seed: int) -> Registration:
        return Registration(
            places=tuple(
                RegisteredPlace(
                    key=f"persistent location {place.location_id}, {place.before} before",
                    x=place.longitude * DEGREE_M,
                    y=place.latitude * DEGREE_M,
                    radius_m=place.radius_m,
                    kinds=place.topics,
                )
                for place in draft.places
            ),
            data_until=draft.data_until,
            starts_on=draft.starts_on,
            verdict_on=draft.verdict_on,
            after_months=draft.months,
            measure=MEASURE,
            comparison_rule=rule,
            seed=seed,
        )

    return seeded(int(seeded(0).sha256[:SEED_SIGNS], 16))


def draft_of(evaluation: Evaluation) -> EvaluationDraft:
    """What was registered, from the rows that keep it."""
    return EvaluationDraft(
        title=evaluation.title,
        places=tuple(
            PlaceDraft(
                location_id=place.location_id,
                ward_code=place.ward_code,
                latitude=place.latitude,
                longitude=place.longitude,
                radius_m=place.radius_m,
                topics=tuple(place.topics),
                before=place.before,
            )
            for place in evaluation.places.order_by("location_id")
        ),
        data_until=evaluation.data_until,
        starts_on=evaluation.starts_on,
        verdict_on=evaluation.verdict_on,
        at_once=evaluation.at_once,
    )


def _locations(draft: EvaluationDraft, stamp: Stamp) -> dict[int, PersistentLocation]:
    """The locations, each one open, the actor's to run, and free of an evaluation under way."""
    wanted = [place.location_id for place in draft.places]
    rows = PersistentLocation.objects.select_for_update(of=("self",), no_key=True)
    found = {row.pk: row for row in rows.filter(pk__in=wanted).select_related("matter")}
    busy = set(
        EvaluatedPlace.objects.filter(location__in=wanted, evaluation__withdrawn_at=None)
        .exclude(evaluation__verdicts__interim=False)
        .values_list("location_id", flat=True)
    )
    for place in draft.places:
        location = found.get(place.location_id)
        if location is None or location.matter.ward_code != place.ward_code:
            raise Refused("places_unknown", "Choose locations from the list.", field="places")
        if not runs_matter(stamp.actor, location.matter):
            raise NotAllowed
        if location.matter.state != "open":
            raise Refused("place_closed", f"{location.matter.title} is closed.", field="places")
        if place.location_id in busy:
            raise Refused(
                "already_evaluated",
                f"{location.matter.title} has an evaluation under way. Leave it out.",
                field="places",
            )
    return found


def _tell(
    evaluation: Evaluation, fact: Callable[..., facts.EvaluationFact], *, stamp: Stamp, **words: Any
) -> None:
    """Write the line once in each ward, for those who look after it."""
    by_ward: dict[str, list[int]] = {}
    rows = evaluation.places.order_by("location__matter_id")
    for ward, matter_id in rows.values_list("ward_code", "location__matter_id"):
        by_ward.setdefault(ward, []).append(matter_id)
    for ward, matter_ids in sorted(by_ward.items()):
        line = fact(
            evaluation_id=evaluation.pk,
            title=evaluation.title,
            matter_ids=tuple(matter_ids),
            ward_code=ward,
            **words,
        )
        record(line, stamp=stamp)
