"""Keys of programs: made, used, ended."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from wardroom.access import rules as access
from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import ApiKey, User
from wardroom.directory import facts, policy
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


class MadeKey(NamedTuple):
    """A key that was made, and its token: this is the only time that it can be shown."""

    key: ApiKey
    token: str


@action(policy.may_make_key)
def make_key(
    holder: User | None,
    *,
    name: str,
    scopes: Iterable[str],
    publishes: bool = False,
    jurisdiction: str = "",
    hourly_limit: int = access.HOURLY,
    stamp: Stamp,
) -> MadeKey:
    """Make a key for an app, or one that acts in the place of a user; its token is shown once.

    Refuses: no name; a scope that is none; no scope; one that only the director gives, to
    somebody else; a limit out of bounds. Records: `ApiKeyMade`.
    """
    name = " ".join(name.split())
    wanted = _checked(name, access.in_order(scopes), hourly_limit)
    theirs = access.OWN_SCOPES if holder is not None else access.SCOPES.keys() - access.OWN_SCOPES
    if not theirs.issuperset(wanted):
        who = "A user's key reads, writes and keeps webhooks. "
        raise Refused(
            "scope_not_theirs", who + "Any other scope is for an app's key.", field="scopes"
        )
    token = access.new_token(secrets.choice)
    key = ApiKey.objects.create(
        name=name,
        holder=holder,
        scopes=list(wanted),
        publishes=publishes,
        jurisdiction=jurisdiction.strip(),
        hourly_limit=hourly_limit,
        digest=access.token_digest(token),
        hint=access.token_hint(token),
        made_at=stamp.at,
    )
    made = facts.ApiKeyMade(
        scopes=wanted, publishes=publishes, hourly_limit=hourly_limit, **_named(key)
    )
    record(made, stamp=stamp)
    return MadeKey(key, token)


@action(policy.may_end_key)
def end_key(key: ApiKey, *, stamp: Stamp) -> ApiKey:
    """End a key at once: whoever shows it from now on is not let in.

    Refuses: one that was ended. Records: `ApiKeyEnded`.
    """
    if key.ended_at is not None:
        raise Refused("already_ended", f"The key “{key.name}” was ended already.")
    key.ended_at = stamp.at
    key.save(update_fields=["ended_at"])
    record(facts.ApiKeyEnded(**_named(key)), stamp=stamp)
    return key


@action(policy.may_note_key_used)
def note_key_used(_: None, *, key_id: int, stamp: Stamp) -> bool:
    """Note the first use of a key on a day; False where it was noted, or the key is none.

    Refuses: `already_noted`. Records: `ApiKeyUsed`.
    """
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    today = localdate(stamp.at)
    if key is None or (key.last_used_on is not None and key.last_used_on >= today):
        raise Refused("already_noted", "That this key was used today is noted already.")
    key.last_used_on = today
    key.save(update_fields=["last_used_on"])
    record(facts.ApiKeyUsed(**_named(key)), stamp=stamp)
    return True


def _checked(name: str, scopes: tuple[str, ...], hourly_limit: int) -> tuple[str, ...]:
    if not name:
        raise Refused("name_missing", "Say what the key is for.", field="name")
    if len(name) > 120:
        raise Refused("too_long", "Keep the name within 120 characters.", field="name")
    if not scopes:
        raise Refused("scope_missing", "Choose at least one thing it may do.", field="scopes")
    unknown = [scope for scope in scopes if scope not in access.SCOPES]
    if unknown:
        known = ", ".join(access.SCOPES)
        sentence = f"There is no scope {unknown[0][:40]}; the scopes are {known}."
        raise Refused("scope_unknown", sentence, field="scopes")
    if not 1 <= hourly_limit <= access.MOST_HOURLY:
        sentence = f"Give a number of calls an hour from 1 to {access.MOST_HOURLY:,}."
        raise Refused("limit_out_of_bounds", sentence, field="hourly_limit")
    return scopes


def _named(key: ApiKey) -> dict[str, Any]:
    party = Party.objects.filter(user=key.holder_id).first() if key.holder_id else None
    return {
        "key_id": key.pk,
        "key_name": key.name,
        "holder_id": party.pk if party is not None else None,
    }
