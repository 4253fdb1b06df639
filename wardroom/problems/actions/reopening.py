"""Leaving a location, and taking its file up again: the same file, for the same place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import policy as matters_policy
from wardroom.matters.actions import close_matter, hand_over_matter, reopen_matter
from wardroom.matters.actions.following import next_working_day
from wardroom.matters.actions.words import words_of
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_move, check_text, kind_of
from wardroom.problems import facts, policy
from wardroom.problems.models import Decision, PersistentLocation, Spell
from wardroom.problems.queries.evidence import exit_test_of, rule_now
from wardroom.problems.rules import files, locations

SHORT = 300
LOOK_WHY = "Go and see why it came back"
TAKE_UP = "See what has to be done"


@action(policy.may_run_location)
def exit_location(
    location: PersistentLocation, *, outcome: str, reason: str = "", stamp: Stamp
) -> Spell:
    """Leave a persistent location: say how it ended, with the exit test as it stands today.

    One that is kept up is watched for some months more. The test does not decide: you may leave
    against it, with a reason that stands on the file.
    Refuses: a location that is closed; an outcome that is not known; asks that are still open;
    no reason where the test is not met, the place was not solved, or nobody is to watch it; one
    that is to need no watch though nobody looked at it since it was taken up.
    Records: `MatterClosed` and `LocationLeft`.
    """
    matter = location.matter
    check_move(files.FILE_MOVES, matter.state, "exit_location")
    label = kind_of(matter.kind).outcomes.get(outcome, "")
    test = exit_test_of(location, stamp.actor, at=stamp.at)
    spell = _spell_now(location)
    reason = files.check_exit(outcome, reason, met=test.met, looked=_looked_in(spell, matter))
    matter = close_matter(matter, outcome=outcome, text=reason, stamp=stamp)
    watch = None
    if outcome == files.KEPT_UP:
        watch = locations.months_after(localdate(stamp.at), rule_now().watch_months)
    spell.left_at, spell.outcome, spell.left_by = stamp.at, outcome, stamp.actor.name[:120]
    spell.exit_reason, spell.exit_test, spell.watch_until = reason, test.to_plain(), watch
    spell.against_test = outcome in files.SOLVED and not test.met
    spell.save()
    fact = facts.LocationLeft(
        **words_of(matter),
        spell=spell.number,
        reason=reason,
        outcome=outcome,
        outcome_label=label,
        test_met=test.met,
        told=test.sentence,
        watch_until=watch,
    )
    record(fact, stamp=stamp)
    return spell


@action(policy.may_run_location)
def reopen_location(
    location: PersistentLocation,
    *,
    reason: str,
    next_on: date,
    relapsed: bool = True,
    stamp: Stamp,
) -> Spell:
    """Take up a location that was left: the trouble is back, or it was left too early.

    It is the same file under the same number, with everything that happened.
    Refuses: a location that is open; no reason; a next date that is over.
    Records: `MatterReopened`, then `LocationRelapsed` or `LocationReopened`.
    """
    check_move(files.FILE_MOVES, location.matter.state, "reopen_location")
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=SHORT
    )
    step = LOOK_WHY if relapsed else TAKE_UP
    return take_up(
        location,
        reason=reason,
        next_on=next_on,
        next_step=step,
        relapsed=relapsed,
        stamp=stamp,
    )


@action(policy.may_relapse)
def relapse_location(
    location: PersistentLocation, *, reason: str, found_by: str, stamp: Stamp
) -> Spell:
    """Open a location again that was solved, since a look or a ranking found the trouble back.

    Refuses: a location that is open, or was not solved.
    Records: `MatterReopened` and `LocationRelapsed`.
    """
    check_move(files.FILE_MOVES, location.matter.state, "relapse_location")
    if location.matter.outcome not in files.SOLVED:
        raise Refused("never_solved", "This place was never said to be solved.")
    return take_up(
        location,
        reason=reason[:SHORT],
        next_on=next_working_day(localdate(stamp.at)),
        next_step=LOOK_WHY,
        found_by=found_by,
        stamp=stamp,
    )


def take_up(
    location: PersistentLocation,
    *,
    reason: str,
    next_on: date,
    next_step: str,
    relapsed: bool = True,
    decision: Decision | None = None,
    found_by: str = "person",
    stamp: Stamp,
) -> Spell:
    """Open the same file again as a new time that the office works on it."""
    before = _spell_now(location)
    former = location.matter.outcome
    if before.left_at is None:
        # Its matter was closed by another way than `exit_location`.
        before.left_at, before.outcome = location.matter.closed_at, former
        before.left_by = "not written down"
        before.save()
    matter = reopen_matter(
        location.matter, reason=reason[:SHORT], next_on=next_on, next_step=next_step, stamp=stamp
    )
    matter = _with_owner(matter, stamp)
    entry = files.entry_after(former) if relapsed else files.REOPENED
    spell = Spell.objects.create(
        location=location,
        number=before.number + 1,
        entry=entry,
        entered_at=stamp.at,
        entry_reason=reason,
        entered_by=stamp.actor.name[:120],
        decision=decision,
    )
    told: dict[str, Any] = {
        **words_of(matter),
        "spell": spell.number,
        "reason": reason,
        "former_outcome": former,
        "next_on": next_on,
    }
    if entry == files.RELAPSED:
        last = before.watch_until
        watched = last is not None and localdate(stamp.at) <= last
        record(facts.LocationRelapsed(**told, found_by=found_by, watched=watched), stamp=stamp)
    else:
        record(facts.LocationReopened(**told), stamp=stamp)
    return spell


def widen(
    location: PersistentLocation,
    *,
    topics: Sequence[Any],
    place_keys: Sequence[int],
    radius_m: int,
    stamp: Stamp,
) -> None:
    """Let a file count what it was put forward with anew; what it counted before stays."""
    more = files.what_is_new(
        files.Ground(location.topics, location.place_keys, location.radius_m),
        files.Ground(topics, place_keys, radius_m),
    )
    if more is None:
        return
    former = location.radius_m
    location.topics = [*location.topics, *more.topics]
    location.place_keys = sorted({*location.place_keys, *more.place_keys})
    location.radius_m = more.radius_m
    location.save(update_fields=["topics", "place_keys", "radius_m"])
    fact = facts.LocationWidened(
        **words_of(location.matter),
        topics=", ".join(topic["name"] for topic in more.topics),
        addresses=len(more.place_keys),
        radius_m=more.radius_m,
        former_radius_m=former,
    )
    record(fact, stamp=stamp)


def _spell_now(location: PersistentLocation) -> Spell:
    """The last time that the office worked on a location, held until the commit ends."""
    rows = Spell.objects.select_for_update(no_key=True).filter(location=location)
    return rows.order_by("-number")[:1].get()


def _looked_in(spell: Spell, matter: Matter) -> bool:
    seen = ConditionCheck.objects.filter(matter=matter)
    if spell.number > 1:
        seen = seen.filter(seen_at__gte=spell.entered_at)
    return seen.exists()


def _with_owner(matter: Matter, stamp: Stamp) -> Matter:
    """The matter with an owner who still works in its ward: an open one never lacks one."""
    today = localdate(stamp.at)
    if _runs(matter.owner, matter, today):
        return matter
    heirs = (get_liaison_of(matter.ward_code, on=today), *get_directors(on=today))
    heir = next((p for p in heirs if p is not None and _runs(p, matter, today)), None)
    return hand_over_matter(matter, owner=heir, stamp=stamp) if heir is not None else matter


def _runs(party: Party, matter: Matter, on: date) -> bool:
    return matters_policy.runs(actor_for(party.user, on=on), matter.ward_code)
