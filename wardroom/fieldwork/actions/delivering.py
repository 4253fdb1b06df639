"""What a phone hands in from a walk: each line and each photograph exactly once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries.passes import Bearer
from wardroom.documents.actions import keep_upload
from wardroom.documents.rules import HEIC, JPEG, PNG, WEBP, kind_of
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.actions.applying import apply_lines, attach_photos, line_words, walk_words
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto, WalkStop
from wardroom.fieldwork.queries.passes import open_pass
from wardroom.kernel.deliveries import check_new, with_clash
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.actions import record

PICTURES = {JPEG, PNG, WEBP, HEIC}


@action(policy.may_deliver)
def take_line(
    walk: Walk,
    *,
    token: str,
    key: str,
    series: str,
    number: int,
    sha256: str,
    body: str,
    sent_at: datetime,
    stamp: Stamp,
) -> WalkLine:
    """Take one line of a walk in from a phone, on the word of its pass, and do what it says.

    A line that comes before its turn waits for those before it; one that cannot do what it
    says is kept and shown. ``sent_at`` is what the phone's clock said as it sent it.
    Refuses: a pass that does not open this walk; `already_taken` for the same line again, and
    `clash` for other words under its key; what was damaged, or no phone of ours writes; a
    stop of another walk; more lines than a walk can have.
    Records: `StopSeen`, `TroubleSeen` or `WalkLineKept`, and what follows.
    """
    bearer = _bearer(walk, token, stamp)
    rules.check_key(key, sha256=sha256)
    rules.check_key(series, sha256=sha256)
    rules.check_whole(body.encode(), sha256)
    _check_known(WalkLine.objects.filter(key=key).first(), walk, bearer, sha256)
    seen = rules.read_body(body)
    stop = WalkStop.objects.filter(walk=walk, pk=seen.stop).first()
    if stop is None:
        raise Refused("no_stop", "This stop is not on this walk.")
    if WalkLine.objects.filter(walk=walk, observer=bearer.party).count() >= rules.MOST_LINES:
        raise Refused("too_many_lines", "These are more lines than a walk can have.")
    if not 1 <= number <= rules.MOST_LINES:
        raise Refused("bad_line", "This line has no number that a walk can have.")
    skew = rules.skew_of(sent_at, at=stamp.at)
    line = WalkLine.objects.create(
        walk=walk,
        stop=stop,
        observer=bearer.party,
        key=key,
        series=series,
        number=number,
        sha256=sha256,
        body=body,
        kind=seen.kind,
        finding=seen.finding,
        rating=seen.rating,
        note=seen.note,
        topic_code=seen.topic,
        latitude=seen.position[0] if seen.position else None,
        longitude=seen.position[1] if seen.position else None,
        photo_keys=list(seen.photos),
        device_at=seen.seen_at,
        seen_at=rules.true_time(seen.seen_at, skew, at=stamp.at),
        skew=round(skew.total_seconds()),
        received_at=stamp.at,
        state=rules.EARLY,
    )
    mine = WalkPhoto.objects.filter(walk=walk, observer=bearer.party, line__isnull=True)
    mine.filter(key__in=seen.photos).update(line=line)
    apply_lines(walk, stamp, all_of_them=walk.ended_at is not None)
    line.refresh_from_db()
    if line.state == rules.EARLY:
        early = facts.WalkLineKept(**line_words(line), why="A line before it has not come in yet.")
        record(early, stamp=stamp)
    return line


@action(policy.may_deliver)
def take_photo(
    walk: Walk,
    *,
    token: str,
    key: str,
    sha256: str,
    content: bytes,
    place_stays: bool = False,
    stamp: Stamp,
) -> WalkPhoto:
    """Take one photograph of a walk in from a phone, and keep it.

    Where it was taken is taken out of the file before it is kept, whatever the phone did,
    unless whoever walks lets it stay; the picture itself stays as it came. Two pictures are made
    anew of it, with nothing hidden in them. Refuses: what `take_line` refuses; what is no
    picture, or one out of which the place cannot be taken; more photographs than a walk can
    have. Records: `PhotoTaken`, `DocumentStored`, and `DocumentAttached` where the
    line that names it is there.
    """
    bearer = _bearer(walk, token, stamp)
    rules.check_key(key, sha256=sha256)
    rules.check_whole(content, sha256)
    _check_known(WalkPhoto.objects.filter(key=key).first(), walk, bearer, sha256)
    if WalkPhoto.objects.filter(walk=walk, observer=bearer.party).count() >= rules.MOST_PHOTOS:
        raise Refused("too_many_photos", "These are more photographs than a walk can have.")
    kind = kind_of(content, "photograph")
    if kind not in PICTURES:
        raise Refused("bad_type", "This is no JPEG, PNG, WebP or HEIC picture.")
    kept = content if place_stays else rules.without_place(content)
    document = keep_upload(None, name=f"walk-{walk.pk}-{key[:8]}", content=kept, stamp=stamp)
    photo = WalkPhoto.objects.create(
        walk=walk,
        observer=bearer.party,
        key=key,
        sha256=sha256,
        document=document,
        line=_naming(walk, bearer, key),
        place_stays=place_stays,
        received_at=stamp.at,
    )
    fact = facts.PhotoTaken(**walk_words(walk), photo_id=photo.pk, observer_name=bearer.party.name)
    record(fact, stamp=stamp)
    if photo.line is not None:
        attach_photos(photo.line, stamp, photo)
    return photo


@action(policy.may_deliver)
def note_clash(
    walk: Walk, *, token: str, what: str, key: str, sha256: str, body: str = "", stamp: Stamp
) -> None:
    """Keep what came under a key that stands for something else, for a person to see.

    ``what`` is line or photograph. Refuses: a pass that does not open this walk; what is kept
    already, or no clash; a sixth one. Records: `DeliveryClashed`.
    """
    bearer = _bearer(walk, token, stamp)
    kind: Any = WalkLine if what == "line" else WalkPhoto
    row = kind.objects.filter(key=key, walk=walk).first()
    row_hash, before = (None, ()) if row is None else (row.sha256, row.clashes)
    clashes = with_clash(
        row_hash, before, sha256=sha256, body=body, by=bearer.party.name, at=stamp.at
    )
    row.clashes = clashes
    row.save(update_fields=["clashes"])
    fact = facts.DeliveryClashed(
        **walk_words(walk), what=what, key=key, observer_name=bearer.party.name
    )
    record(fact, stamp=stamp)


def _bearer(walk: Walk, token: str, stamp: Stamp) -> Bearer:
    """Whose pass it is; what comes with it is done on that person's word and no other."""
    bearer = open_pass(walk.pk, token, at=stamp.at)
    if bearer.actor.user_id != stamp.actor.user_id:
        raise NotAllowed
    return bearer


def _check_known(row: WalkLine | WalkPhoto | None, walk: Walk, bearer: Bearer, sha256: str) -> None:
    if row is not None:
        mine = row.walk_id == walk.pk and row.observer_id == bearer.party.pk
        check_new(row.sha256, mine=mine, sha256=sha256)


def _naming(walk: Walk, bearer: Bearer, key: str) -> WalkLine | None:
    """The line that names a photograph, where it came first."""
    rows = WalkLine.objects.filter(walk=walk, observer=bearer.party).order_by("pk")
    lines = rows.select_related("walk", "stop", "observer")
    return next((line for line in lines if key in line.photo_keys), None)
