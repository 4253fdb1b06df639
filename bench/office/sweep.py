"""Every page of a city's house that opens by its address, and what each costs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

ROUNDS, CALLS, WARM = 3, 2, 2
# What a browser or another program asks for, or what is no page.
LEFT_OUT = ("account_", "healthz", "healt", "ready", "metrics", "answer", "headshot_", "mfa_")
NO_PAGES = frozenset({"walk_lines", "walk_photograph", "event_door_lines", "api_alerts"})


def prepare() -> None:
    """Django stands before the clock starts."""
    from bench.office.pages import prepare as stand

    stand()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # some pages are not theirs


def grow(*, matters: int, staff: int, end: str, seed: int) -> dict[str, int]:
    """More matters, as rows, and more people by the house's own actions; what is there then."""
    from bench.office.city import fill
    from wardroom.access.models import User
    from wardroom.ledger.models import Entry
    from wardroom.matters.models import Matter
    from wardroom.service_requests.models import ServiceRequest
    from wardroom.upkeep.gateways.database import take_stock

    fill(matters=matters, end=end, seed=seed)
    hire(staff, since_on=date.fromisoformat(end))
    take_stock()  # as the worker does each night
    return {
        "requests": ServiceRequest.objects.count(),
        "matters": Matter.objects.count(),
        "entries": Entry.objects.count(),
        "staff": User.objects.filter(is_active=True).count(),
    }


def hire(staff: int, *, since_on: date) -> None:
    """People of the office up to so many, each of whom may sign in."""
    from wardroom.access.actor import Role
    from wardroom.access.models import User
    from wardroom.directory.actions import hire_person
    from wardroom.jobs.stamps import shell_stamp

    for n in range(User.objects.filter(is_active=True).count(), staff):
        hire_person(
            None,
            email=f"staff{n}@wardroom.example",
            name=f"Staff {n}",
            password="sits-in-the-hall",
            role=Role.STAFF,
            since_on=since_on,
            stamp=shell_stamp(),
        )


def sweep() -> dict[str, Any]:
    """The cost of each page by its name: of the director, and of a liaison where it is theirs.

    Lists are other lists for who may read less, so that one look does not speak for both.
    """
    from bench.office.looks import Visitor, cost
    from bench.office.pages import DIRECTOR
    from tests.web.budgets import BUDGET

    visitors = ((DIRECTOR, ""), ("liaison5@wardroom.example", ", a liaison"))
    found = {}
    for who, whose in visitors:
        visitor = Visitor(who)
        for name, path in pages():
            try:
                visitor.get(path)
            except AssertionError:
                continue
            one = cost(lambda: visitor.get(path), rounds=ROUNDS, calls=CALLS)  # noqa: B023
            found[name + whose] = {
                "path": path,
                "cpu_ms": one.cpu_ms,
                "wall_ms": one.wall_ms,
                "statements": one.statements,
                "budget": BUDGET.get(name),
                "size": one.size,
            }
    return found


def pages() -> Iterator[tuple[str, str]]:
    """Names and addresses: all that need nothing, and one of each kind of thing."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    keys = _things()
    for name in sorted(n for n in get_resolver().reverse_dict if isinstance(n, str)):
        if name.startswith(LEFT_OUT) or name in NO_PAGES:
            continue
        try:
            yield name, reverse(name, args=keys.get(name, ()))
        except NoReverseMatch:
            continue


def _things() -> dict[str, tuple[Any, ...]]:
    """One thing of each kind that has a page, the same one in both cities: the oldest."""
    from wardroom.calendar.models import Event
    from wardroom.city.models import Place
    from wardroom.directory.models import Party
    from wardroom.engagement.models import Group
    from wardroom.fieldwork.models import CheckRound
    from wardroom.matters.models import Ask, Matter
    from wardroom.office.models import Fund, Position
    from wardroom.problems.models import Candidate
    from wardroom.reporting.models import Edition

    first = {
        "issue": Matter.objects.filter(kind="issue"),
        "location": Matter.objects.filter(kind="persistent_location"),
        "incident": Matter.objects.filter(kind="incident"),
        "candidate": Candidate.objects.all(),
        "place": Place.objects.filter(matters__isnull=False),
        "party": Party.objects.filter(kind="person"),
        "staff_member": Party.objects.filter(user__isnull=False),
        "anc": Party.objects.filter(kind="anc"),
        "group": Group.objects.all(),
        "event": Event.objects.all(),
        "ask": Ask.objects.all(),
        "report": Edition.objects.all(),
        "round": CheckRound.objects.all(),
        "fund": Fund.objects.all(),
        "position": Position.objects.all(),
    }
    return {
        name: (pk,)
        for name, rows in first.items()
        if (pk := rows.order_by("pk").values_list("pk", flat=True).first()) is not None
    }
