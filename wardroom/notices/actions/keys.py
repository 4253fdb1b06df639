"""One-off links: given out, used, taken back."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import is_apart
from wardroom.ledger.actions import record
from wardroom.notices import facts, policy
from wardroom.notices.gateways import key_token, token_digest
from wardroom.notices.models import Key
from wardroom.notices.queries.keys import KeyHeld, held, key_of_token
from wardroom.notices.rules import UNTOLD_LINKS, one_line

MARK = re.compile(r"\{\{key:([0-9]{1,18})\}\}")
GONE = "(this link was taken back)"


@action(policy.may_issue_key)
def issue_key(
    _: None,
    *,
    purpose: str,
    noun: str,
    key: str,
    holder: str,
    expires_at: datetime,
    single_use: bool = False,
    stamp: Stamp,
) -> Key:
    """Make a link that lets somebody without an account do one thing, until it runs out.

    ``holder`` is the e-mail address that it is sent to; write ``{{key:ID}}`` into a message
    to that address where its token belongs. The token itself is kept nowhere.
    Refuses: `no_purpose`, `bad_expiry`. Records: `KeyIssued`.
    """
    if not (purpose and noun and key):
        raise Refused("no_purpose", "A link needs to say what it opens.")
    if expires_at <= stamp.at:
        raise Refused("bad_expiry", "A link has to end after it starts.", field="expires_at")
    made = Key.objects.create(
        purpose=purpose,
        noun=noun,
        key=key,
        holder=one_line(holder, most=254),
        digest=secrets.token_hex(32),
        nonce=secrets.token_hex(16),
        single_use=single_use,
        issued_at=stamp.at,
        expires_at=expires_at,
    )
    made.digest = token_digest(key_token(made.purpose, made.pk, made.nonce))
    made.save(update_fields=["digest"])
    fact = facts.KeyIssued(
        purpose=purpose,
        noun=noun,
        key=key,
        link=made.pk,
        holder=_told(made),
        expires_at=expires_at,
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_spend_key)
def spend_key(_: None, *, token: str, purpose: str, stamp: Stamp) -> KeyHeld:
    """Use a link for what it is for; one that is good for one use is used up by it.

    Call it in the same commit as what the link's holder does. Refuses: `key_closed` where
    the link opens nothing, ran out, was taken back or is used up. Records: `KeySpent`.
    """
    row = key_of_token(token, purpose, lock=True)
    opened = held(row, at=stamp.at)
    assert row is not None
    row.used_at = stamp.at
    row.uses += 1
    row.save(update_fields=["used_at", "uses"])
    fact = facts.KeySpent(
        purpose=row.purpose, noun=row.noun, key=row.key, link=row.pk, holder=_told(row)
    )
    record(fact, stamp=stamp)
    return opened


@action(policy.may_issue_key)
def revoke_keys(
    _: None, *, noun: str, key: str, purpose: str = "", holder: str = "", stamp: Stamp
) -> int:
    """Take back every link to one thing, or only those of one purpose or one holder.

    Returns how many. Refuses: `no_keys` where none is good any more. Records: `KeysRevoked`.
    """
    rows = Key.objects.filter(noun=noun, key=key, revoked_at__isnull=True, expires_at__gt=stamp.at)
    rows = rows.exclude(single_use=True, uses__gt=0).select_for_update()
    if purpose:
        rows = rows.filter(purpose=purpose)
    if holder:
        rows = rows.filter(holder__iexact=holder)
    taken = list(rows.order_by("pk"))
    if not taken:
        raise Refused("no_keys", "There is no link left to take back.")
    Key.objects.filter(pk__in=[row.pk for row in taken]).update(revoked_at=stamp.at)
    holders = tuple(dict.fromkeys(holder for row in taken if (holder := _told(row))))
    fact = facts.KeysRevoked(purpose=purpose, noun=noun, key=key, holders=holders)
    record(fact, stamp=stamp)
    return len(taken)


def _told(row: Key) -> str:
    """Whose link it is, as the ledger has it for ever: of what is kept apart it holds nobody.

    Nor does it hold where somebody is called at night, or who asks for records.
    """
    untold = is_apart(row.noun) or row.purpose in UNTOLD_LINKS
    return "" if untold else str(row.holder)


def open_text(text: str, *, holder: str, at: datetime) -> str:
    """A message's text with the tokens of its reader's own links put in.

    A mark of somebody else's link stays a mark: words from outside that repeat one open
    nothing. Never keep or log what comes back.
    """
    wanted = {int(number) for number in MARK.findall(text)}
    rows = Key.objects.filter(pk__in=wanted, holder__iexact=holder) if wanted else ()
    words = {
        str(row.pk): GONE if row.revoked_at else key_token(row.purpose, row.pk, row.nonce)
        for row in rows
    }
    return MARK.sub(lambda mark: words.get(mark[1].lstrip("0"), mark[0]), text)
