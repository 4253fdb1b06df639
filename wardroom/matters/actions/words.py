"""What every change to a matter shares: its words, its version, its place in the index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.kernel.facts import Ref
from wardroom.matters.models import Ask, Matter
from wardroom.search.actions import index_thing


def save_matter(matter: Matter, *fields: str) -> None:
    """Save these columns of a locked matter as its next version."""
    matter.version += 1
    matter.save(update_fields=[*fields, "version"])


def index_matter(matter: Matter, *, new: bool = False, stamp: Stamp) -> None:
    """Let a matter be found by its title, its place and where it stands."""
    index_thing(
        Ref("matter", str(matter.pk)),
        title=matter.title,
        text=" ".join((matter.place.label if matter.place else "", matter.standing)).strip(),
        ward_code=matter.ward_code,
        matter_key=str(matter.pk),
        new=new,
        at=stamp.at,
    )


def matter_words(matter: Matter) -> Mapping[str, Any]:
    """What every line about a matter says of it."""
    return {
        "matter_id": matter.pk,
        "title": matter.title,
        "place_id": matter.place_id,
        "ward_code": matter.ward_code,
    }


def ask_words(ask: Ask) -> Mapping[str, Any]:
    """What every line about a referral says of it."""
    return {
        **matter_words(ask.case),
        "ask_id": ask.pk,
        "party_id": ask.party_id,
        "agency_code": ask.agency_code,
        "wording": ask.wording,
    }
