"""What was written to and fro about one matter, to whom one can write, and who is known there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.access.models import Grant
from wardroom.casework.models import Complaint
from wardroom.directory.models import ContactPoint
from wardroom.directory.rules import match_key
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask, Matter
from wardroom.notices.queries import MailRow, OutboxRow, thread_mail, thread_messages

MOST_RECIPIENTS = 20
FEW = 5
MATTER = "matter:"


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom one can write about a matter, and the thread that they hang on."""

    name: str
    address: str
    thread: str
    what: str


@dataclass(frozen=True)
class Letter:
    """One message of a matter, in or out."""

    at: datetime
    came: MailRow | None = None
    went: OutboxRow | None = None


@dataclass(frozen=True)
class Letters:
    """What was written to and fro about one matter, the newest first."""

    rows: tuple[Letter, ...]
    unread: int

    @property
    def newest(self) -> tuple[Letter, ...]:
        """The few that the page of the matter shows."""
        return self.rows[:FEW]

    @property
    def unread_words(self) -> str:
        """How many wait to be read."""
        return f"{self.unread} not read yet"


@dataclass(frozen=True)
class Likeness:
    """The matter that a message in seems to belong to, where the asker may see it."""

    matter_id: int
    matter_kind: str
    title: str


def letters_of(matter_id: int, actor: Actor, *, came_from: Iterable[int] = ()) -> Letters:
    """The e-mail of a matter, and of those whose complaints came over to it; staff only.

    The caller has asked whether this person sees the matter itself.
    """
    threads = tuple(dict.fromkeys(f"{MATTER}{n}" for n in (matter_id, *came_from)))
    came = thread_mail(threads, actor)
    went = thread_messages(threads, actor)
    rows = [Letter(row.received_at, came=row) for row in came]
    rows += [Letter(row.queued_at, went=row) for row in went]
    rows.sort(key=lambda letter: letter.at, reverse=True)
    unread = sum(1 for row in came if row.state == "threaded" and row.read_at is None)
    return Letters(tuple(rows), unread)


def came_over_to(matter: Matter) -> tuple[int, ...]:
    """The matters whose complaints came over to this one, by which their threads are found."""
    moved = Complaint.objects.filter(matter=matter).exclude(taken_for=matter)
    return tuple(moved.order_by("taken_for_id").values_list("taken_for_id", flat=True).distinct())


def threads_of(matter: Matter) -> tuple[str, ...]:
    """The threads on which mail of a matter hangs, its own first."""
    return (f"{MATTER}{matter.pk}", *(f"{MATTER}{n}" for n in came_over_to(matter)))


def has_unread_mail(matter: Matter, actor: Actor) -> bool:
    """Whether mail about a matter came in that nobody has read; staff only."""
    came = thread_mail(threads_of(matter), actor)
    return any(row.state == "threaded" and row.read_at is None for row in came)


def recipients_of(matter: Matter, actor: Actor) -> tuple[Recipient, ...]:
    """To whom one can write about a matter: first who reported it, then who wrote, then agencies.

    An address that came back is not among them, nor one that we may not use, unless its owner
    wrote to us.
    """
    if not matters_policy.may_write_note(actor, matter):
        return ()
    threads = threads_of(matter)
    found = [*_reporters(matter), *_writers(threads, actor), *_agencies(matter, threads[0])]
    usable = {r.address.casefold(): r for r in reversed(found)}
    keys = [match_key("email", address) for address in usable]
    dead = ContactPoint.objects.filter(channel="email", match__in=keys, bounced_at__isnull=False)
    gone = set(dead.values_list("match", flat=True))
    kept = [r for r in dict.fromkeys(found) if usable.get(r.address.casefold()) is r]
    return tuple(r for r in kept if match_key("email", r.address) not in gone)[:MOST_RECIPIENTS]


def likenesses(rows: Iterable[MailRow], actor: Actor) -> dict[int, Likeness]:
    """For each message that waits, the matter that it seems to belong to, where in reach."""
    meant = {row.id: row.like for row in rows if row.like.startswith(MATTER)}
    numbers = {int(like.removeprefix(MATTER)) for like in meant.values()}
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(pk__in=numbers)
    known = {f"{MATTER}{m.pk}": Likeness(m.pk, m.kind, m.title) for m in seen} if numbers else {}
    return {mail: known[like] for mail, like in meant.items() if like in known}


def knows_reporter(address: str, thread: str, on: date) -> bool:
    """Whether somebody who reported what this thread is about has that address."""
    number = _number(thread)
    if number is None:
        return False
    about = Complaint.objects.filter(Q(matter_id=number) | Q(taken_for_id=number))
    return ContactPoint.objects.filter(
        channel="email", match=match_key("email", address), party__in=about.values("reporter")
    ).exists()


def knows_agency(address: str, thread: str, on: date) -> bool:
    """Whether an agency that was asked in this matter has that address, or a partner of today."""
    number = _number(thread)
    if number is None:
        return False
    asked = Ask.objects.filter(matter_id=number).exclude(asked_agency="")
    points = ContactPoint.objects.filter(
        channel="email", match=match_key("email", address), party__in=asked.values("party")
    )
    partners = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        valid_from__lte=on,
        user__is_active=True,
        user__email__iexact=address,
        agency_code__in=asked.values("asked_agency"),
    )
    return points.exists() or partners.exists()


def _number(thread: str) -> int | None:
    key = thread.removeprefix(MATTER)
    return int(key) if thread.startswith(MATTER) and key.isascii() and key.isdigit() else None


def _reporters(matter: Matter) -> list[Recipient]:
    rows = Complaint.objects.filter(matter=matter, reporter__isnull=False)
    points = ContactPoint.objects.filter(
        channel="email", consent=True, bounced_at=None, party__in=rows.values("reporter")
    )
    first: dict[int, str] = {}
    for party, value in points.order_by("pk").values_list("party_id", "value"):
        first.setdefault(party, value)
    complaints = rows.select_related("reporter").order_by("received_at", "pk")
    return [
        Recipient(c.reporter.name, first[c.reporter_id], f"{MATTER}{c.taken_for_id}", "reported it")
        for c in complaints
        if c.reporter is not None and c.reporter_id in first
    ]


def _writers(threads: tuple[str, ...], actor: Actor) -> list[Recipient]:
    rows = thread_mail(threads, actor)
    return [
        Recipient(row.from_name or row.from_address, row.from_address, row.thread, "wrote to us")
        for row in rows
        if row.state == "threaded" and row.from_address
    ]


def _agencies(matter: Matter, thread: str) -> list[Recipient]:
    asked = Ask.objects.filter(matter=matter).exclude(asked_agency="")
    points = ContactPoint.objects.filter(
        channel="email", consent=True, bounced_at=None, party__in=asked.values("party")
    )
    rows = points.select_related("party").order_by("party__name", "pk")
    return [Recipient(p.party.name, p.value, thread, "was asked") for p in rows]
