"""How somebody signs in: the second factors they have, and what is left of the recovery codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from wardroom.access.actor import Actor
from wardroom.access.models import User
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound

LOCKED = {
    Authenticator.Type.TOTP: "secret",
    Authenticator.Type.RECOVERY_CODES: "seed",
}
SORTS = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "key"}


@dataclass(frozen=True)
class FactorRow:
    """One second factor; an app has no name of its own."""

    id: int
    sort: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class SignInSheet:
    """How one person signs in."""

    email: str
    factors: tuple[FactorRow, ...]
    codes_left: int

    @property
    def app(self) -> FactorRow | None:
        """The code app, if there is one."""
        return next((row for row in self.factors if row.sort == "app"), None)

    @property
    def keys(self) -> tuple[FactorRow, ...]:
        """The security keys."""
        return tuple(row for row in self.factors if row.sort == "key")


def get_own_user(actor: Actor) -> User:
    """The user that somebody is signed in as."""
    user: User | None = None
    if actor.user_id is not None:
        user = User.objects.filter(pk=actor.user_id).first()
    if user is None:
        raise NotFound("nobody is signed in")
    return user


def sign_in_sheet(actor: Actor) -> SignInSheet:
    """One's own second factors, oldest first."""
    return sheet_of(get_own_user(actor))


def sheet_of(user: User) -> SignInSheet:
    """How a user signs in whose password was right, to ask for what they have."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = [row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    return SignInSheet(
        email=user.email,
        factors=tuple(
            FactorRow(
                id=row.pk,
                sort=SORTS[row.type],
                name=str(row.data.get("name", "")) or "Code app",
                added_at=row.created_at,
                used_at=row.last_used_at,
            )
            for row in rows
            if row.type in SORTS
        ),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else 0,
    )


def does_app_open(user: User) -> bool:
    """Whether the codes of somebody's app can be told here; also where they have no app."""
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return all(_opens(row) for row in rows)


def people_who_cannot_prove() -> tuple[str, ...]:
    """Whose code app no key of this house opens, and who has no security key; their addresses.

    It happens where the house was restored, or set up on another machine, without its key.
    """
    return tuple(p.user.email for p in get_people_who_cannot_prove() if p.user)


def get_people_who_cannot_prove() -> tuple[Party, ...]:
    """The same people, to have their factors taken away."""
    keys = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.WEBAUTHN)
    rows = Authenticator.objects.filter(type__in=LOCKED, user__is_active=True)
    shut = {row.user_id for row in rows.exclude(Exists(keys)).order_by("pk") if not _opens(row)}
    people = Party.objects.select_related("user").filter(user__in=shut)
    return tuple(people.order_by("user__email"))


def _opens(row: Authenticator) -> bool:
    secret = row.data.get(LOCKED[row.type])
    return secret is None or bool(get_adapter().opens(secret))
