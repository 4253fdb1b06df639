"""Correcting what an issue says of itself: its title, topic, place and public words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy
from wardroom.casework.actions.placing import put_ground, spot_of, topic_named
from wardroom.casework.models import Issue
from wardroom.city.actions import add_place
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.facts import Change
from wardroom.kernel.versions import moved_since, same, version_of
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters import facts as matters
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.actions.sealing import move_seal
from wardroom.matters.actions.waiting import keep_all_waiting
from wardroom.matters.actions.words import index_ask, index_matter, matter_words, save_matter
from wardroom.matters.models import Matter
from wardroom.matters.rules import REFERRAL, check_length, check_text
from wardroom.notices.actions.mail import move_mail

LABELS = {
    "title": "Title",
    "topic_code": "Topic",
    "place_id": "Place",
    "public_text": "What the public reads",
}
MOST_PUBLIC = 2000


@dataclass(frozen=True)
class NewPlace:
    """A place that nobody has noted yet: its words, and its point where one is known."""

    text: str
    latitude: float | None = None
    longitude: float | None = None


@action(policy.may_correct_issue)
def correct_issue(
    matter: Matter,
    *,
    title: str | None = None,
    topic_code: str | None = None,
    place: Place | NewPlace | None = None,
    public_text: str | None = None,
    ward_code: str = "",
    seen: str = "",
    stamp: Stamp,
) -> Matter:
    """Correct what an issue says of itself: title, topic, place, and what the public reads.

    What is None stays. The ward is the one that the new place lies in today; ``ward_code``
    counts only where that has no point. Where the ward changes, the liaison of the new ward
    owns the issue, or a director while that seat is vacant, and its asks go with it.
    ``seen`` is the version that the writer had before them. Each field is a thing of its own:
    what only somebody else changed stays as they left it, and what only the writer changed is
    saved beside it; the same field changed by both is `stale`.
    Refuses: a closed issue; an empty title; a topic that is not in the list; a place without
    a point and without a ward; nothing that changes; `stale`.
    Records: `IssueCorrected` with each field; `MatterHandedOver` where the owner changes;
    `PlaceNoted` where the place is new.
    """
    if matter.state != "open":
        raise Refused("wrong_state", "This is closed. Open it again before correcting it.")
    issue = Issue.objects.select_related("topic").get(matter=matter)
    place = _noted(place, stamp)
    given = _given(title, topic_code, place, public_text)
    wanted = _mine(matter, issue, given, seen)
    before = _said(matter, issue)
    _put(matter, issue, wanted, place)
    former = _move_ward(matter, issue, ward_code, stamp) if "place_id" in wanted else None
    after = _said(matter, issue)
    changes = _changes(before, after)
    issue.save()
    save_matter(matter, "title", "place", "ward", "ward_code", "owner", "public_text")
    record(facts.IssueCorrected(**{**matter_words(matter), "changes": changes}), stamp=stamp)
    if former is not None:
        _tell_new_owner(matter, former, stamp)
    index_matter(matter, stamp=stamp)
    keep_all_waiting(matter, stamp=stamp)
    return matter


def details_of(matter: Matter, issue: Issue) -> dict[str, object]:
    """The fields that can be corrected, as a form carries their version."""
    return {
        "title": matter.title,
        "topic_code": issue.topic.code if issue.topic else "",
        "place_id": matter.place_id,
        "public_text": matter.public_text,
    }


def _noted(place: Place | NewPlace | None, stamp: Stamp) -> Place | None:
    if not isinstance(place, NewPlace):
        return place
    return add_place(
        None,
        text=place.text,
        latitude=place.latitude,
        longitude=place.longitude,
        stamp=stamp,
    )


def _changes(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> tuple[Change, ...]:
    changes = tuple(
        Change(name, label, before[name][1], after[name][1])
        for name, (label, _) in before.items()
        if before[name] != after[name]
    )
    if not changes:
        raise Refused("nothing_changed", "Nothing was changed: it already says that.")
    return changes


def _given(
    title: str | None, topic_code: str | None, place: Place | None, public_text: str | None
) -> dict[str, object]:
    """What the writer sent, checked; without what they left alone."""
    given: dict[str, object] = {}
    if title is not None:
        given["title"] = check_text(
            title, code="title_missing", sentence="Give it a title.", field="title", most=200
        )
    if topic_code is not None:
        given["topic_code"] = topic_code
    if place is not None:
        given["place_id"] = place.pk
    if public_text is not None:
        given["public_text"] = check_length(public_text, field="public_text", most=MOST_PUBLIC)
    return given


def _mine(matter: Matter, issue: Issue, given: dict[str, object], seen: str) -> dict[str, object]:
    """What the writer changed; a field that they left as they saw it is not theirs to save."""
    now = details_of(matter, issue)
    moved = moved_since(seen, now) if seen else frozenset()
    touched = moved_since(seen, given) if seen else frozenset(given)
    both = [n for n in given if n in moved & touched and not same(now[n], given[n])]
    if both:
        raise _stale(matter, issue, both, now)
    return {name: value for name, value in given.items() if name in touched}


def _stale(matter: Matter, issue: Issue, both: list[str], now: dict[str, object]) -> Stale:
    said = _said(matter, issue)
    lines = Entry.objects.filter(matter_key=str(matter.pk), kind="IssueCorrected")
    last = lines.order_by("-pk").first()
    return Stale(
        seen=version_of(now),
        theirs=tuple((LABELS[name], said[name][1]) for name in both),
        by=last.actor_name if last else "",
        at=last.at if last else None,
        field=both[0],
    )


def _put(matter: Matter, issue: Issue, wanted: dict[str, object], place: Place | None) -> None:
    if "title" in wanted:
        matter.title = str(wanted["title"])
    if "topic_code" in wanted:
        issue.topic = topic_named(str(wanted["topic_code"]))
    if "public_text" in wanted:
        matter.public_text = str(wanted["public_text"])
    if "place_id" in wanted:
        matter.place = place


def _move_ward(matter: Matter, issue: Issue, ward_code: str, stamp: Stamp) -> Party | None:
    """Put the issue into the ward of its place; the former owner where there is a new one."""
    today = localdate(stamp.at)
    ward, owner = spot_of(matter.place, ward_code or _kept_ward(matter), today)
    put_ground(issue, owner)
    if ward.code == matter.ward_code:
        matter.ward = ward
        return None
    matter.ward, matter.ward_code = ward, ward.code
    matter.asks.update(ward_code=ward.code)
    former, matter.owner = matter.owner, owner_in(ward, stamp)
    _take_along(matter, former, stamp)
    return former if former.pk != matter.owner.pk else None


def _take_along(matter: Matter, former: Party, stamp: Stamp) -> None:
    """Asks, mail and who may read a restricted matter go to the new ward with it."""
    for ask in matter.asks.filter(kind=REFERRAL).select_related("party").order_by("pk"):
        index_ask(ask, stamp=stamp)
    move_mail(f"matter:{matter.pk}", ward_code=matter.ward_code)
    if matter.restricted and former.pk != matter.owner.pk:
        move_seal(matter, former=former, owner=matter.owner)


def _kept_ward(matter: Matter) -> str:
    """The ward it has, where the new place has no point that would say another."""
    place = matter.place
    return matter.ward_code if place is not None and place.latitude is None else ""


def _tell_new_owner(matter: Matter, former: Party, stamp: Stamp) -> None:
    fact = matters.MatterHandedOver(
        **matter_words(matter),
        former_id=former.pk,
        former_name=former.name,
        owner_id=matter.owner.pk,
        owner_name=matter.owner.name,
    )
    record(fact, stamp=stamp)


def _said(matter: Matter, issue: Issue) -> dict[str, tuple[str, str]]:
    """What the issue says of itself, each field with its name and its words."""
    return {
        "title": ("Title", matter.title),
        "topic_code": ("Topic", issue.topic.name if issue.topic else ""),
        "place_id": ("Place", matter.place.label if matter.place else ""),
        "ward": ("Ward", matter.ward_code),
        "owner": ("Owner", matter.owner.name),
        "public_text": ("What the public reads", matter.public_text),
    }
