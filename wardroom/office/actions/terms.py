"""Agreeing on the time of somebody on other terms, changing its end, and letting it end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.access.models import Grant
from wardroom.directory.actions import bound_access, free_seats, invite_person, note_person
from wardroom.directory.models import Party
from wardroom.documents.gateways import must_be_kept
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.library.queries import days_in_force
from wardroom.matters.rules import Wait, check_length, check_reason, check_text
from wardroom.office import facts, policy
from wardroom.office.actions.waits import end_waits, wait_for_both
from wardroom.office.models import Reminder, Term, TermLine, Unit
from wardroom.office.rules import terms as rules

NOUN, GONE = "term", "Disposed of"


@dataclass(frozen=True)
class TermDraft:
    """What is agreed about somebody's time here, as it was filled in."""

    kind: str
    since_on: date
    until_on: date
    duties: str
    hours_weekly: Decimal
    home_agency: Party | None = None
    home_name: str = ""
    memorandum: str = ""
    unit: Unit | None = None
    ward_code: str = ""
    age: str = ""
    consent_from: str = ""
    consent_on: date | None = None
    displaces_nobody: bool = False
    no_conflict: bool = False
    reason: str = ""


@action(policy.may_keep_terms)
def take_on(
    _: None,
    *,
    name: str,
    email: str = "",
    role: Role | None = None,
    role_ward: str = "",
    draft: TermDraft,
    stamp: Stamp,
) -> Term:
    """Let somebody new come for a time; with a role they are sent a link to sign in by.

    Refuses: what `agree_term`, `invite_person` and `note_person` refuse, and a volunteer as
    liaison; nothing is kept then. Records: what they record.
    """
    rules.check_role(draft.kind, "" if role is None else role.value)
    if role is not None:
        person = invite_person(
            None,
            email=email,
            name=name,
            role=role,
            since_on=draft.since_on,
            ward_code=role_ward,
            stamp=stamp,
        )
    else:
        person = note_person(None, name=name, email=email, stamp=stamp)
    return agree_term(person, draft=draft, stamp=stamp)


@action(policy.may_keep_terms)
def agree_term(party: Party, *, draft: TermDraft, stamp: Stamp) -> Term:
    """Agree on how long somebody is here on other terms; their sign-in ends with it by itself.

    Refuses: somebody who is no person, or here on such terms already; a detail without an
    agency or a memorandum, or beyond its longest time; a volunteer under 14, under 18 without
    consent, in an employee's work, with an employee's role or a conflict of interest; a second
    detail soon after the first without a reason; no duties; hours that are none.
    Records: `TermAgreed`, and `AccessBounded` for somebody who signs in.
    """
    if party.kind != Party.Kind.PERSON:
        raise Refused("not_a_person", f"{party.name} is not a person.", field="party")
    if Term.objects.filter(party=party, over_at=None).exists():
        sentence = f"{party.name} is here on such terms already. Extend them instead."
        raise Refused("already_here", sentence, field="party")
    today = localdate(stamp.at)
    _check(draft, today)
    _check_roles(party, draft)
    reason = _reason_again(party, draft)
    minor = draft.kind == rules.VOLUNTEER and draft.age == "minor"
    volunteer = draft.kind == rules.VOLUNTEER
    detail = draft.kind == rules.DETAIL
    term: Term = Term.objects.create(
        party=party,
        kind=draft.kind,
        home_agency=draft.home_agency if detail else None,
        home_name=draft.home_name.strip() if detail and draft.home_agency is None else "",
        memorandum=draft.memorandum.strip() if detail else "",
        duties=_duties(draft.duties),
        unit=draft.unit,
        ward_code=draft.ward_code,
        hours_weekly=draft.hours_weekly,
        since_on=draft.since_on,
        until_on=draft.until_on,
        minor=minor,
        consent_from=draft.consent_from if minor else "",
        consent_on=draft.consent_on if minor else None,
        consent_seen_by=stamp.actor.name if minor else "",
        checked_by=stamp.actor.name if volunteer else "",
        checked_on=today if volunteer else None,
    )
    _line(term, "agreed", reason, stamp)
    fact = facts.TermAgreed(
        **_about(term),
        home=term.home_agency.name if term.home_agency else term.home_name,
        memorandum=term.memorandum,
        since_on=term.since_on,
        until_on=term.until_on,
        checked=(rules.DISPLACES_NOBODY, rules.NO_CONFLICT) if volunteer else (),
        reason=reason,
    )
    record(fact, stamp=stamp)
    _bound(term, stamp)
    return term


@action(policy.may_keep_terms)
def extend_term(term: Term, *, until_on: date, reason: str, stamp: Stamp) -> Term:
    """Let somebody stay longer, for a reason; what was agreed before stays on record.

    An extension of a detail is as long as a detail at most, from the day after its end.
    Refuses: a term that is over; no reason; a day that is no later; one too far away.
    Records: `TermExtended`, and `AccessBounded` for somebody who signs in.
    """
    _check_runs(term, localdate(stamp.at))
    before = term.until_on
    if until_on <= before:
        raise Refused("no_later", "Choose a day after the last day so far.", field="until_on")
    rules.check_days(
        term.kind, rules.day_after(before), until_on, most=_longest(before), again=True
    )
    _move(term, "extended", until_on, check_reason(reason), stamp)
    fact = facts.TermExtended(
        **_about(term), before_on=before, until_on=until_on, reason=check_reason(reason)
    )
    record(fact, stamp=stamp)
    _bound(term, stamp)
    return term


@action(policy.may_keep_terms)
def shorten_term(term: Term, *, until_on: date, reason: str, stamp: Stamp) -> Term:
    """Let somebody leave earlier; what is theirs after that day goes to the director's list.

    Refuses: a term that is over; no reason; a day that is over, or no earlier; one before the
    term began. Records: `TermShortened`, and `AccessBounded` for somebody who signs in.
    """
    today = localdate(stamp.at)
    _check_runs(term, today)
    before = term.until_on
    if until_on >= before:
        raise Refused("no_earlier", "Choose a day before the last day so far.", field="until_on")
    if until_on < max(today, term.since_on):
        sentence = "Choose today or a later day, and not before the term begins."
        raise Refused("ends_too_early", sentence, field="until_on")
    _move(term, "shortened", until_on, check_reason(reason), stamp)
    fact = facts.TermShortened(
        **_about(term), before_on=before, until_on=until_on, reason=check_reason(reason)
    )
    record(fact, stamp=stamp)
    _bound(term, stamp)
    return term


@action(policy.may_keep_terms)
def keep_as_employee(term: Term, *, reason: str, stamp: Stamp) -> Term:
    """Say that somebody stays as an employee: their sign-in does not end by itself any more.

    Refuses: a term that is over; no reason. Records: `TermBecameEmployment`, and
    `AccessBounded` for somebody who signs in.
    """
    _check_runs(term, localdate(stamp.at))
    term.over_at, term.over_why, term.stayed = stamp.at, check_reason(reason), True
    term.save(update_fields=["over_at", "over_why", "stayed"])
    record(facts.TermBecameEmployment(**_about(term), reason=term.over_why), stamp=stamp)
    end_waits(NOUN, term.pk)
    if term.party.user_id is not None:
        bound_access(term.party, until_on=None, stamp=stamp)
    return term


@action(policy.may_remind_of_terms)
def remind_of_term(term: Term, *, stamp: Stamp) -> Term:
    """Tell whoever leaves soon and the director of it, once at 60, at 30 and at 7 days.

    Refuses: a term of which nothing is to be told today. Records: `TermEndsSoon`.
    """
    today = localdate(stamp.at)
    left = (term.until_on - today).days
    told = Reminder.objects.filter(noun=NOUN, key=_key(term)).values_list("step", flat=True)
    step = rules.step_due(left, set(told))
    if term.over_at is not None or step is None:
        raise Refused("nothing_due", "Nothing is to be told of this term today.")
    Reminder.objects.create(noun=NOUN, key=_key(term), step=step, at=stamp.at)
    fact = facts.TermEndsSoon(**_about(term), until_on=term.until_on, step=step, days_left=left)
    record(fact, stamp=stamp)
    wait_for_both(
        NOUN,
        term.pk,
        Wait("term_ends", term.until_on),
        party=term.party,
        title=f"{term.party.name} leaves ({rules.KINDS[term.kind].lower()})",
        own="Your time here ends: hand over what is yours",
        today=today,
        stamp=stamp,
    )
    return term


@action(policy.may_remind_of_terms)
def note_term_over(term: Term, *, stamp: Stamp) -> Term:
    """Write down that somebody's time here has ended; their sign-in ended with its last day.

    A position that they hold still is free then. Refuses: a term that runs still, or was
    written down as over. Records: `TermOver`, and `SeatVacated` for what they held.
    """
    if term.over_at is not None or term.until_on >= localdate(stamp.at):
        raise Refused("not_over", "This term is not over, or was written down as over already.")
    term.over_at, term.over_why = stamp.at, "It ended as agreed."
    term.save(update_fields=["over_at", "over_why"])
    record(facts.TermOver(**_about(term), until_on=term.until_on), stamp=stamp)
    free_seats(term.party, until_on=term.until_on, stamp=stamp)
    end_waits(NOUN, term.pk)
    return term


@action(policy.may_dispose_staffing)
def dispose_of_term(term: Term, *, reason: str, stamp: Stamp) -> Term:
    """Dispose of what was kept about somebody's time here, once it is over.

    Where they came from, what they did, who agreed for them and why its end moved are gone; who
    was here, on which terms and from when to when stays. Refuses: a term that runs; one that was
    disposed of, or that a legal hold keeps; no reason. Records: `TermDisposed`.
    """
    if term.over_at is None:
        raise Refused("still_needed", "This is needed while they are here.")
    if term.disposed_at is not None:
        raise Refused("nothing_left", "This was disposed of already.")
    if must_be_kept("staff", f"{NOUN}:{term.pk}"):
        raise Refused("held", "A legal hold keeps it.")
    why = check_reason(reason)
    term.home_agency, term.consent_on, term.checked_on = None, None, None
    term.home_name = term.memorandum = term.duties = term.over_why = ""
    term.consent_from = term.consent_seen_by = term.checked_by = ""
    term.minor, term.hours_weekly, term.disposed_at = False, Decimal(0), stamp.at
    term.save()
    term.lines.exclude(sort="agreed").update(reason=GONE)
    term.lines.filter(sort="agreed").update(reason="")
    record(facts.TermDisposed(**_about(term), reason=why), stamp=stamp)
    return term


def _check(draft: TermDraft, today: date) -> None:
    if draft.kind not in rules.KINDS:
        raise Refused("kind_unknown", "Say on which terms they are here.", field="kind")
    rules.check_days(draft.kind, draft.since_on, draft.until_on, most=_longest(draft.since_on))
    if draft.until_on < today:
        raise Refused("ends_too_early", "Choose today or a later day.", field="until_on")
    has_home = draft.home_agency is not None or bool(draft.home_name.strip())
    rules.check_home(draft.kind, has_home=has_home, memorandum=draft.memorandum)
    rules.check_volunteer(
        draft.kind,
        age=draft.age,
        consent_from=draft.consent_from,
        consent_on=draft.consent_on,
        displaces_nobody=draft.displaces_nobody,
        no_conflict=draft.no_conflict,
        today=today,
    )
    rules.check_hours(draft.hours_weekly)


def _check_roles(party: Party, draft: TermDraft) -> None:
    """Nobody leads a ward or the office as a volunteer. Refuses: `displaces`."""
    held = Grant.objects.filter(user__party=party, valid_from__lte=draft.until_on)
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=draft.since_on))
    for role in held.order_by("pk").values_list("role", flat=True):
        rules.check_role(draft.kind, role)


def _reason_again(party: Party, draft: TermDraft) -> str:
    """Why somebody is lent again so soon: that is an extension, whatever it is called.

    Refuses: no reason.
    """
    soon = draft.since_on - timedelta(days=rules.AGAIN_DAYS)
    before = Term.objects.filter(party=party, kind=rules.DETAIL, stayed=False, until_on__gte=soon)
    last = before.order_by("-until_on").first()
    if draft.kind != rules.DETAIL or last is None:
        return check_length(draft.reason, field="reason", most=300)
    return check_text(
        draft.reason,
        code="reason_missing",
        sentence=f"{party.name} was here on detail until {long_day(last.until_on)}. Within "
        f"{rules.AGAIN_DAYS} days another detail is an extension: say why it is needed.",
        field="reason",
        most=300,
    )


def _duties(words: str) -> str:
    sentence = "Say in a few words what they do here."
    return check_text(words, code="duties_missing", sentence=sentence, field="duties", most=300)


def _longest(on: date) -> int:
    """How long a detail may last, as the library had it on a day."""
    return days_in_force(rules.LONGEST_DETAIL, on).get("", rules.LONGEST_DAYS)


def _check_runs(term: Term, today: date) -> None:
    if term.over_at is not None or term.until_on < today:
        raise Refused("term_over", "This is over. Agree on a new term instead.")


def _move(term: Term, sort: str, until_on: date, reason: str, stamp: Stamp) -> None:
    term.until_on = until_on
    term.save(update_fields=["until_on"])
    _line(term, sort, reason, stamp)
    end_waits(NOUN, term.pk)


def _line(term: Term, sort: str, reason: str, stamp: Stamp) -> None:
    TermLine.objects.create(
        term=term,
        sort=sort,
        until_on=term.until_on,
        reason=reason,
        at=stamp.at,
        by=stamp.actor.name,
    )


def _bound(term: Term, stamp: Stamp) -> None:
    if term.party.user_id is not None:
        bound_access(term.party, until_on=term.until_on, stamp=stamp)


def _key(term: Term) -> str:
    """What was told of one end; another end is told of anew."""
    return f"{term.pk}:{term.until_on.isoformat()}"


def _about(term: Term) -> dict[str, Any]:
    return {
        "term_id": term.pk,
        "party_id": term.party.pk,
        "party_name": term.party.name,
        "term_kind": term.kind,
    }
