"""Organisations and what is written about a party: kind, area, languages and needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import area_row
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.facts import Change
from wardroom.ledger.actions import record

LABELS = {
    "language": "Language",
    "interpreter": "Interpreter",
    "access_needs": "Access needs",
    "organisation_kind": "Kind of organization",
    "area_code": "Area",
}


@dataclass(frozen=True)
class PartyWords:
    """What is written about a party; ``area`` as it is typed, such as SMD 5C07."""

    language: str = ""
    interpreter: bool = False
    access_needs: str = ""
    organisation_kind: str = ""
    area: str = ""


@action(policy.may_add_organisation)
def add_organisation(
    _: None, *, name: str, organisation_kind: str, area: str = "", stamp: Stamp
) -> Party:
    """Add a group to the directory: a civic association, a school, a business group.

    Refuses: no name; a kind that is not in the list; an area that is none; a name that an
    organisation of this kind has already. Records: `OrganisationAdded`.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("name_missing", "Give the name of the organization.", field="name")
    if len(name) > 200:
        raise Refused("too_long", "Keep the name within 200 characters.", field="name")
    rules.check_organisation_kind(organisation_kind)
    kind, code = _area(area, localdate(stamp.at))
    same = Party.objects.filter(
        organisation_kind=organisation_kind, name__iexact=name, withdrawn_at=None, merged_into=None
    )
    if same.exists():
        raise Refused("already_there", f"{name} is in the directory already.", field="name")
    party = Party.objects.create(
        kind=Party.Kind.ORGANISATION,
        name=name,
        organisation_kind=organisation_kind,
        area_kind=kind,
        area_code=code,
    )
    fact = facts.OrganisationAdded(
        party_id=party.pk,
        party_name=name,
        organisation_kind=rules.ORGANISATION_KINDS[organisation_kind],
        area=rules.area_words(kind, code),
    )
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    return party


@action(policy.may_describe_party)
def describe_party(party: Party, *, words: PartyWords, stamp: Stamp) -> Party:
    """Correct what is written about a party: languages, access needs, kind, area.

    Refuses: a language, kind or area that is none; a commission's area; nothing new.
    Records: `PartyDescribed`.
    """
    given: dict[str, Any] = {
        "language": rules.check_language(words.language) if words.language else "",
        "interpreter": words.interpreter,
        "access_needs": " ".join(words.access_needs.split())[:200],
    }
    area_kind = party.area_kind
    if party.kind == Party.Kind.ORGANISATION and party.organisation_kind not in rules.OWN_KINDS:
        rules.check_organisation_kind(words.organisation_kind)
        area_kind, code = _area(words.area, localdate(stamp.at))
        given |= {"organisation_kind": words.organisation_kind, "area_code": code}
    changes = _changes(party, given)
    if not changes and area_kind == party.area_kind:
        raise Refused("nothing_new", "Nothing was changed.")
    for name, value in given.items():
        setattr(party, name, value)
    party.area_kind = area_kind
    party.save(update_fields=[*given, "area_kind"])
    fact = facts.PartyDescribed(party_id=party.pk, party_name=party.name, changes=changes)
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    return party


def _changes(party: Party, given: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(name, LABELS[name], _said(name, getattr(party, name)), _said(name, value))
        for name, value in given.items()
        if getattr(party, name) != value
    )


def _said(name: str, value: Any) -> str:
    if name == "interpreter":
        return "needed" if value else "not needed"
    if name == "language":
        return rules.LANGUAGES.get(value, value)
    if name == "organisation_kind":
        return rules.ORGANISATION_KINDS.get(value, value)
    return str(value)


def _area(text: str, on: date) -> tuple[str, str]:
    """The area that holds on a day. Refuses: `unknown_area`."""
    kind, code = rules.area_meant(text)
    if not kind:
        return "", ""
    try:
        return kind, area_row(kind, code, on=on).code
    except NotFound:
        words = rules.area_words(kind, code)
        raise Refused(
            "unknown_area", f"There is no {words} in the boundaries of today.", field="area"
        ) from None
