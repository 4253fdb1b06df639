"""A rota: begun, proposed, edited by people, published, and begun again from what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.calendar.actions import ShiftPlan, place_shifts
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules.shifts import Turn, turn_words
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import ended
from wardroom.ledger.actions import record
from wardroom.matters.queries.clocks import working_calendar
from wardroom.matters.rules import check_text
from wardroom.office import facts, policy
from wardroom.office.models import Rota, RotaTurn
from wardroom.office.queries.people import duty_people, others_here
from wardroom.office.queries.proposing import Answer
from wardroom.office.queries.rota import against_in_draft, rota_file, turn_of_row
from wardroom.office.queries.standing import shifts_around
from wardroom.office.rules.rota import (
    CONFLICT,
    DRAFT,
    DROPPED,
    FAILED,
    FOUND,
    PUBLISHED,
    REPLACED,
    WANTED,
    Pattern,
    check_pattern,
    check_weeks,
    turns_of_pattern,
)


@dataclass(frozen=True)
class RotaDraft:
    """A rota to begin: its name, its weeks and which turns there are."""

    name: str
    from_on: date
    weeks: int
    pattern: Pattern


@action(policy.may_plan_rota)
def draft_rota(_: None, *, draft: RotaDraft, stamp: Stamp) -> Rota:
    """Begin a rota of some weeks with all its turns, which nobody has yet.

    Refuses: no name; a day that is no Monday; no weeks; hours that are on no clock.
    Records: `RotaDrafted`.
    """
    name = check_text(
        draft.name, code="name_missing", sentence="Give it a name.", field="name", most=120
    )
    first, last = check_weeks(draft.from_on, draft.weeks)
    pattern = check_pattern(draft.pattern)
    rota = _begun(name, first, last, pattern, stamp)
    holidays = working_calendar(first, last).holidays
    turns = turns_of_pattern(pattern, first, last, holidays)
    RotaTurn.objects.bulk_create(
        (RotaTurn(rota=rota, **_columns(turn)) for turn in turns), batch_size=200
    )
    record(
        facts.RotaDrafted(**_words(rota), from_on=first, until_on=last, turns=len(turns)),
        stamp=stamp,
    )
    return rota


@action(policy.may_plan_rota)
def revise_rota(rota: Rota, *, stamp: Stamp) -> Rota:
    """Begin a new version of the rota in force, from the shifts as they stand after all swaps.

    Refuses: one that is not in force; one of which a new version is a draft already.
    Records: `RotaDrafted`.
    """
    if rota.state != PUBLISHED:
        raise Refused("wrong_state", "Only the rota in force has a new version.")
    if rota.later.filter(state=DRAFT).exists():
        raise Refused("already_there", "A new version is being drafted already.")
    made = _begun(
        rota.name, rota.from_on, rota.until_on, Pattern.from_plain(rota.pattern), stamp, rota
    )
    turns = _turns_as_they_stand(rota, made)
    RotaTurn.objects.bulk_create(turns, batch_size=200)
    fact = facts.RotaDrafted(
        **_words(made),
        from_on=made.from_on,
        until_on=made.until_on,
        turns=len(turns),
        from_version=rota.version,
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_plan_rota)
def want_proposal(rota: Rota, *, with_gaps: bool = False, stamp: Stamp) -> Rota:
    """Ask for a proposal; a worker looks for the fairest rota that keeps all rules and wishes.

    What a person gave by hand stays, a warning or not. ``with_gaps`` lets turns stay empty where
    it must be.
    Refuses: one that is no draft; a search that goes on already. Records: `ProposalWanted`.
    """
    _check_draft(rota)
    if rota.sought == WANTED:
        raise Refused("already_so", "A proposal is being looked for already.")
    rota.sought, rota.sought_at, rota.found_at = WANTED, stamp.at, None
    rota.conflict, rota.unmet = [], []
    rota.save()
    record(facts.ProposalWanted(**_words(rota), with_gaps=with_gaps), stamp=stamp)
    return rota


@action(policy.may_keep_proposal)
def keep_proposal(rota: Rota, *, answer: Answer, stamp: Stamp) -> Rota:
    """Keep what came of a search: the people in their turns, or why there can be no rota.

    A turn that was given by hand to somebody who is not on duty any more is found anew.
    Refuses: a draft that was published or dropped meanwhile.
    Records: `RotaProposed` or `RotaImpossible`.
    """
    _check_draft(rota)
    rota.found_at = stamp.at
    if answer.conflict or answer.failed:
        rota.sought = FAILED if answer.failed else CONFLICT
        rota.conflict, rota.unmet = list(answer.conflict), []
        rota.save()
        record(facts.RotaImpossible(**_words(rota), parts=len(answer.conflict)), stamp=stamp)
        return rota
    here = {person.user_id for person in duty_people(rota.from_on, rota.until_on)}
    rows = [row for row in rota.turns.order_by("pk") if not row.kept or row.user_id not in here]
    for row in rows:
        row.user_id, row.overridden, row.kept = answer.given.get(row.pk), "", False
    RotaTurn.objects.bulk_update(rows, ["user", "overridden", "kept"], batch_size=200)
    rota.sought, rota.conflict, rota.unmet = FOUND, [], list(answer.unmet)
    rota.save()
    gaps = rota.turns.filter(user__isnull=True).count()
    record(facts.RotaProposed(**_words(rota), gaps=gaps, unmet=len(answer.unmet)), stamp=stamp)
    return rota


@action(policy.may_plan_rota)
def give_turn(turn: RotaTurn, *, user_id: int | None, because: str = "", stamp: Stamp) -> RotaTurn:
    """Give a turn of a draft to somebody by hand, or to nobody; a proposal leaves it so.

    Refuses: what cannot be, such as two turns at once or leave; what a warning speaks
    against, unless ``because`` says why all the same. Records: `TurnGiven`.
    """
    rota = Rota.objects.get(pk=turn.rota_id)
    _check_draft(rota)
    turn.rota = rota
    before = turn.user.name if turn.user is not None else ""
    found = against_in_draft(turn, user_id) if user_id is not None else None
    if found is not None and found.never:
        who = User.objects.get(pk=user_id or 0).name
        said = ended(f"This cannot be: {who} {', and '.join(found.never)}")
        raise Refused("cannot", said, field="user_id")
    because = because.strip()
    if len(because) > 300:
        raise Refused("too_long", "Write at most 300 characters.", field="because")
    if found is not None and found.warnings and not because:
        raise Refused(
            "warned",
            ended(f"A rule speaks against it: {'; '.join(found.warnings)}")
            + " Say why all the same.",
            field="because",
        )
    turn.user = User.objects.get(pk=user_id) if user_id is not None else None
    turn.overridden = because if found is not None and found.warnings else ""
    turn.kept = user_id is not None
    if turn.stood:
        turn.stood_by_id = _holders(rota).get(turn_of_row(turn), turn.stood_by_id)
    turn.save(update_fields=["user", "overridden", "kept", "stood_by"])
    fact = facts.TurnGiven(
        **_words(rota),
        turn_id=turn.pk,
        when=turn_words(turn_of_row(turn)),
        before_name=before,
        after_name=turn.user.name if turn.user is not None else "",
        because=turn.overridden,
    )
    record(fact, stamp=stamp)
    return turn


@action(policy.may_plan_rota)
def publish_rota(rota: Rota, *, stamp: Stamp) -> Rota:
    """Put a rota into force: its turns become shifts, and those whom it touches are told.

    The version before stays readable. What has begun stays as it is, and so does what changed
    hands since the draft began and was not changed in it.
    Refuses: one that is no draft; a search that goes on; weeks that are over; weeks and duties
    for which another rota is in force; a turn changed in the draft whose shift changed hands
    since; somebody in two places, on leave, or gone.
    Records: `RotaPublished`, `ShiftsPlaced`, `DutyChanged` for each person touched.
    """
    _check_draft(rota)
    if rota.sought == WANTED:
        raise Refused("searching", "A proposal is being looked for. Wait for it to end.")
    rows = list(rota.turns.select_related("rota", "user").order_by("on_date", "starts", "pk"))
    zone = city_zone()
    ahead = [row for row in rows if turn_of_row(row).begins_at(zone) > stamp.at]
    if not ahead:
        raise Refused("over", "All these weeks are over.")
    pattern = Pattern.from_plain(rota.pattern)
    _check_alone(rota, pattern)
    _keep_up(rota, ahead)
    _check_possible(rota, stamp)
    before = rota.replaces
    if before is not None:
        before.state = REPLACED
        before.save(update_fields=["state"])
    rota.state, rota.published_at, rota.published_by = PUBLISHED, stamp.at, stamp.actor.name
    rota.save()
    plan = ShiftPlan(
        rota=str(rota.pk),
        name=f"the rota {rota.name}, version {rota.version}",
        from_on=rota.from_on,
        until_on=rota.until_on,
        lanes=pattern.lanes,
        held={turn_of_row(row): row.user_id for row in rows},
    )
    gaps = sum(row.user_id is None for row in ahead)
    replaced = before.pk if before is not None else None
    record(facts.RotaPublished(**_words(rota), gaps=gaps, replaced_id=replaced), stamp=stamp)
    place_shifts(None, plan=plan, stamp=stamp)
    return rota


@action(policy.may_plan_rota)
def drop_rota(rota: Rota, *, stamp: Stamp) -> Rota:
    """Drop a draft that is not wanted; it stays on record. Refuses: one that is no draft.

    Records: `RotaDropped`.
    """
    _check_draft(rota)
    rota.state = DROPPED
    rota.save(update_fields=["state"])
    record(facts.RotaDropped(**_words(rota)), stamp=stamp)
    return rota


def _begun(
    name: str, first: date, last: date, pattern: Pattern, stamp: Stamp, replaces: Rota | None = None
) -> Rota:
    return Rota.objects.create(
        name=name,
        from_on=first,
        until_on=last,
        pattern=pattern.as_plain(),
        version=replaces.version + 1 if replaces is not None else 1,
        replaces=replaces,
        made_at=stamp.at,
        made_by=stamp.actor.name,
    )


def _check_draft(rota: Rota) -> None:
    if rota.state != DRAFT:
        raise Refused("wrong_state", "This rota is no draft any more.")


def _turns_as_they_stand(rota: Rota, made: Rota) -> list[RotaTurn]:
    """The turns of a new version as the shifts stand; who left has none, and a gap is open."""
    standing = _holders(rota)
    people = {one.user_id: one for one in duty_people(rota.from_on, rota.until_on)}
    strangers = {user for user in standing.values() if user is not None} - set(people)
    others = others_here(strangers, rota.from_on, rota.until_on)
    turns = []
    for old in rota.turns.order_by("pk"):
        turn = turn_of_row(old)
        stands = standing.get(turn)
        person = people.get(stands or 0)
        here = stands in others or (
            person is not None and person.here_on(turn.on_date) and person.here_on(turn.last_on)
        )
        holder = stands if here else None
        turns.append(
            RotaTurn(rota=made, **_columns(turn), user_id=holder, kept=holder is not None,
                     stood=turn in standing, stood_by_id=stands,
                     overridden=old.overridden if holder and holder == old.user_id else "")
        )  # fmt: skip
    return turns


def _holders(rota: Rota) -> dict[Turn, int | None]:
    return {row.turn: row.user_id for row in shifts_around(rota.from_on, rota.until_on)}


def _keep_up(rota: Rota, ahead: list[RotaTurn]) -> None:
    """Let what changed hands since the draft began stay so; a choice between two is refused."""
    standing, moved, torn = _holders(rota), [], []
    for row in ahead:
        turn = turn_of_row(row)
        now = standing.get(turn, row.stood_by_id)
        if not row.stood or now in (row.stood_by_id, row.user_id):
            continue
        if row.user_id != row.stood_by_id:
            if now is None:
                continue
            torn.append(row)
            continue
        row.user_id, row.overridden, row.stood_by_id = now, "", now
        moved.append(row)
    if torn:
        more = f" There are {len(torn)} such turns." if len(torn) > 1 else ""
        raise Refused(
            "moved_on",
            f"{turn_words(turn_of_row(torn[0]))} changed hands since this draft began. Open"
            f" that turn and give it again.{more}",
        )
    RotaTurn.objects.bulk_update(moved, ["user", "overridden", "stood_by"], batch_size=200)


def _check_alone(rota: Rota, pattern: Pattern) -> None:
    """No other rota in force has the same duties on these days, nor comes in at this moment."""
    others = (
        Rota.objects.select_for_update(no_key=True)
        .filter(from_on__lte=rota.until_on, until_on__gte=rota.from_on)
        .filter(state__in=(DRAFT, PUBLISHED))
        .exclude(pk=rota.replaces_id or 0)
        .exclude(pk=rota.pk)
    )
    for other in others.order_by("pk"):
        if other.state == PUBLISHED and Pattern.from_plain(other.pattern).lanes & pattern.lanes:
            raise Refused(
                "overlaps",
                f"{other.name} is in force for some of these days. Begin a new version of it.",
            )


def _check_possible(rota: Rota, stamp: Stamp) -> None:
    """Nobody is in two places, on leave or gone; warnings are the director's to weigh."""
    zone = city_zone()
    bad = [
        row
        for row in rota_file(rota.pk, stamp.actor).troubled
        if row.found.never and row.turn.begins_at(zone) > stamp.at
    ]
    if bad:
        first = bad[0]
        more = f" There are {len(bad)} such turns." if len(bad) > 1 else ""
        raise Refused(
            "impossible",
            ended(f"{first.name} cannot have {first.when}: {'; '.join(first.found.never)}") + more,
        )


def _columns(turn: Any) -> dict[str, Any]:
    kept = ("role", "ward_code", "on_date", "starts", "ends_on", "ends", "language")
    return {name: getattr(turn, name) for name in kept}


def _words(rota: Rota) -> dict[str, Any]:
    return {"rota_id": rota.pk, "name": rota.name, "version": rota.version}
