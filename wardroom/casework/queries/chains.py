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
    walk = _Walk(keys)
    return {key: walk.end_of(key) for key in walk.asked}


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


class _Walk:
    """The matters of some chains with their last returns, read together."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.asked = frozenset(keys)
        self._matters: dict[int, Matter] = {}
        self._returns: dict[int, int] = {}
        self._ends: dict[int, Matter] = {}
        self._read(self.asked)

    def end_of(self, key: int) -> Matter:
        """What an issue is now."""
        passed: set[int] = set()
        while key not in self._ends:
            passed.add(key)
            if key not in self._matters:
                self._read({key})
            later = self._later(self._matters[key])
            if later is None or later in passed:
                self._ends[key] = self._matters[key]
            else:
                key = later
        end = self._ends[key]
        self._ends.update(dict.fromkeys(passed, end))
        return end

    def _later(self, matter: Matter) -> int | None:
        if matter.merged_into_id is not None:
            return int(matter.merged_into_id)
        return None if matter.state == "open" else self._returns.get(matter.pk)

    def _read(self, keys: Iterable[int]) -> None:
        self._matters.update(Matter.objects.in_bulk(list(keys)))
        rows = Issue.objects.filter(return_of__in=keys).order_by("pk")
        self._returns.update(dict(rows.values_list("return_of", "matter")))
