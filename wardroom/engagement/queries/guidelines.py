"""What groups work by: the documents, their versions, and which version each group has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import Acceptance, Group, Guideline, GuidelineVersion
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class GuidelineRow:
    """A guideline in the list, with how many of the groups within reach have its newest version."""

    id: int
    kind: str
    title: str
    version: int
    issued_on: date
    accepted: int
    groups: int


@dataclass(frozen=True)
class VersionRow:
    """One version of a guideline as it was issued."""

    version: int
    text: str
    why: str
    issued_on: date
    issued_by: str


@dataclass(frozen=True)
class AcceptedRow:
    """A group, and the newest version of a guideline that it accepted; none where it has none."""

    group_id: int
    group_name: str
    version: int | None
    accepted_on: date | None
    accepted_by: str


@dataclass(frozen=True)
class GuidelineFile:
    """A guideline with all its versions, newest first, and the groups within reach."""

    id: int
    kind: str
    title: str
    versions: tuple[VersionRow, ...]
    groups: tuple[AcceptedRow, ...]
    allowed: frozenset[str]

    @property
    def newest(self) -> VersionRow:
        """The version that holds."""
        return self.versions[0]

    @property
    def owing(self) -> tuple[AcceptedRow, ...]:
        """The groups that do not have the newest version."""
        return tuple(row for row in self.groups if row.version != self.newest.version)


def guideline_list(actor: Actor) -> tuple[GuidelineRow, ...]:
    """The guidelines by title, for the office."""
    if not policy.may_read_guidelines(actor):
        return ()
    groups = list(_groups(actor).values_list("pk", flat=True))
    newest: dict[int, GuidelineVersion] = {}
    for row in GuidelineVersion.objects.select_related("guideline").order_by("version"):
        newest[row.guideline_id] = row
    had = Acceptance.objects.filter(version__in=newest.values(), group__in=groups)
    counts: dict[int, int] = {}
    for version_id in had.order_by("pk").values_list("version", flat=True):
        counts[version_id] = counts.get(version_id, 0) + 1
    rows = [
        GuidelineRow(
            id=row.guideline_id,
            kind=row.guideline.kind,
            title=row.guideline.title,
            version=row.version,
            issued_on=row.issued_on,
            accepted=counts.get(row.pk, 0),
            groups=len(groups),
        )
        for row in newest.values()
    ]
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def guideline_file(guideline_id: int, actor: Actor) -> GuidelineFile:
    """One guideline, whole; `NotFound` for anybody outside the office."""
    row = get_guideline(guideline_id, actor)
    versions = tuple(
        VersionRow(v.version, v.text, v.why, v.issued_on, v.issued_by)
        for v in row.versions.order_by("-version")
    )
    had = Acceptance.objects.filter(version__guideline=row).select_related("version")
    newest = {one.group_id: one for one in had.order_by("version__version")}
    groups = _groups(actor).select_related("party").order_by("party__name", "pk")
    able = {"revise"} if policy.may_issue_guideline(actor, None) else set()
    able |= {"accept"} if any(policy.may_accept_guideline(actor, g) for g in groups) else set()
    return GuidelineFile(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        versions=versions,
        groups=tuple(_accepted(group, newest.get(group.pk)) for group in groups),
        allowed=frozenset(able),
    )


def accepted_by(group_id: int) -> tuple[tuple[int, str, int, bool], ...]:
    """The guidelines, each with the newest version that a group has, and whether it is the last.

    A group that has none has version 0; the caller has asked whether the group is in reach.
    """
    had = Acceptance.objects.filter(group=group_id, version__guideline=OuterRef("pk"))
    of_group = had.order_by("-version__version").values("version__version")
    newest = GuidelineVersion.objects.filter(guideline=OuterRef("pk")).order_by("-version")
    rows = Guideline.objects.annotate(
        has=Subquery(of_group[:1]), newest=Subquery(newest.values("version")[:1])
    )
    found = rows.order_by("title", "pk").values_list("pk", "title", "has", "newest")
    return tuple((pk, title, has or 0, has == newest) for pk, title, has, newest in found)


def get_guideline(guideline_id: int, actor: Actor) -> Guideline:
    """One guideline, to change or accept it; `NotFound` for anybody outside the office."""
    found = policy.may_read_guidelines(actor)
    row = Guideline.objects.filter(pk=guideline_id).first() if found else None
    if row is None:
        raise NotFound(f"no guideline {guideline_id}")
    return row


def may_issue_guidelines(actor: Actor) -> bool:
    """Whether the actor issues what groups work by."""
    return policy.may_issue_guideline(actor, None)


def _groups(actor: Actor) -> QuerySet[Group]:
    return Group.objects.within(policy.reach_of_groups(actor))


def _accepted(group: Group, had: Acceptance | None) -> AcceptedRow:
    return AcceptedRow(
        group_id=group.pk,
        group_name=group.party.name,
        version=had.version.version if had else None,
        accepted_on=had.accepted_on if had else None,
        accepted_by=had.accepted_by if had else "",
    )
