"""The ledger of a walk, for those who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork import rules
from wardroom.fieldwork.queries.standings import TROUBLED
from wardroom.fieldwork.queries.walk_files import LineRow, WalkFile, WalkStopRow, walk_file
from wardroom.kernel.addresses import block_of
from wardroom.matters.models import Ask, Matter


@dataclass(frozen=True)
class LedgerFinding:
    """One numbered finding as those who came read it: no house number, no name, no note."""

    number: int
    place: str
    about: str
    label: str
    rating: int | None
    rating_label: str
    next_words: str
    reference: str
    photo_documents: tuple[int, ...]


@dataclass(frozen=True)
class WalkLedger:
    """The ledger of a walk for those who came."""

    walk_id: int
    title: str
    ward_code: str
    walk_on: date
    ended_on: date | None
    who_came: tuple[str, ...]
    findings: tuple[LedgerFinding, ...]
    stops: int
    seen: int
    random: int
    fixed: int
    not_fixed: int
    asked_again: int
    troubles: int


def walk_ledger(walk_id: int, actor: Actor) -> WalkLedger:
    """The findings of a walk, numbered, with what happens next; for those who came.

    Places are named by their block; notes and names of residents are not in it, nor are
    photographs that were withheld, nor findings about which people still disagree, nor, whoever
    prints it, anything of a matter that was restricted meanwhile.
    """
    file = _unrestricted(walk_file(walk_id, actor))
    again = _asked_again(file)
    findings: list[LedgerFinding] = []
    for stop in file.stops:
        if stop.counted is not None:
            findings.append(_finding(len(findings) + 1, stop, stop.counted, again))
        for trouble in stop.troubles:
            findings.append(_finding(len(findings) + 1, stop, trouble, again))
    troubles = sum(len(stop.troubles) for stop in file.stops)
    return WalkLedger(
        walk_id=file.row.id,
        title=file.row.title,
        ward_code=file.row.ward_code,
        walk_on=file.row.walk_on,
        ended_on=localdate(file.ended_at) if file.ended_at else None,
        who_came=file.who_came,
        findings=tuple(findings),
        stops=len(file.stops),
        seen=sum(1 for stop in file.stops if stop.lines or stop.troubles),
        random=file.random,
        fixed=sum(_found(stop, "fixed") for stop in file.stops),
        not_fixed=sum(_found(stop, *TROUBLED) for stop in file.stops),
        asked_again=sum(1 for stop in file.stops if stop.matter_id in again),
        troubles=troubles,
    )


def _unrestricted(file: WalkFile) -> WalkFile:
    """The walk without the stops and the lines of matters that are restricted by now."""
    lines = [line for stop in file.stops for line in (*stop.lines, *stop.troubles)]
    ids = {stop.matter_id for stop in file.stops} | {line.matter_id for line in lines}
    named = [pk for pk in ids if pk is not None]
    sealed = set(Matter.objects.filter(pk__in=named, restricted=True).values_list("pk", flat=True))
    if not sealed:
        return file

    def open_ones(lines: tuple[LineRow, ...]) -> tuple[LineRow, ...]:
        return tuple(line for line in lines if line.matter_id not in sealed)

    def cleared(stop: WalkStopRow) -> WalkStopRow:
        counted = stop.counted if stop.counted and open_ones((stop.counted,)) else None
        lines, troubles = open_ones(stop.lines), open_ones(stop.troubles)
        return replace(stop, lines=lines, troubles=troubles, counted=counted)

    stops = tuple(cleared(stop) for stop in file.stops if stop.matter_id not in sealed)
    return replace(file, stops=stops)


def _finding(
    number: int, stop: WalkStopRow, line: LineRow, again: Mapping[int, str]
) -> LedgerFinding:
    trouble = line.kind == rules.TROUBLE
    matter_id = line.matter_id if trouble else stop.matter_id
    return LedgerFinding(
        number=number,
        place=("Near " if trouble else "") + _place(stop),
        about=line.topic_code if trouble else stop.reason_label,
        label=line.label,
        rating=line.rating,
        rating_label=rules.RATINGS[line.rating] if line.rating else "",
        next_words=_next(stop, line, again),
        reference=f"W-{matter_id}" if matter_id is not None else "",
        photo_documents=tuple(p.document_id for p in line.photos if p.shown and not p.withheld),
    )


def _place(stop: WalkStopRow) -> str:
    """Where a stop is by its block; a random one was named so from the start."""
    return stop.label if stop.reason == rules.RANDOM else block_of(stop.label)


def _next(stop: WalkStopRow, line: LineRow, again: Mapping[int, str]) -> str:
    if line.kind == rules.TROUBLE:
        return "The office opened this and decides whom to ask."
    if stop.matter_id is None or line.finding == "cannot_determine":
        return ""
    if stop.matter_id in again:
        return f"Asked again: {again[stop.matter_id]}."
    return "Noted as fixed." if line.finding == "fixed" else "The office keeps at it."


def _found(stop: WalkStopRow, *findings: str) -> bool:
    counted = stop.counted
    return stop.matter_id is not None and counted is not None and counted.finding in findings


def _asked_again(file: WalkFile) -> Mapping[int, str]:
    """Whom the end of the walk asked again, by the matter."""
    if file.ended_at is None:
        return {}
    matters = [stop.matter_id for stop in file.stops if stop.matter_id is not None]
    asks = Ask.objects.filter(matter__in=matters, kind="referral", asked_at=file.ended_at)
    found: dict[int, list[str]] = {}
    for matter_id, name in asks.order_by("pk").values_list("matter_id", "party__name"):
        found.setdefault(matter_id or 0, []).append(name)
    return {matter_id: ", ".join(names) for matter_id, names in found.items()}
