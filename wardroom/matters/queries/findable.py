"""What of matters, asks and lines can be found: as one is changed, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models.functions import Coalesce

from wardroom.kernel.facts import Fact, Ref, all_kinds, kind_named
from wardroom.ledger.models import Entry
from wardroom.matters import rules
from wardroom.matters.models import Ask, Matter
from wardroom.search.rules import LINE, Shelf, Thing


def matter_thing(matter: Matter, at: datetime) -> Thing:
    """A matter is found by its title, its place and where it stands."""
    return Thing(
        ref=Ref("matter", str(matter.pk)),
        title=matter.title,
        text=" ".join((matter.place.label if matter.place else "", matter.standing)).strip(),
        ward_code=matter.ward_code,
        matter_key=str(matter.pk),
        at=at,
    )


def ask_thing(ask: Ask, at: datetime) -> Thing:
    """A referral is found by what is asked and of whom."""
    return Thing(
        ref=Ref("ask", str(ask.pk)),
        title=ask.wording,
        text=f"{ask.agency_code} {ask.party.name}",
        ward_code=ask.ward_code,
        matter_key=str(ask.matter_id),
        at=at,
    )


def line_thing(entry: Entry, fact: Fact) -> Thing:
    """A line is found by the words that somebody wrote in it."""
    return Thing(
        ref=Ref(LINE, str(entry.pk)),
        title=entry.sentence,
        text=fact.words(),
        ward_code=entry.ward_code,
        matter_key=entry.matter_key,
        at=entry.at,
    )


def shelves() -> tuple[Shelf, ...]:
    """All matters, referrals, and lines that hold somebody's words."""
    lines = Entry.objects.filter(kind__in=_kinds_with_words()).order_by()

    def some_lines(instants: Mapping[int, datetime]) -> Iterator[Thing]:
        for entry in Entry.objects.filter(pk__in=instants).order_by("pk"):
            fact = kind_named(entry.kind).from_plain(entry.body)
            if fact.words():
                yield line_thing(entry, fact)

    return (
        Shelf("matter", _matter_instants, _some_matters),
        Shelf("ask", _ask_instants, _some_asks),
        Shelf(LINE, lines.values_list("pk", "at").iterator, some_lines),
    )


def _kinds_with_words() -> list[str]:
    """The kinds of lines in which somebody may have written something."""
    return [name for name, kind in all_kinds().items() if kind.words is not Fact.words]


def _matter_instants() -> Iterable[tuple[int, datetime]]:
    rows = Matter.objects.order_by().values_list("pk", Coalesce("standing_at", "opened_at"))
    return rows.iterator()


def _some_matters(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    rows = Matter.objects.filter(pk__in=instants).select_related("place").order_by("pk")
    return (matter_thing(matter, instants[matter.pk]) for matter in rows)


def _ask_instants() -> Iterable[tuple[int, datetime]]:
    rows = Ask.objects.filter(kind=rules.REFERRAL).order_by()
    return rows.values_list("pk", "proposed_at").iterator()


def _some_asks(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    rows = Ask.objects.filter(pk__in=instants).select_related("party").order_by("pk")
    return (ask_thing(ask, instants[ask.pk]) for ask in rows)
