"""The text about a location that the public may read: written, approved, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.actions.outside import check_for_the_public
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.actions.words import save_matter, told_changes, words_of
from wardroom.matters.models import Matter
from wardroom.matters.rules import Wait, check_length, check_text
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.problems import facts, policy
from wardroom.problems.models import PersistentLocation, PublicText
from wardroom.problems.rules.publishing import version_words

LONGEST, LONGEST_STEP = 1000, 200
NOUN = "public_text"


@action(policy.may_write_public_text)
def write_public_text(
    location: PersistentLocation,
    *,
    text: str,
    steps: Mapping[int, str] | None = None,
    seen: str = "",
    stamp: Stamp,
) -> PublicText:
    """Write what the public may read of a location; it waits until somebody else approves it.

    It is written for the public, never taken from what is said inside the office. ``steps`` are
    such words about steps of the work plan, by the number of the ask; a step without them is
    not told. What stood before stands on until then.
    Refuses: no words; a name of somebody who complained, an address of a house, words about
    people who live outside; a step of no plan of this place; a restricted location; what is
    written there already; a page that was open while somebody else wrote.
    Records: `PublicTextWritten`.
    """
    writer, matter = _person(stamp), location.matter
    if matter.restricted:
        raise Refused("restricted", "This location is restricted. Nothing of it is published.")
    last = location.public_texts.select_related("written_by").order_by("-version").first()
    _check_seen(last, seen)
    text = check_text(
        text,
        code="text_missing",
        sentence="Write what the public may read.",
        field="text",
        most=LONGEST,
    )
    told = _steps(location, steps or {})
    if last is not None and last.withdrawn_at is None and (last.text, last.steps) == (text, told):
        raise Refused("already_written", "This is what stands there already.", field="text")
    check_for_the_public(text, field="text")
    row = PublicText.objects.create(
        location=location,
        version=last.version + 1 if last else 1,
        text=text,
        steps=told,
        written_by=writer,
        written_at=stamp.at,
    )
    record(facts.PublicTextWritten(**_words(row, matter)), stamp=stamp)
    _keep_waiting(row, matter, stamp)
    return row


@action(policy.may_approve_public_text)
def approve_public_text(row: PublicText, *, stamp: Stamp) -> PublicText:
    """Approve a text that somebody else wrote; from now on the public may read it.

    Refuses: whoever wrote it; one that was approved, withdrawn or written anew since; words that
    became unfit meanwhile. Records: `PublicTextApproved`.
    """
    person, matter = _person(stamp), _hold(row)
    _check_newest(row)
    if row.approved_at is not None:
        raise Refused("already_approved", "This was approved already.")
    if row.written_by_id == person.pk:
        raise Refused("own_text", "You wrote this, so somebody else has to approve it.")
    if matter.restricted:
        raise Refused("restricted", "This location is restricted. Nothing of it is published.")
    check_for_the_public(row.text, field="text")
    for step in row.steps:
        check_for_the_public(step["words"], field="text")
    row.approved_by, row.approved_at = person, stamp.at
    row.save(update_fields=["approved_by", "approved_at"])
    matter.public_text = row.text
    save_matter(matter, "public_text")
    words = _words(row, matter)
    record(facts.PublicTextApproved(**words, written_by=row.written_by.name), stamp=stamp)
    _keep_waiting(row, matter, stamp)
    return row


@action(policy.may_withdraw_public_text)
def withdraw_public_text(row: PublicText, *, reason: str, stamp: Stamp) -> PublicText:
    """Take a text back from the public, or one that nobody approved yet, and say why.

    Nothing stands in its place until another text is approved.
    Refuses: one that was withdrawn already, or that another replaced; no reason.
    Records: `PublicTextWithdrawn`.
    """
    person, matter = _person(stamp), _hold(row)
    if row.withdrawn_at is not None:
        raise Refused("already_withdrawn", "This was withdrawn already.")
    stands = row == _standing(row)
    if not stands:
        _check_newest(row)
    row.withdrawn_why = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    row.withdrawn_by, row.withdrawn_at = person, stamp.at
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
    if stands:
        matter.public_text = ""
        save_matter(matter, "public_text")
    fact = facts.PublicTextWithdrawn(**_words(row, matter), stood=stands, reason=row.withdrawn_why)
    record(fact, stamp=stamp)
    _keep_waiting(row, matter, stamp)
    return row


def _steps(location: PersistentLocation, given: Mapping[int, str]) -> list[dict[str, Any]]:
    """Words for the public about steps of the plan in force, in the order of the plan."""
    plan = WorkPlan.objects.filter(matter=location.matter_id).order_by("-version").first()
    rows = PlanStep.objects.filter(plan=plan).order_by("position") if plan is not None else ()
    asks = [row.ask_id for row in rows]
    words = {ask: " ".join(text.split()) for ask, text in given.items() if text.strip()}
    if not set(words) <= set(asks):
        raise Refused("unknown_step", "This is no step of the plan in force.", field="text")
    for ask, text in words.items():
        check_length(text, field=f"step_{ask}", most=LONGEST_STEP)
        check_for_the_public(text, field=f"step_{ask}")
    return [{"ask": ask, "words": words[ask]} for ask in asks if ask in words]


def _standing(row: PublicText) -> PublicText | None:
    """The version of this location that was approved last: only it can be what the public reads."""
    rows = PublicText.objects.filter(location=row.location_id, approved_at__isnull=False)
    return rows.order_by("version").last()


def _check_newest(row: PublicText) -> None:
    newer = PublicText.objects.filter(location=row.location_id, version__gt=row.version)
    if newer.exists():
        raise Refused("replaced", "A newer version was written since. Look at the page again.")
    if row.withdrawn_at is not None:
        raise Refused("already_withdrawn", "This was withdrawn already.")


def _check_seen(last: PublicText | None, seen: str) -> None:
    now = version_words(last.text if last else "", last.steps if last else ())
    if seen and moved_since(seen, now):
        raise Stale(
            seen=version_of(now),
            theirs=(("Text", last.text if last else ""),),
            by=last.written_by.name if last else "",
            at=last.written_at if last else None,
        )


def _hold(row: PublicText) -> Matter:
    """The matter of the location, held until the commit ends."""
    rows = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    matter: Matter = rows.get(pk=row.location.matter_id)
    return matter


def _keep_waiting(row: PublicText, matter: Matter, stamp: Stamp) -> None:
    """The newest text waits for the director, or for the owner, until it is approved."""
    row = PublicText.objects.filter(location=row.location_id).latest("version")
    open_ = row.approved_at is None and row.withdrawn_at is None
    others = (*get_directors(on=localdate(stamp.at)), matter.owner)
    wait_for(
        NOUN,
        str(matter.pk),
        Wait("public_text", localdate(row.written_at)) if open_ else None,
        party=next((party for party in others if party.pk != row.written_by_id), None),
        title=matter.title,
        matter=matter,
        ward_code=matter.ward_code,
        place_label=matter.place.label if matter.place else "",
        stamp=stamp,
    )


def _words(row: PublicText, matter: Matter) -> dict[str, Any]:
    told = {**words_of(matter), "changes": told_changes(matter)}
    steps = tuple(step["words"] for step in row.steps)
    return {**told, "version": row.version, "text": row.text, "steps": steps}


def _person(stamp: Stamp) -> Party:
    try:
        return get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
