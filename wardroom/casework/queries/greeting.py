"""Whom to tell, after a handover, who looks after their complaint now."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.access.actor import Actor, Role
from wardroom.casework import policy
from wardroom.casework.models import Complaint
from wardroom.directory.queries import addresses_of_all
from wardroom.ledger.models import Entry
from wardroom.matters.models import Handover


@dataclass(frozen=True)
class GreetingIssue:
    """An issue that somebody complained of and that has another owner now."""

    matter_id: int
    title: str
    place_id: int | None
    ward_code: str


@dataclass(frozen=True)
class Greeting:
    """One person who would be told, of which issues, and by which successor."""

    party_id: int
    name: str
    address: str
    successor_name: str
    about: tuple[GreetingIssue, ...]
    complaint_ids: tuple[int, ...]
    thread_matter: int

    @property
    def numbers(self) -> str:
        """The numbers of the issues as people write them."""
        return ", ".join(f"W-{row.matter_id}" for row in self.about)


@dataclass(frozen=True)
class CannotBeTold:
    """Somebody whose complaint has another owner now, and why no mail reaches them."""

    name: str
    matter_id: int
    why: str


@dataclass(frozen=True)
class Greetings:
    """Who gets the note on a handover, who cannot, and how many had it before."""

    ready: tuple[Greeting, ...]
    cannot: tuple[CannotBeTold, ...]
    told: int


def greetings(handover: Handover, actor: Actor) -> Greetings:
    """Who would be told now that issues were accepted; nothing for who may not tell them."""
    if not policy.may_introduce_successor(actor, handover):
        return Greetings((), (), 0)
    rows = _complaints(handover, actor)
    before = _told_before(handover)
    fresh = [c for c in rows if c.pk not in before]
    known = addresses_of_all({c.reporter.pk for c in fresh if c.reporter is not None})
    ready: dict[tuple[int, int, int], list[Complaint]] = {}
    cannot = []
    for c in fresh:
        if c.reporter is None or c.reporter.pk not in known:
            cannot.append(CannotBeTold(c.who, c.matter.pk, _why_not(c)))
            continue
        alone = c.matter.pk if c.matter.restricted else 0
        ready.setdefault((c.reporter.pk, c.matter.owner.pk, alone), []).append(c)
    made = tuple(_greeting(group, known) for group in ready.values())
    return Greetings(made, tuple(cannot), len(rows) - len(fresh))


def _complaints(handover: Handover, actor: Actor) -> list[Complaint]:
    """Complaints of open issues that were accepted and still are the successor's."""
    items = handover.items.filter(state="accepted", kind="matter").select_related("successor")
    to = {item.matter_id: item.successor_id for item in items.filter(matter__isnull=False)}
    rows = Complaint.objects.within(policy.reach(actor)).filter(
        matter__in=to, matter__state="open", matter__kind="issue", told_at=None
    )
    if not actor.has(Role.DIRECTOR):
        rows = rows.filter(matter__owner__user=actor.user_id)
    related = rows.select_related("reporter", "matter__owner", "taken_for").order_by("pk")
    return [c for c in related if c.matter.owner_id == to[c.matter.pk]]


def _told_before(handover: Handover) -> set[int]:
    lines = Entry.objects.filter(
        kind="SuccessorIntroduced", about__noun="handover", about__key=str(handover.pk)
    )
    return {pk for body in lines.values_list("body", flat=True) for pk in body["complaint_ids"]}


def _greeting(group: list[Complaint], known: dict[int, str]) -> Greeting:
    first = group[0]
    assert first.reporter is not None
    matters = {c.matter.pk: c.matter for c in group}
    about = tuple(GreetingIssue(m.pk, m.title, m.place_id, m.ward_code) for m in matters.values())
    return Greeting(
        party_id=first.reporter.pk,
        name=first.reporter.name,
        address=known[first.reporter.pk],
        successor_name=first.matter.owner.name,
        about=about,
        complaint_ids=tuple(c.pk for c in group),
        thread_matter=first.taken_for.pk,
    )


def _why_not(complaint: Complaint) -> str:
    if complaint.anonymous:
        return "gave no name"
    if complaint.reporter is None:
        return "is not in the directory yet"
    return "left no e-mail address that we may use"
