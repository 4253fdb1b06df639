"""What is opened and sent in the benchmark of the casework pages, and what each costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from bench.homes import END
from bench.office.words import RAREST

WORST, DIRECTOR = "8", "director@wardroom.example"
NOW = datetime.combine(date.fromisoformat(END), datetime.min.time(), tzinfo=UTC).replace(hour=17)
SEARCHES = {
    "a common word": "alley",
    "the commonest words together": "the a is",
    "a rare word": RAREST,
    "a slip in a common word": "mattres",
    "a slip in a rare word": "zepelin",
    "the beginning of a word": "al",
    "a number": "26-1",
    "an address": "1044 cobble",
    "a name": "maple finch",
    "nothing": "qzxvjk",
}


@dataclass(frozen=True)
class Case:
    """One thing to open or send: the kind of bar it has, the request, its data alone."""

    name: str
    kind: str
    call: Callable[[], bytes]
    data: Callable[[], object]
    data_100: Callable[[], object] | None = None


def prepare() -> None:
    """Django stands before the clock starts; the office's clock stands at noon of its last day."""
    import os

    os.environ["WARDROOM_HOSTS"] = "testserver"
    import django
    from django.conf import settings

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup()
    from django.contrib.auth.signals import user_logged_in
    from django.utils import timezone

    from wardroom.web import edge

    user_logged_in.disconnect(dispatch_uid="update_last_login")
    clock = SimpleNamespace(now=lambda: NOW, localdate=timezone.localdate)
    setattr(edge, "timezone", clock)  # noqa: B010


def measure(*, made: dict[str, int]) -> dict[str, Any]:
    """The cost of each case by its name."""
    from bench.office.looks import cost, counted

    found = {}
    for case in cases(made):
        one = cost(case.call)
        found[case.name] = {
            "kind": case.kind,
            "cpu_ms": one.cpu_ms,
            "wall_ms": one.wall_ms,
            "server_ms": one.server_ms,
            "whole": one.statements,
            "control": one.control,
            "size": one.size,
            "data": counted(case.data),
            "data_100": counted(case.data_100) if case.data_100 else 0,
        }
    return found


def cases(made: dict[str, int]) -> Iterator[Case]:
    """Everything that is measured."""
    from bench.office.looks import Visitor

    liaison, director = f"liaison{WORST}@wardroom.example", DIRECTOR
    for who, email in (("liaison", liaison), ("director", director)):
        visitor = Visitor(email)
        yield from _worklists(who, visitor)
        yield from _searches(who, visitor)
    yield from _matters(Visitor(liaison), Visitor(director), made)
    yield from _taking(Visitor(liaison))


def _worklists(who: str, visitor: Any) -> Iterator[Case]:
    from wardroom.casework.queries import issue_page
    from wardroom.matters.queries import worklist

    lists = {"whose=all": {"whose": "all"}, "whose=all&sort=agency": {"whose": "all"}}
    if who == "liaison":
        lists = {"": {}, **lists}
    for query, given in lists.items():
        sort = query.rpartition("sort=")[2] if "sort=" in query else "due"

        def data(size: int, given: Any = given, sort: str = sort) -> object:
            return worklist(visitor.actor, on=NOW.date(), size=size, sort=sort, **given)

        yield Case(
            f"my day of the {who}, {query or 'mine'}",
            "worklist",
            lambda query=query: visitor.get(f"/day/?{query}"),  # type: ignore[misc]
            lambda data=data: data(25),  # type: ignore[misc]
            lambda data=data: data(100),  # type: ignore[misc]
        )
    for query, given in (("", {}), ("state=all&sort=-opened", {"state": "all"})):
        yield Case(
            f"issues of the {who}, {query or 'open'}",
            "worklist",
            lambda query=query: visitor.get(f"/issues/?{query}"),  # type: ignore[misc]
            lambda given=given: issue_page(visitor.actor, size=25, **given),  # type: ignore[misc]
            lambda given=given: issue_page(visitor.actor, size=100, **given),  # type: ignore[misc]
        )


def _searches(who: str, visitor: Any) -> Iterator[Case]:
    from wardroom.matters.queries import kinds_of
    from wardroom.search.queries import find

    def data(words: str, limit: int) -> None:
        found = find(visitor.actor, words, limit=limit)
        keys = {row.matter_key for row in found.rows if row.matter_key.isdigit()}
        if keys:
            kinds_of(visitor.actor, map(int, keys))

    for name, words in SEARCHES.items():
        query = words.replace(" ", "+")
        yield Case(
            f"search of the {who}, {name}",
            "search",
            lambda query=query: visitor.get(f"/search/?q={query}"),  # type: ignore[misc]
            lambda words=words: data(words, 20),  # type: ignore[misc]
        )


def _matters(liaison: Any, director: Any, made: dict[str, int]) -> Iterator[Case]:
    from wardroom.casework.queries import issue_file
    from wardroom.matters.models import Matter

    opened = Matter.objects.filter(ward_code=WORST, state="open", asks__kind="referral")
    newest = opened.filter(restricted=False).order_by("-pk").values_list("pk", flat=True)[:20]
    usual = newest[len(newest) // 2]
    for name, visitor, pk, kind in (
        ("the liaison", liaison, usual, "matter"),
        ("the director", director, usual, "matter"),
        ("2,000 lines", director, made["longest"], "matter"),
        ("120 people who complained", director, made["voices"], ""),
    ):
        yield Case(
            f"a matter's page, {name}",
            kind,
            lambda visitor=visitor, pk=pk: visitor.get(f"/issues/{pk}/"),  # type: ignore[misc]
            lambda visitor=visitor, pk=pk: issue_file(pk, visitor.actor),  # type: ignore[misc]
        )


def _taking(visitor: Any) -> Iterator[Case]:
    """Complaints as the intake page sends them, each at a place where nothing came back."""
    from bench.office.taking import Taking

    taking = Taking(visitor, WORST, NOW)
    yield Case("opening a matter, the action alone", "create", taking.opened, taking.opened)
    for name, kind, words in (
        ("known place and person", "complaint", taking.known),
        ("anonymous at a known place", "complaint", taking.anonymous),
        ("new place and new person", "", taking.new),
    ):
        yield Case(
            f"taking a complaint in, {name}",
            kind,
            lambda words=words: visitor.post("/issues/new/", words()),  # type: ignore[misc]
            lambda words=words: taking.taken(words()),  # type: ignore[misc]
        )
    yield Case("writing to whoever complained, later", "", taking.acknowledged, taking.acknowledge)
