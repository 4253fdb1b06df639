"""What a language has to say for itself before the pages of a neighborhood can be read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LookWords:
    """The words about the picture of what was seen at a place over time."""

    title: str
    levels: Mapping[str, str]
    summary: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """The words of a map, and those that stand in its place where it cannot start."""

    label: str
    place: str
    instead: str
    place_instead: str
    key: str
    worked: str
    watched: str
    edge: str
    here: str
    exact: str
    zoom_in: str
    zoom_out: str
    close: str


@dataclass(frozen=True, kw_only=True)
class PlaceWords:
    """The words about a place: its text, its plan, and what was seen there."""

    title: str
    counts: Mapping[str, str]
    none: str
    place: str
    text: str
    approved: str
    since: str
    watched: str
    next_by: str
    overdue: str
    all_here: str
    lies_in: str
    plan: str
    plan_lead: str
    no_plan: str
    agency: str
    what: str
    asked: str
    first: str
    until: str
    stands: str
    states: Mapping[str, str]
    also: str
    seen: str
    not_seen: str
    findings: Mapping[str, str]
    done_on: str


@dataclass(frozen=True, kw_only=True)
class PromiseWords:
    """The words about promises in public."""

    title: str
    who: str
    lead: str
    none: str
    makers: Mapping[str, str]
    by_day: str
    no_day: str
    moved: str
    kept: str


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """The words about figures: what each is, what it means, and what it rests on."""

    title: str
    lead: str
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    percent: str
    days: Mapping[str, str]
    under_a_day: str
    between: str
    of: Mapping[str, str]
    hidden: str
    definition: str
    as_of: str
    none: str


@dataclass(frozen=True, kw_only=True)
class NearWords:
    """One language: the words of the pages of a neighborhood."""

    title: str
    lead: str
    find: str
    address: str
    address_help: str
    look: str
    wards: str
    inside: str
    around: str
    city: str
    events: str
    when: str
    where: str
    no_events: str
    canceled: str
    more_events: str
    more_meetings: str
    news: str
    feed: str
    boundaries: str
    places: PlaceWords
    promises: PromiseWords
    figures: FigureWords
    map: MapWords
    looks: LookWords
