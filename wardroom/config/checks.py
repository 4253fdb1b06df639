"""Checks that run before the site or the worker starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from wardroom.notices.gateways import is_other_folder
from wardroom.upkeep.gateways.database import may_tear_pages, unsafe_settings
from wardroom.upkeep.rules import is_weak_key, leads_to_map, lets_any_host
from wardroom.web.proxies import proxies_named

SECOND_FACTORS = ("required", "offered")


@register(Tags.database)
def sqlite_is_safe(
    app_configs: Any, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """SQLite writes ahead, waits for the disk, holds foreign keys and locks at the start."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection: Any = connections[alias]
        if connection.vendor != "sqlite":
            continue
        found += [_wrong(alias, name, is_now) for name, is_now in unsafe_settings(connection)]
        if connection.transaction_mode != "IMMEDIATE":
            found.append(_wrong(alias, "transaction_mode", connection.transaction_mode))
    return found


@register(Tags.database)
def postgres_is_safe(
    app_configs: Any, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """PostgreSQL waits for the disk before it says that something is saved."""
    return [
        Error(
            f"PostgreSQL has {name} = {is_now}: a power cut could lose what was saved.",
            hint=f"Set {name} = {'off' if is_now == 'on' else 'on'} in postgresql.conf, or for this"
            " database and user.",
            id="house.E003",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for name, is_now in unsafe_settings(connections[alias])
    ]


@register(Tags.database)
def postgres_tears_no_pages(
    app_configs: Any, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """PostgreSQL writes pages whole, or its storage does: whoever runs it knows."""
    return [
        Warning(
            "PostgreSQL has full_page_writes = off.",
            hint="Set it on, unless the storage never writes a page by half, as ZFS does not.",
            id="house.W002",
        )
        for alias in databases or ()
        if may_tear_pages(connections[alias])
    ]


def _wrong(alias: str, name: str, is_now: object) -> CheckMessage:
    return Error(
        f"The SQLite connection {alias} has {name} = {is_now}.",
        hint="See SQLITE in wardroom/config/settings.py; the database must be a file on a disk.",
        id="house.E001",
    )


@register(Tags.security)
def starts_safely(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The site shows strangers no error's insides, signs by a secret, and knows its own names."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        say = "DEBUG is on, which shows the inside of every error to everybody."
        found.append(Error(say, hint="Take DEBUG out of the settings.", id="house.E006"))
    if is_weak_key(settings.SECRET_KEY):
        found.append(
            Error(
                "WARDROOM_SECRET_KEY is short, or one that others know.",
                hint="Give 50 random characters, the same on every machine; on one machine alone "
                "leave it unset, so that one is made.",
                id="house.E004",
            )
        )
    if lets_any_host(settings.ALLOWED_HOSTS):
        found.append(
            Error(
                "WARDROOM_HOSTS lets the site answer to any name.",
                hint="Name the hosts that people use, with commas.",
                id="house.E005",
            )
        )
    return found


@register(Tags.security)
def second_factor_is_known(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Whether staff need a second factor is said in a word that the house knows."""
    if settings.SECOND_FACTOR in SECOND_FACTORS:
        return []
    return [
        Error(
            f"WARDROOM_SECOND_FACTOR is “{settings.SECOND_FACTOR}”.",
            hint="Write required or offered.",
            id="house.E010",
        )
    ]


@register(Tags.security)
def proxies_are_addresses(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The proxies whose word is believed are named by address: a name could be anybody's."""
    unread = proxies_named(tuple(settings.PROXIES)).unread
    if not unread:
        return []
    return [
        Error(
            f"WARDROOM_PROXIES holds what is no address: {', '.join(unread)}.",
            hint="Write addresses such as 10.9.8.7, networks such as 10.2.0.0/16, or unix; no "
            "names and no ports.",
            id="house.E011",
        )
    ]


@register()
def map_link_shows_a_place(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The link of a call-out leads to the place, or to nothing where it is left empty."""
    if leads_to_map(settings.MAP_LINK):
        return []
    return [
        Error(
            f"WARDROOM_MAP_LINK is “{settings.MAP_LINK}”, which shows no place.",
            hint="Write a geo: or https:// link with {lat} and {lon} in it and no other braces.",
            id="house.E012",
        )
    ]


def refuse_to_start_unsafe() -> None:
    """Stop the site from starting where it would be open, or would ask nobody who they are."""
    looks = (
        starts_safely,
        second_factor_is_known,
        proxies_are_addresses,
        map_link_shows_a_place,
    )
    wrong = [one for look in looks for one in look(None)]
    if wrong:
        raise ImproperlyConfigured("\n".join(f"{one.msg} {one.hint}" for one in wrong))


@register()
def mail_moves_away(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """What was fetched moves into another folder, or it would be fetched for ever."""
    if not settings.IMAP_HOST or is_other_folder(settings.IMAP_DONE, settings.IMAP_FOLDER):
        return []
    return [
        Error(
            "WARDROOM_IMAP_DONE names the folder that mail is fetched from, or none.",
            hint="Name another folder than WARDROOM_IMAP_FOLDER, such as Wardroom.",
            id="house.E002",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_set_up(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """In production messages go to a mail server, not to files."""
    if settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "No mail server is set; messages are written to files.",
            hint="Set WARDROOM_SMTP_HOST.",
            id="house.W001",
        )
    ]
