"""Closed issues as lists of disposal take them: what leans on one still, and all that it says.

An issue goes once all that it hangs together with is over: what it was joined to, split off
from, linked with or came back as. Where a complaint went on elsewhere, pictures, letters and
lines of it lie here still: then it goes after that other one, never before it. Whatever else in
the house points at it keeps it, as does a live persistent location at its place, a report that
tells of it, and a request for records with copies of it. A table that is new keeps an issue,
too, until somebody decides otherwise.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, Exists, JSONField, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate, make_aware

from wardroom.access.models import holds_any, pointing_at
from wardroom.casework.models import (
    BatchItem,
    Complaint,
    ComplaintMove,
    Issue,
    Report,
    ReportQuestion,
    ReportRating,
)
from wardroom.city.models import Place
from wardroom.directory.models import Alias, ContactPoint, Party
from wardroom.documents.models import Attachment
from wardroom.engagement.models import RealContact
from wardroom.fieldwork.models import ConditionCheck
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask, HandoverItem, Matter, MatterLink, Waiting
from wardroom.matters.rules import LIVE
from wardroom.notices.models import Message
from wardroom.notices.queries import mail_that_goes_with_each, threads_of_mail
from wardroom.notices.queries.going import files_of_mail, mail_near_thread, threads_of_files
from wardroom.problems.models import PersistentLocation
from wardroom.records.models import FoundRecord
from wardroom.records.rules import FILES, LINES, MAIL_IN, MAIL_OUT, MATTERS
from wardroom.retention.rules.classes import ISSUES
from wardroom.retention.rules.holds import Traits
from wardroom.service_requests.models import Drift, Submission

NOUN, KIND = "matter", "issue"
# What of an issue is emptied with it: rows of these do not keep it.
OWN = (
    *(Matter, Ask, MatterLink, Waiting, HandoverItem, Issue, Complaint, ComplaintMove, Report),
    *(ReportQuestion, ReportRating, BatchItem, ConditionCheck),
    # Counted from lines and from events; an event keeps it, a line does not.
    RealContact,
)
# Classes of which something goes with an issue: who reported it, its checks and handovers, lines.
WITHIN = ("directory", "staff", "locations", "ledger")
UNDER_WAY = ("trying", "tried", "doing", "undoing")
ON_THEIR_WAY = ("waiting", "sending", "token", "unclear")
Rows = QuerySet[Any]


def issues_over(by: date) -> Rows:
    """The issues that were closed by a day, whatever leans on them still: quickly counted."""
    after = make_aware(datetime.combine(by, time.max))
    return Matter.objects.filter(
        kind=KIND, state="closed", closed_at__lte=after, destroyed_at=None
    ).order_by("closed_at", "pk")


def ended_issues(by: date, one: int | None = None) -> Rows:
    """The issues that are over since a day, with all that they hang together with.

    Of ``one`` alone nothing is looked at but what concerns it.
    """
    after = make_aware(datetime.combine(by, time.max))
    rows = issues_over(by)
    if one is not None:
        rows = rows.filter(pk=one)
    rows = rows.filter(Q(merged_into=None) | Q(merged_into__destroyed_at__isnull=False))
    for path in ("issue__stands_as", "issue__return_of"):
        over = Q(**{f"{path}__state": "closed", f"{path}__closed_at__lte": after})
        rows = rows.filter(Q(**{path: None}) | over)
    for leaning in (*_together(after), *_gone_on(), *_leaning()):
        rows = rows.filter(~Exists(leaning))
    for path, kept in (("pk", matters_in_requests(one)), ("place__key", live_place_keys())):
        if kept:
            rows = rows.exclude(holds_any(path, kept))
    return rows.select_related("merged_into").order_by("closed_at", "pk")


def issues(keys: Iterable[int]) -> Rows:
    """The issues of these numbers."""
    rows = Matter.objects.filter(kind=KIND, pk__in=list(keys))
    return rows.select_related("merged_into").order_by("pk")


def issue_ended_on(row: Matter) -> date:
    """The day on which an issue was over: its own, or that of the one it was joined to."""
    ends = [row.closed_at, row.merged_into.closed_at if row.merged_into is not None else None]
    return localdate(max(at for at in ends if at is not None))


def _still(path: str, after: datetime) -> Q:
    """Whether the matter at the end of a path is open, or was closed later."""
    return Q(**{f"{path}__state": "open"}) | Q(**{f"{path}__closed_at__gt": after})


def _together(after: datetime) -> tuple[Rows, ...]:
    """What hangs together with an issue and is not over."""
    me, links = OuterRef("pk"), MatterLink.objects.filter(ended_at=None)
    moves = ComplaintMove.objects.all()
    return (
        links.filter(_still("to", after), of=me),
        links.filter(_still("of", after), to=me),
        Matter.objects.filter(Q(state="open") | Q(closed_at__gt=after), merged_into=me),
        Issue.objects.filter(_still("matter", after), return_of=me),
        Issue.objects.filter(_still("matter", after), stands_as=me),
        moves.filter(_still("former", after), now=me),
    )


def _gone_on() -> tuple[Rows, ...]:
    """The complaints that were here, or came back from one here, and live on at another issue."""
    me, elsewhere = OuterRef("pk"), Complaint.objects.filter(matter__destroyed_at=None)
    return tuple(
        elsewhere.filter(**{path: me}).filter(~Q(matter=me))
        for path in ("taken_for", "moves__former", "came_of__report__complaint__matter")
    )


def _leaning() -> tuple[Rows, ...]:
    """What of an issue itself is under way, and whatever else of the house points at it."""
    at_matter, at_ask = pointing_at(Matter, but=OWN), pointing_at(Ask, but=OWN)
    me = OuterRef("pk")
    return (
        Report.objects.filter(onto=me, complaint=None),
        Ask.objects.filter(matter=me, state__in=LIVE),
        Submission.objects.filter(matter_id=me, state__in=ON_THEIR_WAY),
        Drift.objects.filter(matter_id=me, state="open"),
        HandoverItem.objects.filter(matter=me, handover__state="running"),
        BatchItem.objects.filter(matter=me, batch__state__in=UNDER_WAY),
        Message.objects.filter(
            state=Message.State.QUEUED,
            entry__about__noun=NOUN,
            entry__about__key=_as_text("pk"),
        ),
        RealContact.objects.filter(matter=me, event__isnull=False),
        *(model._base_manager.filter(**{name: me}) for model, name in at_matter),
        *(model._base_manager.filter(**{f"{name}__matter": me}) for model, name in at_ask),
    )


def _as_text(name: str) -> Any:
    return Cast(OuterRef(name), CharField(max_length=60))


def live_place_keys() -> frozenset[int]:
    """The addresses of the persistent locations that are under way."""
    live = PersistentLocation.objects.filter(matter__state="open").order_by()
    found = list(live.values_list("place__key", "place_keys"))
    return frozenset(key for own, others in found for key in (own, *others))


def matters_in_requests(one: int | None = None) -> frozenset[int]:
    """The matters of which a request for records that was not destroyed has copies.

    Where only ``one`` is asked for, nothing is read but what may be of it.
    """
    rows = FoundRecord.objects if one is None else _found_of(one)
    rows = rows.filter(request__destroyed_at=None).order_by()
    keys: dict[str, set[int]] = {}
    for noun, key in rows.values_list("noun", "key"):
        if key.isdigit():
            keys.setdefault(noun, set()).add(int(key))
    lines = Entry.objects.filter(holds_any("pk", keys.get(LINES, ()))).exclude(matter_key="")
    came, went = threads_of_mail(keys.get(MAIL_IN, ()), keys.get(MAIL_OUT, ()))
    threads = [thread.partition(":") for thread in (*came.values(), *went.values())]
    said = {
        *lines.order_by().values_list("matter_key", flat=True),
        *(key for noun, _, key in threads if noun == NOUN),
        *(key for keys in matters_of_files(keys.get(FILES, ())).values() for key in keys),
    }
    return frozenset({*keys.get(MATTERS, ()), *(int(key) for key in said if key.isdigit())})


def _found_of(matter: int) -> Rows:
    """What requests have found of one matter, or may have: it is asked the other way round."""
    number, thread = str(matter), f"{NOUN}:{matter}"
    came, went = mail_near_thread(thread)
    lies = Attachment.objects.filter(matter_key=number).order_by()
    sorts: Mapping[str, Iterable[int]] = {
        MATTERS: [matter],
        LINES: Entry.objects.filter(matter_key=number).order_by().values_list("pk", flat=True),
        MAIL_IN: came,
        MAIL_OUT: went,
        FILES: {*lies.values_list("document", flat=True), *files_of_mail(came)},
    }
    any_of = [Q(noun=noun) & holds_any("key", map(str, keys)) for noun, keys in sorts.items()]
    return FoundRecord.objects.filter(functools.reduce(operator.or_, any_of))


def matters_of_files(files: Iterable[int]) -> Mapping[int, set[str]]:
    """The matters at which each of these files lies, or in whose mail it came."""
    found: dict[int, set[str]] = {}
    lies = Attachment.objects.filter(holds_any("document", files)).exclude(matter_key="").order_by()
    for file, key in lies.values_list("document", "matter_key"):
        found.setdefault(file, set()).add(key)
    for file, thread in threads_of_files(files):
        noun, _, key = thread.partition(":")
        if noun == NOUN:
            found.setdefault(file, set()).add(key)
    return found


def issue_traits(rows: Iterable[Matter]) -> tuple[Traits, ...]:
    """What each of these issues says, wherever that stands, for legal holds to ask."""
    some = list(rows)
    keys = [row.pk for row in some]
    texts = _texts(keys)
    mail = mail_that_goes_with_each(NOUN, [str(pk) for pk in keys])
    others = _others(keys)
    return tuple(
        Traits(
            class_code=ISSUES,
            unit=f"{NOUN}:{row.pk}",
            began_on=localdate(row.opened_at),
            ended_on=max(issue_ended_on(row), mail[str(row.pk)].last_on),
            people=mail[str(row.pk)].people,
            text="\n".join([*texts[row.pk], mail[str(row.pk)].text]),
            also=tuple(f"{NOUN}:{pk}" for pk in sorted(others[row.pk])),
            within=WITHIN,
        )
        for row in some
    )


def tables_of_issues(keys: Iterable[int]) -> tuple[tuple[Rows, str], ...]:
    """Every table in which an issue says something, each with the path to the issue's number."""
    ids = list(keys)
    named = [str(pk) for pk in ids]
    return (
        *_own_tables(ids),
        (Attachment.objects.filter(matter_key__in=named), "matter_key"),
    )


def _own_tables(ids: list[int]) -> tuple[tuple[Rows, str], ...]:
    by_matter = (Ask, Issue, Complaint, ReportQuestion, ReportRating, ConditionCheck)
    reports = Report.objects.filter(complaint__matter__in=ids)
    return (
        (Matter.objects.filter(pk__in=ids), "pk"),
        *((model._base_manager.filter(matter__in=ids), "matter_id") for model in by_matter),
        (HandoverItem.objects.filter(matter__in=ids), "matter_id"),
        (BatchItem.objects.filter(matter__in=ids), "matter_id"),
        (reports, "complaint__matter_id"),
        (Submission.objects.filter(matter_id__in=ids), "matter_id"),
        (Drift.objects.filter(matter_id__in=ids), "matter_id"),
    )


def _around(ids: list[int]) -> tuple[tuple[Rows, str], ...]:
    """What is read for holds besides: who reported it, the place, its lines, names of files."""
    lines = Entry.objects.filter(about__noun=NOUN, about__key__in=[str(pk) for pk in ids])
    return (
        (Party.objects.filter(complaints__matter__in=ids), "complaints__matter_id"),
        (
            ContactPoint.objects.filter(party__complaints__matter__in=ids),
            "party__complaints__matter_id",
        ),
        (Alias.objects.filter(party__complaints__matter__in=ids), "party__complaints__matter_id"),
        (Place.objects.filter(matters__in=ids), "matters__pk"),
        (lines, "about__key"),
    )


def _texts(ids: list[int]) -> Mapping[int, list[str]]:
    """All words of each of these issues, out of every column that can hold some."""
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for rows, path in (*tables_of_issues(ids), *_around(ids)):
        columns = [*_worded(rows.model), *(["document__name"] if rows.model is Attachment else [])]
        for key, *words in rows.order_by("pk").values_list(path, *columns):
            found[int(key)] += [str(word) for word in words if word]
    return found


def _worded(model: type[Model]) -> list[str]:
    kinds = (CharField, TextField, JSONField)
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _others(ids: list[int]) -> Mapping[int, set[int]]:
    """What each of these issues was joined to, split off from, linked with or came back as."""
    pairs: set[tuple[int, int]] = set()
    links = MatterLink.objects.filter(Q(of__in=ids) | Q(to__in=ids)).order_by()
    pairs |= set(links.values_list("of_id", "to_id"))
    merged = Matter.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).order_by()
    pairs |= set(merged.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    came_back = Issue.objects.filter(Q(matter__in=ids) | Q(return_of__in=ids)).order_by()
    pairs |= set(came_back.exclude(return_of=None).values_list("matter_id", "return_of_id"))
    moved = ComplaintMove.objects.filter(Q(former__in=ids) | Q(now__in=ids)).order_by()
    pairs |= set(moved.values_list("former_id", "now_id"))
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    for one, other in pairs:
        if one in found:
            found[one].add(other)
        if other in found:
            found[other].add(one)
    return found
