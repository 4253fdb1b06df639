"""Fills an office: boundaries, people and places by the house's own actions, the rest as rows."""

from __future__ import annotations

import gc
import heapq
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from bench.office.clerk import Cast, Clerk, Ground
from bench.office.ledger import Ledger, Who
from bench.office.lives import PEOPLE_PER_MATTER, TOPICS, Life, Places, Setting, Step, lives
from bench.office.people import names, note_person
from bench.office.store import Store
from wardroom.access.models import Grant
from wardroom.analysis.point_in_polygon import DistrictIndex
from wardroom.city.actions import PlaceDraft, note_places
from wardroom.city.models import District, Membership, Place
from wardroom.city.rules import place_key
from wardroom.demonstration.loader import Plan, load_district
from wardroom.demonstration.streets import make_sites
from wardroom.directory.models import Party, Tenure
from wardroom.directory.rules.reaching import LIAISON_SEAT
from wardroom.library.models import Topic
from wardroom.matters.actions.following import next_working_day
from wardroom.matters.queries.clocks import ladder_days, working_calendar
from wardroom.matters.rules import rung_after, rung_on

SITES_PER_MATTER = 0.2
PLACES_AT_ONCE = 2000
DROPPED = (
    "ledger_entry", "ledger_about", "ledger_link", "ledger_receipt", "search_doc",
    "search_spelling", "notices_message", "casework_complaint", "matters_ask", "matters_waiting",
    "matters_matter", "directory_contactpoint",
)  # fmt: skip


def fill(*, matters: int, end: str, seed: int) -> dict[str, int]:
    """Make the office in the database of the settings; returns how much of what it holds."""
    on = date.fromisoformat(end)
    plan = Plan(requests=0, seed=seed, end=on)
    load_district(plan, say=lambda _: None)
    _note_places(matters, plan, seed)
    grounds = _grounds()
    with _bulk(Path(str(settings.DATABASES["default"]["NAME"]))) as store:
        ledger = Ledger(store, delivered=True)
        setting, cast = _meet(store, ledger, grounds, matters, on, seed)
        clerk = Clerk(store, ledger, cast)
        for number, step in in_time(lives(setting)):
            clerk.take_step(number, step)
        clerk.finish()
        return {
            "matters": len(clerk.cases),
            "entries": ledger.position,
            "longest": int(clerk.cases[setting.long_one].matter["id"]),
            "voices": int(clerk.cases[setting.loud_one].matter["id"]),
        }


def in_time(drawn: Iterable[Life]) -> Iterator[tuple[int, Step]]:
    """All steps of all lives in the order of time, each with the number of its life.

    Lives come in the order of the days on which they begin.
    """
    ahead: list[tuple[datetime, int, int, list[Step]]] = []
    for number, life in enumerate(drawn):
        day = life.steps[0].at.date()
        yield from _until(ahead, day)
        heapq.heappush(ahead, (life.steps[0].at, number, 0, life.steps))
    yield from _until(ahead, date.max)


def _until(
    ahead: list[tuple[datetime, int, int, list[Step]]], day: date
) -> Iterator[tuple[int, Step]]:
    while ahead and ahead[0][0].date() < day:
        _, number, n, steps = heapq.heappop(ahead)
        yield number, steps[n]
        if n + 1 < len(steps):
            heapq.heappush(ahead, (steps[n + 1].at, number, n + 1, steps))


def _note_places(matters: int, plan: Plan, seed: int) -> None:
    sites = make_sites(int(matters * SITES_PER_MATTER * 4), seed=seed)
    drafts = []
    for n in range(len(sites)):
        lat, lon = float(sites.lat[n]), float(sites.lon[n])
        key = place_key(int(sites.address_id[n]) or None, str(sites.address[n]), lat, lon)
        drafts.append(PlaceDraft(key or 0, str(sites.address[n]), lat, lon))
    for start in range(0, len(drafts), PLACES_AT_ONCE):
        note_places(None, drafts=drafts[start : start + PLACES_AT_ONCE], stamp=plan.start)


def _grounds() -> dict[int, Ground]:
    """Each place with its ward and whose ground it is."""
    rows = Membership.objects.filter(district__boundary_set__kind="ward")
    wards = {m.place_id: m.district for m in rows.select_related("district")}
    places = list(Place.objects.filter(pk__in=wards).order_by("pk"))
    owners = _owners(places)
    return {
        p.pk: Ground(p.pk, p.label, wards[p.pk].code, wards[p.pk].pk, owner)
        for p, owner in zip(places, owners, strict=True)
    }


def _owners(places: list[Place]) -> list[tuple[str, str, str]]:
    """Whose ground each place is, as `ground_at` says it for one: the smallest piece."""
    from shapely import from_wkb

    pieces = list(District.objects.filter(boundary_set__kind="ground").select_related("ground"))
    shapes = [from_wkb(bytes(d.shape)) for d in pieces]
    order = sorted(range(len(pieces)), key=lambda n: (shapes[n].area, pieces[n].code))
    index = DistrictIndex.build([shapes[n] for n in order])
    at = index.locate(
        np.array([p.longitude for p in places]), np.array([p.latitude for p in places])
    )
    owners = []
    for found in at:
        if found < 0:
            owners.append(("", "", ""))
            continue
        piece = pieces[order[int(found)]]
        ground = piece.ground
        owners.append((ground.owner_code, f"{ground.owner_name}: {piece.name}", ground.kind))
    return owners


def _meet(
    store: Store, ledger: Ledger, grounds: dict[int, Ground], matters: int, end: date, seed: int
) -> tuple[Setting, Cast]:
    liaisons = {
        t.seat.ward_code: Who(t.party.user_id, t.party.name, t.party.pk)
        for t in Tenure.objects.filter(seat__title=LIAISON_SEAT, party__user__isnull=False)
        .select_related("seat", "party")
        .order_by("pk")
        if t.party is not None
    }
    people, written_to = {}, set()
    setting = Setting(matters, end, Places({}), [], frozenset(), ())
    at = setting.now - timedelta(days=setting.days + 1)
    keepers = list(liaisons.values())
    for n, name in enumerate(names(int(matters * PEOPLE_PER_MATTER))):
        keeper = keepers[n % len(keepers)]
        who, writes = note_person(store, ledger, n, name, at, keeper)
        people[who.party_id] = who
        if writes:
            written_to.add(who.party_id)
    by_ward: dict[str, list[int]] = {}
    for ground in grounds.values():
        by_ward.setdefault(ground.ward_code, []).append(ground.id)
    cast = cast_of(grounds, liaisons, people, written_to, end)
    setting = Setting(
        matters, end, Places(by_ward), list(people), frozenset(written_to),
        tuple(cast.partners), seed,
    )  # fmt: skip
    return setting, cast


def cast_of(
    grounds: dict[int, Ground],
    liaisons: dict[str, Who],
    people: dict[int, Who],
    written_to: set[int],
    end: date,
) -> Cast:
    """Everybody and everything that the clerk has to look up."""
    partners = {
        g.agency_code: Who(g.user_id, g.user.name)
        for g in Grant.objects.filter(role="partner").select_related("user").order_by("pk")
    }
    agencies = {
        p.code: Who(None, p.name, p.pk) for p in Party.objects.filter(agency=True).order_by("pk")
    }
    topics = {
        t.code: (t.pk, t.name, t.recurrence_days)
        for t in Topic.objects.filter(code__in=[code for code in TOPICS if code])
    }
    return Cast(
        grounds=grounds,
        liaisons=liaisons,
        partners={code: who for code, who in partners.items() if code in agencies},
        agencies=agencies,
        people=people,
        written_to=frozenset(written_to),
        topics=topics,
        first_step=lru_cache(None)(next_working_day),
        rung_on=lru_cache(None)(_rung_on),
    )


def _rung_on(since: date) -> date:
    first = rung_after(0)
    assert first is not None
    calendar = working_calendar(since, since + timedelta(days=60))
    return rung_on(first, since, calendar=calendar, days=ladder_days(since))


@contextmanager
def _bulk(path: Path) -> Iterator[Store]:
    """A connection that writes fast: indexes and the word table are made anew at the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    gc.disable()
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-262144")
        marks = ", ".join("?" for _ in DROPPED)
        again = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND ("
            f"(type = 'index' AND tbl_name IN ({marks})) OR name = 'search_doc_added')",
            DROPPED,
        ).fetchall()
        connection.execute("BEGIN")
        for kind, name, _ in again:
            connection.execute(f'DROP {kind} "{name}"')
        yield Store(connection)
        for _, _, sql in again:
            connection.execute(sql)
        connection.execute("INSERT INTO search_words(search_words) VALUES ('rebuild')")
        connection.execute("COMMIT")
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        assert broken is None, broken
    finally:
        gc.enable()
        connection.close()
