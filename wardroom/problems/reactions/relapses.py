"""A place that was solved is not any more: its file is opened again, and its owner is told."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
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
from wardroom.problems.queries.evidence import evidence_at, rule_now
from wardroom.problems.rules import files
from wardroom.problems.rules.locations import expected_in, most_expected

BY_CHECK, BY_RANKING = "check", "ranking"


def relapse_after_check(fact: ConditionChecked, *, entry_id: int, stamp: Stamp) -> None:
    """Open the file of a place that was solved, where somebody saw that the trouble is back."""
    location = _solved().filter(matter_id=fact.matter_id).first()
    if location is None:
        return
    back = files.is_relapse(
        fact.finding,
        seen_at=fact.seen_at,
        left_at=location.matter.closed_at,
        outcome=location.matter.outcome,
    )
    if back:
        seen = f"{fact.observer_name} looked on {long_day(fact.seen_on)}: {fact.finding_label}"
        relapse_location(location, reason=seen, found_by=BY_CHECK, stamp=stamp)


def relapse_after_ranking(fact: DetectionRun, *, entry_id: int, stamp: Stamp) -> None:
    """Open the files of places that were solved and that a ranking puts forward again."""
    rows = Candidate.objects.filter(detection=fact.detection_id, flagged=True)
    here = rows.filter(place__in=_solved().values("place")).select_related("detection")
    flagged = {candidate.place_id: candidate for candidate in here}
    if not flagged:
        return
    rule = rule_now()
    for location in _solved().filter(place__in=list(flagged)).order_by("pk"):
        candidate, left_at = flagged[location.place_id], location.matter.closed_at
        if left_at is None:
            continue
        until = candidate.detection.data_as_of
        found = evidence_at(location.place_keys, location.topics, stamp.actor, until=until)
        days = max((until - left_at).days, 1)
        episodes = found.began_after(localdate(left_at))
        most = most_expected(expected_in(candidate.expected, days))
        back = files.comes_back(episodes=episodes, flagged=True, returns=rule.returns, most=most)
        if back:
            said = (
                f"The ranking puts it forward again: {episodes} episodes began since it was left "
                f"on {long_day(localdate(left_at))}"
            )
            relapse_location(location, reason=said, found_by=BY_RANKING, stamp=stamp)


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
    rows = PersistentLocation.objects.filter(
        matter__state="closed", matter__outcome__in=files.SOLVED
    )
    return rows.select_related("matter")
