"""Who asks to join a group, who that may be, and what the link to join shows to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.directory.models import Party
from wardroom.directory.queries import PersonHint, people_like
from wardroom.engagement import policy
from wardroom.engagement.models import Group, SignUp
from wardroom.engagement.queries.groups import get_group
from wardroom.engagement.rules import groups as rules
from wardroom.engagement.rules.tongues import Tongue, tongue_of
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class SignUpFile:
    """Somebody who asked to join, with those in the directory who may be the same."""

    id: int
    group_id: int
    group_name: str
    name: str
    email: str
    phone: str
    language: str
    asked_at: datetime
    consent_text: str
    read_in: Tongue
    state: str
    reason: str
    decided_by: str
    who_may_join: str
    hints: tuple[PersonHint, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class OpenGroup:
    """What a stranger reads of a group before asking to join."""

    name: str
    purpose: str
    area: str
    who_may_join: str
    sign_up_open: bool


def sign_up_file(sign_up_id: int, group_id: int, actor: Actor) -> SignUpFile:
    """Somebody who asked to join, with whoever in the directory may be the same person."""
    row = get_sign_up(sign_up_id, group_id, actor)
    waits = row.state == rules.WAITING
    may = policy.may_decide_sign_up(actor, row)
    hints = people_like(actor, name=row.name, phone=row.phone, email=row.email) if waits else ()
    return SignUpFile(
        id=row.pk,
        group_id=row.group_id,
        group_name=row.group.party.name,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        asked_at=row.asked_at,
        consent_text=row.consent_text,
        read_in=tongue_of(row.read_in),
        state=row.state,
        reason=row.reason,
        decided_by=row.decided_by,
        who_may_join=row.group.charters.order_by("-version")[0].who_may_join,
        hints=hints,
        allowed=frozenset({"decide"}) if may and waits else frozenset(),
    )


def get_sign_up(sign_up_id: int, group_id: int, actor: Actor) -> SignUp:
    """Somebody who asked to join a group within reach, to decide on it; else `NotFound`."""
    group = get_group(group_id, actor)
    row = SignUp.objects.select_related("group__party").filter(pk=sign_up_id, group=group).first()
    if row is None:
        raise NotFound(f"no sign-up {sign_up_id}")
    return row


def get_known_person(party_id: int, sign_up: SignUpFile) -> Party:
    """Whoever of those suggested a sign-up is said to be; `NotFound` for anybody else."""
    if party_id not in {hint.party_id for hint in sign_up.hints}:
        raise NotFound(f"nobody {party_id} was suggested")
    return Party.objects.get(pk=party_id)


def get_open_group(token: str) -> Group:
    """The group that a sign-up link opens, for whoever holds the link; else `NotFound`."""
    found = Group.objects.select_related("party").filter(token=token)
    group: Group | None = found.first()
    if group is None:
        raise NotFound("no such sign-up link")
    return group


def open_group(token: str) -> OpenGroup:
    """What the link of a group shows to everybody; no member is named."""
    group = get_open_group(token)
    charter = group.charters.order_by("-version")[0]
    return OpenGroup(
        name=group.party.name,
        purpose=charter.purpose,
        area=charter.area,
        who_may_join=charter.who_may_join,
        sign_up_open=group.sign_up_open,
    )
