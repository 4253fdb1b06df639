"""What a line of a walk does once its turn has come; called by deliveries and by the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Stamp
from wardroom.access.gate import action, action_is_running
from wardroom.access.queries import actor_for
from wardroom.documents.actions import attach_document
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.actions.looking import record_check
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.models import Topic
from wardroom.matters.models import Matter

SEALED = "This matter was restricted meanwhile, and is not open to whoever wrote this down."


def apply_lines(walk: Walk, stamp: Stamp, *, all_of_them: bool = False) -> None:
    """Apply the lines of a walk whose turn has come: each phone's own, without a gap.

    At the end of a walk ``all_of_them`` are applied; what was missing may still come.
    """
    if not action_is_running():
        raise RuntimeError("lines are applied by actions only")
    waiting = WalkLine.objects.filter(walk=walk, state=rules.EARLY)
    rows = waiting.select_related("walk", "stop__matter__place", "observer__user")
    by_series: dict[Any, list[WalkLine]] = {}
    for line in rows.order_by("series", "number", "pk"):
        by_series.setdefault(line.series, []).append(line)
    actors: dict[int, Actor] = {}
    for series, lines in by_series.items():
        numbers = [line.number for line in lines]
        ready = set(rules.next_in_order(_applied(walk, series), numbers))
        for line in lines:
            if all_of_them or line.number in ready:
                who = _observer(line, actors, stamp)
                apply_line(line, stamp=who)


def _applied(walk: Walk, series: Any) -> int:
    done = WalkLine.objects.filter(walk=walk, series=series).exclude(state=rules.EARLY)
    return done.aggregate(top=Max("number"))["top"] or 0


def _observer(line: WalkLine, actors: dict[int, Actor], stamp: Stamp) -> Stamp:
    pk = line.observer.pk
    if pk not in actors:
        actors[pk] = actor_for(line.observer.user, on=localdate(stamp.at))
    return replace(stamp, actor=actors[pk])


@action(policy.may_deliver)
def apply_line(line: WalkLine, *, stamp: Stamp) -> WalkLine:
    """Do what a line of a walk says, on the word of whoever wrote it down.

    Refuses: one that was applied already. Records: `StopSeen` with `ConditionChecked`,
    `TroubleSeen`, or `WalkLineKept` for what cannot be done.
    """
    if line.state != rules.EARLY:
        raise Refused("already_applied", "This was applied already.")
    line.state = rules.APPLIED
    if line.kind == rules.FINDING:
        _look(line, stamp)
    elif not Topic.objects.filter(code=line.topic_code).exists():
        line.state, line.remark = rules.KEPT, "Its topic is not in the list any longer."
    line.save(update_fields=["state", "remark", "check_made"])
    _tell(line, stamp)
    attach_photos(line, stamp)
    return line


def _look(line: WalkLine, stamp: Stamp) -> None:
    """Record the condition check that a finding is; what cannot be recorded is kept."""
    matter = line.stop.matter
    if matter is None:
        return
    try:
        line.check_made = record_check(
            matter,
            finding=rules.AS_CHECK.get(line.finding, line.finding),
            rating=1 if line.finding == "fixed" else line.rating,
            note=line.note,
            seen_at=line.seen_at,
            stamp=stamp,
        )
    except Refused as no:
        sealed = matter.restricted and no.code == "not_allowed"
        line.state, line.remark = rules.KEPT, SEALED if sealed else no.sentence[:300]
        return
    line.remark = _meanwhile(matter)


def _meanwhile(matter: Matter) -> str:
    """What became of a matter since the walk was drawn, if that matters here."""
    if matter.merged_into_id is not None:
        return f"This matter was joined to W-{matter.merged_into_id} meanwhile."
    return "This matter was closed meanwhile." if matter.state == "closed" else ""


def _tell(line: WalkLine, stamp: Stamp) -> None:
    words = line_words(line)
    if line.state == rules.KEPT:
        record(facts.WalkLineKept(**words, why=line.remark), stamp=stamp)
        return
    photos = len(line.photo_keys)
    if line.kind == rules.TROUBLE:
        record(
            facts.TroubleSeen(
                **words, topic_code=line.topic_code, rating=line.rating, photos=photos
            ),
            stamp=stamp,
        )
        return
    random = line.stop.reason == rules.RANDOM
    record(
        facts.StopSeen(
            **words,
            finding=line.finding,
            finding_label=rules.finding_words(line.finding, random=random),
            rating=line.rating,
            photos=photos,
        ),
        stamp=stamp,
    )


def attach_photos(line: WalkLine, stamp: Stamp, *photos: WalkPhoto) -> None:
    """Put the photographs of a line to its matter, or to the walk where it has none.

    Those of new trouble wait until its issue is there, or cannot be.
    """
    if line.state == rules.EARLY:
        return
    matter_id = line.stop.matter_id if line.kind == rules.FINDING else line.matter_id
    if line.kind == rules.TROUBLE and matter_id is None and line.state == rules.APPLIED:
        return
    noun, key = ("matter", matter_id) if matter_id is not None else ("walk", line.walk_id)
    for photo in photos or line.photos.select_related("document").order_by("pk"):
        attach_document(
            photo.document,
            noun=noun,
            key=str(key),
            ward_code=line.walk.ward_code,
            matter_key=str(matter_id or ""),
            caption=f"{line.walk.title}, stop {line.stop.position}",
            taken_at=line.seen_at,
            stamp=stamp,
        )


def walk_words(walk: Walk) -> Mapping[str, Any]:
    """What every line of the ledger says of a walk."""
    return {"walk_id": walk.pk, "title": walk.title, "ward_code": walk.ward_code}


def line_words(line: WalkLine) -> Mapping[str, Any]:
    """What every line of the ledger says of a line of a walk."""
    return {
        **walk_words(line.walk),
        "line_id": line.pk,
        "stop": line.stop.position,
        "place_label": line.stop.label,
        "matter_id": line.matter_id if line.kind == rules.TROUBLE else line.stop.matter_id,
        "observer_name": line.observer.name,
        "note": line.note,
        "seen_at": line.seen_at,
    }
