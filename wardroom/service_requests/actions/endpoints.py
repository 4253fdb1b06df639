"""Endpoints: which servers there are, how far each was read, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Change
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.actions.feeds import add_feed
from wardroom.service_requests.models import Endpoint, Feed, ImportRun
from wardroom.service_requests.rules.endpoints import (
    FIRST_WINDOW,
    MODES,
    SUBMIT,
    EndpointDraft,
    check_endpoint,
    key_in,
    next_reading,
)
from wardroom.service_requests.rules.told import TheirService

BOOKKEEPING = "the lease of a reading"
LEASE = timedelta(minutes=15)
DAILY = 1440
LABELS = {
    "name": "Name",
    "url": "Address",
    "mode": "What it is for",
    "format": "Format",
    "jurisdiction": "Jurisdiction",
    "key_name": "Name of the key",
    "own_codes": "Service codes kept apart",
    "keeps_repeats": "Keeps what is sent twice once",
    "minutes": "Minutes between readings",
    "since_on": "Read from",
}


@action(policy.may_keep_endpoint)
def add_endpoint(_: None, *, draft: EndpointDraft, stamp: Stamp) -> Endpoint:
    """Note another city's Open311 server, to read its requests or to send some to it.

    Refuses: an address that may not be called, a code that exists, what is missing.
    Records: `EndpointAdded`, and `FeedAdded` where its requests begin a feed of their own.
    """
    _check(draft, stamp)
    if Endpoint.objects.filter(code=draft.code).exists():
        raise Refused("code_taken", f"The endpoint {draft.code} exists already.", field="code")
    endpoint = Endpoint.objects.create(
        **{name: getattr(draft, name) for name in LABELS},
        code=draft.code,
        feed=_feed(draft, stamp),
        window_seconds=int(FIRST_WINDOW.total_seconds()),
        added_at=stamp.at,
        next_at=stamp.at,
    )
    fact = facts.EndpointAdded(**about(endpoint), url=endpoint.url, mode=endpoint.mode)
    record(fact, stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def correct_endpoint(endpoint: Endpoint, *, draft: EndpointDraft, stamp: Stamp) -> Endpoint:
    """Correct what is set for an endpoint; what was read and sent stays.

    Refuses: what `add_endpoint` refuses; where nothing changed. Records: `EndpointCorrected`.
    """
    _check(draft, stamp)
    moved = []
    for name, label in LABELS.items():
        before, after = getattr(endpoint, name), getattr(draft, name)
        if before != after:
            moved.append(Change(name, label, _word(before), _word(after)))
            setattr(endpoint, name, after)
    if not moved:
        raise Refused("nothing_changed", "Nothing was changed.")
    if endpoint.feed is None:
        endpoint.feed = _feed(draft, stamp)
    if {change.field for change in moved} & {"url", "format", "jurisdiction"}:
        endpoint.reads_by = ""
    if "since_on" in {change.field for change in moved}:
        endpoint.read_until_at = None
    endpoint.next_at, endpoint.failures = stamp.at, 0
    endpoint.save()
    record(facts.EndpointCorrected(**about(endpoint), changes=tuple(moved)), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def pause_endpoint(endpoint: Endpoint, *, stamp: Stamp) -> Endpoint:
    """Let an endpoint rest: nothing is read from it or sent to it until it goes on.

    Refuses: one that rests already. Records: `EndpointPaused`.
    """
    if endpoint.paused:
        raise Refused("already_paused", "It rests already.")
    endpoint.paused = True
    endpoint.save(update_fields=["paused"])
    record(facts.EndpointPaused(**about(endpoint)), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def resume_endpoint(endpoint: Endpoint, *, stamp: Stamp) -> Endpoint:
    """Go on with an endpoint that rested; it is read from where the last reading ended.

    Refuses: one that does not rest. Records: `EndpointResumed`.
    """
    if not endpoint.paused:
        raise Refused("already_running", "It does not rest.")
    endpoint.paused, endpoint.failures, endpoint.next_at = False, 0, stamp.at
    endpoint.save(update_fields=["paused", "failures", "next_at"])
    record(facts.EndpointResumed(**about(endpoint)), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def hurry_endpoint(endpoint: Endpoint, *, stamp: Stamp) -> Endpoint:
    """Have an endpoint read with the worker's next round.

    What it said it could not give whole is told anew. Refuses: one that rests.
    Records: `EndpointHurried`.
    """
    if endpoint.paused:
        raise Refused("wrong_state", "Nothing is read from it now.")
    endpoint.next_at, endpoint.failures, endpoint.gap = stamp.at, 0, ""
    endpoint.save(update_fields=["next_at", "failures", "gap"])
    record(facts.EndpointHurried(**about(endpoint)), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def keep_services(
    endpoint: Endpoint, *, services: Sequence[TheirService], stamp: Stamp
) -> Endpoint:
    """Keep which services another endpoint lists.

    Refuses: nothing. Records: `ServicesListed`.
    """
    endpoint.services = [asdict(service) for service in services]
    endpoint.save(update_fields=["services"])
    record(facts.ServicesListed(**about(endpoint), services=len(services)), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def note_window_read(
    endpoint: Endpoint,
    *,
    read_from: tuple[str, date | None],
    until_at: datetime,
    rows: int,
    window: timedelta,
    reads_by: str,
    skew_seconds: int,
    gap: str = "",
    stamp: Stamp,
) -> Endpoint:
    """Remember how far an endpoint was read, so that a reading that breaks off goes on there.

    ``read_from`` is the address and the first day with which the reading began.
    Refuses: where somebody corrected these meanwhile. Records: `WindowRead`.
    """
    if read_from != (endpoint.url, endpoint.since_on):
        raise Refused("corrected", "Somebody corrected it meanwhile; it is read anew.")
    endpoint.read_until_at = until_at
    endpoint.window_seconds = int(window.total_seconds())
    endpoint.reads_by, endpoint.skew_seconds = reads_by, skew_seconds
    endpoint.gap = gap[:300] or endpoint.gap
    endpoint.claimed_until_at = stamp.at + LEASE
    endpoint.save()
    record(facts.WindowRead(**about(endpoint), until_at=until_at, rows=rows), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def finish_endpoint(
    endpoint: Endpoint, *, caught_up: bool, skew_seconds: int = 0, stamp: Stamp
) -> Endpoint:
    """Close a reading that came to its end, and say when the next one is due.

    Refuses: nothing. Records: `EndpointRead`.
    """
    endpoint.read_at, endpoint.failures, endpoint.error = stamp.at, 0, ""
    endpoint.failed_at = endpoint.claimed_until_at = None
    endpoint.skew_seconds = skew_seconds
    often = DAILY if endpoint.mode == SUBMIT else endpoint.minutes
    pause = often if caught_up else 0
    endpoint.next_at = next_reading(stamp.at, minutes=pause, failures=0)
    endpoint.save()
    record(facts.EndpointRead(**about(endpoint), caught_up=caught_up), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def fail_endpoint(endpoint: Endpoint, *, reason: str, wait: int = 0, stamp: Stamp) -> Endpoint:
    """Close a reading that broke off; what it had taken stays, and the next one goes on there.

    Refuses: nothing. Records: `EndpointFailed`.
    """
    endpoint.failures += 1
    endpoint.failed_at, endpoint.error = stamp.at, reason[:300]
    endpoint.claimed_until_at = None
    endpoint.next_at = next_reading(
        stamp.at, minutes=endpoint.minutes, failures=endpoint.failures, wait=wait
    )
    endpoint.save()
    record(facts.EndpointFailed(**about(endpoint), reason=endpoint.error), stamp=stamp)
    return endpoint


@action(policy.may_keep_endpoint)
def note_endpoint_checked(
    endpoint: Endpoint,
    *,
    checked: int,
    vanished: int,
    after_id: int,
    problem: str = "",
    stamp: Stamp,
) -> Endpoint:
    """Remember that the mirrored requests of an endpoint were held to what it says now.

    Refuses: nothing. Records: `EndpointChecked`.
    """
    endpoint.checked_at, endpoint.check_after_id = stamp.at, after_id
    endpoint.check_error = problem[:300]
    endpoint.save(update_fields=["checked_at", "check_after_id", "check_error"])
    fact = facts.EndpointChecked(
        **about(endpoint), checked=checked, vanished=vanished, problem=problem
    )
    record(fact, stamp=stamp)
    return endpoint


@action(policy.may_import)
def finish_mirroring(run: ImportRun, *, stamp: Stamp) -> ImportRun:
    """Close the import of one window of an endpoint.

    Unlike a file it is not followed by a ranking at once: windows come all day, and the night
    takes them in. Refuses: nothing. Records: `RequestsMirrored`.
    """
    run.state, run.finished_at = ImportRun.State.DONE, stamp.at
    run.save()
    fact = facts.RequestsMirrored(
        run_id=run.pk,
        feed_code=run.feed.code,
        file_name=run.file_name,
        new=run.rows_new,
        changed=run.rows_changed,
        rejected=run.rows_rejected,
    )
    record(fact, stamp=stamp)
    return run


def claim_endpoint(endpoint_id: int, *, stamp: Stamp) -> Endpoint | None:
    """Take an endpoint for one reading; None where it is not due, or another worker has it."""
    due = Endpoint.objects.filter(
        Q(claimed_until_at=None) | Q(claimed_until_at__lte=stamp.at),
        pk=endpoint_id,
        paused=False,
        next_at__lte=stamp.at,
    )
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        if not due.update(claimed_until_at=stamp.at + LEASE):
            return None
    row: Endpoint = Endpoint.objects.select_related("feed").get(pk=endpoint_id)
    return row


def about(endpoint: Endpoint) -> dict[str, Any]:
    """What every line about an endpoint says of it."""
    return {"endpoint_code": endpoint.code, "endpoint_name": endpoint.name}


def key_of(endpoint: Endpoint) -> str | None:
    """The key to send with; empty where it asks for none, none where it is not set."""
    return key_in(settings.ENDPOINT_KEYS, endpoint.key_name)


def _check(draft: EndpointDraft, stamp: Stamp) -> None:
    check_endpoint(draft, today=localdate(stamp.at), private=settings.ENDPOINTS_PRIVATE)
    if key_in(settings.ENDPOINT_KEYS, draft.key_name) is None:
        raise Refused(
            "no_key",
            f"No key is set under the name {draft.key_name}. The operator sets it with "
            "WARDROOM_ENDPOINT_KEYS.",
            field="key_name",
        )


def _feed(draft: EndpointDraft, stamp: Stamp) -> Feed | None:
    if draft.mode == SUBMIT:
        return None
    code = draft.feed_code or draft.code
    found = Feed.objects.filter(code=code).first()
    if found is not None:
        return found
    if draft.feed_code and draft.feed_code != draft.code:
        raise Refused("no_feed", f"There is no feed {draft.feed_code}.", field="feed_code")
    return add_feed(None, code=code, name=draft.name, zone=settings.TIME_ZONE, stamp=stamp)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return MODES.get(str(value), str(value if value is not None else ""))
