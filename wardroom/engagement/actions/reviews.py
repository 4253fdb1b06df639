"""The log of groups in the review of programs: who was asked, came, said, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import ProgramReview, ReviewVoice
from wardroom.engagement.rules import reviews as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length


@dataclass(frozen=True)
class ReviewDraft:
    """A review as it is written down; an empty ward is the whole city."""

    program: str
    invited_by: str
    held_on: date
    ward_code: str = ""
    agency: Party | None = None
    about: str = ""


@action(policy.may_keep_review)
def note_review(draft: ReviewDraft, *, groups: Sequence[str], stamp: Stamp) -> ProgramReview:
    """Write down that community groups were invited to review a program.

    A name that one organization of the directory has is that organization.
    Refuses: no program; nobody who invited; a day to come; no groups. Records: `ReviewNoted`.
    """
    program, inviter = rules.check_program(draft.program), rules.check_invited_by(draft.invited_by)
    rules.check_held_on(draft.held_on, today=localdate(stamp.at))
    names = rules.check_invited(groups)
    review: ProgramReview = ProgramReview.objects.create(
        program=program,
        agency=draft.agency,
        invited_by=inviter,
        held_on=draft.held_on,
        ward_code=draft.ward_code,
        about=check_length(draft.about, field="about", most=500),
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    known = _known(names)
    ReviewVoice.objects.bulk_create(
        ReviewVoice(review=review, name=name, party=known.get(name.casefold())) for name in names
    )
    fact = facts.ReviewNoted(
        **_words(review), held_on=review.held_on, invited_by=inviter, groups=names
    )
    record(fact, stamp=stamp)
    return review


@action(policy.may_keep_review)
def hear_voice(voice: ReviewVoice, *, came: bool, said: str = "", stamp: Stamp) -> ReviewVoice:
    """Write down whether a group came to a review, and what it said there or wrote.

    Refuses: one that was answered already, whose words stand. Records: `VoiceHeard`.
    """
    if voice.disposition:
        raise Refused("already_answered", "This was answered already. Its words stand.")
    voice.came, voice.said = came, check_length(said, field="said", most=3000)
    voice.save(update_fields=["came", "said"])
    fact = facts.VoiceHeard(**_words(voice.review), name=voice.name, came=came, said=voice.said)
    record(fact, stamp=stamp)
    return voice


@action(policy.may_keep_review)
def answer_voice(voice: ReviewVoice, *, disposition: str, reason: str, stamp: Stamp) -> ReviewVoice:
    """Say what became of what a group said, and why; it is answered once.

    Refuses: nothing that was said; a word that is none; no reason; one that was answered.
    Records: `VoiceAnswered`.
    """
    if voice.disposition:
        raise Refused("already_answered", "This was answered already.")
    why = rules.check_disposition(disposition, reason, said=voice.said)
    voice.disposition, voice.reason = disposition, why
    voice.decided_on = localdate(stamp.at)
    voice.save(update_fields=["disposition", "reason", "decided_on"])
    fact = facts.VoiceAnswered(
        **_words(voice.review),
        name=voice.name,
        disposition=rules.DISPOSITIONS[disposition],
        reason=why,
    )
    record(fact, stamp=stamp)
    return voice


def _known(names: Sequence[str]) -> dict[str, Party]:
    """The organizations of the directory that have these names, where only one has it."""
    found: dict[str, list[Party]] = {}
    rows = Party.objects.filter(
        kind=Party.Kind.ORGANISATION, name__in=names, merged_into=None, withdrawn_at=None
    )
    for party in rows.order_by("pk"):
        found.setdefault(party.name.casefold(), []).append(party)
    return {name: parties[0] for name, parties in found.items() if len(parties) == 1}


def _words(review: ProgramReview) -> dict[str, Any]:
    return {
        "review_id": review.pk,
        "program": review.program,
        "ward_code": review.ward_code,
    }
