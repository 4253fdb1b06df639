"""What a language has to say for the lists and files that are open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ListWords:
    """The words around a list: its filters, and the way to its other pages."""

    filters: str
    chosen: str
    narrow: str
    show: str
    clear: str
    pages: str
    paged: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MeetingWords:
    """The words of the open meetings of public bodies."""

    title: str
    lead: str
    body: str
    all_bodies: str
    when: str
    shown: Mapping[str, str]
    where: str
    stands: str
    states: Mapping[str, str]
    counts: Mapping[str, str]
    none: str
    minutes_out: str
    of: str
    canceled: str
    moved: str
    new_notice: str
    notice: str
    rests_on: str
    starts: str
    ends: str
    join: str
    short_notice: str
    published: str
    version: str
    agenda: str
    minutes: str
    minutes_of: str
    approved: str
    not_approved: str
    as_pdf: str
    no_minutes: str
    record: str
    recording: str
    kept: str
    no_record: str


@dataclass(frozen=True, kw_only=True)
class CalendarWords:
    """The words of the public calendar."""

    title: str
    lead: str
    invite: str
    meetings: str
    ward: str
    all_wards: str
    when: str
    until: str
    what: str
    where: str
    city: str
    canceled: str
    counts: Mapping[str, str]
    none: str
    own_program: str


@dataclass(frozen=True, kw_only=True)
class FeedWords:
    """The words of the page of feeds, and the titles of the feeds themselves."""

    title: str
    lead: str
    city: str
    kinds: str
    of_kind: Mapping[str, str]
    wards: str
    topics: str
    others: str
    data: str
    news_of: str
    titles: Mapping[str, str]
    headings: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FileWords:
    """The words of the page of open data."""

    title: str
    lead: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str]
    as_form: str
    as_of: str
    meaning: str
    columns_of: str
    column: str
    kind: str
    means: str
    kinds: Mapping[str, str]
    in_english: str
    programs: str
    package: str
    open311: str
    news: str
    calendar: str
    small: str


@dataclass(frozen=True, kw_only=True)
class EverybodyWords:
    """One language: the words of lists and files that are open to everybody."""

    lists: ListWords
    meetings: MeetingWords
    calendar: CalendarWords
    feeds: FeedWords
    files: FileWords
