"""A place that was solved is not any more: its file is opened again, and its owner is told."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.fieldwork.facts import ConditionChecked
from wardroom.kernel.text import long_day
from wardroom.matters.models import Matter
from wardroom.matters.reactions.letters import LAST, facts_of, whoever_runs, write_to
from wardroom.problems.actions import relapse_location
from wardroom.problems.facts import DetectionRun, LocationRelapsed
from wardroom.problems.models import Candidate, PersistentLocation
from wardroom.problems.queries.evidence import evidence_of, rule_now
from wardroom.problems.queries.standing import get_file_at, older_files
from wardroom.problems.rules import files
from wardroom.problems.rules.locations import LocationRule, expected_in, most_expected

BY_CHECK, BY_RANKING = "check", "ranking"


def relapse_after_check(fact: ConditionChecked, *, entry_id: int, stamp: Stamp) -> None:
    """Open the file of a place that was solved, where somebody saw that the trouble is back.

    Where older data hold two files for the place, it is the newest that stands.
    """
    seen = PersistentLocation.objects.select_related("place").filter(matter_id=fact.matter_id)
    looked_at = seen.first()
    location = get_file_at(looked_at.place) if looked_at is not None else None
    if location is None or not _is_solved(location.matter):
        return
    back = files.is_relapse(
        fact.finding,
        seen_at=fact.seen_at,
        left_at=location.matter.closed_at,
        outcome=location.matter.outcome,
    )
    if back:
        said = f"{fact.observer_name} looked on {long_day(fact.seen_on)}: {fact.finding_label}"
        reason = said + _others(location)
        relapse_location(location, reason=reason, found_by=BY_CHECK, stamp=stamp)


def relapse_after_ranking(fact: DetectionRun, *, entry_id: int, stamp: Stamp) -> None:
    """Open the files of places that were solved and that a ranking puts forward again.

    One file for a place: where older data hold two, the newest that stands.
    """
    rows = Candidate.objects.filter(detection=fact.detection_id, flagged=True)
    here = rows.filter(place__in=_solved().values("place")).select_related("detection", "place")
    opened: set[int] = set()
    rule = rule_now()
    for candidate in here.order_by("place_id"):
        location = get_file_at(candidate.place)
        if location is None or location.pk in opened or not _is_solved(location.matter):
            continue
        said = _came_back(location, candidate, rule, stamp)
        if said:
            opened.add(location.pk)
            reason = said + _others(location)
            relapse_location(location, reason=reason, found_by=BY_RANKING, stamp=stamp)


def _came_back(
    location: PersistentLocation, candidate: Candidate, rule: LocationRule, stamp: Stamp
) -> str:
    """What a ranking says of a place that was left and is back; empty where it is not back."""
    left_at, until = location.matter.closed_at, candidate.detection.data_as_of
    if left_at is None:
        return ""
    days = max((until - left_at).days, 1)
    found = evidence_of(location, stamp.actor, until=until)
    episodes = found.began_after(localdate(left_at))
    most = most_expected(expected_in(candidate.expected, days))
    if not files.comes_back(episodes=episodes, flagged=True, returns=rule.returns, most=most):
        return ""
    return (
        f"The ranking puts it forward again: {episodes} episodes began since it was left "
        f"on {long_day(localdate(left_at))}"
    )


def _others(location: PersistentLocation) -> str:
    """That the place has older files too, where it does: this one goes on, they stay closed."""
    older = older_files(location)
    if not older:
        return ""
    named = ", ".join(f"W-{number}" for number in older)
    return f". This is its newest file; {named} stays closed"


def tell_of_relapse(fact: LocationRelapsed, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the owner of a location that its trouble is back."""
    matter = Matter.objects.select_related("owner__user", "place").get(pk=fact.matter_id)
    page = settings.SITE + reverse("location", args=[matter.pk])
    when = "during its watch" if fact.watched else "after it had been left"
    said = facts_of(
        [
            ("Where", matter.place.label if matter.place else ""),
            ("Why", fact.reason),
            ("Next", f"{long_day(fact.next_on)}: {matter.next_step}"),
        ]
    )
    text = (
        f"The trouble is back {when}. The same file is open again, with everything that was "
        f"done before.\n\n{said}\n\n{page}\n\n{LAST}\n"
    )
    for party in whoever_runs(matter, on=localdate(stamp.at)):
        write_to(
            party,
            subject=f"It came back: {fact.title}",
            text=lambda address: text,
            thread=f"matter:{matter.pk}",
            entry_id=entry_id,
            stamp=stamp,
        )


def _solved() -> QuerySet[PersistentLocation]:
    """The files that were left as solved, and those that were joined to one."""
    own = Q(matter__state="closed", matter__outcome__in=files.SOLVED)
    joined = Q(matter__merged_into__state="closed", matter__merged_into__outcome__in=files.SOLVED)
    return PersistentLocation.objects.filter(own | joined)


def _is_solved(matter: Matter) -> bool:
    return matter.state == "closed" and matter.outcome in files.SOLVED
