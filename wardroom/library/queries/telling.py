"""A service as it is told to people: its numbers, hours, languages and needs in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from wardroom.directory.rules import LANGUAGES
from wardroom.library.queries.hsds import rows_of
from wardroom.library.rules.hours import Hours, in_order, in_words
from wardroom.library.rules.hsds.nesting import Nest

ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code")
HOURS = (
    "opens_at", "closes_at", "byday", "bymonthday", "freq", "interval", "valid_from", "valid_to",
    "dtstart", "until", "description",
)  # fmt: skip


@dataclass(frozen=True)
class NeedRow:
    """A need of the tree, under what it is a part of."""

    id: str
    name: str
    parent_id: str
    label: str


@dataclass(frozen=True)
class SiteRow:
    """Where a service is given, with its numbers and hours."""

    name: str
    address: str
    getting_there: str
    phones: tuple[str, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True)
class ServiceBrief:
    """What somebody who goes there has to know, and no more."""

    id: str
    name: str
    organization: str
    alert: str
    phone: str
    hours: tuple[str, ...]
    where: str
    bring: tuple[str, ...]
    how: str


def services_briefly(ids: Sequence[UUID]) -> tuple[ServiceBrief, ...]:
    """These services in their order, for a letter or a sheet."""
    nest = Nest.of(rows_of(ids))
    rows = nest.by_id["service"]
    return tuple(brief_told(nest.whole(rows[str(key)])) for key in ids if str(key) in rows)


def brief_told(told: Mapping[str, Any]) -> ServiceBrief:
    """A service from everything that is known of it."""
    sites = [site_told(one) for one in told.get("service_at_locations", ())]
    organization = told.get("organization", {})
    phones = phones_told(told) or tuple(p for site in sites for p in site.phones)
    hours = hours_told(told) or tuple(line for site in sites for line in site.hours)
    return ServiceBrief(
        id=told["id"],
        name=told["name"],
        organization=organization.get("name", ""),
        alert=told.get("alert", ""),
        phone=next(iter(phones or phones_told(organization)), ""),
        hours=hours,
        where=next((site.address for site in sites if site.address), ""),
        bring=tuple(one["document"] for one in told.get("required_documents", ())),
        how=told.get("application_process", ""),
    )


def hours_in(row: Mapping[str, Any]) -> Hours:
    """Hours as a row keeps them."""
    ends = [day for day in (_day(row.get("valid_to")), _day(row.get("until"))) if day]
    return Hours(
        opens=_time(row.get("opens_at")),
        closes=_time(row.get("closes_at")),
        days=tuple(part for part in (row.get("byday") or "").split(",") if part),
        month_days=tuple(int(n) for n in (row.get("bymonthday") or "").split(",") if n),
        freq=row.get("freq") or "WEEKLY",
        interval=row.get("interval") or 1,
        first_on=_day(row.get("valid_from")),
        last_on=min(ends) if ends else None,
        starts_on=_day(row.get("dtstart")),
        words=row.get("description") or "",
    )


def _day(given: Any) -> Any:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _time(given: Any) -> Any:
    return time.fromisoformat(given) if isinstance(given, str) else given


def needs_told(told: Mapping[str, Any]) -> tuple[NeedRow, ...]:
    """The needs that a service serves."""
    terms = [one["taxonomy_term"] for one in told.get("attributes", ()) if "taxonomy_term" in one]
    return tuple(NeedRow(t["id"], t["name"], t.get("parent_id", ""), t["name"]) for t in terms)


def phones_told(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The numbers to call, each with what it is."""
    return tuple(phone_told(one) for one in told.get("phones", ()))


def phone_told(one: Mapping[str, Any]) -> str:
    """A number to call, with what it is."""
    more = f", extension {one['extension']}" if one.get("extension") else ""
    what = f" ({one['description']})" if one.get("description") else ""
    return f"{one['number']}{more}{what}"


def languages_told(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages that are spoken there."""
    codes = [(one.get("name"), one.get("code", "")) for one in told.get("languages", ())]
    return tuple(name or LANGUAGES.get(code, code) for name, code in codes)


def costs_told(fees: str, told: Mapping[str, Any]) -> tuple[str, ...]:
    """What it costs, line by line."""
    lines = [fees] if fees else []
    for one in told.get("cost_options", ()):
        amount = f"${one['amount']:,.2f}" if one.get("amount") is not None else ""
        parts = [one.get("option", ""), amount, one.get("amount_description", "")]
        lines.append(" ".join(part for part in parts if part))
    return tuple(lines)


def hours_told(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The hours in words, line by line."""
    return in_words(in_order(hours_in(row) for row in told.get("schedules", ())))


def site_told(at: Mapping[str, Any]) -> SiteRow:
    """Where it is given, with numbers and hours."""
    site = at.get("location", {})
    lines: Iterable[str] = (
        ", ".join(one[name] for name in ADDRESS if one.get(name))
        for one in site.get("addresses", ())
        if one.get("address_type") == "physical"
    )
    return SiteRow(
        name=site.get("name", ""),
        address=next(iter(lines), ""),
        getting_there=site.get("transportation", ""),
        phones=(*phones_told(at), *phones_told(site)),
        hours=hours_told(at) or hours_told(site),
    )
