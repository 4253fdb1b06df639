"""A timeline of any length is read page by page, with noise folded and changes shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from wardroom.access.gate import action, guard_pass
from wardroom.kernel import facts
from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.ledger.actions import record
from wardroom.ledger.models import About, Entry
from wardroom.ledger.queries import MOST_COUNTED, timeline

pytestmark = pytest.mark.django_db
MATTER, PLACE = Ref("matter", "31"), Ref("place", "4")
Write = Callable[[str], Entry]


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch, liaison5: Cast) -> Write:
    """Writes a line of one of three kinds: shared with DPW, noise, or with changes."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class DoorKnocked(Fact):
        audience: ClassVar[str] = "partner"

        def sentence(self) -> str:
            return "Somebody knocked"

        def about(self) -> tuple[Ref, ...]:
            return (MATTER, PLACE, Ref("agency", "DPW"), Ref("ward", "5"))

    @dataclass(frozen=True, kw_only=True)
    class ChimeHeard(Fact):
        noise: ClassVar[bool] = True

        def sentence(self) -> str:
            return "The bell rang"

        def about(self) -> tuple[Ref, ...]:
            return (MATTER, Ref("ward", "5"))

    @dataclass(frozen=True, kw_only=True)
    class DoorPainted(Fact):
        changes: tuple[Change, ...]

        def sentence(self) -> str:
            return "The door was painted"

        def about(self) -> tuple[Ref, ...]:
            return (PLACE, Ref("ward", "5"))

    green = Change("colour", "Colour", "red", "green")
    made = {
        "knock": DoorKnocked(),
        "ring": ChimeHeard(),
        "paint": DoorPainted(changes=(green,)),
    }

    @action(lambda actor, _: True)
    def write_line(subject: None, *, which: str, stamp: Any) -> Entry:
        return record(made[which], stamp=stamp)

    return lambda which: write_line(None, which=which, stamp=liaison5.stamp)


def test_changes_of_a_line_can_be_read_again(write: Write, liaison5: Cast) -> None:
    entry = write("paint")
    (line,) = timeline(liaison5.actor, refs=[PLACE]).lines
    assert line.entry_id == entry.pk
    assert line.changes == (Change("colour", "Colour", "red", "green"),)
    assert facts.kind_named("DoorPainted").from_plain(entry.body).changes == line.changes  # type: ignore[attr-defined]


def test_noise_is_marked_put_together_and_left_out_where_asked(
    write: Write, liaison5: Cast
) -> None:
    for which in ("knock", "ring", "ring", "paint", "ring"):
        write(which)
    page = timeline(liaison5.actor, refs=[MATTER, PLACE])
    assert [(run.noise, len(run.lines)) for run in page.runs] == [
        (True, 1),
        (False, 1),
        (True, 2),
        (False, 1),
    ]
    quiet = timeline(liaison5.actor, refs=[MATTER, PLACE], noise=False)
    assert [line.kind for line in quiet.lines] == ["DoorPainted", "DoorKnocked"]
    assert quiet.total == 2


def test_lines_of_one_audience_are_picked(write: Write, liaison5: Cast, partner_dpw: Cast) -> None:
    write("knock")
    write("ring")

    def kinds(cast: Cast, audience: str) -> list[str]:
        lines = timeline(cast.actor, refs=[MATTER], audience=audience).lines
        return [line.kind for line in lines]

    assert kinds(liaison5, "internal") == ["ChimeHeard"]
    assert kinds(liaison5, "partner") == ["DoorKnocked"]
    assert kinds(partner_dpw, "internal") == []
    assert kinds(partner_dpw, "all") == ["DoorKnocked"]


def test_long_timeline_is_counted_so_far_and_read_to_its_end(write: Write, liaison5: Cast) -> None:
    about = About.objects.filter(entry=write("ring"), noun="matter").get()
    first = Entry.objects.get(pk=about.entry_id)
    with guard_pass("a long history"):
        many = []
        for n in range(MOST_COUNTED + 20):
            values = {f.attname: getattr(first, f.attname) for f in Entry._meta.fields}
            many.append(Entry(**{**values, "id": first.pk + n + 1, "uid": f"{n + 9:032x}"}))
        Entry.objects.bulk_create(many)
        About.objects.bulk_create(About(entry_id=e.pk, noun="matter", key=MATTER.key) for e in many)
    page = timeline(liaison5.actor, refs=[MATTER])
    assert (page.total, page.more, page.pages) == (MOST_COUNTED, True, MOST_COUNTED // 50)
    seen = [line.entry_id for line in page.lines]
    while page.older is not None:
        page = timeline(liaison5.actor, refs=[MATTER], before=page.older)
        seen += [line.entry_id for line in page.lines]
    assert seen == list(range(first.pk + MOST_COUNTED + 20, first.pk - 1, -1))
    assert not page.more


def test_statements_are_few_and_the_same_however_many_lines_there_are(
    write: Write, liaison5: Cast
) -> None:
    counts = []
    for lines in (1, 30, 60):
        for _ in range(lines):
            write("knock")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            timeline(liaison5.actor, refs=[MATTER, PLACE, Ref("party", "9")])
        counts.append(len(seen))
    assert counts == [2, 2, 2]
