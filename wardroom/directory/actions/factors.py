"""Second factors: a code app, security keys, recovery codes; added, used, taken away.

allauth keeps them; this house says who may change them, writes down that they did, and ends
every session that was open before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.directory import facts, policy
from wardroom.directory.actions.hiring import set_password
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record

APP, KEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
CODES = Authenticator.Type.RECOVERY_CODES
SORTS = {APP: "app", KEY: "key"}
# A phone's clock may be half a minute off, either way.
PERIOD, DRIFT = 30, 1
MOST_KEYS = 10


@action(policy.may_keep_own_sign_in)
def change_password(user: User, *, password: str, stamp: Stamp) -> User:
    """Choose another password while one is signed in; every other session ends.

    Refuses: one that is easily guessed. Records: `PasswordChanged`.
    """
    set_password(user, password)
    record(facts.PasswordChanged(**_whose(user)), stamp=stamp)
    return user


@action(policy.may_keep_own_sign_in)
def add_code_app(user: User, *, secret: str, code: str, stamp: Stamp) -> tuple[str, ...]:
    """Sign in with the codes of an app from now on; gives the recovery codes, if they are new.

    It takes the place of the app before, for people get another phone. Refuses: a code that is
    not the app's. Records: `SecondFactorAdded`, and `SecondFactorRemoved` of the app before.
    """
    at = _matching(secret, code, stamp.at)
    if at is None:
        sentence = "This is not the code that the app shows now. Look again, and type the newest."
        raise Refused("wrong_code", sentence, field="code")
    former = Authenticator.objects.filter(user=user, type=APP)
    if former.exists():
        former.delete()
        record(facts.SecondFactorRemoved(**_whose(user), sort="app"), stamp=stamp)
    kept = TOTP.activate(user, secret).instance
    kept.data["last"] = at
    kept.save(update_fields=["data"])
    return _added(user, "app", "", stamp)


@action(policy.may_keep_own_sign_in)
def add_security_key(
    user: User, *, name: str, credential: Mapping[str, Any], stamp: Stamp
) -> tuple[str, ...]:
    """Sign in with a security key, or the lock of a phone or computer, from now on.

    Gives the recovery codes, if they are new. Refuses: no name; one that another key has; more
    than ten. Records: `SecondFactorAdded`.
    """
    name = " ".join(name.split())[:40]
    others = [row.data.get("name") for row in Authenticator.objects.filter(user=user, type=KEY)]
    if not name:
        raise Refused("name_missing", "Give the key a name, to tell it from others.", field="name")
    if name in others:
        raise Refused("name_taken", f"Another key is called “{name}”.", field="name")
    if len(others) >= MOST_KEYS:
        raise Refused("too_many", f"You have {MOST_KEYS} keys. Remove one first.", field="name")
    WebAuthn.add(user, name, dict(credential))
    return _added(user, "key", name, stamp)


@action(policy.may_keep_own_sign_in)
def remove_factor(user: User, *, factor_id: int, needed: bool, stamp: Stamp) -> User:
    """Sign in without one factor from now on; with the last one the recovery codes go too.

    Finds nothing where it is none of theirs. Refuses: the last one where the office ``needed`` one.
    Records: `SecondFactorRemoved`.
    """
    factors = Authenticator.objects.filter(user=user, type__in=SORTS)
    gone = factors.filter(pk=factor_id).first()
    if gone is None:
        raise NotFound
    last = not factors.exclude(pk=gone.pk).exists()
    if last and needed:
        raise Refused("last_factor", "The office asks for a second factor. Add another one first.")
    if last:
        Authenticator.objects.filter(user=user).delete()
    else:
        gone.delete()
    user.second_factor = not last
    _end_other_sessions(user)
    fact = facts.SecondFactorRemoved(
        **_whose(user), sort=SORTS[gone.type], label=str(gone.data.get("name", ""))
    )
    record(fact, stamp=stamp)
    return user


@action(policy.may_keep_own_sign_in)
def make_recovery_codes(user: User, *, stamp: Stamp) -> tuple[str, ...]:
    """Make ten new recovery codes; those before open nothing any longer.

    Refuses: whoever has no second factor. Records: `RecoveryCodesMade`.
    """
    if not user.second_factor:
        raise Refused("no_factor", "Recovery codes stand in for a second factor. Add one first.")
    Authenticator.objects.filter(user=user, type=CODES).delete()
    record(facts.RecoveryCodesMade(**_whose(user)), stamp=stamp)
    return tuple(RecoveryCodes.activate(user).generate_codes())


@action(policy.may_reset_factors)
def reset_factors(party: Party, *, reason: str, stamp: Stamp) -> Party:
    """Take all second factors of somebody away who lost them; their sessions end at once.

    They sign in with the password, and set up a new one. Refuses: who has none; no reason.
    Records: `SecondFactorsReset`.
    """
    user = User.objects.select_for_update().filter(party=party).first()
    if user is None or not user.second_factor:
        raise Refused("no_factor", f"{party.name} has no second factor.")
    if not reason.strip():
        raise Refused(
            "reason_missing", "Say what was lost, and how you know it is them.", field="reason"
        )
    Authenticator.objects.filter(user=user).delete()
    user.second_factor = False
    _end_other_sessions(user)
    record(facts.SecondFactorsReset(**_whose(user), reason=reason.strip()[:300]), stamp=stamp)
    return party


def use_code(user: User, code: str, *, at: datetime) -> Authenticator | None:
    """The factor that a typed code is of: the app's of this minute, or a recovery code, once.

    This is part of signing in: it is no change of the house's.
    """
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(user=user, type__in=(APP, CODES))
        rows = {row.type: row for row in held}
        app, codes = rows.get(APP), rows.get(CODES)
        if app is not None:
            shown = _matching(decrypt(app.data["secret"]), code, at)
            if shown is not None and shown > app.data.get("last", 0):
                app.data["last"] = shown
                app.save(update_fields=["data"])
                return app
        if codes is not None and codes.wrap().validate_code(code):
            return codes
    return None


def note_factor_used(factor: Authenticator, *, at: datetime) -> None:
    """Note when a factor was last used, for whoever looks at how they sign in."""
    factor.last_used_at = at
    factor.save(update_fields=["last_used_at"])


def _matching(secret: str, code: str, at: datetime) -> int | None:
    """The number of the half minute whose code this is, near a time."""
    now = int(at.timestamp()) // PERIOD
    for number in (now, *(now + off for back in range(1, DRIFT + 1) for off in (-back, back))):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, number))):
            return number
    return None


def _added(user: User, sort: str, label: str, stamp: Stamp) -> tuple[str, ...]:
    """Note a new factor; the recovery codes that come with the first one."""
    user.second_factor = True
    _end_other_sessions(user)
    record(facts.SecondFactorAdded(**_whose(user), sort=sort, label=label), stamp=stamp)
    if Authenticator.objects.filter(user=user, type=CODES).exists():
        return ()
    return tuple(RecoveryCodes.activate(user).generate_codes())


def _end_other_sessions(user: User) -> None:
    user.sign_in_version += 1
    user.save(update_fields=["second_factor", "sign_in_version"])


def _whose(user: User) -> dict[str, Any]:
    party = Party.objects.get(user=user)
    return {"party_id": party.pk, "party_name": party.name}
