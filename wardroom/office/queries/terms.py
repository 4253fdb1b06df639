"""Who is here on other terms: the list, one of them, who leaves soon, and who is here when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import Reminder, Term
from wardroom.office.rules import terms as rules

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[Any, ...]] = {
    "until": ("until_on", "pk"),
    "-until": ("-until_on", "-pk"),
    "name": ("party__name", "pk"),
    "-name": ("-party__name", "-pk"),
}
STATES: Mapping[str, str] = {
    "here": "Here now or soon",
    "over": "Over",
    "all": "All",
}


@dataclass(frozen=True)
class TermRow:
    """Somebody's time here. What only some may read is empty for the others."""

    id: int
    party_id: int
    name: str
    kind: str
    kind_words: str
    unit: str
    ward_code: str
    since_on: date | None
    until_on: date
    home: str
    hours_weekly: Decimal | None
    over: bool
    whole: bool


@dataclass(frozen=True)
class TermPage:
    """A page of those who are here on other terms."""

    rows: tuple[TermRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class TermLineRow:
    """What was agreed once about the end of a term."""

    sort: str
    until_on: date
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class TermFile:
    """One term whole: where the person comes from, what was checked, and every end agreed on."""

    row: TermRow
    duties: str
    memorandum: str
    minor: bool
    consent_from: str
    consent_on: date | None
    consent_seen_by: str
    checked: tuple[str, ...]
    checked_by: str
    checked_on: date | None
    signs_in: bool
    over_why: str
    disposed: bool
    days_left: int
    lines: tuple[TermLineRow, ...]
    timeline: TimelinePage | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class Present:
    """Somebody who is here on other terms between two days, for boards of who is where."""

    party_id: int
    user_id: int | None
    name: str
    kind: str
    kind_words: str
    home: str
    ward_code: str
    unit: str
    since_on: date
    until_on: date
    hours_weekly: Decimal | None


def term_page(
    actor: Actor,
    *,
    on: date,
    kind: str = "",
    state: str = "here",
    sort: str = "until",
    page: int = 1,
) -> TermPage:
    """Who is here on other terms, the next to leave first; for the office alone."""
    rows = Term.objects.within(policy.reach_of_terms(actor))
    rows = rows.filter(kind=kind) if kind in rules.KINDS else rows
    if state == "here":
        rows = rows.filter(_here(on))
    elif state == "over":
        rows = rows.exclude(_here(on))
    total = rows.count()
    page, pages, cut = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "until"
    chosen = _read(rows).order_by(*SORTS[sort])[cut]
    return TermPage(
        rows=tuple(_row(term, actor, on) for term in chosen),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        allowed=_offered(actor),
    )


def term_file(term_id: int, actor: Actor, *, on: date) -> TermFile:
    """One term; `NotFound` for whoever may only read names, places and ends."""
    term = get_term(term_id, actor)
    row = _row(term, actor, on)
    if not row.whole:
        raise NotFound(f"no term {term_id} for this person")
    volunteer = term.kind == rules.VOLUNTEER and term.disposed_at is None
    return TermFile(
        row=row,
        duties=term.duties,
        memorandum=term.memorandum,
        minor=term.minor,
        consent_from=rules.CONSENT_FROM.get(term.consent_from, ""),
        consent_on=term.consent_on,
        consent_seen_by=term.consent_seen_by,
        checked=(rules.DISPLACES_NOBODY, rules.NO_CONFLICT) if volunteer else (),
        checked_by=term.checked_by,
        checked_on=term.checked_on,
        signs_in=term.party.user_id is not None,
        over_why=term.over_why,
        disposed=term.disposed_at is not None,
        days_left=(term.until_on - on).days,
        lines=tuple(
            TermLineRow(line.sort, line.until_on, line.reason, line.at, line.by)
            for line in term.lines.order_by("pk")
        ),
        timeline=(
            timeline(actor, refs=[Ref("term", str(term.pk))])
            if policy.sees_staffing(actor)
            else None
        ),
        allowed=_allowed(term, row, actor),
    )


def _allowed(term: Term, row: TermRow, actor: Actor) -> frozenset[str]:
    if not row.over:
        moves = {"extend_term", "shorten_term", "keep_as_employee"}
        return frozenset(moves if policy.may_keep_terms(actor, term) else ())
    kept = term.over_at is not None and term.disposed_at is None
    disposes = kept and policy.may_dispose_staffing(actor, term)
    return frozenset({"dispose_of_term"} if disposes else ())


def get_term(term_id: int, actor: Actor) -> Term:
    """One term, to act on it; `NotFound` for whoever is not of the office."""
    rows = _read(Term.objects.within(policy.reach_of_terms(actor)))
    term: Term | None = rows.filter(pk=term_id).first()
    if term is None:
        raise NotFound(f"no term {term_id}")
    return term


def present_between(since_on: date, until_on: date, actor: Actor) -> tuple[Present, ...]:
    """Who is here on other terms on any of these days, by name; for the office alone.

    The agency that lends somebody and the hours are read by those who lead, keep records or
    audit, and by the person.
    """
    rows = _read(Term.objects.within(policy.reach_of_terms(actor)))
    rows = rows.filter(since_on__lte=until_on, until_on__gte=since_on)
    rows = rows.filter(Q(over_at=None) | Q(over_at__date__gte=since_on)).exclude(stayed=True)
    return tuple(
        Present(
            party_id=term.party.pk,
            user_id=term.party.user_id,
            name=term.party.name,
            kind=term.kind,
            kind_words=rules.KINDS[term.kind],
            home=_home(term) if (whole := _whole(term, actor)) else "",
            ward_code=term.ward_code,
            unit=term.unit.name if term.unit else "",
            since_on=term.since_on,
            until_on=term.until_on,
            hours_weekly=term.hours_weekly if whole else None,
        )
        for term in rows.order_by("party__name", "pk")
    )


def get_terms_to_remind(*, on: date) -> tuple[Term, ...]:
    """The terms that end soon and of which somebody has to be told today."""
    soon = on + timedelta(days=max(rules.REMINDERS))
    rows = list(_read(Term.objects.filter(over_at=None, until_on__range=(on, soon))).order_by("pk"))
    keys = {f"{term.pk}:{term.until_on.isoformat()}": term for term in rows}
    told: dict[str, set[int]] = {}
    for key, step in Reminder.objects.filter(noun="term", key__in=keys).values_list("key", "step"):
        told.setdefault(key, set()).add(step)
    return tuple(
        term
        for key, term in keys.items()
        if rules.step_due((term.until_on - on).days, told.get(key, set())) is not None
    )


def get_terms_that_ended(*, on: date) -> tuple[Term, ...]:
    """The terms whose last day is over and that nobody wrote down as over yet."""
    return tuple(_read(Term.objects.filter(over_at=None, until_on__lt=on)).order_by("pk"))


def _here(on: date) -> Q:
    return Q(over_at=None, until_on__gte=on)


def _read(rows: Any) -> QuerySet[Term]:
    found: QuerySet[Term] = rows.select_related("party__user", "home_agency", "unit")
    return found


def _home(term: Term) -> str:
    return term.home_agency.name if term.home_agency else term.home_name


def _whole(term: Term, actor: Actor) -> bool:
    return policy.reads_whole(actor, term.party.user_id)


def _row(term: Term, actor: Actor, on: date) -> TermRow:
    whole = _whole(term, actor)
    return TermRow(
        id=term.pk,
        party_id=term.party.pk,
        name=term.party.name,
        kind=term.kind,
        kind_words=rules.KINDS[term.kind],
        unit=term.unit.name if term.unit else "",
        ward_code=term.ward_code,
        since_on=term.since_on if whole else None,
        until_on=term.until_on,
        home=_home(term) if whole else "",
        hours_weekly=term.hours_weekly if whole else None,
        over=term.over_at is not None or term.until_on < on,
        whole=whole,
    )


def _offered(actor: Actor) -> frozenset[str]:
    return frozenset({"agree_term"}) if policy.may_keep_terms(actor, None) else frozenset()
