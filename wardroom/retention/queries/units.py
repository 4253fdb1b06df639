"""The records that lists of disposal take, each as one thing: when it ended, and what it is like.

Every class that goes by lists has one `Shelf` here; nothing else knows its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate, make_aware

from wardroom.ledger.models import Entry
from wardroom.notices.queries import GoingMail, mail_that_goes_with_each, threads_of_mail
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import (
    ANSWERED,
    FILES,
    LINES,
    MAIL_IN,
    MAIL_OUT,
    MATTERS,
    NOUN,
    WITHDRAWN,
)
from wardroom.retention.queries.issues import (
    NOUN as ISSUE_NOUN,
)
from wardroom.retention.queries.issues import (
    WITHIN,
    ended_issues,
    issue_ended_on,
    issue_traits,
    issues,
    issues_over,
    matters_of_files,
)
from wardroom.retention.rules.classes import ISSUES, REQUESTS
from wardroom.retention.rules.holds import Traits


@dataclass(frozen=True)
class Unit:
    """One record that is over, as a list shows it."""

    noun: str
    key: str
    title: str
    ended_on: date


class Ended(Protocol):
    """The records that ended by a day, with nothing that leans on them; or ``one`` of them."""

    def __call__(self, by: date, one: int | None = None) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class Shelf:
    """Where the records of one class stand: those that ended by a day, or are named by number.

    ``over`` are those whose time is over, quickly counted: something may lean on them still.
    ``within`` are other classes of which something goes with them: a hold over one keeps them.
    """

    noun: str
    ended: Ended
    over: Callable[[date], QuerySet[Any]]
    named: Callable[[Iterable[int]], QuerySet[Any]]
    unit: Callable[[Any], Unit]
    traits: Callable[[Iterable[Any]], tuple[Traits, ...]]
    within: tuple[str, ...] = ("ledger",)


def _ended_requests(by: date, one: int | None = None) -> QuerySet[RecordsRequest]:
    """The requests whose clocks all ended by a day; nobody asks them anything any more."""
    after = make_aware(datetime.combine(by, time.max))
    upheld = Q(ended_on=None) | Q(ended_on__lte=by)
    over = Q(state=WITHDRAWN, ended_on__lte=by) | Q(state=ANSWERED, answered_at__lte=after) & upheld
    rows = RecordsRequest.objects.filter(over, destroyed_at=None, due_on__lte=by)
    rows = rows.filter(Q(appealed_on=None) | Q(appealed_on__lte=by))
    rows = rows.filter(Q(appeal_due_on=None) | Q(appeal_due_on__lte=by)).order_by("due_on", "pk")
    return rows if one is None else rows.filter(pk=one)


def _requests(keys: Iterable[int]) -> QuerySet[RecordsRequest]:
    return RecordsRequest.objects.filter(pk__in=list(keys)).order_by("pk")


def _request_unit(row: RecordsRequest) -> Unit:
    return Unit(NOUN, str(row.pk), f"Records request {row.pk}", _request_ended_on(row))


def _request_ended_on(row: RecordsRequest) -> date:
    known = [row.due_on, row.appealed_on, row.appeal_due_on, row.ended_on]
    known.append(localdate(row.answered_at) if row.answered_at is not None else None)
    return max(day for day in known if day is not None)


def _request_traits(rows: Iterable[RecordsRequest]) -> tuple[Traits, ...]:
    rows = list(rows)
    prefetch_related_objects(rows, "searches", "records__redactions", "releases")
    mails = mail_that_goes_with_each(NOUN, [str(row.pk) for row in rows])
    copied = _copied(rows)
    return tuple(_traits(row, mails[str(row.pk)], copied[row.pk]) for row in rows)


def _traits(row: RecordsRequest, mail: GoingMail, copied: tuple[str, ...]) -> Traits:
    records = list(row.records.all())
    texts = [row.words, row.extended_for, row.appeal_words, mail.text]
    texts += [term for search in row.searches.all() for term in search.terms]
    texts += [f"{found.title}\n{found.text}\n{found.reason}" for found in records]
    texts += [cut.reason for found in records for cut in found.redactions.all()]
    texts += [release.words for release in row.releases.all()]
    return Traits(
        class_code=REQUESTS,
        unit=f"{NOUN}:{row.pk}",
        began_on=row.received_on,
        ended_on=max(_request_ended_on(row), mail.last_on),
        people=(row.name, row.email, *mail.people),
        places=(row.post,),
        text="\n".join(texts),
        also=copied,
        within=("ledger",),
    )


def _copied(rows: Iterable[RecordsRequest]) -> Mapping[int, tuple[str, ...]]:
    """The issues of which each request has copies, by what was found for it, as noun:key."""
    found = [(row.pk, one.noun, one.key) for row in rows for one in row.records.all()]
    keys: dict[str, set[int]] = {}
    for _, noun, key in found:
        if key.isdigit():
            keys.setdefault(noun, set()).add(int(key))
    lines = Entry.objects.filter(pk__in=keys.get(LINES, ())).exclude(matter_key="")
    meant = {(LINES, str(pk)): f"matter:{key}" for pk, key in lines.values_list("pk", "matter_key")}
    meant |= {(MATTERS, str(key)): f"matter:{key}" for key in keys.get(MATTERS, ())}
    came, went = threads_of_mail(keys.get(MAIL_IN, ()), keys.get(MAIL_OUT, ()))
    meant |= {(MAIL_IN, str(pk)): thread for pk, thread in came.items()}
    meant |= {(MAIL_OUT, str(pk)): thread for pk, thread in went.items()}
    files = matters_of_files(keys.get(FILES, ()))
    of: dict[int, set[str]] = {row.pk: set() for row in rows}
    for pk, noun, key in found:
        of[pk] |= {meant[noun, key]} if (noun, key) in meant else set()
        if noun == FILES and key.isdigit():
            of[pk] |= {f"matter:{matter}" for matter in files.get(int(key), ())}
    return {pk: tuple(sorted(units)) for pk, units in of.items()}


def _issue_unit(row: Any) -> Unit:
    return Unit(ISSUE_NOUN, str(row.pk), f"Issue {row.pk}: {row.title}", issue_ended_on(row))


SHELVES: Mapping[str, Shelf] = {
    ISSUES: Shelf(ISSUE_NOUN, ended_issues, issues_over, issues, _issue_unit, issue_traits, WITHIN),
    REQUESTS: Shelf(
        NOUN, _ended_requests, _ended_requests, _requests, _request_unit, _request_traits
    ),
}
