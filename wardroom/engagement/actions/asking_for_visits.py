"""A request for the Mayor or the cabinet comes in: told to the office, or on the public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions.words import when
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.sign_ups import reached_by
from wardroom.engagement.actions.visits import request_words
from wardroom.engagement.actions.waiting import keep_request_waiting
from wardroom.engagement.models import EventRequest
from wardroom.engagement.rules import visits as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import open_matter
from wardroom.matters.actions.keeping import begin_matter, check_title
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length, check_not_far, check_text


@dataclass(frozen=True)
class RequestDraft:
    """What somebody asks for, as it was told."""

    title: str
    asked_name: str
    wanted: str
    starts_at: datetime
    ends_at: datetime
    contact: str = ""
    about: str = ""
    where: str = ""
    expected: int | None = None
    language_needs: str = ""
    access_needs: str = ""


@action(policy.may_take_event_request)
def take_event_request(
    asked_by: Party | None,
    *,
    draft: RequestDraft,
    owner: Party,
    ward: District | None = None,
    stamp: Stamp,
) -> EventRequest:
    """Take in that somebody asks the Mayor, the cabinet or the office to come.

    ``asked_by`` is whoever asks, where the directory has them.
    Refuses: nobody who asks; no title; a time that is over or turned around; what `open_matter`
    refuses. Records: `MatterOpened`, `EventRequested`.
    """
    _check(draft, stamp)
    kept = _columns(draft, draft.contact)
    matter = open_matter(
        None,
        kind=rules.EVENT_REQUEST,
        title=draft.title,
        owner=owner,
        next_on=localdate(stamp.at),
        next_step=rules.REQUEST_STEP,
        ward=ward,
        stamp=stamp,
    )
    return _keep(matter, asked_by, kept, rules.TOLD, stamp)


@action(policy.may_ask_for_visit)
def ask_for_visit(
    ward: District | None, *, draft: RequestDraft, email: str = "", phone: str = "", stamp: Stamp
) -> EventRequest:
    """Ask on the public page for the Mayor, the cabinet or the office to come to an event.

    The liaison of the ward keeps it, for the whole city the director, who decides. Whoever
    sends the same twice is told the same, and waits once; other words are another request.
    Refuses: neither address nor telephone, or one that is none; far too many from one person
    that wait, or from one ward within a day; what `take_event_request` refuses.
    Records: `MatterOpened`, `EventRequested`.
    """
    _check(draft, stamp)
    reached_by(email, phone)
    contact = ", ".join(way.strip() for way in (email, phone) if way.strip())
    ward_code, title = ward.code if ward is not None else "", check_title(draft.title)
    kept = _columns(draft, contact)
    asked = EventRequest.objects.filter(source=rules.PUBLIC_PAGE, matter__ward_code=ward_code)
    waiting = asked.filter(decision="", matter__state="open")
    same = waiting.filter(**kept, matter__title=title).select_related("matter")
    known: EventRequest | None = same.order_by("pk").first()
    if known is not None:
        _tell(known, stamp, again=True)
        return known
    lately = asked.filter(matter__opened_at__gt=stamp.at - rules.A_DAY).count()
    if lately >= rules.MOST_A_DAY or waiting.filter(contact=contact).count() >= rules.MOST_OF_ONE:
        raise Refused("too_many", "Too many wait for an answer now. Call 311 instead.")
    matter, opened = begin_matter(
        None,
        kind=rules.EVENT_REQUEST,
        title=title,
        owner=_keeper(ward, stamp),
        next_on=localdate(stamp.at),
        next_step=rules.REQUEST_STEP,
        ward=ward,
        stamp=stamp,
    )
    record(opened, stamp=stamp)
    return _keep(matter, None, kept, rules.PUBLIC_PAGE, stamp)


def _check(draft: RequestDraft, stamp: Stamp) -> None:
    if draft.ends_at <= draft.starts_at:
        raise Refused("ends_too_early", "It ends before it starts.", field="ends_at")
    if draft.starts_at <= stamp.at:
        raise Refused("in_the_past", "This time is over. Choose a later one.", field="starts_at")
    check_not_far(localdate(draft.starts_at), today=localdate(stamp.at), field="starts_at")
    check_text(
        draft.asked_name,
        code="nobody_named",
        sentence="Say who asks.",
        field="asked_name",
        most=200,
    )
    rules.check_wanted(draft.wanted)


def _columns(draft: RequestDraft, contact: str) -> dict[str, Any]:
    """What is kept of what was told; two that are equal in all of it are the same request."""
    return {
        "asked_name": draft.asked_name.strip(),
        "contact": check_length(contact, field="contact", most=200),
        "wanted": draft.wanted,
        "about": check_length(draft.about, field="about", most=500),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "where": check_length(draft.where, field="where", most=200),
        "expected": rules.check_expected(draft.expected),
        "language_needs": check_length(draft.language_needs, field="language_needs", most=200),
        "access_needs": check_length(draft.access_needs, field="access_needs", most=200),
    }


def _keep(
    matter: Matter, asked_by: Party | None, kept: dict[str, Any], source: str, stamp: Stamp
) -> EventRequest:
    """The request of a matter that was opened for it, and its line."""
    row: EventRequest = EventRequest.objects.create(
        matter=matter, asked_by=asked_by, source=source, **kept
    )
    _tell(row, stamp)
    keep_request_waiting(row, stamp=stamp)
    return row


def _tell(row: EventRequest, stamp: Stamp, *, again: bool = False) -> None:
    fact = facts.EventRequested(
        **request_words(row),
        asked_name=row.asked_name,
        wanted_label=rules.WANTED[row.wanted],
        when=when(row.starts_at),
        on_public_page=row.source == rules.PUBLIC_PAGE,
        again=again,
    )
    record(fact, stamp=stamp)


def _keeper(ward: District | None, stamp: Stamp) -> Party:
    """Who keeps what a stranger asks: the liaison of the ward, or the director."""
    try:
        return owner_in(ward, stamp)
    except Refused:
        sentence = "Nobody can take this in at the moment. Call 311."
        raise Refused("nobody_takes_it", sentence) from None
