"""Whom residents are told to call about what is not the city's."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Lower

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.library import policy
from wardroom.library.models import OtherAuthority
from wardroom.library.rules.asking import SPOKEN
from wardroom.library.rules.authorities import Authority

PARTS = {"name": "its name", "about": "what is theirs", "hours": "its hours"}


@dataclass(frozen=True, kw_only=True)
class AuthorityFile:
    """One authority as the director keeps it; ``lacks`` says by language what is in English."""

    kept: Authority
    lacks: tuple[tuple[str, tuple[str, ...]], ...]
    allowed: frozenset[str]


def authorities() -> tuple[Authority, ...]:
    """Every authority that residents are told of, by name."""
    rows = OtherAuthority.objects.filter(ended_at=None).order_by(Lower("name"), "pk")
    return tuple(_kept(row) for row in rows)


def authorities_kept(actor: Actor) -> tuple[tuple[AuthorityFile, ...], bool]:
    """The list as the office reads it, and whether this person keeps it; staff only."""
    _check(actor)
    return tuple(_file(kept, actor) for kept in authorities()), policy.may_keep_library(actor, None)


def check_may_keep_authorities(actor: Actor) -> None:
    """Whether this person keeps the list, asked before what they sent; else `NotAllowed`."""
    if not policy.may_keep_library(actor, None):
        raise NotAllowed


def authority_file(code: str, actor: Actor) -> AuthorityFile:
    """One authority of the list; `NotFound` where there is none."""
    return _file(_kept(get_authority(code, actor)), actor)


def get_authority(code: str, actor: Actor) -> OtherAuthority:
    """The authority with this code, to act on it; `NotFound` where there is none."""
    _check(actor)
    row = OtherAuthority.objects.filter(code=code, ended_at=None).first()
    if row is None:
        raise NotFound(f"no authority {code}")
    found: OtherAuthority = row
    return found


def _file(kept: Authority, actor: Actor) -> AuthorityFile:
    moves = {"keep_authority", "translate_authority", "end_authority"}
    may = policy.may_keep_library(actor, None)
    return AuthorityFile(kept=kept, lacks=_lacks(kept), allowed=frozenset(moves if may else ()))


def _lacks(kept: Authority) -> tuple[tuple[str, tuple[str, ...]], ...]:
    missing = [
        (code, tuple(said for part, said in PARTS.items() if not kept.is_said_in(part, code)))
        for code in SPOKEN
    ]
    return tuple((code, parts) for code, parts in missing if parts)


def _kept(row: OtherAuthority) -> Authority:
    return Authority(
        code=row.code,
        name=row.name,
        about=row.about,
        phone=row.phone,
        hours=row.hours,
        words=row.words,
        owner_code=row.owner_code,
        outside=row.outside,
        translations=row.translations,
    )


def _check(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotAllowed
