"""How issues went on: what each was joined to, or came back as, a whole chain at a time.

An alley fills again every week, and each time is an issue that is the return of the last. So
a chain grows for years, and is never walked with a question for each of its links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from wardroom.casework.models import Issue
from wardroom.matters.models import Matter


def matter_now(matter: Matter) -> Matter:
    """The issue that an issue became: what it was joined to, or its return; as it is kept."""
    kept = Issue.objects.filter(matter=matter).values("stands_as")
    later: Matter | None = Matter.objects.filter(pk__in=kept).first()
    return later if later is not None else matter


def with_former(key: int) -> frozenset[int]:
    """An issue and all that went on as it, by being joined or by coming back.

    Whatever is kept as one of them went on as one, and is found without a walk.
    """
    known: set[int] = set()
    fresh = {key}
    while fresh := fresh - known:
        known |= fresh
        joined = Matter.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)
        kept = Issue.objects.filter(stands_as__in=fresh).values_list("matter", flat=True)
        former = Issue.objects.filter(matter__in=fresh, return_of__isnull=False)
        fresh = {*joined, *kept, *former.values_list("return_of", flat=True)}
    return frozenset(known)


def went_on_as(keys: Iterable[int]) -> Mapping[int, Matter]:
    """What each of these issues is now, as the rows say and whatever was kept before.

    Whatever was joined is what it was joined to; a closed one that came back is its last
    return, however that went on.
    """
    asked = frozenset(keys)
    chain = _Chain(asked)
    return {key: chain.end_of(key) for key in asked}


def meant_by(key: int) -> Matter:
    """The issue that a report about this one belongs to now.

    One that was joined means what it was joined to. A closed one means the open issue as which
    it came back, however often and wherever that was joined to since, or itself without one.
    """
    return _Chain([key]).meant_by(key)


def former_of(matter: Matter) -> tuple[int, ...]:
    """The closed issues that one is the return of, and those that they were the return of."""
    rows = Issue.objects.filter(Q(matter=matter) | Q(stands_as=matter))
    before = dict(rows.values_list("matter", "return_of"))
    found: list[int] = []
    key = before.get(matter.pk)
    while key is not None and key not in found:
        found.append(key)
        if key not in before:
            rows = Issue.objects.filter(matter=key)
            before[key] = rows.values_list("return_of", flat=True).first()
        key = before[key]
    return tuple(found)


class _Chain:
    """The matters of some issues and what is kept to go on as the same, read together."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._matters: dict[int, Matter] = {}
        self._returns: dict[int, list[int]] = {}
        self._ends: dict[int, Matter] = {}
        ends = Issue.objects.filter(matter__in=keys, stands_as__isnull=False)
        kept = set(ends.values_list("stands_as", flat=True))
        same = Issue.objects.filter(stands_as__in=kept).values_list("matter", flat=True)
        self._read({*keys, *kept, *same})

    def end_of(self, key: int) -> Matter:
        """What an issue is now: at each step its last return."""
        passed: set[int] = set()
        while key not in self._ends:
            passed.add(key)
            matter = self._matter(key)
            later = matter.merged_into_id
            if later is None and matter.state != "open" and self._returns[key]:
                later = self._returns[key][-1]
            if later is None or later in passed:
                self._ends[key] = matter
            else:
                key = later
        end = self._ends[key]
        self._ends.update(dict.fromkeys(passed, end))
        return end

    def meant_by(self, key: int) -> Matter:
        """The first open issue among what it came back as, or what it was joined to."""
        itself = self._joined(key)
        seen, ahead = set[int](), [itself.pk]
        while ahead:
            matter = self._joined(ahead.pop())
            if matter.pk in seen:
                continue
            if matter.state == "open":
                return matter
            seen.add(matter.pk)
            ahead.extend(reversed(self._returns[matter.pk]))
        return itself

    def _joined(self, key: int) -> Matter:
        """What an issue was joined to, and that one in turn."""
        passed: set[int] = set()
        matter = self._matter(key)
        while matter.merged_into_id is not None and matter.pk not in passed:
            passed.add(matter.pk)
            matter = self._matter(matter.merged_into_id)
        return matter

    def _matter(self, key: int) -> Matter:
        if key not in self._matters:
            self._read({key})
        return self._matters[key]

    def _read(self, keys: set[int]) -> None:
        self._matters.update(Matter.objects.in_bulk(keys))
        self._returns.update({key: [] for key in keys})
        rows = Issue.objects.filter(return_of__in=keys).order_by("pk")
        for former, later in rows.values_list("return_of", "matter"):
            self._returns[former].append(later)
