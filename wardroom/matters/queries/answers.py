"""What the bearer of a one-off link sees of the one ask that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask
from wardroom.matters.queries.files import Choices, ask_allowed, get_ask
from wardroom.notices.queries import open_key


@dataclass(frozen=True)
class AnswerSheet:
    """One ask as its agency may read it anywhere: no title, no people, no inner line."""

    ask_id: int
    holder: str
    expires_at: datetime
    wording: str
    authority: str
    agency_code: str
    agency_name: str
    place_label: str
    ward_code: str
    public_text: str
    state: str
    due_on: date
    counter_on: date | None
    first_promised_on: date | None
    promised_on: date | None
    answer_text: str
    decline_label: str
    disposition_label: str
    decline_reasons: Choices
    dispositions: Choices
    allowed: frozenset[str]


def answer_sheet(token: str, *, at: datetime) -> AnswerSheet:
    """The ask behind a link, with what its agency can answer now.

    Refuses: `key_closed` where the link opens nothing any more.
    """
    key = open_key(token, purpose="answer", at=at)
    if key.noun != "ask":
        raise NotFound(f"no ask {key.key}")
    ask_id = int(key.key)
    ask = get_ask(ask_id, policy.bearer(ask_id, "", key.holder))
    actor = policy.bearer(ask_id, ask.asked_agency, key.holder)
    return _sheet(ask, actor, key.holder, key.expires_at)


def _sheet(ask: Ask, actor: Actor, holder: str, expires_at: datetime) -> AnswerSheet:
    matter = ask.case
    return AnswerSheet(
        ask_id=ask.pk,
        holder=holder,
        expires_at=expires_at,
        wording=ask.wording,
        authority=ask.authority,
        agency_code=ask.asked_agency,
        agency_name=ask.party.name,
        place_label=matter.place.label if matter.place else "",
        ward_code=matter.ward_code,
        public_text=matter.public_text,
        state=ask.state,
        due_on=ask.due_on,
        counter_on=ask.counter_on,
        first_promised_on=ask.first_promised_on,
        promised_on=ask.promised_on,
        answer_text=ask.answer_text,
        decline_label=rules.DECLINE_REASONS.get(ask.decline_code, ""),
        disposition_label=rules.DISPOSITIONS.get(ask.disposition, ""),
        decline_reasons=tuple(rules.DECLINE_REASONS.items()),
        dispositions=tuple(rules.DISPOSITIONS.items()),
        allowed=ask_allowed(ask, actor),
    )
